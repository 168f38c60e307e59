"""Lists of escalations: always only those that a reader may know of, told apart in the database itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, lazyload

from storage.escalations.model import OPEN, Escalation, EscalationAgency, EscalationPerson
from storage.escalations.notices import EscalationNotice, NoticeState
from storage.letters import search_phrases

WAITING_AT_MOST = 200
_BARE = (lazyload(Escalation.agencies), lazyload(Escalation.people))


Rows = TypeVarTuple("Rows")


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


def waiting_for(session: Session, mission_id: str, reader: Reader) -> list[tuple[Escalation, bool, bool]]:
    """What is open of what a reader may know of, what is due first first: whether a step of the chain told them of it,
    and whether it concerns them. A few hundred at most; who has more looks at the list.
    """
    concerned = _joined(reader) | _of_agencies(reader)
    query = select(Escalation, Escalation.id.in_(_told(reader)), concerned)
    query = query.where(*_conditions(mission_id, reader, Scope.OPEN)).options(*_BARE)
    found = session.execute(_ordered(query, Order.NEXT).limit(WAITING_AT_MOST))
    return [(this, bool(told), bool(theirs)) for this, told, theirs in found]


def search_for(
    session: Session, mission_id: str, reader: Reader, words: str, levels: Collection[str], limit: int
) -> list[Escalation]:
    """The newest escalations of these levels that a reader may know of and whose summary holds all the words."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, _known(reader))
    query = query.where(Escalation.handling.in_(list(levels))).options(*_BARE)
    for phrase in search_phrases(words):
        query = query.where(Escalation.summary_key.contains(phrase, autoescape=True))
    return list(session.scalars(query.order_by(Escalation.updated_at.desc(), Escalation.id.desc()).limit(limit)))


def raised_between(session: Session, mission_id: str, start: datetime, end: datetime) -> list[Escalation]:
    """Everything raised in a span, half-open, oldest first."""
    query = select(Escalation).where(
        Escalation.mission_id == mission_id, Escalation.raised_at >= start, Escalation.raised_at < end
    )
    return list(session.scalars(_ordered(query, Order.OLDEST)))


def _ordered(query: Select[*Rows], order: Order) -> Select[*Rows]:
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
    by_the_chain = Escalation.id.in_(_told(reader))
    return or_(Escalation.raised_by == reader.user_id, _joined(reader), _of_agencies(reader), by_the_chain)


def _told(reader: Reader) -> Select[int]:
    return select(EscalationNotice.escalation_id).where(
        EscalationNotice.place == reader.user_id,
        EscalationNotice.kind != "concerned",
        EscalationNotice.state != NoticeState.SKIPPED,
    )


def _joined(reader: Reader) -> ColumnElement[bool]:
    joined = select(EscalationPerson.escalation_id).where(EscalationPerson.user_id == reader.user_id)
    return Escalation.id.in_(joined)


def _of_agencies(reader: Reader) -> ColumnElement[bool]:
    concerned = select(EscalationAgency.escalation_id).where(EscalationAgency.agency_id.in_(sorted(reader.agencies)))
    return Escalation.id.in_(concerned)
