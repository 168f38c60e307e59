"""A mission: one Slack workspace, its zone, its working week, its holidays and its channels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, String, Text, Time, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json
from storage.upsert import find_or_make, insert_missing

MONDAY_TO_FRIDAY = [0, 1, 2, 3, 4]


class Mission(Base):
    """The tenant. `id` is Slack's team id; a mission is usable once `set_up_at` is filled.

    `working_days` counts Monday as 0. `work_start` and `work_end` are local times of `zone`.
    `seasons` lists spans of days with a working week of their own, as `commands.kit.dates.Season` reads them.
    `languages` lists ISO 639-1 codes, the first being the mission's main one.
    `abuse_reporting` says where sexual exploitation and abuse is reported, as an admin typed it.
    `paused_reason` is why nothing can be sent (a revoked token), tried again from `paused_until` on.
    `settings_version` grows with every change, so that processes know when to read again.
    """

    __tablename__ = "missions"
    kept = "one row"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    working_days: Mapped[list[int]] = mapped_column(default=lambda: list(MONDAY_TO_FRIDAY))
    work_start: Mapped[time] = mapped_column(Time, default=time(9))
    work_end: Mapped[time] = mapped_column(Time, default=time(17))
    seasons: Mapped[list[Json]] = mapped_column(default=list, server_default="[]")
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["en"])
    abuse_reporting: Mapped[str] = mapped_column(Text, default="", server_default="")
    cabinet_channel: Mapped[str | None] = mapped_column(String(32))
    coordinator_channel: Mapped[str | None] = mapped_column(String(32))
    bot_user_id: Mapped[str | None] = mapped_column(String(32))
    set_up_at: Mapped[datetime | None]
    settings_version: Mapped[int] = mapped_column(default=1)
    paused_reason: Mapped[str | None] = mapped_column(Text)
    paused_until: Mapped[datetime | None]


class Holiday(Base):
    """A day on which the mission does not work."""

    __tablename__ = "holidays"
    kept = "a few each year, and past deadlines were counted with them"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")


def get_mission(session: Session, mission_id: str) -> Mission:
    """The mission of a Slack team, made empty on first contact."""
    return find_or_make(session, Mission, {"id": mission_id})


def stop(session: Session, mission_id: str, until: datetime, reason: str | None = None) -> None:
    """Let nothing leave before `until`; with `reason`, Slack's code for why nothing can be sent."""
    mission = get_mission(session, mission_id)
    mission.paused_reason, mission.paused_until = reason or mission.paused_reason, until


def go_on(session: Session, mission_id: str) -> None:
    """Let everything leave again."""
    mission = get_mission(session, mission_id)
    mission.paused_reason = mission.paused_until = None


def cut_off(session: Session, mission_ids: Iterable[str], reason: str) -> None:
    """Slack took away what we send with: nothing leaves any more. A mission we never met needs no word of it."""
    for mission_id in mission_ids:
        mission = session.get(Mission, mission_id)
        if mission is not None:
            mission.paused_reason = reason


def all_missions(session: Session) -> list[Mission]:
    """Every mission that has been set up."""
    return list(session.scalars(select(Mission).where(Mission.set_up_at.is_not(None)).order_by(Mission.id)))


def holidays_of(session: Session, mission_id: str) -> list[Holiday]:
    """The mission's holidays, oldest first."""
    return list(session.scalars(select(Holiday).where(Holiday.mission_id == mission_id).order_by(Holiday.day)))


def replace_holidays(session: Session, mission_id: str, days: dict[date, str]) -> None:
    """Make `days` the whole list of the mission's holidays."""
    # The list is replaced by one at a time: two that save it together must not mix their days.
    session.execute(select(Mission.id).where(Mission.id == mission_id).with_for_update())
    session.execute(delete(Holiday).where(Holiday.mission_id == mission_id))
    insert_missing(
        session, Holiday, [{"mission_id": mission_id, "day": day, "name": name} for day, name in sorted(days.items())]
    )
