"""People as Slack knows them, and the roles the mission gave them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.missions import Mission
from storage.upsert import insert_missing


class Role(StrEnum):
    """What a person may be, in the order in which people look for it; its words are in `commands.kit.names.roles`.

    The three agency roles are held in an agency, the others in the mission. A new role may do, see and sit wherever
    membership is enough; where a role gives more, its room names it.
    """

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    SRSG_OFFICE = "srsg_office"
    HEAD_OF_AGENCY = "head_of_agency"
    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    FUNDING_CELL = "funding_cell"
    HUMANITARIAN_COORDINATOR = "humanitarian_coordinator"
    HUMAN_RIGHTS_ADVISER = "human_rights_adviser"
    DUTY_OFFICER = "duty_officer"
    OPERATIONS = "operations"
    PLANNING = "planning"
    OBSERVER = "observer"


AGENCY_ROLES = frozenset({Role.HEAD_OF_AGENCY, Role.FOCAL_POINT, Role.ALTERNATE})
MISSION_ROLES = tuple(role for role in Role if role not in AGENCY_ROLES)


class Person(Base):
    """A Slack user of the mission's workspace, as last seen. `home_team` differs from the mission for outsiders, and is
    the mission for everybody whose workspaces have it, also on Enterprise Grid.

    `zone` is as Slack tells it, empty where it does not (`UTC` in rows of older versions): `kit/contacts.py` reads it.
    """

    __tablename__ = "people"
    kept = "no more than the people of the workspace"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(String(64), default="")
    locale: Mapped[str] = mapped_column(String(16), default="en-US")
    home_team: Mapped[str] = mapped_column(String(32), default="")
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_workspace_admin: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_gone: Mapped[bool] = mapped_column(default=False)
    dm_channel: Mapped[str | None] = mapped_column(String(32))
    home_opened_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]

    @property
    def is_outsider(self) -> bool:
        """Whether the person belongs to another workspace (Slack Connect)."""
        return bool(self.home_team) and self.home_team != self.mission_id

    @property
    def is_full(self) -> bool:
        """Whether the person is a member of the workspace in full: no guest, nobody from outside, and not gone."""
        return not (self.is_guest or self.is_outsider or self.is_gone)


class RoleGrant(Base):
    """A mission role that somebody gave to a person. Agency roles live with the agency.

    `agreed_by` is whoever agreed to a role that its holder gave to themselves (see `storage.grants`).
    """

    __tablename__ = "role_grants"
    kept = "who has which role now"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    granted_by: Mapped[str] = mapped_column(String(32))
    granted_at: Mapped[datetime]
    agreed_by: Mapped[str | None] = mapped_column(String(32))


def get_person(session: Session, mission_id: str, user_id: str) -> Person | None:
    """The person, if the mission has met them."""
    return session.get(Person, (mission_id, user_id))


_DM_CHANNEL = select(Person.dm_channel).where(
    Person.mission_id == bindparam("mission"), Person.user_id == bindparam("user")
)


def note_home_opened(session: Session, mission_id: str, user_id: str, now: datetime) -> None:
    """Remember that a person has a Home, so that it is kept current from now on."""
    person = get_person(session, mission_id, user_id)
    if person is not None:
        person.home_opened_at = person.home_opened_at or now


def dm_channel_of(session: Session, mission_id: str, user_id: str) -> str | None:
    """The channel of a person's direct messages, once it has been opened."""
    return session.scalar(_DM_CHANNEL, {"mission": mission_id, "user": user_id})


_MET = (
    select(Mission, Person)
    .join(Person, Person.mission_id == Mission.id)
    .where(Mission.id == bindparam("mission"), Person.user_id == bindparam("user"))
)


def mission_and_person(session: Session, mission_id: str, user_id: str) -> tuple[Mission, Person] | None:
    """The mission and a person it has met, read together because every request needs both."""
    found = session.execute(_MET, {"mission": mission_id, "user": user_id}).first()
    return (found[0], found[1]) if found is not None else None


_PEOPLE = select(Person).where(
    Person.mission_id == bindparam("mission"), Person.user_id.in_(bindparam("users", expanding=True))
)


def people_of(session: Session, mission_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
    """The known people among `user_ids`, by id."""
    rows = session.scalars(_PEOPLE, {"mission": mission_id, "users": list(user_ids)})
    return {person.user_id: person for person in rows}


def workspace_admins(session: Session, mission_id: str) -> list[Person]:
    """Admins of the Slack workspace itself that the mission has met; another workspace's are none."""
    query = select(Person).where(
        Person.mission_id == mission_id, Person.is_workspace_admin.is_(True), Person.is_gone.is_(False)
    )
    return [person for person in session.scalars(query.order_by(Person.name)) if person.is_full]


def granted_roles(session: Session, mission_id: str, user_id: str) -> set[Role]:
    """The mission roles given to one person."""
    query = select(RoleGrant.role).where(RoleGrant.mission_id == mission_id, RoleGrant.user_id == user_id)
    return {Role(role) for role in session.scalars(query)}


_GRANTS = (
    select(RoleGrant.role, RoleGrant.user_id)
    .where(RoleGrant.mission_id == bindparam("mission"))
    .order_by(RoleGrant.role, RoleGrant.granted_at)
)


def all_grants(session: Session, mission_id: str) -> dict[Role, list[str]]:
    """Everybody's mission roles: user ids by role."""
    holders: dict[Role, list[str]] = {}
    for role, user_id in session.execute(_GRANTS, {"mission": mission_id}):
        holders.setdefault(Role(role), []).append(user_id)
    return holders


def set_holders(
    session: Session, mission_id: str, role: Role, user_ids: Iterable[str], by: str, now: datetime
) -> tuple[set[str], set[str]]:
    """Make exactly `user_ids` the holders of a mission role. Returns who was added and who was removed."""
    wanted = set(user_ids)
    held = set(all_grants(session, mission_id).get(role, []))
    session.execute(
        delete(RoleGrant).where(
            RoleGrant.mission_id == mission_id, RoleGrant.role == role, RoleGrant.user_id.in_(held - wanted)
        )
    )
    given = {"mission_id": mission_id, "role": role, "granted_by": by, "granted_at": now}
    insert_missing(session, RoleGrant, [{**given, "user_id": user} for user in sorted(wanted - held)])
    return wanted - held, held - wanted


def directory_age(session: Session, mission_id: str) -> tuple[int, datetime | None]:
    """How many people the mission knows who are still there, and when the one read longest ago was read."""
    query = select(func.count(), func.min(Person.seen_at)).where(
        Person.mission_id == mission_id, Person.is_gone.is_(False)
    )
    count, oldest = session.execute(query).one()
    return count, oldest


_WITH_HOME = select(Person.user_id).where(
    Person.mission_id == bindparam("mission"),
    Person.user_id.in_(bindparam("users", expanding=True)),
    Person.home_opened_at.is_not(None),
)


def with_home(session: Session, mission_id: str, user_ids: Iterable[str]) -> list[str]:
    """Those of these people who have opened App Home, in order."""
    return sorted(session.scalars(_WITH_HOME, {"mission": mission_id, "users": list(user_ids)}))


def people_with_home(session: Session, mission_id: str) -> list[str]:
    """User ids of everybody who has opened App Home."""
    query = select(Person.user_id).where(Person.mission_id == mission_id, Person.home_opened_at.is_not(None))
    return list(session.scalars(query.order_by(Person.user_id)))
