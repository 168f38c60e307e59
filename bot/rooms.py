"""Finds every room under `commands/`, refuses duplicates, and knows who handles what."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import commands
from commands.kit.cards import Block, Card
from commands.kit.front.tables import Front, is_surface
from commands.kit.names import acts
from commands.kit.names.acts import ActWords
from commands.kit.permission import Who
from commands.kit.post import HOME, note_changes, tell_home
from commands.kit.room import (
    Command,
    Follower,
    Forgetting,
    Listener,
    Receiver,
    Room,
    Schedule,
    Shortcut,
    Sub,
    Timer,
    Verb,
)
from commands.kit.work import Limits, Request, Work
from storage.letters import identifier
from storage.missions import Mission
from storage.outbox import Sent
from storage.subjects import Subject
from storage.timers import what_changed

SLACK_EVENTS_OF_THE_MACHINE = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_archive",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
)
SCOPES_OF_THE_MACHINE = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
)


class DuplicateError(Exception):
    """Two rooms, or one room twice, claim the same name; says which."""


class NoWayError(Exception):
    """A door of a room leads nowhere, or stands nowhere; says which."""


@dataclass(slots=True)
class House:
    """All rooms, and the tables that lead from an id to its verb. Keys are full ids, `room:verb`.

    `prefix` is how this installation's slash commands begin, `limits` how much one person may cause others.
    """

    rooms: tuple[Room, ...]
    prefix: str = ""
    limits: Limits = field(default_factory=Limits)
    commands: dict[str, Command] = field(default_factory=dict)
    verbs: dict[tuple[str, str], Verb] = field(default_factory=dict)
    shortcuts: dict[str, Shortcut] = field(default_factory=dict)
    events: dict[str, list[Listener]] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)
    tells: dict[str, Callable[[Work, Subject], None]] = field(default_factory=dict)
    results: dict[str, Callable[[Work, Subject, Sent], None]] = field(default_factory=dict)
    drawings: dict[str, Callable[[Work, Subject], Card | None]] = field(default_factory=dict)
    failures: dict[str, Callable[[Work, Subject, str], None]] = field(default_factory=dict)
    forgetting: dict[str, Forgetting] = field(default_factory=dict)
    follows: dict[str, list[Follower]] = field(default_factory=dict)
    front: Front = field(default_factory=Front)

    def verb(self, kind: str, identity: str) -> Verb | None:
        """Who handles a press, a submission, a closing or a question for options."""
        return self.verbs.get((kind, ":".join(identity.split(":")[:2])))

    def command(self, name: str) -> Command | None:
        """The command typed, without the installation's prefix."""
        return self.commands.get(name)

    def work(self, session: Session, mission: Mission, now: datetime, request_id: str = "") -> Work:
        """The product's own hand in a transaction: with the words and the front door of this house."""
        return Work(session, mission, now, request_id=request_id, prefix=self.prefix, front=self.front)

    def follow(self, work: Work) -> None:
        """Let rooms follow what this unit of work did, before it is committed: what they offered may have ended."""
        told: list[tuple[str, Subject]] = []
        for verb, (kind, identity) in dict.fromkeys(work.done):
            subject = Subject.of(kind, str(identity))
            for follower in self.follows.get(verb, []):
                if isinstance(follower, str):
                    told.append((follower, subject))
                else:
                    follower(work, subject)
        note_changes(work, told)

    def home(self, work: Work, who: Who) -> list[Block]:
        """App Home of one person: every room's card, in order."""
        cards = sorted((room.home for room in self.rooms if room.home), key=lambda card: card.order)
        return [block for card in cards for block in card.draw(work, who)]

    def act_words(self) -> ActWords:
        """How all that goes on the audit record reads, in the current language."""
        return acts.together([acts.words(), *(room.acts() for room in self.rooms)])

    def kept_times(self, request: Request) -> list[str]:
        """What keeps its local time now that the mission's clock has changed: every room's lines, for who asks."""
        return [line for room in self.rooms if room.keeps is not None for line in room.keeps(request)]

    @property
    def event_types(self) -> list[str]:
        """Every event that the machine or a room listens to."""
        return sorted({*SLACK_EVENTS_OF_THE_MACHINE, *self.events})

    @property
    def scopes(self) -> list[str]:
        """Every bot scope that the machine and the rooms need."""
        return sorted({*SCOPES_OF_THE_MACHINE, *(scope for room in self.rooms for scope in room.scopes)})


def find_rooms(prefix: str = "", limits: Limits | None = None) -> House:
    """Import every package under `commands/` and open the house.

    Raises DuplicateError when two claim the same command, id or room name, NoWayError for a door that leads nowhere.
    """
    names = sorted(one.name for one in pkgutil.iter_modules(commands.__path__) if one.ispkg and one.name != "kit")
    modules = (importlib.import_module(f"commands.{name}") for name in names)
    return open_house((module.ROOM for module in modules), prefix, limits)


def open_house(rooms: Iterable[Room], prefix: str = "", limits: Limits | None = None) -> House:
    """Build the tables of these rooms."""
    house = House(tuple(rooms), prefix, limits or Limits())
    _admit_telling(house, HOME, tell_home)
    for room in house.rooms:
        _admit(house, room)
    if len({room.name for room in house.rooms}) != len(house.rooms):
        raise DuplicateError("two rooms have the same name")
    _hang_doors(house)
    return house


def _admit(house: House, room: Room) -> None:
    for command in room.commands:
        _claim(house.commands, command.name, command)
        _refuse_twins([sub.word for sub in command.subs], f"sub-command of {command.name}")
    for kind in ("actions", "forms", "closings", "options"):
        for name, verb in getattr(room, kind).items():
            _claim(house.verbs, (kind, f"{room.name}:{name}"), verb)
    for table in ("shortcuts", "schedules", "timers", "results", "failures", "drawings"):
        for name, what in getattr(room, table).items():
            _claim(getattr(house, table), f"{room.name}:{name}", what)
    for name, tell in room.tells.items():
        _admit_telling(house, f"{room.name}:{name}", tell)
    _admit_front(house, room)
    for forget in room.forgets:
        _claim(house.forgetting, f"{forget.__module__}.{forget.__qualname__}", forget)
    for event, listener in room.events.items():
        house.events.setdefault(event, []).append(listener)
    for verb, followers in room.follows.items():
        house.follows.setdefault(verb, []).extend(_of_room(house, room, one) for one in followers)


def _of_room(house: House, room: Room, follower: Follower) -> Follower:
    """A telling by its full name. Raises LookupError where the room has none of this name."""
    if not isinstance(follower, str):
        return follower
    name = f"{room.name}:{follower}"
    if name not in house.tells:
        raise LookupError(f"{name} tells nothing")
    return name


def _admit_telling(house: House, name: str, tell: Callable[[Work, Subject], None]) -> None:
    _claim(house.tells, name, tell)
    _claim(house.timers, name, _as_timer(tell))


def _as_timer(tell: Callable[[Work, Subject], None]) -> Timer:
    """Where telling of a change raised, the clock goes on with it."""
    return lambda work, subject: tell(work, what_changed(subject))


def _as_receiver(receive: Receiver) -> Timer:
    """What is handed over comes as a moment that is due, with the number of the hand-off."""
    return lambda work, subject: receive(work, subject.number())


def _admit_front(house: House, room: Room) -> None:
    front = house.front
    for name, receive in room.receives.items():
        _claim(house.timers, f"{room.name}:{name}", _as_receiver(receive))
    for kind, reading in room.readings.items():
        _claim(front.readings, kind, reading)
    for kind, search in room.searches.items():
        _claim(front.searches, kind, search)
    for name, waits in room.waits.items():
        _claim(front.waits, f"{room.name}:{name}", waits)


def _hang_doors(house: House) -> None:
    """The doors of all rooms, each where it stands. A door may press a verb of another room."""
    claimed: dict[tuple[str, str], str] = {}
    for name, door in [(room.name, door) for room in house.rooms for door in room.doors]:
        if not is_surface(door.surface):
            raise NoWayError(f"{name}: no door can stand at {door.surface!r}")
        if house.verb("actions", door.action) is None:
            raise NoWayError(f"{name}: the door {door.label!r} presses {door.action}, which no room knows")
        _claim(claimed, (door.surface, door.action), name)
        house.front.doors.setdefault(door.surface, []).append(door)
    for doors in house.front.doors.values():
        doors.sort(key=lambda door: door.order)


def _claim(table: dict[Any, Any], key: Any, value: Any) -> None:
    if key in table:
        raise DuplicateError(f"{key} is claimed twice")
    table[key] = value


def _refuse_twins(words: list[str], what: str) -> None:
    if len(set(words)) != len(words):
        raise DuplicateError(f"a {what} is there twice")


def find_sub(command: Command, text: str) -> tuple[Sub | None, str]:
    """The sub-command that a text begins with, and the rest of the text."""
    # Any kind of blank parts words: phones and web pages put others than a plain space.
    word, *rest = text.split(maxsplit=1) or [""]
    typed = identifier(word).lower()
    sub = next((one for one in command.subs if one.word == typed), None)
    return sub, rest[0].strip() if rest else ""
