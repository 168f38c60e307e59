"""What one person is in the mission and in its agencies, read with one statement: every request asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal_column, or_, select, union_all
from sqlalchemy.orm import Session

from storage.agencies import AgencyPerson
from storage.grants import waits
from storage.people import Role, RoleGrant

_MISSION: BindParameter[str] = bindparam("mission")
_USER: BindParameter[str] = bindparam("user")
_NO_AGENCY = 0
_HELD: CompoundSelect[Any] = union_all(
    # The mission's admins come along: as long as there are none, the workspace's admins stand in for them.
    select(literal_column(str(_NO_AGENCY)), RoleGrant.user_id, RoleGrant.role, waits(RoleGrant)).where(
        RoleGrant.mission_id == _MISSION, or_(RoleGrant.user_id == _USER, RoleGrant.role == Role.ADMIN)
    ),
    select(AgencyPerson.agency_id, AgencyPerson.user_id, AgencyPerson.role, waits(AgencyPerson)).where(
        AgencyPerson.mission_id == _MISSION, AgencyPerson.user_id == _USER
    ),
)


@dataclass(frozen=True, slots=True)
class HeldRoles:
    """Mission roles and roles by agency id. `has_admins`: somebody holds the mission's role of admin.

    `waiting` are roles that the person gave to themselves, to which nobody has agreed, wherever they hold them;
    `waiting_agencies` those agencies in which they hold no other.
    """

    in_mission: frozenset[Role]
    in_agencies: dict[int, frozenset[Role]]
    has_admins: bool
    waiting: frozenset[Role]
    waiting_agencies: frozenset[int]


def roles_held(session: Session, mission_id: str, user_id: str) -> HeldRoles:
    """Everything that was given to one person."""
    found: dict[int, set[Role]] = {_NO_AGENCY: set()}
    has_admins = False
    waiting: set[Role] = set()
    agreed: set[Role] = set()
    speaks_for: set[int] = set()
    for agency_id, holder, name, waits_still in session.execute(_HELD, {"mission": mission_id, "user": user_id}):
        role = Role(name)
        has_admins = has_admins or (agency_id == _NO_AGENCY and role is Role.ADMIN)
        if holder == user_id:
            found.setdefault(agency_id, set()).add(role)
            (waiting if waits_still else agreed).add(role)
            speaks_for |= set() if waits_still else {agency_id}
    in_mission = frozenset(found.pop(_NO_AGENCY))
    in_agencies = {agency: frozenset(roles) for agency, roles in found.items()}
    waits_in = frozenset(in_agencies.keys() - speaks_for)
    return HeldRoles(in_mission, in_agencies, has_admins, frozenset(waiting - agreed), waits_in)
