"""Matters arising: what was left open enters the next meeting of the series by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commands.cabinet.handlers.agenda.left_open import left_open
from commands.kit.work import Work
from storage.cabinet.items import Item, ItemKind, ItemState, deferred_items, items_of_meetings, last_position
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, get_meeting, meetings_of_series, next_of_series
from storage.cabinet.series import Series
from storage.subjects import Subject

TAKES_UP = (*AHEAD, MeetingState.IN_SESSION)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that comes up again. `source` names where it comes from, for example `item:12`, and enters once."""

    source: Subject
    title: str
    question: str
    owner: str | None
    owner_agency_id: int | None
    handling: str
    deferred: Item | None = None


def bring_matters(work: Work, series: Series) -> Meeting | None:
    """Bring what was left open into the next meeting of a series. Returns the meeting if anything came."""
    meeting = next_of_series(work.session, series.id, work.now)
    if meeting is None or not matters_arising(work, series, meeting):
        return None
    return meeting


def matters_arising(work: Work, series: Series, meeting: Meeting) -> list[Item]:
    """Bring everything that was left open into a meeting, each matter once. Returns what came.

    A matter stands in one meeting at a time: one that a later meeting has already is left there.
    """
    ahead = [one.id for one in meetings_of_series(work.session, series.id) if one.state in TAKES_UP]
    known = {item.arises_from for items in items_of_meetings(work.session, ahead).values() for item in items}
    made = [_enter(work, meeting, one) for one in _found(work, series, meeting) if str(one.source) not in known]
    work.session.flush()
    return made


def _found(work: Work, series: Series, meeting: Meeting) -> Iterable[Matter]:
    for item in deferred_items(work.session, series.id):
        before = get_meeting(work.session, work.mission.id, item.meeting_id or 0)
        # What was deferred comes up in a later meeting, never again in the one it was taken off; a standing item stands
        # there anyway.
        later = before is None or before.starts_at < meeting.starts_at
        if later and item.kind != ItemKind.STANDING:
            yield Matter(
                source=Subject.of("item", item.id),
                title=item.title,
                question=item.question,
                owner=item.owner,
                owner_agency_id=item.owner_agency_id,
                handling=item.handling,
                deferred=item,
            )
    for one in left_open(work, series.id):
        yield Matter(one.source, one.title, one.question, one.owner, one.owner_agency_id, one.handling)


def _enter(work: Work, meeting: Meeting, matter: Matter) -> Item:
    before = matter.deferred
    item = Item(
        mission_id=work.mission.id,
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        # A deferred item is taken up again as what it was; everything else only asks how it stands.
        kind=before.kind if before is not None else ItemKind.ARISING,
        state=ItemState.SCHEDULED,
        title=matter.title,
        question=matter.question,
        options=list(before.options) if before is not None else [],
        owner=matter.owner,
        owner_agency_id=matter.owner_agency_id,
        consult=list(before.consult) if before is not None else [],
        paper_link=before.paper_link if before is not None else "",
        paper_name=before.paper_name if before is not None else "",
        minutes=before.minutes if before is not None else 5,
        handling=matter.handling,
        position=last_position(work.session, meeting.id) + 1,
        deferred_from_id=before.id if before is not None else None,
        arises_from=str(matter.source),
        proposed_by=before.proposed_by if before is not None else meeting.secretary,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(item)
    work.session.flush()
    return item
