"""What each agency owes in a round, and what it answered: returns, their versions and drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column

from storage.agencies import Agency, AgencyState
from storage.base import Base, Json, OfMission
from storage.connection.ready import Ready
from storage.updates.rounds import Round, RoundState


class ReturnState(StrEnum):
    """Where a return stands. `missed`: the round closed without it."""

    OWED = "owed"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    NIL = "nil"
    WAIVED = "waived"
    MISSED = "missed"


UNCLASSIFIED = "unclassified"
STILL_OWED = (ReturnState.OWED, ReturnState.DRAFT)
ANSWERED = (ReturnState.SUBMITTED, ReturnState.NIL)


# What stands as the reason where nobody gave one: the agency was suspended while the round was open.
SUSPENDED_REASON = "agency:suspended"


class VersionKind(StrEnum):
    """What a version of a return says."""

    ANSWERS = "answers"
    NIL = "nil"
    SAME = "same"
    WITHDRAWN = "withdrawn"


class Return(OfMission, Base):
    """One agency's return in one round, with the answers of its newest version.

    `sectors` is the agency's list when the round opened. `version` is 0 until something is submitted;
    `digest_version` is the version that a digest has shown. `deferred` lists steps of the chase that wait for the
    recipient's working hours.
    """

    __tablename__ = "returns"
    kept = "the record of a round"
    __table_args__ = (
        Index("uq_returns_round_id_agency_id", "round_id", "agency_id", unique=True),
        Index("ix_returns_agency", "agency_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    sectors: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(16), default=ReturnState.OWED)
    is_late: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    digest_version: Mapped[int] = mapped_column(default=0)
    answers: Mapped[Json] = mapped_column(default=dict)
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None]
    on_behalf_of: Mapped[str | None] = mapped_column(Text)
    waived_by: Mapped[str | None] = mapped_column(String(32))
    waived_reason: Mapped[str | None] = mapped_column(Text)
    has_contact: Mapped[bool] = mapped_column(default=True)
    deferred: Mapped[list[int]] = mapped_column(default=list)


class ReturnVersion(OfMission, Base):
    """Everything that was ever submitted for a return; `number` counts from 1."""

    __tablename__ = "return_versions"
    kept = "the record of a round, with every version"
    __table_args__ = (Index("uq_return_versions_return_id_number", "return_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    answers: Mapped[Json] = mapped_column(default=dict)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    on_behalf_of: Mapped[str | None] = mapped_column(Text)
    is_late: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A return as a list shows it, without its answers."""

    return_id: int
    agency_id: int
    code: str
    name: str
    state: str
    is_late: bool
    has_contact: bool
    answered_at: datetime | None
    answered_by: str | None
    on_behalf_of: str | None
    waived_by: str | None
    waived_reason: str | None


# Statements that many requests need are built once: building one costs as much as running it.
_THIS_ONE = (Return.id == bindparam("return"), Return.mission_id == bindparam("mission"))
_FRESH = select(Return).where(*_THIS_ONE).with_for_update().execution_options(populate_existing=True)
_AROUND = (
    select(Round, Agency)
    .join(Return, Return.round_id == Round.id)
    .join(Agency, Agency.id == Return.agency_id)
    .where(*_THIS_ONE)
    .with_for_update(read=True, of=Round)
    .options(lazyload(Agency.people))
    .execution_options(populate_existing=True)
)
_STANDINGS = Ready(
    select(
        Return.id,
        Return.agency_id,
        Agency.code,
        Agency.name,
        Return.state,
        Return.is_late,
        Return.has_contact,
        Return.answered_at,
        Return.answered_by,
        Return.on_behalf_of,
        Return.waived_by,
        Return.waived_reason,
    )
    .join(Agency, Agency.id == Return.agency_id)
    .where(Return.round_id == bindparam("round"))
    .order_by(Agency.code_key)
)
_OWED_BY = (
    select(Return, Round, Agency)
    .join(Round, Round.id == Return.round_id)
    .join(Agency, Agency.id == Return.agency_id)
    .options(lazyload(Agency.people))
    .where(
        Round.mission_id == bindparam("mission"),
        Round.state == RoundState.OPEN,
        Return.agency_id.in_(bindparam("agencies", expanding=True)),
    )
    .order_by(Round.due_at, Return.id)
)
_OWED_AND_HELD = _OWED_BY.with_for_update(read=True, of=Round)


def share_round_of(session: Session, mission_id: str, return_id: int) -> tuple[Round, Agency] | None:
    """The round of a return of this mission, kept as it is until the transaction ends, with the return's agency.

    Others may hold it so too, and change other returns of it.
    """
    found = session.execute(_AROUND, {"return": return_id, "mission": mission_id}).first()
    return (found[0], found[1]) if found is not None else None


def lock_return(session: Session, mission_id: str, return_id: int) -> Return | None:
    """The return as it is now, whatever was read before, held until the transaction ends, if it is of this mission."""
    return session.scalars(_FRESH, {"return": return_id, "mission": mission_id}).first()


def get_return(session: Session, mission_id: str, return_id: int) -> Return | None:
    """The return with this id, if it is of this mission."""
    found = session.get(Return, return_id)
    return found if found is not None and found.mission_id == mission_id else None


def rounds_that_asked(session: Session, mission_id: str, agency_ids: Iterable[int]) -> frozenset[int]:
    """The rounds that asked one of these agencies, as far as it is active."""
    active = select(Agency.id).where(Agency.id.in_(list(agency_ids)), Agency.state == AgencyState.ACTIVE)
    query = select(Return.round_id).where(Return.mission_id == mission_id, Return.agency_id.in_(active))
    return frozenset(session.scalars(query.distinct()))


def returns_of(session: Session, round_id: int) -> list[Return]:
    """Every return of a round."""
    return list(session.scalars(select(Return).where(Return.round_id == round_id).order_by(Return.id)))


def returns_of_rounds(session: Session, round_ids: Iterable[int]) -> list[Return]:
    """Every return of several rounds, the newest round first."""
    query = select(Return).where(Return.round_id.in_(list(round_ids)))
    return list(session.scalars(query.order_by(Return.round_id.desc(), Return.id)))


def standings_of(session: Session, round_id: int) -> list[Standing]:
    """Every return of a round as lists show it, by the agency's code."""
    return [Standing(*row) for row in _STANDINGS.rows(session, {"round": round_id})]


def owed_by(
    session: Session, mission_id: str, agency_ids: Iterable[int], *, hold: bool = False
) -> list[tuple[Return, Round, Agency]]:
    """The returns of open rounds for these agencies, the one due first first.

    With `hold` the rounds stay as they are until the transaction ends (see `share_round_of`).
    """
    statement = _OWED_AND_HELD if hold else _OWED_BY
    found = session.execute(statement, {"mission": mission_id, "agencies": list(agency_ids)})
    return [(owed, of, agency) for owed, of, agency in found.all()]


def counts_of(session: Session, round_ids: Iterable[int]) -> dict[int, dict[tuple[str, bool], int]]:
    """How many returns of each round stand in which state, by (state, late)."""
    query = (
        select(Return.round_id, Return.state, Return.is_late, func.count())
        .where(Return.round_id.in_(list(round_ids)))
        .group_by(Return.round_id, Return.state, Return.is_late)
    )
    counts: dict[int, dict[tuple[str, bool], int]] = {}
    for round_id, state, late, count in session.execute(query):
        counts.setdefault(round_id, {})[state, late] = count
    return counts
