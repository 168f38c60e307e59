"""Agencies, the people who answer for them, and when those people are away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, lazyload, mapped_column, relationship

from storage.base import Base, OfMission
from storage.letters import identifier
from storage.people import Role


class AgencyKind(StrEnum):
    """What sort of entity an agency is."""

    UN_AGENCY = "un_agency"
    MISSION_COMPONENT = "mission_component"
    NGO = "ngo"
    RED_CROSS_RED_CRESCENT = "red_cross_red_crescent"
    GOVERNMENT = "government"
    OTHER = "other"


class Sphere(StrEnum):
    """What an agency is there for, which decides whether its people may be named to a side behind the wall."""

    SUPPORT = "support"
    HUMANITARIAN = "humanitarian"
    HUMAN_RIGHTS = "human_rights"
    DEVELOPMENT = "development"
    UNIFORMED = "uniformed"
    POLITICAL = "political"


class AgencyState(StrEnum):
    """A suspended agency keeps its history and owes nothing."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Agency(OfMission, Base):
    """An entity that owes updates. `code` is short and unique in the mission, compared without case (`code_key`).

    `sphere` is empty until somebody has said it.
    """

    __tablename__ = "agencies"
    kept = "the mission's organisations: suspended, never deleted"
    __table_args__ = (Index("uq_agencies_mission_id_code_key", "mission_id", "code_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    code_key: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(Text)
    name_fr: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(32), default=AgencyKind.OTHER)
    sphere: Mapped[str] = mapped_column(String(16), default="", server_default="")
    sectors: Mapped[list[str]] = mapped_column(default=list)
    duty_station: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    state: Mapped[str] = mapped_column(String(16), default=AgencyState.ACTIVE)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    people: Mapped[list[AgencyPerson]] = relationship(
        order_by="AgencyPerson.rank", cascade="all, delete-orphan", lazy="selectin", back_populates="agency"
    )

    def holders(self, role: Role) -> list[str]:
        """User ids of the people with an agency role, in order."""
        return [person.user_id for person in self.people if person.role == role]

    def has_person(self, user_id: str) -> bool:
        """Whether somebody answers for this agency in any role."""
        return any(person.user_id == user_id for person in self.people)


class AgencyPerson(OfMission, Base):
    """Somebody's role in an agency; `rank` orders the people of one role, 0 first.

    `granted_by` and `granted_at` are unknown (None) where the role is older than these columns; `agreed_by` is whoever
    agreed to a role that its holder gave to themselves (see `storage.grants`).
    """

    __tablename__ = "agency_people"
    kept = "who answers for whom now; taken away by hand"
    __table_args__ = (Index("ix_agency_people_person", "mission_id", "user_id"),)

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    rank: Mapped[int] = mapped_column(default=0)
    granted_by: Mapped[str | None] = mapped_column(String(32))
    granted_at: Mapped[datetime | None]
    agreed_by: Mapped[str | None] = mapped_column(String(32))

    agency: Mapped[Agency] = relationship(back_populates="people")

    @property
    def waits(self) -> bool:
        """Whether they gave the role to themselves, and nobody has agreed."""
        return self.granted_by == self.user_id and self.agreed_by is None


class Leave(OfMission, Base):
    """Days on which a person is away, both included, in the zone of the person."""

    __tablename__ = "leaves"
    kept = "a few days each, and past digests count with them"
    __table_args__ = (Index("ix_leaves_person", "mission_id", "user_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    entered_by: Mapped[str] = mapped_column(String(32))


def code_key(code: str) -> str:
    """How codes are compared: without case and what phones put around them (`storage.letters.identifier`)."""
    return identifier(code).casefold()


# One agency comes with its people in one statement; for many, their people are read with a second one.
_BY_ID = (
    select(Agency)
    .where(Agency.mission_id == bindparam("mission"), Agency.id == bindparam("id"))
    .options(joinedload(Agency.people))
)


_BY_CODE = (
    select(Agency)
    .where(Agency.mission_id == bindparam("mission"), Agency.code_key == bindparam("code"))
    .options(lazyload(Agency.people))
)


def find_agency(session: Session, mission_id: str, code: str) -> Agency | None:
    """The agency with this code."""
    return session.scalars(_BY_CODE, {"mission": mission_id, "code": code_key(code)}).first()


def get_agency(session: Session, mission_id: str, agency_id: int) -> Agency | None:
    """The agency with this id, if it is of this mission."""
    return session.scalars(_BY_ID, {"mission": mission_id, "id": agency_id}).unique().first()


# Statements that many requests need are built once: building one costs as much as running it.
_ALL = select(Agency).where(Agency.mission_id == bindparam("mission")).order_by(Agency.code_key)
_ALL_ALONE = _ALL.options(lazyload(Agency.people))
_IS_ACTIVE = Agency.state == AgencyState.ACTIVE
_ALL_ACTIVE, _ALL_ACTIVE_ALONE = _ALL.where(_IS_ACTIVE), _ALL_ALONE.where(_IS_ACTIVE)


def all_agencies(session: Session, mission_id: str, *, active_only: bool = False, people: bool = True) -> list[Agency]:
    """The mission's agencies by code. Without `people` they cost a fourth, for whoever only names them."""
    with_people, alone = (_ALL_ACTIVE, _ALL_ACTIVE_ALONE) if active_only else (_ALL, _ALL_ALONE)
    return list(session.scalars(with_people if people else alone, {"mission": mission_id}))


_BY_IDS = select(Agency).where(
    Agency.mission_id == bindparam("mission"), Agency.id.in_(bindparam("ids", expanding=True))
)


_ALONE = _BY_IDS.options(lazyload(Agency.people))


def agencies_by_id(session: Session, mission_id: str, ids: Iterable[int], *, people: bool = True) -> dict[int, Agency]:
    """The mission's agencies among `ids`, by id. Without `people` it costs a fourth, for whoever only names them."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = session.scalars(_BY_IDS if people else _ALONE, {"mission": mission_id, "ids": wanted})
    return {agency.id: agency for agency in found}


def count_agencies(session: Session, mission_id: str) -> int:
    """How many agencies the mission has."""
    return session.scalar(select(func.count()).select_from(Agency).where(Agency.mission_id == mission_id)) or 0


def agency_roles(session: Session, mission_id: str, user_id: str) -> dict[int, set[Role]]:
    """What a person is in which agency: roles by agency id."""
    query = select(AgencyPerson.agency_id, AgencyPerson.role).where(
        AgencyPerson.mission_id == mission_id, AgencyPerson.user_id == user_id
    )
    found: dict[int, set[Role]] = {}
    for agency_id, role in session.execute(query):
        found.setdefault(agency_id, set()).add(Role(role))
    return found


def leaves_of(session: Session, mission_id: str, user_ids: Iterable[str]) -> list[Leave]:
    """All leaves entered for these people, earliest first."""
    query = select(Leave).where(Leave.mission_id == mission_id, Leave.user_id.in_(list(user_ids)))
    return list(session.scalars(query.order_by(Leave.first_day, Leave.id)))


def agency_to_change(session: Session, mission_id: str, agency_id: int) -> Agency | None:
    """The agency with this id, freshly read and locked until the transaction ends."""
    query = select(Agency).where(Agency.mission_id == mission_id, Agency.id == agency_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def set_holders_of_agency(
    agency: Agency, role: Role, user_ids: list[str], by: str, now: datetime
) -> tuple[list[str], list[str]]:
    """Make exactly these people, in this order, the holders of an agency role. Returns who came and who went."""
    given = {"mission_id": agency.mission_id, "role": str(role), "granted_by": by, "granted_at": now}
    held = {person.user_id: person for person in agency.people if person.role == role}
    for user_id in held.keys() - set(user_ids):
        agency.people.remove(held[user_id])
    for rank, user_id in enumerate(user_ids):
        if user_id in held:
            held[user_id].rank = rank
        else:
            agency.people.append(AgencyPerson(**given, user_id=user_id, rank=rank))
    agency.people.sort(key=lambda person: (person.role, person.rank))
    return [user for user in user_ids if user not in held], sorted(held.keys() - set(user_ids))


def sectors_in_use(session: Session, mission_id: str) -> set[str]:
    """Every sector that any of the mission's agencies has."""
    query = select(Agency.sectors).where(Agency.mission_id == mission_id)
    return {sector for sectors in session.scalars(query) for sector in sectors}


def count_without_focal_point(session: Session, mission_id: str) -> int:
    """How many active agencies nobody answers for: they have no focal point."""
    has_one = (
        select(AgencyPerson.agency_id)
        .where(AgencyPerson.agency_id == Agency.id, AgencyPerson.role == Role.FOCAL_POINT)
        .exists()
    )
    query = select(func.count()).select_from(Agency)
    query = query.where(Agency.mission_id == mission_id, Agency.state == AgencyState.ACTIVE, ~has_one)
    return session.scalar(query) or 0


def lock_agencies(session: Session, mission_id: str) -> None:
    """Let nobody else change the mission's agencies until the transaction ends."""
    session.execute(select(Agency.id).where(Agency.mission_id == mission_id).with_for_update())
