"""What one person is in the mission and in its agencies, read with one statement: every request asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, false, literal_column, or_, select, true, union_all
from sqlalchemy.orm import Session

from storage.agencies import Agency, AgencyPerson
from storage.compartments import Compartment, Delegate
from storage.connection.ready import Ready
from storage.grants import waits
from storage.missions import Mission
from storage.people import Person, Role, RoleGrant

_MISSION: BindParameter[str] = bindparam("mission")
_USER: BindParameter[str] = bindparam("user")
_NO_AGENCY = 0
# Stands where an agency's id stands, for a side to which the person was named.
_A_SIDE = -1
_HELD = union_all(
    # The mission's admins come along: as long as there are none, the workspace's admins stand in for them.
    select(
        literal_column(str(_NO_AGENCY), Integer).label("agency_id"),
        RoleGrant.user_id.label("holder"),
        RoleGrant.role.label("role"),
        waits(RoleGrant).label("waits"),
        literal_column("''").label("sphere"),
    ).where(RoleGrant.mission_id == _MISSION, or_(RoleGrant.user_id == _USER, RoleGrant.role == Role.ADMIN)),
    select(AgencyPerson.agency_id, AgencyPerson.user_id, AgencyPerson.role, waits(AgencyPerson), Agency.sphere)
    .join(Agency, Agency.id == AgencyPerson.agency_id)
    .where(AgencyPerson.mission_id == _MISSION, AgencyPerson.user_id == _USER),
    select(
        literal_column(str(_A_SIDE), Integer), Delegate.user_id, Delegate.compartment, false(), literal_column("''")
    ).where(Delegate.mission_id == _MISSION, Delegate.user_id == _USER),
).subquery("held")
_ROLES = Ready(select(*_HELD.c))
_MET = (
    select(Mission, Person, *_HELD.c)
    .join(Person, Person.mission_id == Mission.id)
    .outerjoin(_HELD, true())
    .where(Mission.id == _MISSION, Person.user_id == _USER)
)


@dataclass(frozen=True, slots=True)
class HeldRoles:
    """Mission roles and roles by agency id. `has_admins`: somebody holds the mission's role of admin.

    `waiting` are roles that the person gave to themselves, to which nobody has agreed, wherever they hold them;
    `waiting_agencies` those agencies in which they hold no other. `named_to` are the sides whose head named them;
    `spheres` those of the agencies in which they hold any role, also one that waits.
    """

    in_mission: frozenset[Role]
    in_agencies: dict[int, frozenset[Role]]
    has_admins: bool
    waiting: frozenset[Role]
    waiting_agencies: frozenset[int]
    named_to: frozenset[Compartment] = frozenset()
    spheres: frozenset[str] = frozenset()


def roles_held(session: Session, mission_id: str, user_id: str) -> HeldRoles:
    """Everything that was given to one person."""
    return _added_up(user_id, _ROLES.rows(session, {"mission": mission_id, "user": user_id}))


def met(session: Session, mission_id: str, user_id: str) -> tuple[Mission, Person, HeldRoles] | None:
    """The mission, a person it has met, and what was given to them: what every request needs, in one statement."""
    rows = session.execute(_MET, {"mission": mission_id, "user": user_id}).all()
    if not rows:
        return None
    mission, person = rows[0][:2]
    return mission, person, _added_up(user_id, [row[2:] for row in rows if row[2] is not None])


def _added_up(user_id: str, rows: Sequence[Sequence[Any]]) -> HeldRoles:
    found: dict[int, set[Role]] = {_NO_AGENCY: set()}
    has_admins = False
    waiting: set[Role] = set()
    agreed: set[Role] = set()
    speaks_for: set[int] = set()
    named_to = {Compartment(row[2]) for row in rows if row[0] == _A_SIDE}
    spheres = {row[4] for row in rows} - {""}
    for agency_id, holder, name, waits_still, _sphere in rows:
        if agency_id == _A_SIDE:
            continue
        role = Role(name)
        has_admins = has_admins or (agency_id == _NO_AGENCY and role is Role.ADMIN)
        if holder == user_id:
            found.setdefault(agency_id, set()).add(role)
            (waiting if waits_still else agreed).add(role)
            speaks_for |= set() if waits_still else {agency_id}
    in_mission = frozenset(found.pop(_NO_AGENCY))
    in_agencies = {agency: frozenset(roles) for agency, roles in found.items()}
    waits_in = frozenset(in_agencies.keys() - speaks_for)
    return HeldRoles(
        in_mission,
        in_agencies,
        has_admins,
        frozenset(waiting - agreed),
        waits_in,
        frozenset(named_to),
        frozenset(spheres),
    )
