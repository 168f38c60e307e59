"""Who may do what: roles of people, and what a verb needs.

Gesture: say who may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.kit.compartments.rules import sides_of
from commands.kit.handling import Clearance, Handling, may_see
from commands.kit.names.roles import role_name
from commands.kit.words import _
from storage.agencies import AgencyPerson
from storage.compartments import Compartment
from storage.people import AGENCY_ROLES, Person, Role, all_grants, people_of, workspace_admins
from storage.roles import HeldRoles, roles_held


@dataclass(frozen=True, slots=True)
class Who:
    """The person who asks: mission roles, and roles by agency id.

    `waiting` are those roles that they gave to themselves and to which nobody has agreed: they clear nobody.
    `waiting_agencies` are the agencies in which they hold no other: for these they do not speak yet. `inside` are the
    sides of the wall that they are on, `spheres` what the agencies are there for in which they hold any role.
    """

    user_id: str
    person: Person
    roles: frozenset[Role] = frozenset()
    agencies: dict[int, frozenset[Role]] = field(default_factory=dict)
    waiting: frozenset[Role] = frozenset()
    waiting_agencies: frozenset[int] = frozenset()
    inside: frozenset[Compartment] = frozenset()
    spheres: frozenset[str] = frozenset()

    @property
    def all_roles(self) -> frozenset[Role]:
        """Mission roles and roles held in any agency."""
        return self.roles.union(*self.agencies.values())

    @property
    def is_member(self) -> bool:
        """A full member of the workspace, or anybody an admin gave a role."""
        return bool(self.all_roles) or self.person.is_full

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles, in the mission or in any agency."""
        return bool(self.all_roles & set(roles))

    @property
    def speaks_for(self) -> frozenset[int]:
        """The agencies for which the person speaks: by any role in it to which somebody else agreed, or gave it."""
        return frozenset(self.agencies) - self.waiting_agencies

    @property
    def agreed_roles(self) -> frozenset[Role]:
        """Mission roles but those that wait for somebody to agree."""
        return self.roles - self.waiting

    def answers_for(self, agency_id: int) -> bool:
        """Whether the person speaks for this agency."""
        return agency_id in self.agencies and agency_id not in self.waiting_agencies


@dataclass(frozen=True, slots=True)
class Need:
    """What a verb asks of a person: any of `roles`; or, with none, membership."""

    roles: frozenset[Role] = frozenset()

    def is_met_by(self, who: Who) -> bool:
        """Whether this person may."""
        if self.roles:
            return who.has(*self.roles)
        return who.is_member


MEMBER = Need()
# The act that comes before every other: to know of a thing and to read it. Rooms add acts of their own
# (`commands.kit.access`).
READ = "read"


def one_of(*roles: Role) -> Need:
    """The verb needs one of these roles."""
    return Need(roles=frozenset(roles))


ADMIN = one_of(Role.ADMIN)
ADMIN_OR_COORDINATOR = one_of(Role.ADMIN, Role.COORDINATOR)


def who_is(session: Session, mission_id: str, person: Person) -> Who:
    """A person with everything they may be. Guests, outsiders and people who left are never admins."""
    return who_holds(person, roles_held(session, mission_id, person.user_id))


def who_holds(person: Person, held: HeldRoles) -> Who:
    """The same for a person whose roles have been read already."""
    granted = set(held.in_mission)
    if person.is_workspace_admin and not held.has_admins:
        granted.add(Role.ADMIN)
    if not person.is_full:
        granted.discard(Role.ADMIN)
    agreed = frozenset(granted) - held.waiting
    inside = sides_of(agreed, held.named_to, held.spheres) if person.is_full else frozenset()
    return Who(
        person.user_id,
        person,
        frozenset(granted),
        held.in_agencies,
        held.waiting,
        held.waiting_agencies,
        inside,
        held.spheres,
    )


def clearance_of(session: Session, mission_id: str, person: Person, *, ourselves: str | None = None) -> Clearance:
    """What decides whether this person may see something."""
    return clearance_from(who_is(session, mission_id, person), ourselves=ourselves)


def clearance_from(who: Who, *, ourselves: str | None = None) -> Clearance:
    """The same for a person whose roles have been read already."""
    return Clearance(
        user_id=who.user_id,
        roles=who.all_roles - who.waiting,
        is_guest=who.person.is_guest,
        is_outsider=who.person.is_outsider,
        is_ourselves=who.user_id == ourselves,
        is_gone=who.person.is_gone,
        inside=who.inside,
    )


def sees(who: Who, level: str, compartment: str = Compartment.MISSION) -> bool:
    """Whether the person may read texts of this level of classification and of this side."""
    return may_see(clearance_from(who), Handling(level), Compartment(compartment))


def holders_of(session: Session, mission_id: str, roles: frozenset[Role]) -> list[str]:
    """User ids of everybody with one of these roles; the workspace's admins while no admin has been named.

    Guests, outsiders and people who left are never admins.
    """
    granted = all_grants(session, mission_id)
    if Role.ADMIN in roles and Role.ADMIN in granted:
        granted[Role.ADMIN] = full_members(session, mission_id, granted[Role.ADMIN])
    found = [user for role in Role if role in roles for user in granted.get(role, [])]
    if Role.ADMIN in roles and Role.ADMIN not in granted:
        found += [person.user_id for person in workspace_admins(session, mission_id)]
    if roles & AGENCY_ROLES:
        query = select(AgencyPerson.user_id).where(AgencyPerson.mission_id == mission_id, AgencyPerson.role.in_(roles))
        found += session.scalars(query.order_by(AgencyPerson.agency_id, AgencyPerson.rank))
    return list(dict.fromkeys(found))


def full_members(session: Session, mission_id: str, user_ids: Iterable[str]) -> list[str]:
    """These people without those known as guests, as outsiders or as gone, in their order."""
    wanted = list(dict.fromkeys(user_ids))
    known = people_of(session, mission_id, wanted)
    return [user for user in wanted if user not in known or known[user].is_full]


def waits_text(agency: str) -> str:
    """Why somebody does not speak for an agency yet."""
    return _("You gave yourself your role in {agency}. You speak for it once somebody else has agreed.").format(
        agency=agency
    )


NAMED_AT_MOST = 3


def refusal_text(session: Session, mission_id: str, need: Need) -> str:
    """Who can do what this person cannot: the roles, and a few people who hold them."""
    if not need.roles:
        return _("You are a guest here. Ask an admin of the mission to give you a role.")
    names = ", ".join(role_name(role) for role in Role if role in need.roles)
    holders = holders_of(session, mission_id, need.roles)
    if not holders:
        return _("This needs one of these roles: {roles}. Nobody holds one yet; an admin can give it.").format(
            roles=names
        )
    known = people_of(session, mission_id, holders)
    named = [user for user in holders if user not in known or not (known[user].is_outsider or known[user].is_gone)]
    if not named:
        return _("This needs one of these roles: {roles}. An admin can give it.").format(roles=names)
    people = ", ".join(f"<@{user}>" for user in named[:NAMED_AT_MOST])
    return _("This needs one of these roles: {roles}. These people can do it: {people}.").format(
        roles=names, people=people
    )
