"""Meetings of the cabinet, from the day they are planned to the day their channel is archived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, OfMission
from storage.cabinet.series import Series


class MeetingState(StrEnum):
    """The life of a meeting: planned, convened (its channel exists or is being made), in session, held, closed."""

    PLANNED = "planned"
    CONVENED = "convened"
    IN_SESSION = "in_session"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


AHEAD = (MeetingState.PLANNED, MeetingState.CONVENED)
RUNNING = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD)


class Meeting(OfMission, Base):
    """One meeting. `slot` is the moment the series' rhythm named; empty for one that was convened by hand.

    `call_at`, `papers_at` and `record_at` are when items are called for, when the agenda goes out with its papers, and
    when the record is due; the `_at` with a past participle say when each really happened. `channel_id` is filled as
    soon as the channel exists. `local_times` keeps the local times of `starts_at` and `slot`.
    """

    __tablename__ = "cabinet_meetings"
    kept = "the record of the cabinet, which later meetings refer to"
    __table_args__ = (
        Index("uq_cabinet_meetings_series_id_slot", "series_id", "slot", unique=True),
        Index("ix_cabinet_meetings_state", "mission_id", "state", "starts_at"),
        Index("ix_cabinet_meetings_channel", "mission_id", "channel_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("cabinet_series.id"))
    slot: Mapped[datetime | None]
    title: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(Text, default="")
    chair: Mapped[str] = mapped_column(String(32))
    secretary: Mapped[str] = mapped_column(String(32))
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    state: Mapped[str] = mapped_column(String(16), default=MeetingState.PLANNED)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    channel_id: Mapped[str | None] = mapped_column(String(32))
    call_at: Mapped[datetime]
    papers_at: Mapped[datetime]
    record_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    convened_at: Mapped[datetime | None]
    papers_sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    record_issued_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    local_times: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]

    # A meeting is never read without its series: who sits there decides who may know of it.
    series: Mapped[Series] = relationship(lazy="joined", innerjoin=True, viewonly=True)


_HELD = (
    select(Meeting)
    .where(Meeting.id == bindparam("id"), Meeting.mission_id == bindparam("mission"))
    .with_for_update(of=Meeting)
    .execution_options(populate_existing=True)
)
_RUNNING = (
    select(Meeting)
    .where(Meeting.mission_id == bindparam("mission"), Meeting.state.in_(RUNNING))
    .order_by(Meeting.starts_at, Meeting.id)
)


def get_meeting(session: Session, mission_id: str, meeting_id: int) -> Meeting | None:
    """The meeting with this id, if it is of this mission."""
    meeting = session.get(Meeting, meeting_id)
    return meeting if meeting is not None and meeting.mission_id == mission_id else None


def lock_meeting(session: Session, mission_id: str, meeting_id: int) -> Meeting | None:
    """The meeting, held until the transaction ends, so that its agenda and its state change one after the other."""
    return session.scalars(_HELD, {"id": meeting_id, "mission": mission_id}).first()


def running_meetings(session: Session, mission_id: str) -> list[Meeting]:
    """Every meeting that is neither closed nor cancelled, the next one first."""
    return list(session.scalars(_RUNNING, {"mission": mission_id}))


def meetings_of_series(session: Session, series_id: int, *, since: datetime | None = None) -> list[Meeting]:
    """The meetings of a series, in any state, that start at `since` or later, the earliest first."""
    query = select(Meeting).where(Meeting.series_id == series_id)
    if since is not None:
        query = query.where(Meeting.starts_at >= since)
    return list(session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))


def past_meetings(session: Session, mission_id: str, limit: int) -> list[Meeting]:
    """Meetings that were held or closed, the newest first."""
    over = (MeetingState.HELD, MeetingState.CLOSED)
    query = select(Meeting).where(Meeting.mission_id == mission_id, Meeting.state.in_(over))
    return list(session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(limit)))


def meetings_in_channel(session: Session, mission_id: str, channel_id: str) -> list[Meeting]:
    """The meetings that a channel belongs to now: those in session, the others not over; else the last that was."""
    query = select(Meeting).where(
        Meeting.mission_id == mission_id, Meeting.channel_id == channel_id, Meeting.state != MeetingState.CANCELLED
    )
    found = list(session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))
    running = [meeting for meeting in found if meeting.state in RUNNING]
    # Minutes of the last one may be open still while the next is held in the same channel.
    return sorted(running, key=lambda meeting: meeting.state != MeetingState.IN_SESSION) or found[-1:]


_NEXT = (
    select(Meeting)
    .where(Meeting.series_id == bindparam("series"), Meeting.state.in_(AHEAD), Meeting.starts_at > bindparam("after"))
    .order_by(Meeting.starts_at, Meeting.id)
    .limit(1)
)


def next_of_series(session: Session, series_id: int, after: datetime) -> Meeting | None:
    """The next meeting of a series that has not begun, starting later than `after`."""
    return session.scalars(_NEXT, {"series": series_id, "after": after}).first()


def meetings_by_id(session: Session, mission_id: str, ids: Iterable[int]) -> dict[int, Meeting]:
    """The mission's meetings among `ids`, by id."""
    query = select(Meeting).where(Meeting.mission_id == mission_id, Meeting.id.in_(list(ids)))
    return {meeting.id: meeting for meeting in session.scalars(query)}
