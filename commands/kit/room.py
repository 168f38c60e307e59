"""The contract between a room and the machine: a room's `__init__.py` holds one `ROOM` and nothing else runs it.

Every id is `room:verb`. The machine finds rooms by their folder, refuses duplicate names, and builds the help, the
manifest and `docs/commands.md` from what stands here.

Gesture: declare a room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from commands.kit.cards import Block, Card
from commands.kit.demo import Demo
from commands.kit.front.tables import Reading, Searching, Waiting
from commands.kit.front.things import Door
from commands.kit.names.acts import ActWords
from commands.kit.permission import MEMBER, Need, Who
from commands.kit.work import Answer, Request, Work
from storage.outbox import Sent
from storage.subjects import Subject

Handler = Callable[[Request], Answer]
Listener = Callable[[Request], None]
Forgetting = Callable[[Session, datetime], None]
Follower = Callable[[Work, Subject], None] | str
Receiver = Callable[[Work, int], None]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Prepared(Generic[Made]):
    """A timer whose work takes long, such as making or reading a file: nobody who writes waits for it.

    `prepare` only reads, and gives what `write` then writes down. It runs again when the worker dies before that.
    """

    prepare: Callable[[Work, Subject], Made]
    write: Callable[[Work, Subject, Made], None]


Timer = Callable[[Work, Subject], None] | Prepared[Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a person can do.

    `before_set_up`: allowed while the mission is not set up. `fetches`: the file field whose contents the machine
    brings before the transaction begins (at most `fetch_limit` bytes together). `reads_only`: writes nothing, so that
    it waits for no writer; for a menu, whose lines differ, a function says so of the chosen value. Where it does write
    in some case, it is begun anew and waits for its turn. `prepares` reads and makes what takes long, such as a file,
    before the transaction that writes begins; the request carries what it gives, and it may raise Refused.
    `while_typing`: runs at every few letters, so its refusals would only be in the way; whoever
    types hears of trouble when they send the form.
    """

    run: Handler
    needs: Need = MEMBER
    before_set_up: bool = False
    fetches: str | None = None
    fetch_limit: int = 5_000_000
    prepares: Callable[[Request], object] | None = None
    reads_only: bool | Callable[[str], bool] = False
    while_typing: bool = False

    def only_reads(self, value: str) -> bool:
        """Whether it writes nothing when this is chosen."""
        return self.reads_only if isinstance(self.reads_only, bool) else self.reads_only(value)


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-command: the word, what may follow it, and one line of help (an English source text for gettext)."""

    word: str
    usage: str
    summary: str
    verb: Verb


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `start` runs when nothing follows it. `help` comes by itself.

    A number that people say (`E-12`, `2026/3`) after any command opens that thing; `counts` is the kind of thing that
    digits alone mean.
    """

    name: str
    summary: str
    start: Verb
    start_summary: str
    subs: tuple[Sub, ...] = ()
    counts: str = ""

    @property
    def usage_hint(self) -> str:
        """What Slack shows while the command is typed."""
        return " | ".join([*(sub.word for sub in self.subs), "help"])


class ShortcutKind(StrEnum):
    """Where Slack offers a shortcut."""

    GLOBAL = "global"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of Slack's shortcut menus. `name` has at most 24 characters."""

    name: str
    description: str
    kind: ShortcutKind
    verb: Verb


class CatchUp(StrEnum):
    """What happens to slots that passed while nothing ran."""

    ONCE = "once"
    EACH = "each"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that recurs, for every mission that is set up. Slots lie on the grid of `every` since midnight UTC."""

    every: timedelta
    run: Callable[[Work], None]
    catch_up: CatchUp = CatchUp.ONCE


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A room's part of App Home; cards with a lower `order` stand higher. It may use 30 blocks at most."""

    order: int
    draw: Callable[[Work, Who], list[Block]]


@dataclass(frozen=True, slots=True)
class Room:
    """A capability.

    Keys of the mappings are verbs (the part after `room:`): `actions` are buttons and selects in messages, forms and
    Home; `forms` receive submissions; `closings` hear that a form was closed; `options` feed selects; `timers` run at
    `due_at` with the timer's subject; `results` hear that an outbox row has left (arguments: work, subject, outcome),
    and `failures`, by the same name, that it was refused for good (work, subject, reason); `drawings` draw the message
    about a subject as it leaves, so that many changes cost one drawing (None: no message); `tells` let whatever shows
    a subject follow its change, in the worker (`commands.kit.post.note_change`).
    `events` are Slack's event types, each with its listener; `scopes` are bot scopes this room needs beyond the
    machine's own. `forgets` delete the rows that are past what their table's `kept` says; each runs hourly, for all
    missions of the database at once. `demo` is what the room shows in `make demo`. `follows` hear of what any
    room did, by the verb under which it goes on the audit record and with its subject. A name is that of a telling of
    this room, for messages that offer what has ended; a function runs in the same transaction, for what must be true
    at once. `acts` gives the words for all that this room puts on the
    audit record, in the current language (`commands.kit.names.acts`). `keeps` says in lines, for who asks, what of the
    room keeps its local time by moments other than those it has, now that the mission's clock has changed; it is asked
    before those that follow the change move anything (`commands.kit.times.local`).

    To the front door (`commands.kit.front`) a room gives five things. `readings`, by kind of thing: one line about a
    thing as a person may read it, found by the id of its row or by the number that people say (`E-12`, `2026/3`); None
    where there is nothing that they may see. `waits`: what waits for a person, each with a name and one statement at
    best. `searches`, by kind: the newest things that fit some words and that the person may read, with the most that
    are wanted. `doors`: buttons that stand on Home, behind Report, at the start of a command or on things of other
    rooms. `receives`: verbs to which other rooms hand something over (`commands.kit.front.handoffs`); each runs once,
    in the worker, with the number of the hand-off. No kind, name or verb of these is taken twice in the house.
    """

    name: str
    summary: str
    commands: tuple[Command, ...] = ()
    actions: Mapping[str, Verb] = field(default_factory=dict)
    forms: Mapping[str, Verb] = field(default_factory=dict)
    closings: Mapping[str, Verb] = field(default_factory=dict)
    options: Mapping[str, Verb] = field(default_factory=dict)
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)
    events: Mapping[str, Listener] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    tells: Mapping[str, Callable[[Work, Subject], None]] = field(default_factory=dict)
    results: Mapping[str, Callable[[Work, Subject, Sent], None]] = field(default_factory=dict)
    drawings: Mapping[str, Callable[[Work, Subject], Card | None]] = field(default_factory=dict)
    failures: Mapping[str, Callable[[Work, Subject, str], None]] = field(default_factory=dict)
    follows: Mapping[str, tuple[Follower, ...]] = field(default_factory=dict)
    acts: Callable[[], ActWords] = ActWords
    keeps: Callable[[Request], list[str]] | None = None
    home: HomeCard | None = None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    searches: Mapping[str, Searching] = field(default_factory=dict)
    waits: Mapping[str, Waiting] = field(default_factory=dict)
    doors: tuple[Door, ...] = ()
    receives: Mapping[str, Receiver] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    forgets: tuple[Forgetting, ...] = ()
    demo: Demo | None = None
