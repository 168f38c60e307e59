"""The rules of the record: the silence clock, quorum, due dates, the chase, and life cycles that cannot go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from commands.cabinet.rules import actions, deciding
from commands.cabinet.rules.actions import DAYS, Move, Step, day_of, moves, step_due, taken_with
from commands.cabinet.rules.deciding import DayTrouble, Outcome, due_trouble
from commands.cabinet.rules.quorum import needed_of
from commands.cabinet.rules.silence import Reply, after_reply, after_silence, decision_state, silence_ends
from commands.kit.dates import ONE_DAY, WorkCalendar
from storage.cabinet.actions import LIVE, TO_DO, Action, ActionState
from storage.cabinet.decisions import RUNNING, Answered, DecisionState
from storage.cabinet.items import ItemState
from storage.cabinet.series import QuorumRule
from tests.properties import examples

ZONES = st.sampled_from(["Africa/Juba", "Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    zone=ZONES.map(ZoneInfo),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.sampled_from([time(0), time(7, 30), time(9)]),
    end=st.sampled_from([time(13), time(17), time(23, 59)]),
    holidays=st.frozensets(DAYS_OF_2026, max_size=20),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))


def worked(calendar: WorkCalendar, begins: datetime, ends: datetime) -> timedelta:
    """Working time between two moments, added up day by day."""
    total = timedelta()
    day = begins.astimezone(calendar.zone).date() - ONE_DAY
    while day <= ends.astimezone(calendar.zone).date():
        opens, closes = calendar.hours_of(day)
        if calendar.is_working_day(day):
            total += max(min(closes, ends) - max(opens, begins), timedelta())
        day += ONE_DAY
    return total


@settings(max_examples=examples(60))
@given(asked=MOMENTS, hours=st.integers(1, 72), calendar=CALENDARS)
def test_a_silence_in_working_hours_has_exactly_those_hours(
    asked: datetime, hours: int, calendar: WorkCalendar
) -> None:
    ends = silence_ends(asked, hours, calendar, working=True)
    assert worked(calendar, asked, ends) == timedelta(hours=hours)


@settings(max_examples=examples(60))
@given(asked=MOMENTS, hours=st.integers(1, 96), calendar=CALENDARS)
def test_a_silence_by_the_clock_is_never_shorter_and_ends_when_people_work(
    asked: datetime, hours: int, calendar: WorkCalendar
) -> None:
    ends = silence_ends(asked, hours, calendar, working=False)
    assert ends - asked >= timedelta(hours=hours)
    assert calendar.is_working(ends)


def test_a_silence_over_the_change_to_summer_time_keeps_its_working_hours() -> None:
    zurich = WorkCalendar(ZoneInfo("Europe/Zurich"), frozenset(range(5)), time(9), time(17))
    friday = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)  # 16:00, and on Sunday the clocks change
    assert silence_ends(friday, 9, zurich, working=True) == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)


@given(st.lists(st.sampled_from(Answered), min_size=1))
def test_a_decision_stands_only_when_nobody_is_left_to_hear(states: list[Answered]) -> None:
    state = decision_state(states)
    assert (state is DecisionState.BROKEN) == (Answered.OBJECTED in states)
    settled = {Answered.PRESENT, Answered.AGREED, Answered.SILENT}
    assert (state is DecisionState.STANDS) == (set(states) <= settled)


@given(st.integers(0, 200), st.integers(-5, 300), st.sampled_from(QuorumRule))
def test_a_quorum_can_always_be_reached_and_never_by_fewer(members: int, number: int, rule_: QuorumRule) -> None:
    needed = needed_of(rule_, number, members)
    assert 0 <= needed <= members
    if rule_ is QuorumRule.HALF:
        assert 2 * needed >= members > 2 * (needed - 1)
    if rule_ is QuorumRule.TWO_THIRDS:
        assert 3 * needed >= 2 * members > 3 * (needed - 1)


@given(due=DAYS_OF_2026, today=st.dates(date(2026, 1, 1), date(2026, 6, 1)), calendar=CALENDARS)
def test_the_day_that_is_offered_is_accepted(due: date, today: date, calendar: WorkCalendar) -> None:
    trouble = due_trouble(due, today, calendar)
    if trouble is None:
        assert due > today
        assert calendar.is_working_day(due)
        return
    kind, offer = trouble
    assert (kind is DayTrouble.PAST) == (due <= today)
    assert due_trouble(offer, today, calendar) is None


JUBA = WorkCalendar(ZoneInfo("Africa/Juba"), frozenset(range(5)), time(8), time(17), frozenset({date(2026, 3, 9)}))


def an_action(due: date, made: date) -> Action:
    return Action(
        state=ActionState.OPEN,
        due_on=due,
        chased=[],
        created_at=datetime.combine(made, time(9), UTC),
        snoozed_until=None,
    )


@given(
    due=st.dates(date(2026, 3, 2), date(2026, 3, 31)),
    made=st.dates(date(2026, 2, 1), date(2026, 2, 27)),
    looked=st.lists(st.integers(0, 70), min_size=1, max_size=40, unique=True).map(sorted),
)
def test_each_step_of_the_chase_is_taken_once_in_order_whenever_anybody_looks(
    due: date, made: date, looked: list[int]
) -> None:
    action = an_action(due, made)
    taken: list[Step] = []
    for days in looked:
        today = made + timedelta(days=days)
        step = step_due(action, today, JUBA)
        if step is not None:
            assert day_of(step, due, JUBA) <= today
            taken.append(step)
            action.chased = taken_with(step, action.chased)
    assert taken == sorted(set(taken), key=list(Step).index)
    last = made + timedelta(days=looked[-1])
    if day_of(Step.HEAD, due, JUBA) <= last:
        assert taken[-1] is Step.HEAD


def test_the_steps_lie_around_a_holiday() -> None:
    assert [day_of(step, date(2026, 3, 10), JUBA).day for step in Step] == [5, 10, 12, 13]
    assert list(DAYS.values()) == [-2, 0, 2, 3]


def test_putting_off_holds_back_the_owner_but_never_the_head() -> None:
    action = an_action(date(2026, 3, 10), date(2026, 2, 10))
    action.snoozed_until = date(2026, 4, 1)
    assert step_due(action, date(2026, 3, 12), JUBA) is None
    assert step_due(action, date(2026, 3, 13), JUBA) is Step.HEAD


class LifeOfAnAction(RuleBasedStateMachine):
    """Whoever does whatever, an action is never lost: it is live, or verified, or cancelled with a reason."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ActionState.OPEN
        self.evidence = self.reason = ""
        self.ends = 0

    @rule(move=st.sampled_from(Move), owner=st.booleans(), leads=st.booleans())
    def try_a_move(self, move: Move, owner: bool, leads: bool) -> None:
        if move not in moves(self.state, is_owner=owner, leads=leads):
            return
        assert owner or leads
        before, after = self.state, actions.after(self.state, move)
        assert after is not None
        self.evidence = "proof" if move is Move.FINISH else "" if move is Move.RETURN else self.evidence
        self.reason = "why" if move in {Move.RETURN, Move.CANCEL} else self.reason
        self.ends += before in LIVE and after not in LIVE
        self.state = after

    @invariant()
    def it_is_in_order(self) -> None:
        if self.state in {ActionState.DONE, ActionState.VERIFIED}:
            assert self.evidence
        if self.state is ActionState.CANCELLED:
            assert self.reason
        assert self.ends == (self.state not in LIVE)

    @invariant()
    def somebody_can_always_bring_a_live_one_to_an_end(self) -> None:
        possible = moves(self.state, is_owner=True, leads=True)
        assert bool(possible) == (self.state in LIVE)
        if self.state in TO_DO:
            assert Move.FINISH in moves(self.state, is_owner=True, leads=False)

    @invariant()
    def strangers_can_do_nothing(self) -> None:
        assert moves(self.state, is_owner=False, leads=False) == []
        assert not {Move.VERIFY, Move.CANCEL, Move.RETURN} & set(moves(self.state, is_owner=True, leads=False))


class LifeOfAMeeting(RuleBasedStateMachine):
    """Items are settled in any order, agencies answer in any order: nothing is decided twice against its state."""

    def __init__(self) -> None:
        super().__init__()
        self.items = [ItemState.PROPOSED, ItemState.SCHEDULED, ItemState.SCHEDULED]
        self.decisions: list[list[Answered]] = []

    @rule(place=st.integers(0, 2), outcome=st.sampled_from(Outcome), absent=st.integers(0, 3))
    def settle(self, place: int, outcome: Outcome, absent: int) -> None:
        after = deciding.after(self.items[place], outcome)
        if self.items[place] is ItemState.PROPOSED:
            assert after is None, "an item cannot be decided before it is scheduled"
            return
        if after is None:
            assert self.items[place] in {
                ItemState.DECIDED,
                ItemState.DEFERRED,
                ItemState.WITHDRAWN,
                ItemState.DISCUSSED,
            }
            return
        self.items[place] = after
        if outcome is Outcome.DECIDE:
            self.decisions.append([Answered.PRESENT, *[Answered.ASKED] * absent])

    @precondition(lambda self: self.decisions)
    @rule(data=st.data(), reply=st.sampled_from(Reply) | st.none())
    def answer(self, data: st.DataObject, reply: Reply | None) -> None:
        bound = data.draw(st.sampled_from(self.decisions))
        place = data.draw(st.integers(0, len(bound) - 1))
        before = bound[place]
        after = after_silence(before) if reply is None else after_reply(before, reply)
        if before not in RUNNING:
            assert after in {before, None}, "an answer is final"
        if before is Answered.MORE_TIME and reply is Reply.MORE_TIME:
            assert after is None, "more time is given once"
        bound[place] = after or before

    @invariant()
    def a_decided_item_has_a_decision(self) -> None:
        assert self.items[0] is ItemState.PROPOSED
        assert (ItemState.DECIDED in self.items) == bool(self.decisions)

    @invariant()
    def an_objection_is_never_forgotten(self) -> None:
        for bound in self.decisions:
            assert (decision_state(bound) is DecisionState.BROKEN) == (Answered.OBJECTED in bound)


TestLifeOfAnAction = LifeOfAnAction.TestCase
TestLifeOfAMeeting = LifeOfAMeeting.TestCase
TestLifeOfAnAction.settings = TestLifeOfAMeeting.settings = settings(max_examples=examples(30), stateful_step_count=25)
