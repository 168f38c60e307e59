"""What a handler works with: the mission, the moment, the open transaction, and for a request the person who asks.

Gesture: answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from commands.kit.cards import Block, Card
from commands.kit.forms import Fields
from commands.kit.front.tables import Front
from commands.kit.handling import Handling
from commands.kit.names.acts import ActWords
from commands.kit.notes import N, read_notes
from commands.kit.permission import Who
from commands.kit.words import language_of, speaking
from storage import audit
from storage.compartments import Compartment
from storage.missions import Mission
from storage.people import Person, get_person

OURSELVES = "rapporteur"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may cause others; settings of the installation (`commands.kit.limits`)."""

    immediate_an_hour: int = 5
    proof_emails_a_day: int = 5
    messages_an_hour: int = 100


@dataclass(slots=True)
class Work:
    """A unit of work on one mission, inside one transaction. `now` is aware and given, never read from a clock.

    `done` lists what went on the audit record in it: verb and subject. `kept` is what `once` has read. `front` is what
    all rooms give to the front door.
    """

    session: Session
    mission: Mission
    now: datetime
    request_id: str = ""
    actor: str = OURSELVES
    prefix: str = ""
    front: Front = field(default_factory=Front)
    done: list[tuple[str, tuple[str, object]]] = field(default_factory=list)
    told: int = 0
    kept: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The mission's zone."""
        return ZoneInfo(self.mission.zone)

    @property
    def today(self) -> date:
        """The day it is in the mission."""
        return self.now.astimezone(self.zone).date()

    def command(self, name: str) -> str:
        """A slash command as this installation spells it: `/update` may be `/un-update`."""
        return f"/{self.prefix}{name.lstrip('/')}"

    def once(self, name: Hashable, read: Callable[[], R]) -> R:
        """What `read` gives, read at most once in this unit of work: it holds as it was when it was asked first."""
        if name not in self.kept:
            self.kept[name] = read()
        found: R = self.kept[name]
        return found

    def record(
        self,
        verb: str,
        subject: tuple[str, object],
        *,
        on_behalf_of: str | None = None,
        compartment: str = Compartment.MISSION,
        **details: object,
    ) -> None:
        """Add an act to the audit record; rooms that follow it hear of it when the work is done.

        Of what lies on a side only that side reads that it happened.
        """
        self.done.append((verb, subject))
        audit.record(
            self.session,
            self.mission.id,
            at=self.now,
            actor=self.actor,
            verb=verb,
            subject=subject,
            on_behalf_of=on_behalf_of,
            compartment=compartment,
            **details,
        )

    @contextmanager
    def speaking_to(self, user_id: str) -> Iterator[Person | None]:
        """Write in a person's language inside this block; gives the person, if the mission has met them."""
        person = get_person(self.session, self.mission.id, user_id)
        locale = person.locale if person else ""
        with speaking(language_of(locale, self.mission.languages)):
            yield person

    @contextmanager
    def speaking_to_everyone(self) -> Iterator[None]:
        """Write in the mission's main language inside this block, for channels."""
        with speaking(self.mission.languages[0] if self.mission.languages else "en"):
            yield


@dataclass(frozen=True, slots=True)
class ViewRef:
    """The form or Home a person is looking at."""

    id: str
    hash: str
    kind: str
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """The message that a button or a message shortcut belongs to. `text` is there for a shortcut: all its words,
    also those of its blocks and attachments, with names for mentions."""

    channel: str
    ts: str
    text: str = ""
    user: str = ""
    thread_ts: str = ""


def _nothing(_request: Request) -> list[str]:
    return []


@dataclass(slots=True, kw_only=True)
class Request(Work):
    """One request of one person.

    `text` is what followed the command, as it was typed, with names for the people it mentions; their ids are
    `mentions`; `value` the pressed button's value or the chosen option; `verb` the full id
    that was pressed; `fields` and `notes` belong to a form; `attached` holds what was fetched for a form, by
    field: names and contents; `files` is the first of each;
    `prepared` is what the verb's `prepares` gave (see `ready`);
    `event` is the raw event; `query` what was typed into a select that asks for options. `read` lists what is
    Confidential or of a side and was shown in answer. `act_words` gives how the audit record reads, `kept_times`
    what of all rooms keeps its local time, in lines (`commands.kit.room.Room.keeps`).
    """

    who: Who
    verb: str = ""
    text: str = ""
    mentions: tuple[str, ...] = ()
    value: str = ""
    query: str = ""
    channel: str = ""
    fields: Fields = field(default_factory=Fields)
    notes: Mapping[str, object] = field(default_factory=dict)
    attached: dict[str, tuple[tuple[str, bytes], ...]] = field(default_factory=dict)
    prepared: object = None
    view: ViewRef | None = None
    message: MessageRef | None = None
    event: dict[str, Any] = field(default_factory=dict)
    read: list[audit.About] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    act_words: Callable[[], ActWords] = ActWords
    kept_times: Callable[[Request], list[str]] = _nothing

    def note_read(
        self, kind: str, identity: object, level: str, compartment: Compartment = Compartment.MISSION
    ) -> None:
        """Put on the audit record, before it is shown, that they read this; nothing for what is for everybody."""
        if level != Handling.UNCLASSIFIED or compartment is not Compartment.MISSION:
            self.read.append(audit.About(kind, identity, compartment))

    @property
    def shows_a_side(self) -> bool:
        """Whether what is shown in answer lies on a side of the wall: then the answer itself is kept nowhere."""
        return any(one.compartment != Compartment.MISSION for one in self.read)

    @property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """The file of each field that takes one."""
        return {name: found[0] for name, found in self.attached.items()}

    @property
    def in_form(self) -> bool:
        """Whether the person is in a form, and not on a message or on Home."""
        return self.view is not None and self.view.kind == "modal"

    def ready(self, kind: type[R]) -> R:
        """What the verb prepared before the transaction."""
        assert isinstance(self.prepared, kind)
        return self.prepared

    def noted(self, kind: type[N]) -> N:
        """What the form carries, as the notes it was made with. Raises Refused for what no release wrote."""
        return read_notes(kind, self.notes)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person gets back.

    `say`: a card only they see. `form`: opens a form, or puts one on top of the form they are in. `update`: replaces
    the form they are in. `close_all`: closes every form. `options`: choices for a select. A form that is submitted and
    answered with nothing closes. A press that did its work, or had none to do, answers `NOTHING_TO_SAY`.
    """

    say: Card | None = None
    form: Block | None = None
    update: Block | None = None
    close_all: bool = False
    options: tuple[Block, ...] | None = None


def opened(request: Request, view: Block) -> Answer:
    """Show a form: in place of the one that is open, else in a new one. Nothing is stacked, so nothing overflows."""
    return Answer(update=view) if request.in_form else Answer(form=view)


# What changed shows itself, in its own message or form.
NOTHING_TO_SAY = Answer()
