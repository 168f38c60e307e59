"""The cabinet's series of meetings and who belongs to them. Meetings and their agendas stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, Time, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.upsert import insert_missing


class SeriesState(StrEnum):
    """A paused series makes no new meetings; an ended one is kept for its record only."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class ChannelRule(StrEnum):
    """Whether a series keeps one channel or opens one for every meeting."""

    SERIES = "series"
    MEETING = "meeting"


class QuorumRule(StrEnum):
    """How many of the member agencies must be represented before anything is decided."""

    NONE = "none"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    NUMBER = "number"


class WhenFree(StrEnum):
    """What becomes of a meeting whose day is free."""

    MOVE = "move"
    SKIP = "skip"


class Series(OfMission, Base):
    """Meetings that belong together: their members, officers, rhythm and rules.

    A one-off meeting has a series of its own. Times are local times of the mission's zone. `every_weeks` 0 means that
    it meets only when it is convened; `anchor` is a day of the first week, `weekdays` counts Monday as 0. `call_days`
    are working days before the meeting on which items are called for; `papers_hours` before it the agenda goes out
    with its papers; `record_hours` after it the record is due. `silence_hours` is how long an absent agency has to
    object to a decision that binds it, in working hours where `silence_working`.
    """

    __tablename__ = "cabinet_series"
    kept = "the calendar of the cabinet: few rows, and meetings name them"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    is_one_off: Mapped[bool] = mapped_column(default=False)
    chair: Mapped[str] = mapped_column(String(32))
    secretary: Mapped[str] = mapped_column(String(32))
    all_agencies: Mapped[bool] = mapped_column(default=True)
    every_weeks: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[list[int]] = mapped_column(default=list)
    anchor: Mapped[date] = mapped_column(Date)
    start_time: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(default=90)
    when_free: Mapped[str] = mapped_column(String(16), default=WhenFree.MOVE)
    place: Mapped[str] = mapped_column(Text, default="")
    default_agenda: Mapped[list[str]] = mapped_column(default=list)
    call_days: Mapped[int] = mapped_column(default=5)
    papers_hours: Mapped[int] = mapped_column(default=48)
    record_hours: Mapped[int] = mapped_column(default=24)
    silence_hours: Mapped[int] = mapped_column(default=48)
    silence_working: Mapped[bool] = mapped_column(default=True)
    quorum_rule: Mapped[str] = mapped_column(String(16), default=QuorumRule.HALF)
    quorum_number: Mapped[int] = mapped_column(default=0)
    channel_rule: Mapped[str] = mapped_column(String(16), default=ChannelRule.SERIES)
    channel_id: Mapped[str | None] = mapped_column(String(32))
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    state: Mapped[str] = mapped_column(String(16), default=SeriesState.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SeriesMember(OfMission, Base):
    """An agency that sits in a series, or a mission role whose holders do; exactly one of the two is filled.

    With `Series.all_agencies` every active agency sits in it and only roles stand here.
    """

    __tablename__ = "cabinet_members"
    kept = "replaced with their series, never added to it"
    __table_args__ = (
        Index("uq_cabinet_members_agency", "series_id", "agency_id", unique=True),
        Index("uq_cabinet_members_role", "series_id", "role", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("cabinet_series.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    role: Mapped[str | None] = mapped_column(String(32))


def get_series(session: Session, mission_id: str, series_id: int) -> Series | None:
    """The series with this id, if it is of this mission."""
    series = session.get(Series, series_id)
    return series if series is not None and series.mission_id == mission_id else None


def lock_series(session: Session, mission_id: str, series_id: int) -> Series | None:
    """The series, held until the transaction ends, so that nobody else changes it meanwhile."""
    series = session.get(Series, series_id, with_for_update=True, populate_existing=True)
    return series if series is not None and series.mission_id == mission_id else None


def has_series(session: Session, mission_id: str) -> bool:
    """Whether the mission has any series that has not ended."""
    query = select(Series.id).where(Series.mission_id == mission_id, Series.state != SeriesState.ENDED)
    return session.scalar(query.limit(1)) is not None


def all_series(session: Session, mission_id: str, *, active_only: bool = False) -> list[Series]:
    """The mission's series by title, those that have ended left out."""
    query = select(Series).where(Series.mission_id == mission_id, Series.state != SeriesState.ENDED)
    if active_only:
        query = query.where(Series.state == SeriesState.ACTIVE)
    return list(session.scalars(query.order_by(Series.title, Series.id)))


def series_by_id(session: Session, mission_id: str, ids: Iterable[int]) -> dict[int, Series]:
    """The mission's series among `ids`, by id."""
    query = select(Series).where(Series.mission_id == mission_id, Series.id.in_(list(ids)))
    return {series.id: series for series in session.scalars(query)}


def secretaries_of_channel(session: Session, mission_id: str, channel_id: str) -> list[str]:
    """Who keeps the series that meet in a channel."""
    query = select(Series.secretary).where(Series.mission_id == mission_id, Series.channel_id == channel_id)
    return list(session.scalars(query.order_by(Series.id)))


def members_of_series(session: Session, series_id: int) -> tuple[list[int], list[str]]:
    """The agencies named in a series, and the roles that sit in it."""
    query = select(SeriesMember).where(SeriesMember.series_id == series_id).order_by(SeriesMember.id)
    rows = list(session.scalars(query))
    agencies = [row.agency_id for row in rows if row.agency_id is not None]
    return agencies, [row.role for row in rows if row.role is not None]


def replace_members_of_series(session: Session, series: Series, agencies: Iterable[int], roles: Iterable[str]) -> None:
    """Make exactly these agencies and roles the members of a series."""
    session.execute(delete(SeriesMember).where(SeriesMember.series_id == series.id))
    whose = {"mission_id": series.mission_id, "series_id": series.id}
    insert_missing(session, SeriesMember, [{**whose, "agency_id": agency} for agency in agencies])
    insert_missing(session, SeriesMember, [{**whose, "role": str(role)} for role in roles])
