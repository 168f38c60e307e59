"""Round plans (what recurs) and rounds (one collection of updates, with its own copy of everything)."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, Time, bindparam, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from storage.base import Base, Json, OfMission


class PlanState(StrEnum):
    """A paused plan makes no new rounds; the open ones go on."""

    ACTIVE = "active"
    PAUSED = "paused"


class RoundState(StrEnum):
    """The life of a round: created ahead of its time, collecting, over; or dropped before it opened, or called off."""

    PENDING = "pending"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"
    CALLED_OFF = "called_off"


HELD = (RoundState.OPEN, RoundState.CLOSED)
HAVE_OPENED = (*HELD, RoundState.CALLED_OFF)


class OnHoliday(StrEnum):
    """What becomes of a round whose day is free."""

    SKIP = "skip"
    MOVE = "move"


class Period(StrEnum):
    """What time a round asks about."""

    NONE = "none"
    SINCE_LAST = "since_last"
    WEEK_BEFORE = "week_before"
    MONTH_BEFORE = "month_before"


class GroupBy(StrEnum):
    """How a digest is ordered."""

    SECTOR = "sector"
    AGENCY = "agency"


class RoundPlan(OfMission, Base):
    """Which agencies owe which answers, and when. Times are local times of the mission's zone.

    `audience` lists selectors: `all`, `kind:ngo`, `sector:Health`, `agency:12`. `weekdays` counts Monday as 0;
    `anchor` is a day of the first week, from which every `every_weeks`-th week counts. A round opens `open_days`
    working days before it is due, closes `close_days` working days after, and its digest is sent `digest_days` working
    days after. `ladder` lists the steps of the chase (see the rules of the room).
    """

    __tablename__ = "round_plans"
    kept = "one for each plan; ended, never deleted"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[Json]] = mapped_column(default=list)
    audience: Mapped[list[str]] = mapped_column(default=list)
    weekdays: Mapped[list[int]] = mapped_column(default=list)
    due_time: Mapped[time] = mapped_column(Time)
    every_weeks: Mapped[int] = mapped_column(default=1)
    anchor: Mapped[date] = mapped_column(Date)
    on_holiday: Mapped[str] = mapped_column(String(16), default=OnHoliday.MOVE)
    period: Mapped[str] = mapped_column(String(16), default=Period.SINCE_LAST)
    open_days: Mapped[int] = mapped_column(default=2)
    open_time: Mapped[time] = mapped_column(Time)
    close_days: Mapped[int] = mapped_column(default=2)
    close_time: Mapped[time] = mapped_column(Time)
    digest_channel: Mapped[str] = mapped_column(String(32))
    digest_days: Mapped[int] = mapped_column(default=0)
    digest_time: Mapped[time] = mapped_column(Time)
    group_by: Mapped[str] = mapped_column(String(16), default=GroupBy.SECTOR)
    ladder: Mapped[list[Json]] = mapped_column(default=list)
    at_any_hour: Mapped[bool] = mapped_column(default=False)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    state: Mapped[str] = mapped_column(String(16), default=PlanState.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Round(OfMission, Base):
    """One collection. `slot` is the moment the plan's calendar named, `due_at` the deadline itself.

    The period covered is half-open: `period_end` is the first day that no longer belongs to it. `local_times` keeps the
    local times of `slot`, `opens_at`, `due_at`, `closes_at` and `digest_at`. `closed_by` is the coordinator who
    closed it before its time, or called it off; None where its time was over.
    """

    __tablename__ = "rounds"
    kept = "the record of the mission"
    __table_args__ = (
        Index("uq_rounds_plan_id_slot", "plan_id", "slot", unique=True),
        Index("ix_rounds_state", "mission_id", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("round_plans.id"))
    slot: Mapped[datetime | None]
    title: Mapped[str] = mapped_column(Text)
    questions: Mapped[list[Json]] = mapped_column(default=list)
    audience: Mapped[list[str]] = mapped_column(default=list)
    ladder: Mapped[list[Json]] = mapped_column(default=list)
    at_any_hour: Mapped[bool] = mapped_column(default=False)
    group_by: Mapped[str] = mapped_column(String(16), default=GroupBy.SECTOR)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    state: Mapped[str] = mapped_column(String(16), default=RoundState.PENDING)
    period_start: Mapped[date | None] = mapped_column(Date)
    period_end: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    digest_at: Mapped[datetime]
    digest_channel: Mapped[str] = mapped_column(String(32))
    board_channel: Mapped[str | None] = mapped_column(String(32))
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(32))
    digested_at: Mapped[datetime | None]
    local_times: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")


def get_plan(session: Session, mission_id: str, plan_id: int) -> RoundPlan | None:
    """The plan with this id, if it is of this mission."""
    plan = session.get(RoundPlan, plan_id)
    return plan if plan is not None and plan.mission_id == mission_id else None


def lock_plan(session: Session, mission_id: str, plan_id: int) -> RoundPlan | None:
    """The plan, held until the transaction ends, so that nobody else changes it meanwhile."""
    plan = session.get(RoundPlan, plan_id, with_for_update=True, populate_existing=True)
    return plan if plan is not None and plan.mission_id == mission_id else None


def all_plans(session: Session, mission_id: str, *, active_only: bool = False) -> list[RoundPlan]:
    """The mission's plans by title."""
    query = select(RoundPlan).where(RoundPlan.mission_id == mission_id)
    if active_only:
        query = query.where(RoundPlan.state == PlanState.ACTIVE)
    return list(session.scalars(query.order_by(RoundPlan.title, RoundPlan.id)))


def get_round(session: Session, mission_id: str, round_id: int) -> Round | None:
    """The round with this id, if it is of this mission."""
    found = session.get(Round, round_id)
    return found if found is not None and found.mission_id == mission_id else None


# Statements that many requests need are built once: building one costs as much as running it.
_OF_MISSION = select(Round).where(Round.mission_id == bindparam("mission"))
_LOCKED = _OF_MISSION.where(Round.id == bindparam("round")).with_for_update().execution_options(populate_existing=True)
_OPEN = _OF_MISSION.where(Round.state == RoundState.OPEN).order_by(Round.due_at, Round.id)
_NEWEST = _OF_MISSION.order_by(Round.due_at.desc(), Round.id.desc()).limit(bindparam("limit"))
_RECENT = _NEWEST.where(Round.state.in_(HAVE_OPENED))


def lock_round(session: Session, mission_id: str, round_id: int) -> Round | None:
    """The round, held until the transaction ends, so that nothing of it changes meanwhile."""
    return session.scalars(_LOCKED, {"mission": mission_id, "round": round_id}).first()


def open_rounds(session: Session, mission_id: str) -> list[Round]:
    """The rounds that collect now, the one due first first."""
    return list(session.scalars(_OPEN, {"mission": mission_id}))


def newest_rounds(session: Session, mission_id: str, limit: int) -> list[Round]:
    """The rounds due last, without their questions and whom they ask, in any state."""
    query = select(Round).where(Round.mission_id == mission_id)
    query = query.options(defer(Round.questions), defer(Round.audience), defer(Round.ladder))
    return list(session.scalars(query.order_by(Round.due_at.desc(), Round.id.desc()).limit(limit)))


def coming_rounds(session: Session, mission_id: str) -> list[Round]:
    """The rounds that collect now and those that have not opened yet, the one due first first."""
    query = select(Round).where(Round.mission_id == mission_id, Round.state.in_((RoundState.PENDING, RoundState.OPEN)))
    return list(session.scalars(query.order_by(Round.due_at, Round.id)))


def recent_rounds(session: Session, mission_id: str, limit: int) -> list[Round]:
    """Rounds that have opened, the newest first."""
    return list(session.scalars(_RECENT, {"mission": mission_id, "limit": limit}))


_OVER = (
    select(Round.id)
    .where(Round.mission_id == bindparam("mission"), Round.state == RoundState.CLOSED)
    .order_by(Round.due_at.desc(), Round.id.desc())
    .limit(bindparam("limit"))
)
_OPEN_AND_OVER = _OF_MISSION.where((Round.state == RoundState.OPEN) | Round.id.in_(_OVER))
_OPEN_AND_OVER = _OPEN_AND_OVER.order_by(Round.due_at, Round.id)


def open_and_closed_rounds(session: Session, mission_id: str, limit: int) -> tuple[list[Round], list[Round]]:
    """Rounds that collect now, the one due first first; and at most `limit` that are over, the one due last first."""
    found = list(session.scalars(_OPEN_AND_OVER, {"mission": mission_id, "limit": limit}))
    is_open = [this for this in found if this.state == RoundState.OPEN]
    return is_open, [this for this in reversed(found) if this.state != RoundState.OPEN]


def rounds_since(session: Session, mission_id: str, since: datetime) -> list[Round]:
    """Rounds that opened at `since` or later, the newest first."""
    query = select(Round).where(Round.mission_id == mission_id, Round.state.in_(HELD), Round.opened_at >= since)
    return list(session.scalars(query.order_by(Round.opened_at.desc(), Round.id.desc())))


def pending_of(session: Session, plan_id: int) -> list[Round]:
    """Rounds of a plan that have not opened yet, the next one first."""
    query = select(Round).where(Round.plan_id == plan_id, Round.state == RoundState.PENDING)
    return list(session.scalars(query.order_by(Round.opens_at)))


def rounds_of_plan(session: Session, plan_id: int, since: datetime) -> list[Round]:
    """The rounds of a plan, in any state, that are due at `since` or later."""
    query = select(Round).where(Round.plan_id == plan_id, Round.due_at >= since)
    return list(session.scalars(query.order_by(Round.due_at)))


def round_before(session: Session, this: Round) -> Round | None:
    """The round of the same plan that was due last before this one."""
    if this.plan_id is None:
        return None
    query = select(Round).where(Round.plan_id == this.plan_id, Round.due_at < this.due_at, Round.state.in_(HELD))
    return session.scalars(query.order_by(Round.due_at.desc()).limit(1)).first()
