"""Lists of escalations: always only those that a reader may know of, told apart in the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from storage.escalations.model import OPEN, Escalation, EscalationAgency, EscalationPerson
from storage.escalations.notices import EscalationNotice, NoticeState


class Scope(StrEnum):
    """Which of them a list shows."""

    OPEN = "open"
    MINE = "mine"
    AGENCY = "agency"
    CLOSED = "closed"


class Order(StrEnum):
    """In which order."""

    OLDEST = "oldest"
    NEWEST = "newest"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `everything`: the office, which may know of all of them."""

    user_id: str
    agencies: frozenset[int] = frozenset()
    everything: bool = False


def count_for(session: Session, mission_id: str, reader: Reader, scope: Scope) -> int:
    """How many escalations a list has in all."""
    query = select(func.count()).select_from(Escalation).where(*_conditions(mission_id, reader, scope))
    return session.scalar(query) or 0


def list_for(
    session: Session, mission_id: str, reader: Reader, scope: Scope, order: Order, *, limit: int, offset: int = 0
) -> list[Escalation]:
    """A page of a list."""
    query = select(Escalation).where(*_conditions(mission_id, reader, scope))
    return list(session.scalars(_ordered(query, order).limit(limit).offset(offset)))


def known_to(session: Session, mission_id: str, reader: Reader) -> list[Escalation]:
    """Every escalation that a reader may know of, oldest first."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, _known(reader))
    return list(session.scalars(_ordered(query, Order.OLDEST)))


def raised_between(session: Session, mission_id: str, start: datetime, end: datetime) -> list[Escalation]:
    """Everything raised in a span, half-open, oldest first."""
    query = select(Escalation).where(
        Escalation.mission_id == mission_id, Escalation.raised_at >= start, Escalation.raised_at < end
    )
    return list(session.scalars(_ordered(query, Order.OLDEST)))


def _ordered(query: Select[Escalation], order: Order) -> Select[Escalation]:
    if order is Order.NEWEST:
        return query.order_by(Escalation.raised_at.desc(), Escalation.id.desc())
    if order is Order.NEXT:
        return query.order_by(Escalation.next_at.is_(None), Escalation.next_at, Escalation.id)
    return query.order_by(Escalation.raised_at, Escalation.id)


def _conditions(mission_id: str, reader: Reader, scope: Scope) -> list[ColumnElement[bool]]:
    is_open = Escalation.state.in_(OPEN)
    wanted = {
        Scope.OPEN: is_open,
        Scope.MINE: (Escalation.raised_by == reader.user_id) | _joined(reader),
        Scope.AGENCY: _of_agencies(reader),
        Scope.CLOSED: ~is_open,
    }[scope]
    return [Escalation.mission_id == mission_id, wanted, _known(reader)]


def _known(reader: Reader) -> ColumnElement[bool]:
    if reader.everything:
        return Escalation.id.is_not(None)
    told = select(EscalationNotice.escalation_id).where(
        EscalationNotice.place == reader.user_id,
        EscalationNotice.kind != "concerned",
        EscalationNotice.state != NoticeState.SKIPPED,
    )
    return or_(Escalation.raised_by == reader.user_id, _joined(reader), _of_agencies(reader), Escalation.id.in_(told))


def _joined(reader: Reader) -> ColumnElement[bool]:
    joined = select(EscalationPerson.escalation_id).where(EscalationPerson.user_id == reader.user_id)
    return Escalation.id.in_(joined)


def _of_agencies(reader: Reader) -> ColumnElement[bool]:
    concerned = select(EscalationAgency.escalation_id).where(EscalationAgency.agency_id.in_(sorted(reader.agencies)))
    return Escalation.id.in_(concerned)
