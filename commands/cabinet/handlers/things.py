"""What surrounds a thing of the cabinet, read from the thing; and the thing as `rules/access.py` judges it."""

from __future__ import annotations

from commands.cabinet.rules.access import Thing
from commands.kit.front.numbers import read_number
from commands.kit.handling import Handling
from commands.kit.work import Work
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision, decision_called, get_decision, lock_decision
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, get_meeting, lock_meeting
from storage.cabinet.minutes import Minutes, MinutesState
from storage.cabinet.series import Series, get_series
from storage.subjects import number


def series_of(work: Work, of: Meeting | Item | Decision) -> Series:
    """The series that something belongs to."""
    if isinstance(of, Item):
        series = _series(work, of.series_id)
        assert series is not None, "an item has a series"
        return series
    return of.series if isinstance(of, Meeting) else of.meeting.series


def on_record(text: str, level: str) -> str:
    """A text for the audit record, which admins read whatever they are cleared for: empty above Unclassified."""
    return text if level == Handling.UNCLASSIFIED else ""


def thing_of_series(_work: Work, series: Series) -> Thing:
    """A series."""
    return Thing(series, handling=series.handling, is_frame=True)


def thing_of_meeting(work: Work, meeting: Meeting) -> Thing:
    """A meeting; others may know of it once its minutes are issued."""
    issued = meeting.record_issued_at is not None
    return Thing(series_of(work, meeting), meeting, meeting.handling, is_out=issued, is_frame=True)


def thing_of_item(work: Work, item: Item) -> Thing:
    """An item of an agenda."""
    meeting = meeting_of(work, item)
    issued = meeting is not None and meeting.record_issued_at is not None
    return Thing(
        series_of(work, item),
        meeting,
        item.handling,
        is_out=issued or item.state == ItemState.DECIDED,
        people=frozenset({item.proposed_by, *([item.owner] if item.owner else [])}),
        changed_by=frozenset([item.owner_agency_id] if item.owner_agency_id is not None else []),
    )


def thing_of_decision(work: Work, decision: Decision) -> Thing:
    """A decision, without the agencies that it binds."""
    return Thing(
        series_of(work, decision),
        decision.meeting,
        decision.handling,
        is_out=True,
        people=frozenset({decision.owner, decision.decided_by}),
        answers=decision.owner_agency_id,
    )


def thing_of_action(work: Work, action: Action) -> Thing:
    """An action; one that was given outside a meeting belongs to no series."""
    return Thing(
        _series(work, action.series_id) if action.series_id else None,
        meeting_of(work, action),
        action.handling,
        is_out=True,
        people=frozenset({action.owner, action.created_by}),
        answers=action.owner_agency_id,
    )


def thing_of_minutes(work: Work, minutes: Minutes) -> Thing:
    """The minutes of a meeting."""
    meeting = minutes.meeting
    issued, draft = minutes.state == MinutesState.ISSUED, minutes.state == MinutesState.DRAFT
    return Thing(meeting.series, meeting, meeting.handling, is_out=issued, is_draft=draft)


def meeting_of(work: Work, of: Item | Decision | Action | Minutes, *, lock: bool = False) -> Meeting | None:
    """The meeting that something belongs to, None where it belongs to none; with `lock` held for a change."""
    if of.meeting_id is None:
        return None
    if isinstance(of, Decision | Minutes) and not lock:
        return of.meeting
    if lock:
        return lock_meeting(work.session, work.mission.id, of.meeting_id)
    meeting_id = of.meeting_id
    return work.once(("meeting", meeting_id), lambda: get_meeting(work.session, work.mission.id, meeting_id))


def _series(work: Work, series_id: int) -> Series | None:
    # The session knows a row only as long as somebody holds it: each would be read again by everybody who judges.
    return work.once(("series", series_id), lambda: get_series(work.session, work.mission.id, series_id))


def decision_said(work: Work, text: str) -> Decision | None:
    """The decision that a text names as people do, `2026/3`, if there is one."""
    subject = read_number(text)
    year, slash, last = subject.ids[0].partition("/") if subject is not None else ("", "", "")
    return decision_called(work.session, work.mission.id, number(year), number(last)) if slash else None


def decision_of(work: Work, binding: Binding, *, lock: bool = False) -> Decision:
    """The decision that binds an agency; with `lock` held for a change, and the binding read again."""
    decision = (lock_decision if lock else get_decision)(work.session, work.mission.id, binding.decision_id)
    assert decision is not None, "what binds is a decision"
    if lock:
        work.session.refresh(binding)
    return decision
