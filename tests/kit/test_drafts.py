"""What is kept of an unfinished form: read back as it was, also from releases before, or said to be unreadable."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.cabinet.rules.series_data import SeriesEntry
from commands.escalations.rules.raising import RaiseEntry
from commands.kit.entry.drafts import UnreadableDraftError, as_stored, from_stored
from commands.kit.handling import Handling
from commands.updates.rules.drafting import RoundEntry
from commands.updates.rules.plan_data import PlanEntry
from storage.escalations.model import Asks, Severity
from storage.updates.rounds import GroupBy, OnHoliday, Period

QUICK = settings(max_examples=100, deadline=None)
# Questions as rows keep them.
BUILT = st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text(), "choices": st.lists(st.text())})).map(tuple)
# As the first release kept a plan half entered: no version, times in hours and minutes.
FIRST_RELEASE: dict[str, Any] = {
    "weekdays": [3],
    "every": 2,
    "first": "2035-03-08",
    "on_holiday": "skip",
    "period": "since_last",
    "due": "16:30",
    "open_days": 2,
    "open_time": "09:00",
    "close_days": 2,
    "close_time": "12:00",
    "ladder": ["focal_point:-1:0"],
    "any_hour": False,
    "channel": "C123",
    "digest_days": 0,
    "digest_time": "17:00",
    "group_by": "sector",
    "handling": "confidential",
    "audience": ["all", "agency:3"],
    "title": "Weekly update",
    "questions": "What is new? *",
}


def through_json(kept: dict[str, Any]) -> dict[str, Any]:
    """As a database brings it back."""
    found: dict[str, Any] = json.loads(json.dumps(kept))
    return found


@QUICK
@given(entry=st.builds(PlanEntry, built=BUILT))
def test_a_plan_comes_back_as_it_was_kept(entry: PlanEntry) -> None:
    assert from_stored(PlanEntry, through_json(as_stored(entry))) == entry


@QUICK
@given(entry=st.builds(RoundEntry, built=BUILT))
def test_a_round_comes_back_as_it_was_kept(entry: RoundEntry) -> None:
    assert from_stored(RoundEntry, through_json(as_stored(entry))) == entry


@QUICK
@given(entry=st.from_type(SeriesEntry))
def test_a_series_comes_back_as_it_was_kept(entry: SeriesEntry) -> None:
    assert from_stored(SeriesEntry, through_json(as_stored(entry))) == entry


@QUICK
@given(entry=st.builds(RaiseEntry, source=st.none() | st.just({"kind": "agency", "agency": "WFP"})))
def test_an_escalation_comes_back_as_it_was_kept(entry: RaiseEntry) -> None:
    assert from_stored(RaiseEntry, through_json(as_stored(entry))) == entry


def test_an_escalation_kept_in_the_first_release_is_read() -> None:
    kept: dict[str, Any] = {
        **dict.fromkeys(("tried", "place", "code", "reference", "holder", "how"), ""),
        "summary": "The road is mined.",
        "asks": "decision",
        "severity": "immediate",
        "handling": "unclassified",
        "agencies": ["12"],
        "day": "2035-03-08",
        "time": "16:30",
        "source": None,
        "numbers": [3, 4],
    }
    entry = from_stored(RaiseEntry, kept)
    assert (entry.asks, entry.severity, entry.agencies) == (Asks.DECISION, Severity.IMMEDIATE, (12,))
    assert (entry.summary, entry.day, entry.time) == ("The road is mined.", date(2035, 3, 8), time(16, 30))
    assert entry.source is None


def test_a_draft_of_the_first_release_is_read() -> None:
    entry = from_stored(PlanEntry, FIRST_RELEASE)
    assert (entry.weekdays, entry.every, entry.first, entry.due) == ((3,), 2, date(2035, 3, 8), time(16, 30))
    assert (entry.on_holiday, entry.period, entry.group_by) == (OnHoliday.SKIP, Period.SINCE_LAST, GroupBy.SECTOR)
    assert (entry.handling, entry.audience, entry.version) == (Handling.CONFIDENTIAL, ("all", "agency:3"), 0)
    kept = as_stored(entry)
    assert kept.keys() == {one.name for one in fields(PlanEntry)}
    assert {**kept, **FIRST_RELEASE}.keys() == kept.keys()


@pytest.mark.parametrize(
    "odd", [{"weekdays": "Thursday"}, {"first": "soon"}, {"on_holiday": "dance"}, {"due": None}, {"every": [1]}]
)
def test_an_odd_draft_is_said_to_be_unreadable(odd: dict[str, Any]) -> None:
    with pytest.raises(UnreadableDraftError):
        from_stored(PlanEntry, {**FIRST_RELEASE, **odd})


def test_a_draft_of_something_else_is_unreadable() -> None:
    with pytest.raises(UnreadableDraftError):
        from_stored(PlanEntry, {"title": "Half"})
