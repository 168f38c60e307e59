"""A mission below HTTP: acts of people and of the clock, messages as they stand, and every offer of them tried out.

What a message offers is pressed in a transaction that is then undone, so that trying it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery.telling import Telling
from bot.observe import Metrics
from bot.requests.gate import admit
from bot.requests.incoming import ACTION, Incoming
from bot.rooms import find_rooms
from bot.sandbox.elements import walk
from commands.kit.forms import Fields
from commands.kit.permission import who_is
from commands.kit.refused import Refused
from commands.kit.room import Prepared
from commands.kit.work import MessageRef, Request, Work
from storage import posts
from storage.agencies import Agency, AgencyKind, AgencyPerson
from storage.channels import Channel, members_of, replace_members
from storage.database import Database
from storage.migrate import all_tables
from storage.missions import Mission
from storage.outbox import OutboxRow, State
from storage.outbox.standing import DELETE_MESSAGE
from storage.people import Person, Role, set_holders
from storage.subjects import Subject
from storage.timers import TimerState, take_due

START = datetime(2035, 3, 5, 7, 0, tzinfo=UTC)  # a Monday, 09:00 in Juba
HOUSE = find_rooms()
MISSIONS = count(1)
OFFICE, CABINET = "COFFICE", "CCABINET"
SECRETARY, CHIEF, SRSG, DUTY, ADMIN = "USECRETARY", "UCHIEF", "USRSG", "UDUTY", "UADMIN"
CODES = ("WFP", "IOM")
SEATS = (("A", "focal_point"), ("B", "alternate"), ("C", "head_of_agency"))
AGENCY_PEOPLE = {f"U{code}{letter}": (code, role) for code in CODES for letter, role in SEATS}
PEOPLE = (SECRETARY, CHIEF, SRSG, DUTY, ADMIN, *AGENCY_PEOPLE)
ROLES = {
    Role.ADMIN: [ADMIN],
    Role.COORDINATOR: [CHIEF, SECRETARY],
    Role.SRSG_OFFICE: [SRSG],
    Role.DUTY_OFFICER: [DUTY],
    Role.HUMANITARIAN_COORDINATOR: [ADMIN],
}
# Advice rather than refusals: what was pressed needs something else first, and the answer says what.
ADVICE = ("Nobody else answers for", "There is no other open escalation")
POSTS = ("chat.postMessage", "show")


def a_database() -> Database:
    """An SQLite database with all tables, in memory where the system has a place for files there."""
    memory = Path("/dev/shm")
    database = Database(f"sqlite:///{mkdtemp(dir=memory if memory.is_dir() else None)}/promises.db")
    all_tables().create_all(database.engine)
    return database


@dataclass
class Shown:
    """A message as it stands."""

    place: str
    subject: str | None
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


def form(**values: Any) -> Fields:
    """What a form holds: texts, days, choices (`choice__…`, `choices__…`) and people (`person__…`), by its fields."""
    states: dict[str, Any] = {}
    for name, value in values.items():
        kind, _, plain = name.partition("__")
        if kind == "choice":
            states[plain] = {"input": {"selected_option": {"value": str(value)}}}
        elif kind == "choices":
            chosen = [{"value": str(one)} for one in ([value] if isinstance(value, int) else value)]
            states[plain] = {"input": {"selected_options": chosen}}
        elif kind == "person":
            states[plain] = {"input": {"selected_user": value}}
        elif kind == "people":
            states[plain] = {"input": {"selected_users": value}}
        elif kind == "day":
            states[plain] = {"input": {"selected_date": value}}
        elif kind == "time":
            states[plain] = {"input": {"selected_time": value}}
        else:
            states[name] = {"input": {"value": value}}
    return Fields(states)


class Stage:
    """One mission with its people, two agencies and two channels."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, START
        self.mission_id = f"T{next(MISSIONS)}"
        self.shown: dict[str, Shown] = {}
        self.sent = count(1)
        with self.session() as session:
            self._people(session)

    def _people(self, session: Session) -> None:
        session.add(
            Mission(
                id=self.mission_id,
                zone="Africa/Juba",
                work_start=time(8),
                work_end=time(17),
                coordinator_channel=OFFICE,
                cabinet_channel=CABINET,
                set_up_at=self.now,
                bot_user_id="UBOT",
            )
        )
        session.flush()
        for user in PEOPLE:
            session.add(
                Person(mission_id=self.mission_id, user_id=user, name=user, zone="Africa/Juba", seen_at=self.now)
            )
        members = {OFFICE: [SECRETARY, CHIEF, SRSG, DUTY], CABINET: list(PEOPLE)}
        for channel, users in members.items():
            session.add(
                Channel(
                    mission_id=self.mission_id,
                    channel_id=channel,
                    read_at=self.now,
                    bot_is_member=True,
                    is_private=True,
                )
            )
            session.flush()
            replace_members(session, self.mission_id, channel, users)
        for role, holders in ROLES.items():
            set_holders(session, self.mission_id, role, holders, ADMIN, self.now)
        for code in CODES:
            session.add(self._agency(code))

    def _agency(self, code: str) -> Agency:
        agency = Agency(
            mission_id=self.mission_id,
            code=code,
            code_key=code.casefold(),
            name=f"Agency {code}",
            kind=AgencyKind.UN_AGENCY,
            created_at=self.now,
            updated_at=self.now,
        )
        agency.people = [
            AgencyPerson(mission_id=self.mission_id, user_id=user, role=role, rank=0)
            for user, (of, role) in AGENCY_PEOPLE.items()
            if of == code
        ]
        return agency

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction; what is refused in it is undone, as in a request."""
        try:
            with self.database.transaction() as session:
                yield session
        except Refused:
            return

    @contextmanager
    def working(self) -> Iterator[Work]:
        """The product's own hand; rooms follow what it did."""
        with self.session() as session:
            work = Work(session, session.get_one(Mission, self.mission_id), self.now)
            yield work
            HOUSE.follow(work)

    def agency(self, session: Session, code: str) -> Agency:
        """An agency by its code."""
        query = select(Agency).where(Agency.mission_id == self.mission_id, Agency.code == code)
        return session.scalars(query).one()

    def request(self, session: Session, user: str, **more: Any) -> Request:
        """The hand of a person."""
        person = session.get_one(Person, (self.mission_id, user))
        mission = session.get_one(Mission, self.mission_id)
        who = who_is(session, self.mission_id, person)
        return Request(session=session, mission=mission, now=self.now, actor=user, who=who, **more)

    def presses(self, user: str, verb: str, value: object = "") -> None:
        """Somebody presses a button."""
        self.acts(user, "actions", verb, value=str(value))

    def sends(self, user: str, verb: str, notes: dict[str, Any], fields: Fields) -> None:
        """Somebody sends a form."""
        self.acts(user, "forms", verb, notes=notes, fields=fields)

    def acts(self, user: str, kind: str, verb: str, **more: Any) -> None:
        """Somebody does something; a refusal changes nothing."""
        found = HOUSE.verb(kind, verb)
        assert found is not None, verb
        with self.session() as session:
            request = self.request(session, user, verb=verb, **more)
            if found.needs.is_met_by(request.who):
                request.prepared = found.prepares(request) if found.prepares else None
                found.run(request)
                HOUSE.follow(request)

    def time_passes(self, span: timedelta) -> None:
        """Up to a moment, stopping wherever a timer is due; schedules run at its end."""
        self.tell()
        until = self.now + span
        for _turn in range(60):
            if not self._next_timer(until):
                break
        self.now = max(self.now, until)
        for schedule in HOUSE.schedules.values():
            with self.working() as work:
                schedule.run(work)

    def _next_timer(self, until: datetime) -> bool:
        with self.session() as session:
            timer = take_due(session, until, self.mission_id)
            if timer is None:
                return False
            self.now = max(self.now, timer.due_at)
            timer.state = TimerState.DONE
            run, work = HOUSE.timers[timer.verb], Work(session, session.get_one(Mission, self.mission_id), self.now)
            if not isinstance(run, Prepared):
                run(work, Subject.parse(timer.subject))
                HOUSE.follow(work)
            return True

    def tell(self) -> None:
        """What has changed is followed up, as a worker does before any message leaves."""
        telling = Telling(self.database, HOUSE, lambda: self.now, Metrics(), lambda: self.mission_id)
        while telling.tell():
            pass

    def deliver(self) -> None:
        """Everything that is due leaves and stands."""
        for _turn in range(20):
            self.tell()
            with self.session() as session:
                waiting = select(OutboxRow).where(
                    OutboxRow.mission_id == self.mission_id,
                    OutboxRow.state == State.PENDING,
                    OutboxRow.not_before <= self.now,
                )
                rows = list(session.scalars(waiting.order_by(OutboxRow.id)))
                for row in rows:
                    self._deliver(session, row)
            if not rows:
                return

    def _deliver(self, session: Session, row: OutboxRow) -> None:
        row.state, row.settled_at = State.SENT, self.now
        work = Work(session, session.get_one(Mission, self.mission_id), self.now)
        channel = row.arguments.get("channel", CABINET)
        outcome = {
            "channel": channel,
            "ts": str(next(self.sent)),
            "id": "B1",
            "title": "",
            "name": "n",
            "canvas_id": "F1",
        }
        if row.method == DELETE_MESSAGE:
            self.shown.pop(str(row.arguments["ts"]), None)
        if row.method in POSTS:
            outcome["ts"] = self._show(session, work, row, outcome["ts"])
        if row.on_done:
            HOUSE.results[row.on_done](work, Subject.parse(row.subject or ""), outcome)  # type: ignore[arg-type]
            HOUSE.follow(work)

    def _show(self, session: Session, work: Work, row: OutboxRow, ts: str) -> str:
        content, subject = row.arguments, Subject.parse(row.subject) if row.subject else None
        if "drawing" in content:
            card = HOUSE.drawings[content["drawing"]](work, Subject.parse(row.subject or ""))
            assert card is not None, row.subject
            content = {**content, **card.as_arguments()}
        known = posts.get_post(session, self.mission_id, subject) if subject and row.method == "show" else None
        ts = known.ts if known else ts
        self.shown[ts] = Shown(
            str(content["channel"]), row.subject, str(content["text"]), list(content.get("blocks", []))
        )
        if subject:
            place = posts.Place(self.mission_id, str(subject), str(content["channel"]), ts, self.now)
            posts.remember_posts(session, [place])
        return ts

    def broken_promises(self) -> list[str]:
        """What standing messages offer and nobody who reads them can do, and which are not about to be drawn again."""
        self.tell()
        found: list[str] = []
        tried: dict[tuple[str, str, str], str] = {}
        for ts, message in self.shown.items():
            if self._about_to_change(ts, message):
                continue
            for _block, element in walk(message.blocks):
                for verb, value in _choices(element):
                    offer = (message.place, verb, value)
                    if offer not in tried:
                        tried[offer] = self._refused_to_all(message, verb, value)
                    if tried[offer]:
                        found.append(f"{message.place}: {message.text[:60]!r} [{verb} {value}]: {tried[offer]}")
        return found

    def _refused_to_all(self, message: Shown, verb: str, value: str) -> str:
        """Why nobody who reads a message can take its offer; empty where somebody can."""
        refusal = ""
        for user in self._readers(message.place):
            refusal = self._tried(user, message, verb, value)
            if not refusal:
                return ""
        return refusal

    def _about_to_change(self, ts: str, message: Shown) -> bool:
        if message.subject is None:
            return False
        with self.database.reading() as session:
            known = posts.get_post(session, self.mission_id, Subject.parse(message.subject))
            waits = select(OutboxRow.id).where(
                OutboxRow.mission_id == self.mission_id,
                OutboxRow.subject == message.subject,
                OutboxRow.state == State.PENDING,
            )
            return known is not None and known.ts == ts and session.scalar(waits.limit(1)) is not None

    def _readers(self, place: str) -> list[str]:
        if place.startswith("dm:"):
            return [place.removeprefix("dm:")]
        with self.database.reading() as session:
            return sorted(members_of(session, self.mission_id, place))

    def _tried(self, user: str, message: Shown, verb: str, value: str) -> str:
        """Why pressing this is refused; empty when it can be done. Nothing stays of it."""
        found = HOUSE.verb("actions", verb)
        if found is None:
            return "nobody knows this"
        ref = MessageRef(channel=message.place, ts="1")
        incoming = Incoming(kind=ACTION, key="", user=user, verb=verb, value=value)
        try:
            with self.database.transaction() as session:
                request = self.request(session, user, verb=verb, value=value, message=ref, channel=message.place)
                admit(HOUSE, request, incoming, found)
                session.flush()
                session.rollback()
        except Refused as no:
            return "" if no.text.startswith(ADVICE) else no.text
        else:
            return ""


def _choices(element: dict[str, Any]) -> list[tuple[str, str]]:
    verb = str(element["action_id"])
    if "options" in element:
        return [(verb, str(option["value"])) for option in element["options"]]
    return [] if element.get("url") else [(verb, str(element.get("value", "")))]
