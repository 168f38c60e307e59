"""The figures of a month: counts that add up, a middle between the best and the worst, and unknown that is not zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from commands.escalations.rules.exporting import TITLES, row_of
from commands.escalations.rules.figures import Spread, figures_of, month_before, read_month, span_of, spread_of
from storage.escalations.model import OPEN, Escalation, Severity, State

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
minutes = st.integers(0, 5000).map(lambda count: timedelta(minutes=count))


@st.composite
def escalations(draw: st.DrawFn) -> Escalation:
    """One escalation as rows hold it."""
    state = draw(st.sampled_from(State))
    acknowledged = draw(st.none() | minutes)
    return Escalation(
        number=7,
        severity=draw(st.sampled_from(Severity)),
        state=state,
        handling=draw(st.sampled_from(["unclassified", "confidential", "strictly_confidential"])),
        asks="decision",
        summary="The summary",
        outcome="The outcome",
        place_name="The place",
        place_code="SS01",
        raised_by="U1",
        raised_at=START,
        decide_due_at=START,
        needed_by=None,
        first_acknowledged_at=None if acknowledged is None else START + acknowledged,
        closed_at=None if state in OPEN else START + draw(minutes),
        closed_by=None,
        reopened=draw(st.integers(0, 3)),
    )


@given(st.lists(escalations(), max_size=12))
def test_the_parts_add_up_and_the_middle_lies_between(found: list[Escalation]) -> None:
    figures = figures_of(found)
    assert [one.severity for one in figures] == [Severity.IMMEDIATE, Severity.URGENT, Severity.ROUTINE]
    assert sum(one.raised for one in figures) == len(found)
    assert sum(one.reopened for one in figures) == sum(this.reopened for this in found)
    for one in figures:
        parts = one.decided.count + one.returned + one.withdrawn + one.merged + one.still_open
        assert parts == one.raised
        ours = [this for this in found if this.severity == one.severity and this.first_acknowledged_at]
        lengths = [this.first_acknowledged_at - this.raised_at for this in ours]
        if not lengths:
            assert one.acknowledged == Spread()
            continue
        middle, worst = one.acknowledged.middle, one.acknowledged.worst
        assert middle is not None
        assert worst == max(lengths)
        assert sum(length <= middle for length in lengths) * 2 >= len(lengths)
        assert sum(length >= middle for length in lengths) * 2 >= len(lengths)


@given(escalations())
def test_a_file_holds_no_text_that_is_not_unclassified(this: Escalation) -> None:
    row = dict(zip(TITLES, row_of(this, {}, {}), strict=True))
    is_open = this.handling == "unclassified"
    texts = [row["Summary"], row["Outcome"], row["Place"], row["Place code"]]
    assert texts == (
        ["The summary", "The outcome", "The place", "SS01"]
        if is_open
        else ["(E-7: not for files)", "(E-7: not for files)", "", ""]
    )
    assert (row["Minutes to acknowledge"] is None) == (this.first_acknowledged_at is None)
    assert (row["Minutes to decide"] is None) == (this.state != State.DECIDED)


def test_months_follow_the_missions_zone() -> None:
    november = read_month("2026-11")
    assert november == date(2026, 11, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
    assert read_month("November") is None
    juba = span_of(date(2026, 11, 1), ZoneInfo("Africa/Juba"))
    assert juba == (datetime(2026, 10, 31, 22, tzinfo=UTC), datetime(2026, 11, 30, 22, tzinfo=UTC))
    assert span_of(date(2026, 12, 1), ZoneInfo("Africa/Juba"))[0] == juba[1]


def test_the_middle_of_an_even_number_of_lengths_lies_between_the_two_in_the_middle() -> None:
    hours = [timedelta(hours=number) for number in (9, 1, 3, 2)]
    assert spread_of(hours) == Spread(4, timedelta(hours=2, minutes=30), timedelta(hours=9))
    assert spread_of(hours[:3]).middle == timedelta(hours=3)
    assert spread_of([]) == Spread()


def test_the_month_before_march_is_february_and_before_january_december() -> None:
    assert month_before(date(2026, 3, 1)) == date(2026, 2, 1)
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
