"""Who is on duty for the SRSG office, the posts of the mission's leadership, and who acts for them.

Nothing here is deleted by age: it says who was responsible at a moment, and a year of it is a few hundred rows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.upsert import find_or_make, insert_missing

# Posts every mission has, in the order of the line; their names are the room's, in each reader's language.
USUAL_POSTS = ("srsg", "deputy", "chief_of_staff")


class DutyTurn(OfMission, Base):
    """A span on duty, half-open: a shift, a stand-in, or a shift handed over (`kind`).

    `local_times` keeps the local times of both ends.
    """

    __tablename__ = "duty_turns"
    kept = "who was on duty when: the record that escalations are judged by"
    __table_args__ = (Index("ix_duty_turns_span", "mission_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]
    local_times: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")


class Post(OfMission, Base):
    """A post of the leadership. `title` is empty for the usual posts; `holder` holds it until somebody else does."""

    __tablename__ = "leadership_posts"
    kept = "a few posts of the mission"
    __table_args__ = (Index("uq_leadership_posts_mission_id_code", "mission_id", "code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Text, default="")
    holder: Mapped[str | None] = mapped_column(String(32))
    rank: Mapped[int]


class OfficerWindow(OfMission, Base):
    """Somebody acts for a post (officer in charge) from one moment to another; windows of one post never overlap.

    `local_times` keeps the local times of both ends.
    """

    __tablename__ = "officer_windows"
    kept = "who acted for whom and when: the record that decisions rest on"
    __table_args__ = (Index("ix_officer_windows_post", "post_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("leadership_posts.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]
    local_times: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")


class DutySettings(Base):
    """When somebody has to be on duty: always, or in the mission's working hours read in `zone` (the mission's: empty).

    `told_gaps` are the gaps the coordinator has been told of: `{"starts_at", "ends_at"}` as ISO 8601 texts.
    """

    __tablename__ = "duty_settings"
    kept = "one row for each mission"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    around_the_clock: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str] = mapped_column(String(64), default="")
    told_gaps: Mapped[list[Json]] = mapped_column(default=list)


def duty_settings(session: Session, mission_id: str) -> DutySettings:
    """The mission's duty settings, made with their defaults when first asked for."""
    found = session.get(DutySettings, mission_id)
    return found or DutySettings(mission_id=mission_id, around_the_clock=False, zone="", told_gaps=[])


def change_duty_settings(session: Session, mission_id: str, **values: Any) -> None:
    """Write some of the mission's duty settings."""
    find_or_make(session, DutySettings, {"mission_id": mission_id})
    found = session.get_one(DutySettings, mission_id, with_for_update=True)
    for name, value in values.items():
        setattr(found, name, value)
    session.flush()


def turns_after(session: Session, mission_id: str, moment: datetime) -> list[DutyTurn]:
    """The spans that end after a moment, earliest first."""
    query = select(DutyTurn).where(DutyTurn.mission_id == mission_id, DutyTurn.ends_at > moment)
    return list(session.scalars(query.order_by(DutyTurn.starts_at, DutyTurn.id)))


def roster_is_kept(session: Session, mission_id: str) -> bool:
    """Whether anybody was ever on the roster."""
    query = select(func.count()).select_from(DutyTurn).where(DutyTurn.mission_id == mission_id)
    return bool(session.scalar(query))


def get_turn(session: Session, mission_id: str, turn_id: int) -> DutyTurn | None:
    """The span with this id, if it is of this mission."""
    turn = session.get(DutyTurn, turn_id)
    return turn if turn is not None and turn.mission_id == mission_id else None


def posts_of(session: Session, mission_id: str) -> list[Post]:
    """The mission's posts in the order of the line."""
    query = select(Post).where(Post.mission_id == mission_id).order_by(Post.rank, Post.id)
    return list(session.scalars(query))


def ensure_posts(session: Session, mission_id: str) -> list[Post]:
    """The mission's posts; those every mission has are made when they are missing."""
    found = {post.code for post in posts_of(session, mission_id)}
    usual = [
        {"mission_id": mission_id, "code": code, "title": "", "rank": rank} for rank, code in enumerate(USUAL_POSTS)
    ]
    insert_missing(session, Post, [one for one in usual if one["code"] not in found])
    return posts_of(session, mission_id)


def get_post_of_line(session: Session, mission_id: str, post_id: int) -> Post | None:
    """The post with this id, if it is of this mission."""
    post = session.get(Post, post_id)
    return post if post is not None and post.mission_id == mission_id else None


def lock_posts(session: Session, mission_id: str) -> None:
    """Let nobody else enter a window or a shift of this mission until the transaction ends."""
    session.execute(select(Post.id).where(Post.mission_id == mission_id).order_by(Post.id).with_for_update())


def windows_after(session: Session, mission_id: str, moment: datetime) -> list[OfficerWindow]:
    """The officer-in-charge windows that end after a moment, earliest first."""
    query = select(OfficerWindow).where(OfficerWindow.mission_id == mission_id, OfficerWindow.ends_at > moment)
    return list(session.scalars(query.order_by(OfficerWindow.starts_at, OfficerWindow.id)))


def get_window(session: Session, mission_id: str, window_id: int) -> OfficerWindow | None:
    """The window with this id, if it is of this mission."""
    window = session.get(OfficerWindow, window_id)
    return window if window is not None and window.mission_id == mission_id else None
