"""Whatever people, the clock and the rooms do: what a message offers can be done, or the message is about to change."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from commands.agencies.handlers.people import put_people
from commands.agencies.rules.people import People
from commands.cabinet.handlers.meetings.channels import of_series
from commands.cabinet.handlers.meetings.slots import plan_meeting
from commands.escalations import ROOM
from commands.escalations.handlers.chain import start
from commands.escalations.rules.acts import Act
from commands.escalations.rules.raising import Entered
from commands.kit.contacts import everyone
from commands.kit.dates import read_calendar
from commands.updates.handlers.life import begin
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from storage.agencies import get_agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes
from storage.cabinet.series import QuorumRule, Series
from storage.channel_setups import ChannelSetup, SetupState
from storage.escalations.model import Escalation, Severity
from storage.people import Role, set_holders
from storage.updates.returns import Return
from storage.updates.rounds import Round
from tests.promises.stage import (
    ADMIN,
    AGENCY_PEOPLE,
    CABINET,
    CHIEF,
    CODES,
    DUTY,
    PEOPLE,
    SECRETARY,
    SRSG,
    Stage,
    a_database,
    form,
)
from tests.properties import examples

DATABASE = a_database()
SPANS = st.sampled_from([timedelta(minutes=20), timedelta(hours=3), timedelta(hours=26), timedelta(days=3)])


class Promises(RuleBasedStateMachine):
    """What every machine of this kind can do: time passes, messages leave, people change, and offers are tried."""

    stage: Stage

    def all(self, table: Any) -> list[Any]:
        """Every row of a table of this mission, oldest first."""
        with self.stage.database.reading() as session:
            query = select(table).where(table.mission_id == self.stage.mission_id)
            return list(session.scalars(query.order_by(table.id)))

    def one(self, table: Any, which: int) -> Any:
        """Some row of a table, None where there is none."""
        rows = self.all(table)
        return rows[which % len(rows)] if rows else None

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.stage.time_passes(span)

    @rule()
    def messages_leave(self) -> None:
        self.stage.deliver()

    @rule(code=st.sampled_from(CODES), left_out=st.sampled_from([*AGENCY_PEOPLE, None]))
    def people_change(self, code: str, left_out: str | None) -> None:
        """Somebody of an agency is replaced, or everybody is back."""
        with self.stage.working() as work:
            people = {role: "" for _of, role in AGENCY_PEOPLE.values()}
            for user, (of, role) in AGENCY_PEOPLE.items():
                if of == code:
                    people[role] = SRSG if user == left_out else user
            agency = self.stage.agency(work.session, code)
            put_people(
                work,
                agency,
                People(people["head_of_agency"], (people["focal_point"],), (people["alternate"],)),
            )

    @rule()
    def offers_hold(self) -> None:
        assert self.stage.broken_promises() == []

    def teardown(self) -> None:
        """However it ended, and once everything has left."""
        if hasattr(self, "stage"):
            self.stage.deliver()
            assert self.stage.broken_promises() == []


class Rounds(Promises):
    """Rounds of updates: asked, answered, chased, waived, closed early."""

    @initialize()
    def begin(self) -> None:
        self.stage = Stage(DATABASE)
        self.ask("unclassified")

    @rule(handling=st.sampled_from(["unclassified", "confidential"]))
    def ask(self, handling: str) -> None:
        now = self.stage.now
        if len(self.all(Round)) > 1:
            return
        with self.stage.working() as work:
            this = Round(
                mission_id=self.stage.mission_id,
                title="Weekly update",
                questions=[one.as_json() for one in read_lines("What happened? *")],
                audience=["all"],
                ladder=[step.as_json() for step in DEFAULT_LADDER],
                handling=handling,
                opens_at=now,
                due_at=now + timedelta(hours=30),
                closes_at=now + timedelta(hours=54),
                digest_at=now + timedelta(hours=31),
                digest_channel=CABINET,
                created_by=CHIEF,
                created_at=now,
            )
            begin(work, this)
        self.stage.deliver()

    @rule(
        act=st.sampled_from(["nil", "undo", "same", "snooze", "answer", "typed", "hand"]),
        which=st.integers(0, 3),
        by=st.integers(0, 2),
        to=st.integers(0, 2),
    )
    def answer(self, act: str, which: int, by: int, to: int) -> None:
        """Somebody of the agency does something about its update."""
        given = self.one(Return, which)
        with self.stage.database.reading() as session:
            people = everyone(get_agency(session, self.stage.mission_id, given.agency_id))
        user, colleague = people[by % len(people)], people[to % len(people)]
        notes = {"return": given.id, "base": given.version}
        if act in {"nil", "undo", "same"}:
            self.stage.presses(user, f"updates:{act}", given.id)
        elif act == "snooze":
            self.stage.presses(user, "updates:snooze", f"{given.id}:3h")
        elif act == "typed":
            self.stage.acts(user, "actions", "updates:typed", notes=notes, fields=form(a0="Convoys, half"))
        else:
            self.stage.sends(user, f"updates:{act}", notes, form(a0="Convoys.", choice__person=colleague))

    @rule(which=st.integers(0, 3), what=st.sampled_from(["waived", "owed"]))
    def waive(self, which: int, what: str) -> None:
        given = self.one(Return, which)
        if given is not None:
            fields = form(choice__agency=given.id, choice__what=what, reason="Moving offices")
            self.stage.sends(CHIEF, "updates:waive", {"round": given.round_id}, fields)

    @precondition(lambda self: hasattr(self, "stage"))
    @rule(which=st.integers(0, 1))
    def close_early(self, which: int) -> None:
        this = self.one(Round, which)
        if this is not None:
            self.stage.presses(CHIEF, "updates:finish", this.id)


class Meetings(Promises):
    """A series, its meetings, their items, decisions, silence procedures, actions and minutes."""

    @initialize(begun=st.sampled_from([True, True, True, False]))
    def begin(self, begun: bool) -> None:
        """A meeting that waits; or one in session that has decided something and given out an action."""
        self.stage = Stage(DATABASE)
        self._convene()
        if begun:
            self.run_meeting("begin", 0)
            self.decide(0, "UWFPA", 3)
            self.give_action("UIOMA", 2)
            self.stage.deliver()

    def _convene(self) -> None:
        now = self.stage.now
        with self.stage.working() as work:
            series = Series(
                mission_id=self.stage.mission_id,
                title="Weekly cabinet",
                anchor=now.date(),
                start_time=time(11),
                chair=SRSG,
                secretary=SECRETARY,
                created_by=SECRETARY,
                created_at=now,
                updated_at=now,
                quorum_rule=QuorumRule.NONE,
                silence_working=False,
                all_agencies=True,
                channel_id=CABINET,
                state="paused",
            )
            work.session.add(series)
            work.session.flush()
            setup = ChannelSetup(
                mission_id=self.stage.mission_id,
                subject=str(of_series(series.id)),
                room="cabinet",
                state=SetupState.READY,
                name="cabinet",
                marker="m",
                asked_by=SECRETARY,
                channel_id=CABINET,
                channel_name="cabinet",
                created_at=now,
                ready_at=now,
            )
            work.session.add(setup)
            work.session.flush()
            for days in (0, 7):
                meeting = plan_meeting(work, series, now + timedelta(days=days, hours=2), read_calendar(work))
                meeting.channel_id = CABINET
                work.session.add_all(
                    Item(
                        mission_id=self.stage.mission_id,
                        series_id=series.id,
                        meeting_id=meeting.id,
                        title=f"Matter {number}",
                        question="Shall we?",
                        state=ItemState.SCHEDULED,
                        position=number,
                        proposed_by="UWFPA",
                        created_at=now,
                        updated_at=now,
                    )
                    for number in (1, 2)
                )
        self.stage.time_passes(timedelta(minutes=1))
        self.stage.deliver()

    def press(self, user: str, verb: str, table: Any, which: int, more: str = "") -> None:
        found = self.one(table, which)
        if found is not None:
            self.stage.presses(user, verb, f"{more}{found.id}")

    @rule(verb=st.sampled_from(["begin", "end"]), which=st.integers(0, 1))
    def run_meeting(self, verb: str, which: int) -> None:
        self.press(SECRETARY, f"cabinet:{verb}", Meeting, which)

    @rule(user=st.sampled_from(list(AGENCY_PEOPLE)), which=st.integers(0, 1))
    def attend(self, user: str, which: int) -> None:
        self.press(user, "cabinet:present", Meeting, which)

    @rule(which=st.integers(0, 1), hours=st.integers(1, 90))
    def move(self, which: int, hours: int) -> None:
        meeting, to = self.one(Meeting, which), self.stage.now + timedelta(hours=hours)
        fields = form(day__day=to.date().isoformat(), time__time=f"{to:%H:%M}", place="Tent")
        self.stage.sends(SECRETARY, "cabinet:move", {"meeting": meeting.id, "warned": to.date().isoformat()}, fields)

    @precondition(lambda self: self.stage.now.hour % 2)
    @rule(which=st.integers(0, 1))
    def cancel(self, which: int) -> None:
        meeting = self.one(Meeting, which)
        self.stage.sends(SECRETARY, "cabinet:cancel-meeting", {"meeting": meeting.id}, form(reason="Curfew"))

    @rule(which=st.integers(0, 5), owner=st.sampled_from(list(AGENCY_PEOPLE)), days=st.integers(1, 9))
    def decide(self, which: int, owner: str, days: int) -> None:
        item = self.one(Item, which)
        due = self.stage.now.date() + timedelta(days=days)
        while due.weekday() > 4:
            due += timedelta(days=1)
        with self.stage.database.reading() as session:
            agency = self.stage.agency(session, "WFP").id
        fields = form(
            text="The road opens.", person__owner=owner, choice__owner_agency=agency, day__due=due.isoformat()
        )
        self.stage.sends(SECRETARY, "cabinet:decision", {"item": item.id, "from": "run"}, fields)

    @rule(
        verb=st.sampled_from(["agree", "more-time"]),
        user=st.sampled_from(list(AGENCY_PEOPLE)),
        which=st.integers(0, 5),
    )
    def reply(self, verb: str, user: str, which: int) -> None:
        self.press(user, f"cabinet:{verb}", Binding, which)

    @rule(user=st.sampled_from(list(AGENCY_PEOPLE)), which=st.integers(0, 5))
    def object(self, user: str, which: int) -> None:
        binding = self.one(Binding, which)
        if binding is not None:
            self.stage.sends(user, "cabinet:object", {"binding": binding.id}, form(reason="Schools"))

    @rule(
        move=st.sampled_from(["finish", "return", "cancel", "hand-over", "verify", "snooze"]),
        which=st.integers(0, 3),
        to=st.sampled_from(list(AGENCY_PEOPLE)),
        by_owner=st.booleans(),
    )
    def move_action(self, move: str, which: int, to: str, by_owner: bool) -> None:
        action = self.one(Action, which)
        if action is None:
            return
        user = action.owner if by_owner else SECRETARY
        if move in {"verify", "snooze"}:
            self.stage.presses(user, f"cabinet:{move}", f"{action.id}:1" if move == "snooze" else action.id)
            return
        fields = form(evidence="Done on Monday", why="Because", person__owner=to)
        self.stage.sends(user, f"cabinet:{move}", {"action": action.id}, fields)

    @rule(user=st.sampled_from(["UWFPA", SECRETARY, SRSG]), due=st.integers(1, 4))
    def give_action(self, user: str, due: int) -> None:
        day: date = self.stage.now.date() + timedelta(days=due)
        fields = form(text="Report on fuel", person__owner=user, day__due=day.isoformat(), choice__level="unclassified")
        self.stage.sends(SECRETARY, "cabinet:action", {}, fields)

    @rule(verb=st.sampled_from(["circulate", "issue"]), which=st.integers(0, 1))
    def minutes(self, verb: str, which: int) -> None:
        self.press(SECRETARY, f"cabinet:{verb}", Minutes, which)

    @rule(which=st.integers(0, 5), defer=st.booleans())
    def take_off(self, which: int, defer: bool) -> None:
        item = self.one(Item, which)
        notes = {"item": item.id, "verb": "defer" if defer else "withdraw"}
        self.stage.sends(SECRETARY, "cabinet:item-off", notes, form(reason="Not ripe"))

    @rule(which=st.integers(0, 1))
    def close(self, which: int) -> None:
        self.stage.acts(SECRETARY, "actions", "cabinet:meeting-menu", value=f"{self.one(Meeting, which).id}:close")


class Escalations(Promises):
    """Escalations in every severity, with everything that can be done to them."""

    @initialize(held=st.booleans())
    def begin(self, held: bool) -> None:
        """One that nobody has acknowledged; or one that somebody of the office has, and asks back about."""
        self.stage = Stage(DATABASE)
        self.raise_one(Severity.URGENT, "UWFPA")
        if held:
            self.act(Act.ACKNOWLEDGE, DUTY, 0, Severity.URGENT)
            self.act(Act.ASK, DUTY, 0, Severity.URGENT)
            self.stage.deliver()

    @rule(severity=st.sampled_from(list(Severity)), user=st.sampled_from(["UWFPA", "UIOMC", CHIEF]))
    def raise_one(self, severity: Severity, user: str) -> None:
        if len(self.all(Escalation)) > 2:
            return
        with self.stage.session() as session:
            agency = self.stage.agency(session, "IOM").id
            new = Entered(
                asks="decision", severity=severity, handling="unclassified", summary="A matter.", agency_ids=(agency,)
            )
            start.begin(self.stage.request(session, user), new, {})
        self.stage.deliver()

    @rule(
        act=st.sampled_from([*Act, Act.ACKNOWLEDGE, Act.ASK, Act.PAUSE]),
        user=st.sampled_from([DUTY, DUTY, CHIEF, SRSG, SECRETARY, "UWFPA", "UIOMA"]),
        which=st.integers(0, 2),
        severity=st.sampled_from(list(Severity)),
    )
    def act(self, act: Act, user: str, which: int, severity: Severity) -> None:
        this = self.one(Escalation, which)
        kind = "forms" if act in _FORMS else "actions"
        day = (self.stage.now + timedelta(days=3)).date().isoformat()
        others = [one.id for one in self.all(Escalation) if one.id != this.id]
        fields = form(
            text="Because it is so.",
            day__day=day,
            choice__severity=severity,
            choice__into=others[0] if others else 0,
            reference="OUT/12",
        )
        self.stage.acts(
            user, kind, f"escalations:{act}", value=str(this.id), notes={"escalation": this.id}, fields=fields
        )

    @rule(role=st.sampled_from([Role.DUTY_OFFICER, Role.COORDINATOR]), user=st.sampled_from(PEOPLE))
    def office_changes(self, role: Role, user: str) -> None:
        with self.stage.working() as work:
            set_holders(work.session, work.mission.id, role, [user], ADMIN, work.now)
            work.record("roles.changed", ("role", role.value))


_FORMS = {act for act in Act if act in ROOM.forms}
FEW = settings(
    max_examples=examples(5),
    stateful_step_count=20,
    # A story of twenty steps is read faster than it is made shorter.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
TestRounds, TestMeetings, TestEscalations = Rounds.TestCase, Meetings.TestCase, Escalations.TestCase
TestRounds.settings = TestMeetings.settings = TestEscalations.settings = FEW
