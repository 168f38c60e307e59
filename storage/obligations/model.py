"""An obligation: one agency owes one thing by a time. And the message to a person that lists all of theirs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, OfMission
from storage.compartments import Compartment


class ObligationState(StrEnum):
    """Where an obligation stands. Answered, a nil that was said and missing are three things everywhere."""

    OWED = "owed"
    ANSWERED = "answered"
    NIL = "nil"
    DECLINED = "declined"
    WAIVED = "waived"
    MISSED = "missed"


SETTLED = frozenset(ObligationState) - {ObligationState.OWED}


class Obligation(OfMission, Base):
    """What an agency owes: `subject` is the thing (`ask:14`), which its own room alone can name to people.

    `room` settles it: each of `offers` is a button `ROOM:owed-OFFER` with this row's id. `step` counts the steps of the
    ladder that were taken, `next_at` is when the next one is due (None: there is none). `by` settled it, for the agency
    where `on_behalf_of` (its id as a text) says so; `reason` is why it was declined, waived or missed.
    """

    __tablename__ = "obligations"
    kept = "what was asked of whom, and what became of it: the proof of both"
    __table_args__ = (
        Index("uq_obligations_subject", "mission_id", "subject", "agency_id", unique=True),
        Index("ix_obligations_agency", "mission_id", "agency_id", "state"),
        Index("ix_obligations_next", "mission_id", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    room: Mapped[str] = mapped_column(String(32))
    offers: Mapped[list[str]] = mapped_column(default=list)
    compartment: Mapped[str] = mapped_column(String(8), default=Compartment.MISSION)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=ObligationState.OWED)
    step: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    by: Mapped[str | None] = mapped_column(String(32))
    on_behalf_of: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class OwedMessage(Base):
    """The one message that tells a person what their agencies owe; on a side of the wall it is a message of its own.

    `posted_on` is the day, where the person is, on which it last came as a new message; `post_at` is when it comes next
    (None: it is only edited); `snoozed_until` holds reminders back.
    """

    __tablename__ = "owed_messages"
    kept = "one for each person who was ever asked for something, and side"
    __table_args__ = (Index("ix_owed_messages_due", "mission_id", "post_at"),)

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    compartment: Mapped[str] = mapped_column(String(8), primary_key=True)
    posted_on: Mapped[date | None] = mapped_column(Date)
    post_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
