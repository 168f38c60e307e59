"""Whatever people and the world do, an escalation is closed, or has exactly one next step that will reach somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.rooms import open_house
from commands.escalations import ROOM
from commands.escalations.handlers import watching
from commands.escalations.handlers.chain import climb, start
from commands.escalations.rules.acts import Act
from commands.escalations.rules.raising import Entered
from commands.kit.forms import Fields
from commands.kit.permission import who_is
from commands.kit.refused import Refused
from commands.kit.work import Request, Work
from storage.channels import Channel
from storage.database import Database
from storage.escalations.model import Escalation, Severity
from storage.escalations.notices import EscalationNotice, NoticeState
from storage.migrate import all_tables
from storage.missions import Mission, replace_holidays
from storage.people import Person, Role, set_holders
from storage.subjects import Subject
from storage.timers import Timer, TimerState, take_due
from tests.properties import examples

PEOPLE = ("UDUTY", "UDEPUTY", "UCHIEF", "USRSG", "UADMIN", "UHEAD")
CHANNEL = "COFFICE"
START = datetime(2035, 3, 23, 14, 0, tzinfo=UTC)  # Friday afternoon; clocks go forward on Sunday, Monday is free
MISSIONS = count(1)
HOUSE = open_house([ROOM])
DATABASE = Database(f"sqlite:///{Path(mkdtemp())}/steps.db")
all_tables().create_all(DATABASE.engine)


def fields(**values: Any) -> Fields:
    """What a form would hold."""
    states = {
        "text": {"value": "Because it is so."},
        "day": {"selected_date": values.get("day")},
        "severity": {"selected_option": {"value": values.get("severity")}},
        "into": {"selected_option": {"value": str(values.get("into"))}},
        "reference": {"value": "OUT/12"},
    }
    return Fields({name: {"input": state} for name, state in states.items()})


class AlwaysANextStep(RuleBasedStateMachine):
    """One mission with one office; everything that can happen to it happens in any order."""

    @initialize()
    def begin(self) -> None:
        """An office of four, an admin, and the head of an agency who raises things."""
        self.now = START
        self.mission_id = f"T{next(MISSIONS)}"
        with self.session() as session:
            session.add(
                Mission(
                    id=self.mission_id,
                    zone="Europe/Berlin",
                    work_start=time(8),
                    work_end=time(17),
                    coordinator_channel=CHANNEL,
                    set_up_at=self.now,
                )
            )
            session.flush()
            replace_holidays(session, self.mission_id, {date(2035, 3, 26): ""})
            session.add_all(Person(mission_id=self.mission_id, user_id=one, seen_at=self.now) for one in PEOPLE)
            session.add(Channel(mission_id=self.mission_id, channel_id=CHANNEL, read_at=self.now, bot_is_member=True))
            session.flush()
            held = {
                Role.DUTY_OFFICER: ["UDUTY", "UDEPUTY"],
                Role.COORDINATOR: ["UCHIEF"],
                Role.SRSG_OFFICE: ["USRSG"],
                Role.ADMIN: ["UADMIN"],
                Role.HUMAN_RIGHTS_ADVISER: ["UHEAD"],
            }
            for role, users in held.items():
                set_holders(session, self.mission_id, role, users, "UADMIN", self.now)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction; what is refused in it is rolled back, as in a request."""
        try:
            with DATABASE.transaction() as session:
                yield session
        except Refused:
            return

    def work(self, session: Session) -> Work:
        """The product's own hand."""
        return Work(session, session.get_one(Mission, self.mission_id), self.now)

    def request(self, session: Session, user: str, **more: Any) -> Request:
        """The hand of a person."""
        person = session.get_one(Person, (self.mission_id, user))
        mission = session.get_one(Mission, self.mission_id)
        who = who_is(session, self.mission_id, person)
        return Request(session=session, mission=mission, now=self.now, actor=user, who=who, **more)

    def all(self, session: Session) -> list[Escalation]:
        """Every escalation of the mission."""
        query = select(Escalation).where(Escalation.mission_id == self.mission_id)
        return list(session.scalars(query.order_by(Escalation.id)))

    @rule(
        severity=st.sampled_from(list(Severity)),
        user=st.sampled_from(PEOPLE),
        handling=st.sampled_from(["unclassified", "confidential", "strictly_confidential"]),
    )
    def raise_one(self, severity: str, user: str, handling: str) -> None:
        with self.session() as session:
            new = Entered(asks="decision", severity=severity, handling=handling, summary="A matter.")
            start.begin(self.request(session, user), new, {})

    @rule(
        act=st.sampled_from(list(Act)),
        user=st.sampled_from(PEOPLE),
        which=st.integers(0, 5),
        into=st.integers(0, 5),
        severity=st.sampled_from(list(Severity)),
        days=st.integers(1, 9),
    )
    def act(self, act: Act, user: str, which: int, into: int, severity: str, days: int) -> None:
        """A person presses a button, and sends the form if it has one."""
        with self.session() as session:
            everything = self.all(session)
            if not everything:
                return
            this, other = everything[which % len(everything)], everything[into % len(everything)]
            verb = ROOM.forms.get(act) or ROOM.actions[act]
            verb.run(
                self.request(
                    session,
                    user,
                    value=str(this.id),
                    verb=f"escalations:{act}",
                    notes={"escalation": this.id},
                    fields=fields(
                        severity=severity, into=other.id, day=(self.now + timedelta(days=days)).date().isoformat()
                    ),
                )
            )

    @rule(minutes=st.sampled_from([1, 5, 30, 240, 1440, 4000]))
    def time_passes(self, minutes: int) -> None:
        """Up to a moment, stopping wherever a step is due."""
        until = self.now + timedelta(minutes=minutes)
        for _step in range(120):
            if not self._next_timer(until):
                break
        self.now = max(self.now, until)

    def _next_timer(self, until: datetime) -> bool:
        with self.session() as session:
            timer = take_due(session, until, self.mission_id)
            if timer is None:
                return False
            self.now = max(self.now, timer.due_at)
            timer.state = TimerState.DONE
            HOUSE.timers[timer.verb](self.work(session), Subject.parse(timer.subject))
            return True

    @rule(minutes=st.sampled_from([30, 600]))
    def nothing_runs(self, minutes: int) -> None:
        """The workers stand still for a while, then the watchdog looks."""
        self.now += timedelta(minutes=minutes)
        with self.session() as session:
            watching.watch(self.work(session))

    @rule(user=st.sampled_from(PEOPLE), gone=st.booleans())
    def leave_or_return(self, user: str, gone: bool) -> None:
        with self.session() as session:
            session.get_one(Person, (self.mission_id, user)).is_gone = gone
            session.flush()
            watching.somebody_left(self.request(session, user, event={"user": {"id": user, "deleted": gone}}))

    @rule(archived=st.booleans())
    def archive(self, archived: bool) -> None:
        with self.session() as session:
            session.get_one(Channel, (self.mission_id, CHANNEL)).is_archived = archived

    @rule(which=st.integers(0, 20), reason=st.sampled_from(["", "user_not_found", "is_archived"]))
    def deliver(self, which: int, reason: str) -> None:
        """Slack takes a message of a step, or refuses it for good."""
        with self.session() as session:
            query = select(EscalationNotice).where(
                EscalationNotice.mission_id == self.mission_id, EscalationNotice.state == NoticeState.PENDING
            )
            waiting = list(session.scalars(query.order_by(EscalationNotice.id)))
            if not waiting:
                return
            subject = waiting[which % len(waiting)].subject
            if reason:
                climb.not_delivered(self.work(session), subject, reason)
            else:
                climb.delivered(self.work(session), subject, {})

    @invariant()
    def closed_or_exactly_one_next_step(self) -> None:
        if not hasattr(self, "mission_id"):
            return
        with self.session() as session:
            for one in self.all(session):
                query = select(Timer).where(
                    Timer.mission_id == self.mission_id,
                    Timer.subject == f"escalation:{one.id}",
                    Timer.state == TimerState.WAITING,
                )
                timers = list(session.scalars(query))
                if not one.is_open:
                    assert (one.next_at, one.next_kind, one.next_for, timers) == (None, None, [], [])
                    continue
                assert one.next_kind is not None
                assert one.next_for
                assert all(place in PEOPLE or place == f"channel:{CHANNEL}" for place in one.next_for)
                assert [timer.due_at for timer in timers] == [one.next_at]


TestAlwaysANextStep = AlwaysANextStep.TestCase
TestAlwaysANextStep.settings = settings(
    max_examples=examples(8), stateful_step_count=25, suppress_health_check=list(HealthCheck), database=None
)
