"""A delivery that is heard in a transaction which is then undone: what was told, to whom, and what it changed.

Beside the transaction everything is the product's own way in, from the gate to the answer. What the worker would do
at once, such as making a file or drawing a message, is done in the same transaction.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pypdf import PdfReader
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.app import conversation_of
from bot.delivery.home import home_view
from bot.requests.incoming import Incoming
from bot.requests.on_record import READ, REFUSED
from bot.requests.reaction import Reaction, refusal_ack
from commands.kit.handling import Handling, Verdict, highest, may_go
from commands.kit.permission import Who, who_is
from commands.kit.places import place_of
from commands.kit.room import Prepared
from commands.kit.work import Work
from storage import timers
from storage.audit import AuditEntry
from storage.database import Database
from storage.missions import Mission, get_mission
from storage.outbox import OutboxRow
from storage.people import get_person
from storage.subjects import Subject
from storage.timers import Timer
from tests.matrix.scene.setting import Setting

Done = TypeVar("Done")
Seen = TypeVar("Seen")
# Rows that every delivery leaves, that say what is drawn and made later, or what Slack told of whoever sent it.
OF_THE_MACHINE = frozenset({"inbox", "audit", "outbox", "timers", "people"})
ANSWER = "the answer"
# Tags of a written document, between which a word may be cut in two.
TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Told:
    """A text that reached somebody: who reads it, and where (`a direct message`, `#name`, `the answer`)."""

    readers: frozenset[str]
    place: str
    text: str


@dataclass(slots=True)
class Outcome:
    """What came of a delivery: the answer, and every message that left (`told`), the answer among them.

    `changes` are audit verbs; `tables` what was written, without the machine's own.
    """

    reaction: Reaction = field(default_factory=Reaction)
    answer: str = ""
    told: list[Told] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)

    @property
    def refusal(self) -> str:
        """Why it was refused; empty where it was not."""
        return self.reaction.refusal.text if self.reaction.refusal is not None else ""


class Undone:
    """Stands where the database does: every unit of work happens in one session, of which nothing stays."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def work(self, unit: Callable[[Session], Done], *, reads_only: bool = False) -> Done:
        """Do a unit of work."""
        done = unit(self.session)
        self.session.flush()
        return done

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look."""
        yield self.session


class Rehearsal:
    """Hears deliveries and undoes them."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.world = setting, setting.world
        product = self.world.product
        self.conversation = conversation_of(product, product.slack)
        self.writes: list[str] = []
        event.listen(product.database.engine, "before_cursor_execute", self._wrote)
        with product.database.reading() as session:
            self.last_row = max(session.scalars(select(OutboxRow.id)))
            self.last_act = max(session.scalars(select(AuditEntry.id)))
            self.waiting = list(session.scalars(select(Timer.id)))

    def _wrote(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        words = statement.split(None, 3)
        if words[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            self.writes.append(words[1] if words[0].upper() == "UPDATE" else words[2])

    def hear(self, incoming: Incoming) -> Outcome:
        """What comes of a delivery."""
        found = Outcome()

        def unit(session: Session) -> None:
            self.conversation.database = cast("Database", Undone(session))
            found.reaction = self.conversation.hear(incoming)
            if found.reaction.refusal is None and not found.reaction.failed:
                self._changed(session, found)
            self._answered(incoming, found)

        self._undone(unit)
        return found

    def clock(self, run: Callable[[Work], object]) -> Outcome:
        """What comes of something that a clock does."""
        found = Outcome()

        def unit(session: Session) -> None:
            work = self._work(session)
            run(work)
            self.world.product.house.follow(work)
            self._changed(session, found)

        self._undone(unit)
        return found

    def home(self, name: str) -> str:
        """What somebody reads on Home."""
        house = self.world.product.house
        return as_text(self.look(name, lambda work, who: home_view(house, work, who)))

    def look(self, name: str, read: Callable[[Work, Who], Seen]) -> Seen:
        """What somebody sees, of which nothing stays."""
        found: list[Seen] = []

        def unit(session: Session) -> None:
            person = get_person(session, self.world.mission_id, self.setting.people[name])
            assert person is not None
            found.append(read(self._work(session), who_is(session, self.world.mission_id, person)))

        self._undone(unit)
        return found[0]

    def _undone(self, unit: Callable[[Session], None]) -> None:
        self.writes.clear()
        with self.world.product.database.reading() as session:
            unit(session)
            session.rollback()
        self.world.present.now = self.setting.now

    def _work(self, session: Session) -> Work:
        mission: Mission = get_mission(session, self.world.mission_id)
        return Work(session, mission, self.world.now, front=self.world.product.house.front)

    # What came of it

    def _changed(self, session: Session, found: Outcome) -> None:
        session.flush()
        self._work_off(session)
        session.flush()
        found.tables = set(self.writes) - OF_THE_MACHINE
        acts = session.scalars(select(AuditEntry).where(AuditEntry.id > self.last_act).order_by(AuditEntry.id))
        found.changes = [verb for verb in dict.fromkeys(act.verb for act in acts) if verb not in (READ, REFUSED)]
        if "outbox" in self.writes:
            for row in session.scalars(select(OutboxRow).where(OutboxRow.id > self.last_row).order_by(OutboxRow.id)):
                self._read(session, row, found)

    def _work_off(self, session: Session) -> None:
        """What the worker does at once of what this has caused."""
        while "timers" in self.writes:
            timer = timers.earliest_due(session, self.world.now, self.world.mission_id, but=self.waiting)
            if timer is None:
                return
            session.delete(timer)
            fire(self._work(session), self.world.product.house.timers[timer.verb], timer)
            session.flush()

    def _answered(self, incoming: Incoming, found: Outcome) -> None:
        reaction, text = found.reaction, ""
        if reaction.refusal is not None:
            refusal_ack(incoming, reaction.refusal)
            text = found.refusal + as_text(reaction.refusal.fields or {})
        found.answer = text + as_text(reaction.ack) + as_text([arguments for _method, arguments in reaction.calls])
        found.told.append(Told(frozenset({self.setting.name_of(incoming.user)}), ANSWER, found.answer))

    def _read(self, session: Session, row: OutboxRow, found: Outcome) -> None:
        """A row as it would leave now: drawn, and judged by the last gate."""
        arguments, level = row.arguments, Handling(row.handling)
        place = str(arguments.get("channel") or "")
        if not place or row.method in {"home", "channel.read"}:
            return
        text = as_text(arguments) + read_file(row.attachment)
        if "drawing" in arguments:
            drawing = self.world.product.house.drawings[arguments["drawing"]]
            card = drawing(self._work(session), Subject.parse(row.subject or ""))
            if card is None:
                return
            text, level = as_text(card.as_arguments()), highest(level, card.handling)
        name, readers = self._place(place)
        verdict = may_go(level, place_of(session, get_mission(session, self.world.mission_id), place))
        if verdict is Verdict.ALLOWED:
            found.told.append(Told(readers, name, text))
        else:
            found.held_back.append(name)

    def _place(self, place: str) -> tuple[str, frozenset[str]]:
        if place.startswith("dm:"):
            name = self.setting.name_of(place.removeprefix("dm:"))
            return name or "somebody else", frozenset({name})
        name = next((name for name, channel in self.setting.channels.items() if channel == place), "another")
        return f"#{name}", self.setting.members.get(place, frozenset())


def fire(work: Work, run: Any, timer: Timer) -> None:
    """Let a timer's moment come."""
    subject = Subject.parse(timer.subject)
    if isinstance(run, Prepared):
        run.write(work, subject, run.prepare(work, subject))
    else:
        run(work, subject)


def as_text(told: object) -> str:
    """Everything in a payload, texts and ids alike."""
    return json.dumps(told, ensure_ascii=False, default=str) if told else ""


def read_file(content: bytes | None) -> str:
    """The words of a file: of an archive (workbooks, documents) those of all its parts."""
    if not content:
        return ""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return pdf_text(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(TAGS.sub("", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())


def pdf_text(content: bytes) -> str:
    """The words of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
