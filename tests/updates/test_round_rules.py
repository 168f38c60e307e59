"""Whom a round asks, when it opens and closes, who is reminded when, and how its returns are counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.dates import WorkCalendar
from commands.updates.rules.audience import chosen, matching, nearest_codes, selects
from commands.updates.rules.calendar import Occasion, occasion, occasions, period_of
from commands.updates.rules.ladder import (
    BREATH,
    DEFAULT_LADDER,
    Recipient,
    Step,
    moment_of,
    moments,
    steps_of,
    too_soon,
)
from commands.updates.rules.standings import Column, Timeliness, by_column, column_of, tally, tally_of, timeliness_of
from storage.agencies import AgencyState
from storage.updates.returns import ANSWERED, ReturnState
from storage.updates.rounds import OnHoliday, Period
from tests.agencies.made import agency
from tests.properties import examples
from tests.updates.samples import plan, standing

JUBA = ZoneInfo("Africa/Juba")  # two hours before UTC all year
# Monday to Friday, eight to five; Monday 9 March 2026 is a holiday.
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(8), time(17), frozenset({date(2026, 3, 9)}))
WFP = agency("WFP", "World Food Programme", number=1, kind="un_agency", sectors=("Food Security", "Logistics"))
NRC = agency("NRC", "Norwegian Refugee Council", number=2, kind="ngo", sectors=("Education",))
WHO = agency("WHO", "World Health Organization", number=12, kind="un_agency")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Juba."""
    return datetime(2026, 3, day, hour, minute, tzinfo=JUBA).astimezone(UTC)


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("all", ["WFP", "NRC", "WHO"]),
        ("kind:un_agency", ["WFP", "WHO"]),
        ("sector:Logistics", ["WFP"]),
        ("sector:Education", ["NRC"]),
        ("agency:12", ["WHO"]),
        ("agency:1", ["WFP"]),
        ("sector:log", []),
    ],
)
def test_everybody_a_kind_a_sector_or_one_agency_is_asked(selector: str, codes: list[str]) -> None:
    assert [one.code for one in chosen([selector], [WFP, NRC, WHO])] == codes


def test_one_fitting_choice_is_enough() -> None:
    assert [one.code for one in chosen(["kind:ngo", "agency:12"], [WHO, WFP, NRC])] == ["WHO", "NRC"]


def test_without_a_choice_nobody_is_asked() -> None:
    assert chosen([], [WFP, NRC, WHO]) == []


def test_a_suspended_agency_owes_nothing_even_when_it_is_named() -> None:
    away = agency("IOM", "International Organization for Migration", number=4)
    away.state = AgencyState.SUSPENDED
    assert not selects(["all", "agency:4"], away)


def test_a_search_finds_every_word_in_code_or_name_and_codes_stand_first() -> None:
    standings = [standing(one, ReturnState.OWED) for one in (NRC, WFP, WHO)]
    assert [one.code for one in matching("world", standings)] == ["WFP", "WHO"]
    assert [one.code for one in matching("WORLD health", standings)] == ["WHO"]
    assert matching("world refugee", standings) == []
    # "who" stands in no other agency's name; "w" stands in many, and codes that begin with it come first.
    assert [one.code for one in matching("w", standings)] == ["WFP", "WHO", "NRC"]


def test_a_search_for_nothing_but_signs_finds_everybody_in_the_order_given() -> None:
    standings = [standing(one, ReturnState.OWED) for one in (WHO, NRC, WFP)]
    assert [one.code for one in matching(" - & ", standings)] == ["WHO", "NRC", "WFP"]


def test_a_misspelt_code_offers_the_nearest_one_and_a_strange_one_none() -> None:
    assert nearest_codes(" wfq ", [NRC, WFP])[0] == "WFP"
    assert nearest_codes("xyzzy", [NRC, WFP, WHO]) == []


def test_at_most_three_codes_are_offered() -> None:
    alike = [agency(f"UNDP-{number}", "x", number=number) for number in range(1, 6)]
    assert len(nearest_codes("UNDP", alike)) == 3


def test_a_round_opens_closes_and_is_digested_around_its_day_in_local_time() -> None:
    found = occasion(plan(digest_days=1), date(2026, 3, 5), date(2026, 3, 5), CALENDAR)
    # Due on Thursday; two working days later is Tuesday, because the weekend and the holiday on Monday are free.
    assert found == Occasion(
        slot=local(5, 16),
        opens=local(3, 9),
        due=local(5, 16),
        closes=local(10, 12),
        digest=local(6, 17),
        period_start=date(2026, 3, 2),
        period_end=date(2026, 3, 5),
    )


def test_a_round_on_a_holiday_keeps_its_slot_and_is_due_on_the_next_working_day() -> None:
    moved = plan(every_weeks=1, weekdays=[0])
    (found,) = occasions(moved, CALENDAR, local(5, 0), local(9, 20))
    assert (found.slot, found.due) == (local(9, 16), local(10, 16))
    assert (found.period_start, found.period_end) == (date(2026, 3, 2), date(2026, 3, 9))


def test_a_plan_that_skips_holidays_has_no_round_then() -> None:
    skipping = plan(every_weeks=1, weekdays=[0], on_holiday=OnHoliday.SKIP)
    assert [one.due for one in occasions(skipping, CALENDAR, local(3, 0), local(12, 20))] == [local(16, 16)]


def test_a_round_due_at_this_very_moment_is_over_and_one_that_opens_now_is_there() -> None:
    weekly = plan(every_weeks=1, weekdays=[3])
    due, opens = local(5, 16), local(10, 9)
    assert [one.due for one in occasions(weekly, CALENDAR, due, opens)] == [local(12, 16)]
    assert occasions(weekly, CALENDAR, due, opens - timedelta(seconds=1)) == []
    assert occasions(weekly, CALENDAR, due - timedelta(seconds=1), opens)[0].due == due


@pytest.mark.parametrize(
    ("period", "covered"),
    [
        (Period.SINCE_LAST, (date(2026, 3, 12), date(2026, 3, 16))),
        (Period.WEEK_BEFORE, (date(2026, 3, 9), date(2026, 3, 16))),
        (Period.MONTH_BEFORE, (date(2026, 2, 1), date(2026, 3, 1))),
        (Period.NONE, (None, None)),
    ],
)
def test_the_period_ends_on_the_first_day_that_no_longer_belongs_to_it(
    period: Period, covered: tuple[date | None, date | None]
) -> None:
    assert period_of(plan(every_weeks=1, period=period), date(2026, 3, 16)) == covered


def test_on_a_thursday_the_week_before_is_the_last_full_week() -> None:
    assert period_of(plan(period=Period.WEEK_BEFORE), date(2026, 3, 12)) == (date(2026, 3, 2), date(2026, 3, 9))


def test_in_january_the_month_before_is_december() -> None:
    covered = period_of(plan(period=Period.MONTH_BEFORE), date(2026, 1, 5))
    assert covered == (date(2025, 12, 1), date(2026, 1, 1))


def test_steps_count_working_days_and_working_hours_from_the_deadline() -> None:
    due = local(10, 9)  # Tuesday after the holiday
    assert moment_of(Step(Recipient.FOCAL_POINT, days=-1), due, CALENDAR) == local(6, 9)
    # An hour before lies in the morning, an hour earlier still on Friday afternoon.
    assert moment_of(Step(Recipient.FOCAL_POINT, minutes=-120), due, CALENDAR) == local(6, 16)
    assert moment_of(Step(Recipient.FOCAL_POINT), due, CALENDAR) == due
    assert moment_of(Step(Recipient.HEAD, days=1, minutes=30), due, CALENDAR) == local(11, 9, 30)


def test_the_usual_ladder_goes_from_the_focal_point_to_the_head() -> None:
    found = moments(DEFAULT_LADDER, opens=local(3, 9), due=local(5, 16), closes=local(10, 12), calendar=CALENDAR)
    assert found == {0: local(4, 16), 1: local(5, 14), 2: local(5, 16), 3: local(6, 9), 4: local(6, 16)}


def test_nobody_is_reminded_as_the_question_goes_out_nor_as_the_round_closes() -> None:
    ladder = (Step(Recipient.FOCAL_POINT, days=-1), Step(Recipient.FOCAL_POINT), Step(Recipient.HEAD, days=1))
    due = local(4, 12)
    kept = moments(ladder, opens=local(3, 12), due=due, closes=local(5, 12), calendar=CALENDAR)
    assert kept == {1: due}
    wider = moments(ladder, opens=local(3, 11, 59), due=due, closes=local(5, 12, 1), calendar=CALENDAR)
    assert list(wider) == [0, 1, 2]


@settings(max_examples=examples(60))
@given(
    ladder=st.lists(
        st.builds(Step, st.sampled_from(Recipient), st.integers(-5, 5), st.integers(-300, 300)), min_size=1, max_size=6
    ),
    before=st.integers(1, 200),
    after=st.integers(1, 200),
)
def test_every_reminder_lies_between_the_question_and_the_close(ladder: list[Step], before: int, after: int) -> None:
    due = local(11, 10)
    opens, closes = due - timedelta(hours=before), due + timedelta(hours=after)
    found = moments(ladder, opens=opens, due=due, closes=closes, calendar=CALENDAR)
    for number, step in enumerate(ladder):
        when = moment_of(step, due, CALENDAR)
        assert (number in found) == (opens < when < closes)
        assert found.get(number, when) == when
    assert steps_of([step.as_json() for step in ladder]) == ladder


def test_two_reminders_of_one_return_keep_an_hour_between_them() -> None:
    now = local(5, 16)
    assert too_soon(now - BREATH + timedelta(seconds=1), now)
    assert not too_soon(now - BREATH, now)
    assert not too_soon(None, now)


@pytest.mark.parametrize(
    ("state", "on_time", "late"),
    [
        (ReturnState.SUBMITTED, Column.IN, Column.LATE),
        (ReturnState.NIL, Column.NIL, Column.LATE),
        (ReturnState.WAIVED, Column.WAIVED, Column.WAIVED),
        (ReturnState.MISSED, Column.MISSED, Column.MISSED),
        (ReturnState.OWED, Column.OWED, Column.OWED),
        (ReturnState.DRAFT, Column.OWED, Column.OWED),
    ],
)
def test_a_late_return_counts_as_late_a_nil_one_too_and_a_draft_is_still_owed(
    state: ReturnState, on_time: Column, late: Column
) -> None:
    assert (column_of(state, is_late=False), column_of(state, is_late=True)) == (on_time, late)


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(ReturnState), st.booleans()), max_size=20))
def test_every_return_is_counted_once_and_answers_are_those_that_are_there(
    given_: list[tuple[ReturnState, bool]],
) -> None:
    standings = [standing(WFP, state, late=late) for state, late in given_]
    found = tally(standings)
    assert found.total == len(given_)
    assert found.answered == sum(state in ANSWERED for state, _late in given_)
    assert {column: len(them) for column, them in by_column(standings).items()} == {
        column: found[column] for column in Column
    }
    counts = {one: given_.count(one) for one in given_}
    assert all(tally_of(counts)[column] == found[column] for column in Column)


def test_a_round_still_running_is_neither_met_nor_missed() -> None:
    assert timeliness_of(ReturnState.DRAFT, is_late=False) is Timeliness.RUNNING
    assert timeliness_of(ReturnState.MISSED, is_late=False) is Timeliness.MISSED
    assert timeliness_of(ReturnState.NIL, is_late=False) is Timeliness.NIL
    assert timeliness_of(ReturnState.NIL, is_late=True) is Timeliness.LATE
    assert timeliness_of(ReturnState.SUBMITTED, is_late=False) is Timeliness.ON_TIME
    assert timeliness_of(ReturnState.WAIVED, is_late=True) is Timeliness.WAIVED
