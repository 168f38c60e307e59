"""How far somebody reads in the record: where they sit, and decisions and actions filtered by it.

`commands/cabinet/rules/access.py` says what the rules are; here they are once more as conditions of a statement,
because counts and pages of long lists are made in the database. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    false,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from storage.agencies import Agency, AgencyState
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series, SeriesMember

UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody as the cabinet's rights to read see them.

    `levels` are the levels of classification they may read, none for somebody who has left. `is_full`: a member of
    the workspace in full, no guest and no outsider. `leads_all`: admins and coordinators, `coordinates`: coordinators.
    `sits_everywhere`: coordinators and the roles that sit in every series. `agencies` are the active agencies they
    answer for, `headed` those they lead. `seats` are the series in which a role or an agency of theirs is named, with
    the agencies (none for a role). Roles that wait count for nothing of this but for `leads_all`.
    """

    user_id: str
    levels: frozenset[str] = frozenset({UNCLASSIFIED})
    is_full: bool = True
    leads_all: bool = False
    coordinates: bool = False
    sits_everywhere: bool = False
    agencies: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    seats: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seats:
    """Which of the agencies asked about are active (`agencies`), and in which series one of them, or a role, is
    named."""

    agencies: frozenset[int] = frozenset()
    named: Mapping[int, frozenset[int]] = field(default_factory=dict)


_NO_SERIES = 0
_ACTIVE = select(Agency.id).where(
    Agency.mission_id == bindparam("mission"),
    Agency.id.in_(bindparam("agencies", expanding=True)),
    Agency.state == AgencyState.ACTIVE,
)
_SEATS: CompoundSelect[Any] = union_all(
    _ACTIVE.with_only_columns(literal_column(str(_NO_SERIES)), Agency.id),
    select(SeriesMember.series_id, SeriesMember.agency_id).where(
        SeriesMember.mission_id == bindparam("mission"), SeriesMember.agency_id.in_(_ACTIVE.scalar_subquery())
    ),
    select(SeriesMember.series_id, null()).where(
        SeriesMember.mission_id == bindparam("mission"), SeriesMember.role.in_(bindparam("roles", expanding=True))
    ),
)


def seats_held(session: Session, mission_id: str, agencies: Iterable[int], roles: Iterable[str]) -> Seats:
    """Where somebody sits who answers for these agencies and holds these roles, in one statement."""
    asked = {"mission": mission_id, "agencies": list(agencies), "roles": [str(role) for role in roles]}
    if not (asked["agencies"] or asked["roles"]):
        return Seats()
    named: dict[int, set[int]] = {}
    active: set[int] = set()
    for series, agency in session.execute(_SEATS, asked):
        found = active if series == _NO_SERIES else named.setdefault(series, set())
        found.update([agency] if agency is not None else [])
    return Seats(frozenset(active), {series: frozenset(ids) for series, ids in named.items()})


def readable_decisions(reader: Reader) -> ColumnElement[bool]:
    """The decisions that somebody may read."""
    bound = select(Binding.decision_id).where(Binding.agency_id.in_(reader.agencies))
    tied = or_(
        Decision.owner == reader.user_id,
        Decision.decided_by == reader.user_id,
        Decision.id.in_(bound) if reader.agencies else false(),
        Decision.owner_agency_id.in_(reader.headed) if reader.headed else false(),
    )
    seen = and_(
        Decision.series_id.in_(_series_of(reader)) | Decision.meeting_id.in_(_led(reader)),
        Decision.series_id.in_(_series_up_to(reader)),
        Decision.meeting_id.in_(_meetings_up_to(reader)),
    )
    plain = and_(Decision.meeting_id.in_(_PLAIN), Decision.handling == UNCLASSIFIED)
    is_open = and_(Decision.series_id.in_(_OPEN), plain) if reader.is_full else false()
    kept = and_(Decision.series_id.in_(_PLAIN_SERIES), plain) if reader.leads_all else false()
    return and_(Decision.handling.in_(reader.levels), or_(tied, seen, is_open, kept))


def readable_actions(reader: Reader) -> ColumnElement[bool]:
    """The actions that somebody may read."""
    tied = or_(
        Action.owner == reader.user_id,
        Action.created_by == reader.user_id,
        Action.owner_agency_id.in_(reader.headed) if reader.headed else false(),
    )
    free = Action.series_id.is_(None)
    no_meeting = Action.meeting_id.is_(None)
    seen = and_(
        Action.series_id.in_(_series_of(reader)) | Action.meeting_id.in_(_led(reader)),
        Action.series_id.in_(_series_up_to(reader)),
        no_meeting | Action.meeting_id.in_(_meetings_up_to(reader)),
    )
    plain = and_(no_meeting | Action.meeting_id.in_(_PLAIN), Action.handling == UNCLASSIFIED)
    is_open = and_(free | Action.series_id.in_(_OPEN), plain) if reader.is_full else false()
    kept = and_(free | Action.series_id.in_(_PLAIN_SERIES), plain) if reader.leads_all else false()
    alone = free if reader.coordinates else false()
    return and_(Action.handling.in_(reader.levels), or_(tied, seen, is_open, kept, alone))


_OPEN = select(Series.id).where(Series.all_agencies, Series.handling == UNCLASSIFIED)
_PLAIN_SERIES = select(Series.id).where(Series.handling == UNCLASSIFIED)
_PLAIN = select(Meeting.id).where(Meeting.handling == UNCLASSIFIED)


def _series_of(reader: Reader) -> Any:
    """The series in which somebody sits."""
    query = select(Series.id)
    if reader.sits_everywhere:
        return query
    officer = or_(Series.chair == reader.user_id, Series.secretary == reader.user_id)
    everybody = Series.all_agencies if reader.agencies else false()
    return query.where(or_(officer, everybody, Series.id.in_(list(reader.seats))))


def _led(reader: Reader) -> Any:
    return select(Meeting.id).where(or_(Meeting.chair == reader.user_id, Meeting.secretary == reader.user_id))


def _series_up_to(reader: Reader) -> Any:
    return select(Series.id).where(Series.handling.in_(reader.levels))


def _meetings_up_to(reader: Reader) -> Any:
    return select(Meeting.id).where(Meeting.handling.in_(reader.levels))
