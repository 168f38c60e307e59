"""Digests and their addenda as they were sent: the record of what the cabinet has read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from storage.base import Base, Json, OfMission
from storage.updates.rounds import Round


class RoundDigest(OfMission, Base):
    """One digest (`number` 0) or addendum (from 1). `content` holds its messages: `{"pages": [[block, ...], ...]}`."""

    __tablename__ = "round_digests"
    kept = "what the cabinet was sent stays readable"
    __table_args__ = (
        Index("uq_round_digests_round_id_number", "round_id", "number", unique=True),
        Index("ix_round_digests_sent", "mission_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    number: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(Text)
    channel_id: Mapped[str] = mapped_column(String(32))
    handling: Mapped[str] = mapped_column(String(24))
    content: Mapped[Json]
    sent_at: Mapped[datetime]


def get_digest(session: Session, mission_id: str, digest_id: int) -> RoundDigest | None:
    """The digest with this id, if it is of this mission."""
    found = session.get(RoundDigest, digest_id)
    return found if found is not None and found.mission_id == mission_id else None


def digests_of(session: Session, round_id: int) -> list[RoundDigest]:
    """A round's digest and its addenda, in order."""
    query = select(RoundDigest).where(RoundDigest.round_id == round_id).order_by(RoundDigest.number)
    return list(session.scalars(query))


def past_digests(session: Session, mission_id: str, *, limit: int, offset: int = 0) -> list[tuple[RoundDigest, Round]]:
    """Digests and addenda with their rounds, the newest first."""
    query = (
        select(RoundDigest, Round)
        .join(Round, Round.id == RoundDigest.round_id)
        .where(RoundDigest.mission_id == mission_id)
        .order_by(RoundDigest.sent_at.desc(), RoundDigest.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [(digest, of) for digest, of in session.execute(query).all()]


def newest_digests(session: Session, mission_id: str, limit: int) -> list[RoundDigest]:
    """The digests and addenda sent last, without what they say, the newest first."""
    query = select(RoundDigest).where(RoundDigest.mission_id == mission_id).options(defer(RoundDigest.content))
    return list(session.scalars(query.order_by(RoundDigest.sent_at.desc(), RoundDigest.id.desc()).limit(limit)))


def count_digests(session: Session, mission_id: str) -> int:
    """How many digests and addenda were sent."""
    query = select(func.count()).select_from(RoundDigest).where(RoundDigest.mission_id == mission_id)
    return session.scalar(query) or 0
