"""Matters arising: what was left open enters the next meeting of the series by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commands.kit.work import Work
from storage.cabinet import Series
from storage.cabinet_items import Item, ItemKind, ItemState, deferred_items, items_of_meeting, last_position
from storage.cabinet_meetings import Meeting


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that comes up again. `source` names where it comes from, for example `item:12`, and enters once."""

    source: str
    title: str
    question: str
    owner: str | None
    owner_agency_id: int | None
    handling: str
    deferred: Item | None = None


def matters_arising(work: Work, series: Series, meeting: Meeting) -> list[Item]:
    """Bring everything that was left open into a meeting; what it has already is left alone. Returns what came."""
    known = {item.arises_from for item in items_of_meeting(work.session, meeting.id)}
    made = [_enter(work, series, meeting, one) for one in _found(work, series) if one.source not in known]
    work.session.flush()
    return made


def _found(work: Work, series: Series) -> Iterable[Matter]:
    for item in deferred_items(work.session, series.id):
        yield Matter(
            source=f"item:{item.id}",
            title=item.title,
            question=item.question,
            owner=item.owner,
            owner_agency_id=item.owner_agency_id,
            handling=item.handling,
            deferred=item,
        )


def _enter(work: Work, series: Series, meeting: Meeting, matter: Matter) -> Item:
    before = matter.deferred
    item = Item(
        mission_id=work.mission.id,
        series_id=series.id,
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
        arises_from=matter.source,
        proposed_by=before.proposed_by if before is not None else meeting.secretary,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(item)
    work.session.flush()
    return item
