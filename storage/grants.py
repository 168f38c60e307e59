"""Roles that people gave to themselves, and that wait until somebody else agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, select, union_all, update
from sqlalchemy.orm import Session

from storage.agencies import AgencyPerson
from storage.people import Role, RoleGrant

MISSION_ITSELF = 0
"""Stands where an agency's id stands, for a role in the mission."""

Granted = type[RoleGrant] | type[AgencyPerson]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that its holder gave to themselves, in an agency or (`agency_id` 0) in the mission."""

    agency_id: int
    role: Role
    user_id: str
    granted_at: datetime
    agreed_by: str | None

    @property
    def waits(self) -> bool:
        """Whether nobody has agreed yet."""
        return self.agreed_by is None


def waits(of: Granted) -> ColumnElement[bool]:
    """Whether a row is a role that its holder gave to themselves, and nobody has agreed."""
    return and_(of.granted_by == of.user_id, of.agreed_by.is_(None))


def waiting_grants(session: Session, mission_id: str) -> list[Grant]:
    """Every role of the mission that waits, oldest first."""
    found = session.execute(
        union_all(
            _columns(RoleGrant).where(RoleGrant.mission_id == mission_id, waits(RoleGrant)),
            _columns(AgencyPerson).where(AgencyPerson.mission_id == mission_id, waits(AgencyPerson)),
        )
    )
    return sorted((_grant(row) for row in found), key=lambda one: (one.granted_at, one.agency_id, one.role))


def agreed_grants(session: Session, mission_id: str) -> dict[Role, list[str]]:
    """Everybody's mission roles but those that wait: user ids by role."""
    query = select(RoleGrant.role, RoleGrant.user_id).where(RoleGrant.mission_id == mission_id, ~waits(RoleGrant))
    holders: dict[Role, list[str]] = {}
    for role, user_id in session.execute(query.order_by(RoleGrant.role, RoleGrant.granted_at)):
        holders.setdefault(Role(role), []).append(user_id)
    return holders


def own_grant(session: Session, mission_id: str, agency_id: int, role: str, user_id: str) -> Grant | None:
    """The role that this person gave to themselves, agreed or not; None where they do not hold it, or from others."""
    of = _table(agency_id)
    query = _columns(of).where(*_is(of, mission_id, agency_id, role, user_id), of.granted_by == of.user_id)
    row = session.execute(query).first()
    return _grant(row) if row is not None else None


def agree(session: Session, mission_id: str, agency_id: int, role: str, user_id: str, by: str) -> bool:
    """Write down that somebody agrees. Returns whether it waited until now."""
    of = _table(agency_id)
    query = update(of).where(*_is(of, mission_id, agency_id, role, user_id), waits(of)).values(agreed_by=by)
    changed: Any = session.execute(query, execution_options={"synchronize_session": False})
    return bool(changed.rowcount)


def _table(agency_id: int) -> Granted:
    return AgencyPerson if agency_id != MISSION_ITSELF else RoleGrant


def _is(of: Granted, mission_id: str, agency_id: int, role: str, user_id: str) -> list[ColumnElement[bool]]:
    found = [of.mission_id == mission_id, of.role == role, of.user_id == user_id]
    return [*found, AgencyPerson.agency_id == agency_id] if of is AgencyPerson else found


def _columns(of: Granted) -> Any:
    agency = AgencyPerson.agency_id if of is AgencyPerson else literal_column(str(MISSION_ITSELF))
    return select(agency, of.role, of.user_id, of.granted_at, of.agreed_by)


def _grant(row: Any) -> Grant:
    agency_id, role, user_id, granted_at, agreed_by = row
    return Grant(agency_id, Role(role), user_id, granted_at, agreed_by)
