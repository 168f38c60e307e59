"""What happens next to an escalation, when, and to whom: along the chain, on the clock of its severity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.escalations.rules.chains import DEFAULT_CHAIN, ChainPlan, Step
from commands.escalations.rules.next_step import SHORTEST_END, NextStep, Situation, applies, next_step, wait_after
from commands.escalations.rules.rehearsal import MOST_LINES, rehearse
from commands.escalations.rules.times import DEFAULT_TIMES, SHORTEST_WAIT, Pace, Times, times_of
from commands.kit.dates import WorkCalendar
from storage.escalations.chains import StepHours, StepWho
from storage.escalations.model import NextKind, Severity, State
from tests.properties import examples

JUBA = ZoneInfo("Africa/Juba")  # two hours before UTC all year
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(8), time(17))
OFFICE_HOURS, ALWAYS = Pace(CALENDAR), Pace(CALENDAR, always=True)
TIMES = Times(timedelta(hours=2), timedelta(hours=8), timedelta(hours=4), timedelta(hours=1))
MINUTE = timedelta(minutes=1)
REACH = (("U0",), ("U1",), ("U2",), ("U3",))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Juba; the second is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=JUBA).astimezone(UTC)


NOON = local(2, 12)


def situation(state: State = State.RAISED, **more: Any) -> Situation:
    """A matter whose first step was told at noon on Monday."""
    held = state in {State.ACKNOWLEDGED, State.WAITING}
    usual: dict[str, Any] = {
        "state": state,
        "severity": Severity.URGENT,
        "chain": DEFAULT_CHAIN,
        "step": -1 if state is State.QUEUED else 0,
        "lap": 0,
        "told_at": None if state is State.QUEUED else NOON,
        "touched_at": NOON,
        "asked_still_at": None,
        "paused_until": None,
        "decide_due_at": local(3, 12),
        "overdue_step": None,
        "holder": "UHOLDER" if held else None,
        "holder_is_there": True,
        "reach": REACH,
        "end": ("UEND",),
    }
    return Situation(**{**usual, **more})


def following(this: Situation, now: datetime = NOON, pace: Pace = OFFICE_HOURS) -> NextStep:
    return next_step(this, pace, TIMES, now)


def test_what_waits_for_duty_hours_is_told_to_the_first_step_when_they_begin() -> None:
    assert following(situation(State.QUEUED), local(6, 18)) == NextStep(NextKind.OPEN, local(9, 8), 0, 0, ("U0",))


def test_unanswered_it_climbs_to_the_next_step_after_its_share_of_the_time() -> None:
    # Two hours for the acknowledgement, four steps: half an hour each.
    assert following(situation()) == NextStep(NextKind.CLIMB, local(2, 12, 30), 1, 0, ("U1",))


def test_a_step_whose_time_has_passed_is_told_now_and_not_in_the_past() -> None:
    assert following(situation(), local(2, 15)).at == local(2, 15)


def test_the_time_stands_still_outside_duty_hours_unless_the_matter_is_immediate() -> None:
    late = situation(told_at=local(6, 16, 50))
    assert following(late, local(6, 16, 50)).at == local(9, 8, 20)
    assert following(late, local(6, 16, 50), ALWAYS).at == local(6, 17, 20)


def test_a_step_that_reaches_nobody_is_passed_over() -> None:
    found = following(situation(reach=(("U0",), (), (), ("U3",))))
    assert (found.step, found.reach) == (3, ("U3",))


def test_a_step_for_other_severities_is_passed_over() -> None:
    steps = [*DEFAULT_CHAIN.steps]
    steps[1] = replace(steps[1], severities=frozenset({Severity.ROUTINE}))
    assert following(situation(chain=replace(DEFAULT_CHAIN, steps=tuple(steps)))).step == 2


def test_after_the_last_step_the_chain_is_repeated_and_then_whoever_stands_at_its_end_is_told() -> None:
    last = situation(step=3)
    assert following(last) == NextStep(NextKind.CLIMB, local(2, 12, 30), 1, 1, ("U1",))
    assert following(replace(last, lap=1)) == NextStep(NextKind.END, local(2, 12, 30), 4, 1, ("UEND",))
    # Whoever stands there has the whole time before they are told again.
    assert following(replace(last, step=4, lap=1)).at == local(2, 14)


def test_where_no_step_reaches_anybody_the_end_of_the_chain_hears_at_once_what_has_happened() -> None:
    nobody = ((), (), (), ())
    assert following(situation(State.QUEUED, reach=nobody)) == NextStep(NextKind.OPEN, NOON, 4, 1, ("UEND",))
    gone = situation(State.ACKNOWLEDGED, holder_is_there=False, reach=nobody)
    assert following(gone) == NextStep(NextKind.REOPEN, NOON, 4, 1, ("UEND",))


def test_what_was_told_to_nobody_yet_is_told_now() -> None:
    assert following(situation(told_at=None)).at == NOON
    assert following(situation(step=-1)) == NextStep(NextKind.CLIMB, NOON, 0, 0, ("U0",))


def test_a_holder_who_is_gone_is_replaced_at_once() -> None:
    found = following(situation(State.ACKNOWLEDGED, holder_is_there=False))
    assert found == NextStep(NextKind.REOPEN, NOON, 1, 0, ("U1",))


def test_what_is_paused_comes_back_to_its_holder_on_its_day() -> None:
    paused = situation(State.WAITING, paused_until=local(4, 9))
    assert following(paused) == NextStep(NextKind.WAKE, local(4, 9), 0, 0, ("UHOLDER",))
    assert following(paused, local(5, 9)).at == local(5, 9)
    assert following(replace(paused, paused_until=None)).at == NOON
    assert following(replace(paused, holder=None)).reach == ("UEND",)


def test_a_holder_who_says_nothing_is_asked_whether_they_are_still_on_it() -> None:
    held = situation(State.ACKNOWLEDGED)
    assert following(held) == NextStep(NextKind.STALE, local(2, 16), 0, 0, ("UHOLDER",))


def test_a_holder_who_does_not_answer_that_loses_it_to_the_next_step() -> None:
    asked = situation(State.ACKNOWLEDGED, asked_still_at=local(2, 16))
    assert following(asked, local(2, 16)) == NextStep(NextKind.REOPEN, local(2, 17), 1, 0, ("U1",))


def test_an_overdue_decision_is_told_to_the_holder_and_one_level_higher() -> None:
    held = situation(State.ACKNOWLEDGED, decide_due_at=local(2, 13))
    assert following(held) == NextStep(NextKind.OVERDUE, local(2, 13), 1, 0, ("UHOLDER", "U1"))
    again = replace(held, overdue_step=1, told_at=local(2, 13), touched_at=local(2, 16))
    assert following(again, local(2, 16)) == NextStep(NextKind.OVERDUE, local(2, 17), 2, 0, ("UHOLDER", "U2"))


def test_at_the_end_of_the_chain_an_overdue_decision_is_told_to_whoever_stands_there_and_to_nobody_twice() -> None:
    top = situation(State.ACKNOWLEDGED, step=3, holder="UEND", decide_due_at=local(2, 13))
    assert following(top) == NextStep(NextKind.OVERDUE, local(2, 13), 4, 0, ("UEND",))
    same = situation(State.ACKNOWLEDGED, holder="U1", decide_due_at=local(2, 13))
    assert following(same).reach == ("U1",)


def test_where_both_are_due_at_once_the_overdue_decision_is_told() -> None:
    both = situation(State.ACKNOWLEDGED, decide_due_at=local(2, 16))
    assert following(both).kind is NextKind.OVERDUE
    assert following(replace(both, decide_due_at=local(2, 16, 1))).kind is NextKind.STALE


@pytest.mark.parametrize(
    ("hours", "in_hours", "at_night"),
    [(StepHours.ANY, True, True), (StepHours.DUTY, True, False), (StepHours.OFF_DUTY, False, True)],
)
def test_a_step_is_told_always_only_in_duty_hours_or_only_outside_them(
    hours: StepHours, in_hours: bool, at_night: bool
) -> None:
    step = Step(StepWho.DUTY_ROSTER, hours=hours)
    assert applies(step, Severity.URGENT, ALWAYS, NOON) == in_hours
    assert applies(step, Severity.URGENT, ALWAYS, local(2, 23)) == at_night


def test_the_hours_of_a_step_are_those_of_its_own_zone() -> None:
    headquarters = Step(StepWho.PERSON, "U9", hours=StepHours.DUTY, zone="America/New_York")
    assert not applies(headquarters, Severity.URGENT, ALWAYS, local(2, 9))
    assert applies(headquarters, Severity.URGENT, ALWAYS, local(2, 22))


def test_a_step_for_other_severities_is_not_told_at_any_hour() -> None:
    step = Step(StepWho.DUTY_ROSTER, severities=frozenset({Severity.IMMEDIATE}))
    assert applies(step, Severity.IMMEDIATE, ALWAYS, NOON)
    assert not applies(step, Severity.URGENT, ALWAYS, NOON)


def test_a_step_waits_its_own_time_or_an_equal_share_but_never_less_than_five_minutes() -> None:
    own = replace(DEFAULT_CHAIN, steps=(Step(StepWho.PERSON, wait=timedelta(minutes=7)), *DEFAULT_CHAIN.steps))
    assert wait_after(own, 0, Severity.URGENT, TIMES) == 7 * MINUTE
    assert wait_after(own, 1, Severity.URGENT, TIMES) == 24 * MINUTE
    hurried = replace(TIMES, ack=8 * MINUTE)
    assert wait_after(DEFAULT_CHAIN, 0, Severity.URGENT, hurried) == SHORTEST_WAIT
    assert wait_after(DEFAULT_CHAIN, 4, Severity.URGENT, hurried) == SHORTEST_END
    assert wait_after(DEFAULT_CHAIN, 4, Severity.URGENT, TIMES) == TIMES.ack


def test_only_the_steps_of_a_severity_share_its_time() -> None:
    other = Step(StepWho.PERSON, severities=frozenset({Severity.ROUTINE}))
    chain = replace(DEFAULT_CHAIN, steps=(*DEFAULT_CHAIN.steps[:2], other))
    assert wait_after(chain, 0, Severity.URGENT, TIMES) == 60 * MINUTE
    assert wait_after(chain, 0, Severity.ROUTINE, TIMES) == 40 * MINUTE


MOMENTS = st.integers(0, 14 * 24 * 12).map(lambda fives: local(1, 0) + fives * timedelta(minutes=5))
STEPS = st.builds(
    Step,
    st.just(StepWho.PERSON),
    wait=st.integers(0, 60).map(lambda minutes: minutes * MINUTE),
    severities=st.frozensets(st.sampled_from([one.value for one in Severity]), max_size=2),
    hours=st.sampled_from(StepHours),
)
CHAINS = st.builds(
    ChainPlan,
    st.lists(STEPS, max_size=5).map(tuple),
    repeat_from=st.integers(0, 6),
    repeat_times=st.integers(0, 3),
)


@settings(max_examples=examples(200))
@given(
    state=st.sampled_from([State.QUEUED, State.RAISED, State.ACKNOWLEDGED, State.WAITING]),
    chain=CHAINS,
    place=st.integers(-1, 6),
    lap=st.integers(0, 3),
    moments=st.tuples(MOMENTS, MOMENTS, MOMENTS),
    now=MOMENTS,
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    reached=st.lists(st.booleans(), min_size=5, max_size=5),
    pace=st.sampled_from([OFFICE_HOURS, ALWAYS]),
)
def test_whatever_happened_the_next_step_is_never_in_the_past_and_always_reaches_somebody(
    state: State,
    chain: ChainPlan,
    place: int,
    lap: int,
    moments: tuple[datetime, datetime, datetime],
    now: datetime,
    flags: tuple[bool, bool, bool, bool],
    reached: list[bool],
    pace: Pace,
) -> None:
    told, asked, paused, is_there = flags
    this = situation(
        state,
        chain=chain,
        step=min(place, len(chain.steps)),
        lap=lap,
        told_at=moments[0] if told else None,
        touched_at=moments[0],
        asked_still_at=moments[1] if asked else None,
        paused_until=moments[2] if paused else None,
        decide_due_at=moments[2],
        holder_is_there=is_there,
        reach=tuple((f"U{number}",) if reached[number] else () for number in range(len(chain.steps))),
    )
    found = next_step(this, pace, TIMES, now)
    assert found.at >= now
    assert found.reach
    assert len(set(found.reach)) == len(found.reach)
    if found.kind in {NextKind.OPEN, NextKind.CLIMB, NextKind.REOPEN, NextKind.END}:
        at_the_end = found.step == len(chain.steps)
        assert at_the_end or applies(chain.steps[found.step], this.severity, pace, found.at)
        assert found.reach == (this.end if at_the_end else this.reach[found.step])


def test_a_rehearsal_tells_everybody_in_turn_until_the_end_was_told_once() -> None:
    lines = rehearse(DEFAULT_CHAIN, Severity.URGENT, OFFICE_HOURS, TIMES, NOON, lambda _now: (REACH, ("UEND",)))
    assert [(line.step, line.lap, line.people) for line in lines] == [
        (0, 0, ("U0",)),
        (1, 0, ("U1",)),
        (2, 0, ("U2",)),
        (3, 0, ("U3",)),
        (1, 1, ("U1",)),
        (2, 1, ("U2",)),
        (3, 1, ("U3",)),
        (4, 1, ("UEND",)),
    ]
    assert [line.at for line in lines] == [NOON + number * 30 * MINUTE for number in range(8)]


def test_a_rehearsal_at_night_begins_with_duty_hours_and_asks_whom_a_step_reaches_when_it_is_due() -> None:
    asked: list[datetime] = []

    def reach(now: datetime) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        asked.append(now)
        return ((), ("U1",), (), ()), ("UEND",)

    lines = rehearse(DEFAULT_CHAIN, Severity.URGENT, OFFICE_HOURS, TIMES, local(6, 20), reach)
    assert (lines[0].at, lines[0].step) == (local(9, 8), 1)
    assert {line.at for line in lines} <= set(asked)


def test_a_rehearsal_in_which_no_step_reaches_anybody_tells_the_end_once() -> None:
    nobody = ((), (), (), ())
    lines = rehearse(DEFAULT_CHAIN, Severity.URGENT, ALWAYS, TIMES, NOON, lambda _now: (nobody, ("UEND",)))
    assert [(line.at, line.step, line.people) for line in lines] == [(NOON, 4, ("UEND",))]


def test_a_rehearsal_of_an_endless_chain_comes_to_an_end() -> None:
    long = replace(DEFAULT_CHAIN, repeat_from=0, repeat_times=100)
    lines = rehearse(long, Severity.URGENT, ALWAYS, TIMES, NOON, lambda _now: (REACH, ("UEND",)))
    assert len(lines) == MOST_LINES


def test_what_a_mission_decided_about_its_times_replaces_the_usual_ones_one_by_one() -> None:
    assert times_of({}, Severity.URGENT) == DEFAULT_TIMES[Severity.URGENT]
    changed = times_of({"urgent": {"ack": 45}, "routine": {"decide": 1}}, Severity.URGENT)
    assert changed == replace(DEFAULT_TIMES[Severity.URGENT], ack=45 * MINUTE)
    assert changed.as_minutes() == {"ack": 45, "decide": 480, "stale": 240, "grace": 60}


def test_the_clock_of_an_immediate_matter_and_of_a_mission_without_hours_never_stops() -> None:
    night = local(7, 23)
    for pace in (ALWAYS, Pace(replace(CALENDAR, days=frozenset())), Pace(replace(CALENDAR, end=time(8)))):
        assert pace.is_on(night)
        assert pace.next_on(night) == night
        assert pace.after(night, 90 * MINUTE) == night + 90 * MINUTE
        assert pace.between(night, night + 90 * MINUTE) == 90 * MINUTE
    assert not OFFICE_HOURS.is_on(night)
    assert OFFICE_HOURS.next_on(night) == local(9, 8)


@settings(max_examples=examples(100))
@given(start=MOMENTS, minutes=st.integers(0, 3000), pace=st.sampled_from([OFFICE_HOURS, ALWAYS]))
def test_as_much_time_counts_as_was_waited(start: datetime, minutes: int, pace: Pace) -> None:
    length = minutes * MINUTE
    assert pace.between(start, pace.after(start, length)) == length
    assert pace.between(start, start - MINUTE) == timedelta()
