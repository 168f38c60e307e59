"""The record of a meeting: drafted, circulated for comment, issued; corrected by corrigenda only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, OfMission
from storage.cabinet.meetings import Meeting


class MinutesState(StrEnum):
    """The life of minutes. Once issued nothing in them changes any more."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    ISSUED = "issued"


class Minutes(OfMission, Base):
    """The minutes of one meeting."""

    __tablename__ = "cabinet_minutes"
    kept = "the record of the cabinet"
    __table_args__ = (Index("uq_cabinet_minutes_meeting_id", "meeting_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("cabinet_meetings.id"))
    state: Mapped[str] = mapped_column(String(16), default=MinutesState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime]
    circulated_at: Mapped[datetime | None]
    comments_by: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[str | None] = mapped_column(String(32))

    # Minutes are never read without their meeting, and the series of that.
    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True, viewonly=True)


class MinutesText(OfMission, Base):
    """What the minutes say of an item besides the decisions and actions, which are records of their own."""

    __tablename__ = "cabinet_minutes_texts"
    kept = "the record of the cabinet, one for each item"
    __table_args__ = (Index("uq_cabinet_minutes_texts_minutes_id_item_id", "minutes_id", "item_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("cabinet_minutes.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("cabinet_items.id"))
    text: Mapped[str] = mapped_column(Text, default="")


class Comment(OfMission, Base):
    """What an agency says of circulated minutes. `item_id` is empty for a comment on the whole."""

    __tablename__ = "cabinet_comments"
    kept = "the record of the cabinet: what agencies said of its minutes"
    __table_args__ = (Index("ix_cabinet_comments_minutes", "minutes_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("cabinet_minutes.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_items.id"))
    text: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = mapped_column(String(32))
    said_at: Mapped[datetime]


class Corrigendum(OfMission, Base):
    """A numbered correction of issued minutes."""

    __tablename__ = "cabinet_corrigenda"
    kept = "the record of the cabinet: corrections stand for ever"
    __table_args__ = (Index("uq_cabinet_corrigenda_minutes_id_number", "minutes_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("cabinet_minutes.id"))
    number: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_items.id"))
    text: Mapped[str] = mapped_column(Text)
    issued_by: Mapped[str] = mapped_column(String(32))
    issued_at: Mapped[datetime]


class Letterhead(OfMission, Base):
    """The mission's own head of documents. `template` is a DOCX file with our placeholders; empty means ours.

    `trial` is one that was uploaded and has not been tried yet.
    """

    __tablename__ = "cabinet_letterheads"
    kept = "one row for each mission"
    __table_args__ = (Index("uq_cabinet_letterheads_mission_id", "mission_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    template: Mapped[bytes | None] = mapped_column(LargeBinary)
    template_name: Mapped[str] = mapped_column(Text, default="")
    trial: Mapped[bytes | None] = mapped_column(LargeBinary)
    trial_name: Mapped[str] = mapped_column(Text, default="")
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]


def get_minutes(session: Session, mission_id: str, minutes_id: int) -> Minutes | None:
    """The minutes with this id, if they are of this mission."""
    found = session.get(Minutes, minutes_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_minutes(session: Session, mission_id: str, minutes_id: int) -> Minutes | None:
    """The minutes, held until the transaction ends."""
    query = select(Minutes).where(Minutes.id == minutes_id, Minutes.mission_id == mission_id)
    return session.scalars(query.with_for_update(of=Minutes).execution_options(populate_existing=True)).first()


def minutes_of_meeting(session: Session, meeting_id: int) -> Minutes | None:
    """The minutes of a meeting, once drafted."""
    return session.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id)).first()


def newest_minutes(session: Session, mission_id: str, limit: int) -> list[Minutes]:
    """The minutes of the meetings held last, the newest first."""
    query = select(Minutes).join(Minutes.meeting).where(Minutes.mission_id == mission_id)
    return list(session.scalars(query.order_by(Meeting.starts_at.desc(), Minutes.id.desc()).limit(limit)))


def minutes_in(session: Session, mission_id: str, states: Iterable[str]) -> list[Minutes]:
    """The minutes in these states, the oldest first."""
    query = select(Minutes).where(Minutes.mission_id == mission_id, Minutes.state.in_(list(states)))
    return list(session.scalars(query.order_by(Minutes.id)))


def texts_of(session: Session, minutes_id: int) -> dict[int, MinutesText]:
    """The secretary's words by item id."""
    query = select(MinutesText).where(MinutesText.minutes_id == minutes_id)
    return {row.item_id: row for row in session.scalars(query)}


def comments_of(session: Session, minutes_id: int) -> list[Comment]:
    """The comments on minutes, the oldest first."""
    return list(session.scalars(select(Comment).where(Comment.minutes_id == minutes_id).order_by(Comment.id)))


def corrigenda_of(session: Session, minutes_id: int) -> list[Corrigendum]:
    """The corrections of minutes by number."""
    query = select(Corrigendum).where(Corrigendum.minutes_id == minutes_id).order_by(Corrigendum.number)
    return list(session.scalars(query))


def next_corrigendum(session: Session, minutes_id: int) -> int:
    """The number of the next correction."""
    return (session.scalar(select(func.max(Corrigendum.number)).where(Corrigendum.minutes_id == minutes_id)) or 0) + 1


def letterhead_of(session: Session, mission_id: str) -> Letterhead | None:
    """The mission's own head of documents, if it set one."""
    return session.scalars(select(Letterhead).where(Letterhead.mission_id == mission_id)).first()
