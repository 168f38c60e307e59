"""Whom an escalation has told, at which step, and whether it reached them: the record that nobody is told twice."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Select, String, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base, OfMission
from storage.escalations.model import OPEN, Escalation
from storage.subjects import Subject
from storage.upsert import insert_new

# Each takes a lock and some statements while others cannot write: a Slack that is down leaves hundreds of them.
AT_ONCE = 50


class Way(StrEnum):
    """How a step reaches somebody."""

    SLACK = "slack"
    EMAIL = "email"


class NoticeState(StrEnum):
    """What became of a message about a step. `skipped` was never sent, for the reason that stands with it."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"


class EscalationNotice(OfMission, Base):
    """One message of one turn to one person (or `channel:` and an id), and what became of it.

    The unique key is what makes sure that nobody is told twice, whichever way. `reason` is a short code such as
    `left`, `not_cleared`, `nobody` or the error of Slack or of the mail server.
    """

    __tablename__ = "escalation_notices"
    kept = "the record of the office: whom a step reached, and whom not"
    __table_args__ = (
        # Messages are kept for good, and few of them wait.
        Index("ix_escalation_notices_waiting", "mission_id", "state", "way"),
        Index("uq_escalation_notices_once", "escalation_id", "turn", "kind", "place", "way", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"))
    turn: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    step: Mapped[int]
    lap: Mapped[int]
    place: Mapped[str] = mapped_column(String(64))
    way: Mapped[str] = mapped_column(String(16), default=Way.SLACK)
    state: Mapped[str] = mapped_column(String(16), default=NoticeState.PENDING)
    reason: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    @property
    def subject(self) -> Subject:
        """What its message is known by in the outbox."""
        return Subject.of("escalation", self.escalation_id, self.kind, self.turn, self.place)


def notice_once(session: Session, mission_id: str, **values: object) -> EscalationNotice | None:
    """Write a message down before it is sent. None when this very one was written before."""
    row = {"mission_id": mission_id, "way": Way.SLACK, "state": NoticeState.PENDING, "reason": "", **values}
    if not insert_new(session, EscalationNotice, row):
        return None
    keys = ("escalation_id", "turn", "kind", "place", "way")
    same = [getattr(EscalationNotice, key) == row[key] for key in keys]
    return session.scalars(select(EscalationNotice).where(*same)).one()


def get_notice(session: Session, mission_id: str, notice_id: int) -> EscalationNotice | None:
    """The message with this id, if it is of this mission."""
    found = session.get(EscalationNotice, notice_id)
    return found if found is not None and found.mission_id == mission_id else None


def notices_of(session: Session, escalation_id: int) -> list[EscalationNotice]:
    """Every message of an escalation's steps, the oldest first."""
    query = select(EscalationNotice).where(EscalationNotice.escalation_id == escalation_id)
    return list(session.scalars(query.order_by(EscalationNotice.id)))


def notice_by_subject(session: Session, mission_id: str, subject: Subject, way: str) -> EscalationNotice | None:
    """The message that the outbox knows by this subject (see `EscalationNotice.subject`)."""
    _escalation, kind, turn, *place = subject.ids
    query = select(EscalationNotice).where(
        EscalationNotice.mission_id == mission_id,
        EscalationNotice.escalation_id == subject.number(),
        EscalationNotice.kind == kind,
        EscalationNotice.turn == int(turn),
        EscalationNotice.place == ":".join(place),
        EscalationNotice.way == way,
    )
    return session.scalars(query).first()


def unread_on_slack(
    session: Session,
    mission_id: str,
    after: datetime,
    until: datetime,
    *,
    but: str,
    not_to: str,
    limit: int = AT_ONCE,
) -> list[EscalationNotice]:
    """Messages that have waited for Slack since a moment between these two, and for which nothing went by e-mail yet.

    Only those of open escalations that nobody else holds; none of the kind `but`, none to a place that begins with
    `not_to`. The oldest come first, `limit` at most: the rest is found again the next time.
    """
    mailed = aliased(EscalationNotice)
    same = [
        getattr(mailed, key) == getattr(EscalationNotice, key) for key in ("escalation_id", "turn", "kind", "place")
    ]
    query = _waiting(mission_id, Way.SLACK).where(
        EscalationNotice.at > after,
        EscalationNotice.at <= until,
        EscalationNotice.kind != but,
        ~EscalationNotice.place.startswith(not_to, autoescape=True),
        Escalation.state.in_(OPEN),
        or_(Escalation.holder.is_(None), Escalation.holder == EscalationNotice.place),
        ~select(mailed.id).where(*same, mailed.way == Way.EMAIL).exists(),
    )
    return list(session.scalars(query.limit(limit)))


def overtaken_emails(session: Session, mission_id: str) -> list[EscalationNotice]:
    """E-mails that have not left and that nobody needs any more: it is settled, or somebody else holds it."""
    needless = or_(Escalation.state.not_in(OPEN), Escalation.holder != EscalationNotice.place)
    return list(session.scalars(_waiting(mission_id, Way.EMAIL).where(needless)))


def _waiting(mission_id: str, way: Way) -> Select[EscalationNotice]:
    return (
        select(EscalationNotice)
        .join(Escalation, Escalation.id == EscalationNotice.escalation_id)
        .where(
            EscalationNotice.mission_id == mission_id,
            EscalationNotice.state == NoticeState.PENDING,
            EscalationNotice.way == way,
        )
        .order_by(EscalationNotice.id)
    )
