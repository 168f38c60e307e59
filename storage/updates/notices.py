"""Whom the product has asked and reminded about a return: what makes sure that nobody is told twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.subjects import Subject
from storage.updates.returns import Return
from storage.upsert import insert_new


class NoticeKind(StrEnum):
    """Why a person's message about a round rang: `ask` for the first time, `chase` by a step of the chase.

    `snooze`: because they had put a reminder off. `nudge`: because a coordinator, `handed_by`, asked for it.
    """

    ASK = "ask"
    CHASE = "chase"
    SNOOZE = "snooze"
    NUDGE = "nudge"


class ReturnNotice(OfMission, Base):
    """One time that a person was asked for a return, or reminded of it: their message about the round rang.

    `occurrence` is the step of the chase, or counts snoozes, or how often the person was asked: a return that was
    handed on can come back. `handed_by` is the colleague who handed it to them.
    """

    __tablename__ = "return_notices"
    kept = "who was asked and reminded when is part of the record of a round"
    __table_args__ = (
        Index("uq_return_notices_occurrence", "return_id", "user_id", "kind", "occurrence", unique=True),
        Index("ix_return_notices_return", "return_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    occurrence: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    snoozed_until: Mapped[datetime | None]
    handed_by: Mapped[str | None] = mapped_column(String(32))

    @property
    def subject(self) -> Subject:
        """What the message of this one time is known by, of older versions, which sent one for each."""
        return Subject.of("return", self.return_id, self.kind, self.occurrence, self.user_id)


def notice_once(
    session: Session,
    mission_id: str,
    *,
    return_id: int,
    user_id: str,
    kind: NoticeKind,
    occurrence: int,
    at: datetime,
    handed_by: str | None = None,
) -> bool:
    """Write down a message before it is sent. False when this very one was written before."""
    values = {
        "mission_id": mission_id,
        "return_id": return_id,
        "user_id": user_id,
        "kind": kind,
        "occurrence": occurrence,
        "at": at,
        "handed_by": handed_by,
    }
    return insert_new(session, ReturnNotice, values)


def call_subject(round_id: int, user_id: str) -> Subject:
    """What a person's one message about a round is known by in the outbox."""
    return Subject.of("round", round_id, "call", user_id)


_NOTICES = (
    select(ReturnNotice)
    .where(ReturnNotice.return_id.in_(bindparam("returns", expanding=True)))
    .order_by(ReturnNotice.id)
)


def notices_of(session: Session, return_ids: Iterable[int]) -> dict[int, list[ReturnNotice]]:
    """Every message about these returns, by return, oldest first."""
    found: dict[int, list[ReturnNotice]] = {}
    for notice in session.scalars(_NOTICES, {"returns": list(return_ids)}):
        found.setdefault(notice.return_id, []).append(notice)
    return found


def called_for(session: Session, round_id: int, user_id: str) -> list[Return]:
    """The returns of a round for which this person was asked, or of which they were reminded."""
    about = select(ReturnNotice.return_id).where(ReturnNotice.user_id == user_id)
    return list(
        session.scalars(select(Return).where(Return.round_id == round_id, Return.id.in_(about)).order_by(Return.id))
    )


def snooze(session: Session, return_id: int, user_id: str, until: datetime | None) -> None:
    """Let no reminder about a return reach this person before `until`."""
    session.execute(
        update(ReturnNotice)
        .where(ReturnNotice.return_id == return_id, ReturnNotice.user_id == user_id)
        .values(snoozed_until=until)
        .execution_options(synchronize_session="fetch")
    )
