"""A report with sections: what nobody said is printed as missing, nobody clears their own, what is issued stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from commands.kit.refused import Refused
from commands.kit.reporting.files import Names, report_data
from commands.kit.reporting.keeping import (
    Heading,
    Opening,
    correct_report,
    enter_section,
    hand_to_clear,
    issue,
    move,
    open_report,
)
from commands.kit.reporting.rules import as_entered, may_move, outcome, why_not_cleared, why_not_entered
from commands.kit.words import speaking
from commands.kit.work import Work
from storage.agencies import Agency
from storage.database import Database
from storage.missions import get_mission
from storage.reports import (
    Report,
    ReportState,
    Section,
    SectionState,
    corrigenda_of,
    find_report,
    get_report,
    last_issued,
    lock_report,
    sections_of,
)
from storage.subjects import Subject
from tests.properties import examples

NOW = datetime(2035, 3, 5, 6, tzinfo=UTC)
DAY = timedelta(days=1)
states = st.sampled_from(list(ReportState))
NAMES = Names("Mission", "Situation report 1", {1: "FORCE"}, {"UWATCH": "Watch", "UCHIEF": "Chief"})


def opening(day: int = 0, **facts: object) -> Opening:
    start = NOW + day * DAY
    times = {"starts_at": start, "ends_at": start + DAY, "inputs_due_at": start + DAY, "issue_at": start + 2 * DAY}
    return Opening("sitrep", **times, **facts)  # type: ignore[arg-type]


@settings(max_examples=examples(100))
@given(path=st.lists(states, max_size=12))
def test_whatever_is_tried_a_report_is_issued_through_every_state_and_never_opens_again(
    path: list[ReportState],
) -> None:
    state, seen = ReportState.OPEN, [ReportState.OPEN]
    for after in path:
        if may_move(state, after):
            state = after
            seen.append(after)
    if ReportState.ISSUED in seen:
        issued = seen.index(ReportState.ISSUED)
        assert set(seen[:issued]) == {"open", "inputs_due", "compiling", "to_clear"}
        assert set(seen[issued + 1 :]) <= {ReportState.CORRECTED}


@given(
    state=st.sampled_from(list(SectionState)),
    text=st.sampled_from(["", " ", "The road is open.", "x" * 3001]),
    before=st.none() | st.sampled_from(list(SectionState)),
    report=states,
)
def test_a_section_is_a_text_a_nil_or_points_at_a_text_that_is_there(
    state: SectionState, text: str, before: SectionState | None, report: ReportState
) -> None:
    fine = why_not_entered(Report(state=report), state, text, before) is None
    if fine:
        assert report in {"open", "inputs_due", "compiling"}
        assert state in {"in", "nil", "nothing_new", "not_released"}
        assert len(text) <= 3000
        assert state is not SectionState.IN or text.strip()
        assert state is not SectionState.NOTHING_NEW or before not in {None, "nothing_new", "missing"}


def test_a_text_after_its_time_is_late_and_what_nobody_said_is_missing() -> None:
    assert as_entered(SectionState.IN, NOW, NOW) is SectionState.IN
    assert as_entered(SectionState.IN, NOW + DAY, NOW) is SectionState.LATE
    assert as_entered(SectionState.NIL, NOW + DAY, NOW) is SectionState.NIL
    assert outcome(Section(state="open")) is SectionState.MISSING
    assert outcome(Section(state="nil")) is SectionState.NIL


def test_nobody_clears_what_they_prepared() -> None:
    waiting = Report(state=ReportState.TO_CLEAR, prepared_by="U1")
    assert "Somebody else" in str(why_not_cleared(waiting, "U1"))
    assert why_not_cleared(waiting, "U2") is None
    assert "not waiting" in str(why_not_cleared(Report(state=ReportState.OPEN), "U2"))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A mission with one agency."""
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = NOW
        session.add(
            Agency(mission_id="T1", code="FORCE", code_key="force", name="Force", created_at=NOW, updated_at=NOW)
        )
        session.flush()
        yield session


def as_(session: Session, user: str, now: datetime = NOW) -> Work:
    return Work(session, get_mission(session, "T1"), now, actor=user)


def opened(session: Session, day: int = 0) -> Report:
    headings = [Heading("Security", 1), Heading("Support", 1), Heading("Ahead")]
    return open_report(as_(session, "UWATCH"), opening(day), headings)


def issued(session: Session, day: int = 0) -> Report:
    """A report that went all the way: a text, a nil, and one section that nobody wrote."""
    report = opened(session, day)
    first, second, _third = sections_of(session, report.id)
    work = as_(session, "UWATCH")
    enter_section(work, report, first.id, SectionState.IN, "The road is open.", [Subject.of("incident", 3)])
    enter_section(work, report, second.id, SectionState.NIL)
    for state in (ReportState.INPUTS_DUE, ReportState.COMPILING):
        assert move(work, report, state)
    hand_to_clear(work, report)
    with pytest.raises(Refused, match="Somebody else"):
        issue(work, report)
    issue(as_(session, "UCHIEF"), report)
    return report


def test_a_report_goes_its_way_and_its_text_is_fixed(session: Session) -> None:
    report = issued(session)
    assert [one["state"] for one in report.issued] == ["in", "nil", "missing"]
    assert (report.prepared_by, report.cleared_by, report.state) == ("UWATCH", "UCHIEF", ReportState.ISSUED)
    section = sections_of(session, report.id)[0]
    assert section.sources == ["incident:3"]
    with pytest.raises(Refused, match="corrigendum"):
        enter_section(as_(session, "UWATCH"), report, section.id, SectionState.IN, "Changed.")
    with pytest.raises(Refused, match="not being compiled"):
        hand_to_clear(as_(session, "UWATCH"), report)
    assert not move(as_(session, "UWATCH"), report, ReportState.OPEN)
    before = list(report.issued)
    for text in ("Two trucks, not three.", "Three after all."):
        correct_report(as_(session, "UCHIEF"), report, text)
    assert [(one.number, one.text[:3]) for one in corrigenda_of(session, report.id)] == [(1, "Two"), (2, "Thr")]
    assert (report.issued, report.state) == (before, ReportState.CORRECTED)
    with pytest.raises(Refused, match="what is wrong"):
        correct_report(as_(session, "UCHIEF"), report, " ")


def test_reports_of_a_kind_are_numbered_and_their_periods_do_not_overlap(session: Session) -> None:
    first = issued(session)
    with pytest.raises(Refused, match="covered by another"):
        opened(session)
    second = opened(session, 1)
    assert (first.number, second.number) == (1, 2)
    half = replace(opening(1), starts_at=NOW + 2 * DAY - timedelta(seconds=1), ends_at=NOW + 3 * DAY)
    for wrong in (half, replace(half, starts_at=half.ends_at)):
        with pytest.raises(Refused, match="covered by another"):
            open_report(as_(session, "UWATCH"), wrong, [])
    assert find_report(session, "T1", "sitrep", 2) is second
    assert (get_report(session, "T2", first.id), lock_report(session, "T1", first.id)) == (None, first)
    assert last_issued(session, "T1", "sitrep") is first
    with pytest.raises(Refused, match="Only what was issued"):
        correct_report(as_(session, "UCHIEF"), second, "Not yet.")


def test_nothing_new_points_at_the_report_before_and_not_twice_running(session: Session) -> None:
    issued(session)
    second = opened(session, 1)
    work = as_(session, "UWATCH", NOW + DAY)
    security, _support, ahead = sections_of(session, second.id)
    assert enter_section(work, second, security.id, SectionState.NOTHING_NEW).state == SectionState.NOTHING_NEW
    with pytest.raises(Refused, match="no text before"):
        enter_section(work, second, ahead.id, SectionState.NOTHING_NEW)
    with pytest.raises(Refused, match="nothing here"):
        enter_section(work, second, 999, SectionState.NIL)


@pytest.mark.parametrize(("language", "missing"), [("en", "No input received from FORCE."), ("fr", "FORCE")])
def test_the_file_prints_what_is_missing_late_and_corrected(session: Session, language: str, missing: str) -> None:
    report = issued(session)
    report.issued = [
        {**one, "agency": 1, "state": state}
        for one, state in zip(report.issued, ("late", "nil", "missing"), strict=True)
    ]
    corrigendum = correct_report(as_(session, "UCHIEF"), report, "Two trucks,\n\nnot three.")
    with speaking(language):
        data = report_data(report, [corrigendum], NAMES, ZoneInfo("Africa/Juba"))
    assert [one["title"] for one in data["sections"]] == ["Security", "Support", "Ahead"]
    assert missing in data["sections"][2]["note"]
    assert data["sections"][0]["paragraphs"] == ["The road is open."]
    assert data["corrigenda"][0]["paragraphs"] == ["Two trucks,", "not three."]
    assert all(one["note"] for one in data["sections"])
    assert [one["text"] for one in data["facts"]][1:] == ["Watch", "Chief"]
    assert data["level"] == ""
