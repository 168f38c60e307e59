"""Decisions of the cabinet, whom they bind, how absent agencies answered, and the reservations entered to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, ForeignKey, Index, Select, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, OfMission
from storage.cabinet.meetings import Meeting
from storage.letters import search_phrases


class DecisionState(StrEnum):
    """Where a decision stands. `broken`: an agency objected, and it does not stand for that agency."""

    SILENCE = "silence"
    STANDS = "stands"
    BROKEN = "broken"


class Answered(StrEnum):
    """How a bound agency stands to a decision.

    `present`: it was represented. `asked`: its silence is running. `more_time`: it asked for more, once, and has it.
    `agreed` and `silent` let the decision stand for it, `objected` does not. `unreached`: nobody could be asked, so
    its silence says nothing.
    """

    PRESENT = "present"
    ASKED = "asked"
    MORE_TIME = "more_time"
    AGREED = "agreed"
    SILENT = "silent"
    OBJECTED = "objected"
    UNREACHED = "unreached"


RUNNING = (Answered.ASKED, Answered.MORE_TIME)


class Decision(OfMission, Base):
    """A decision on an agenda item, numbered within the mission and year. It has exactly one accountable owner."""

    __tablename__ = "cabinet_decisions"
    kept = "the record of the cabinet: decisions stand for ever"
    __table_args__ = (
        Index("uq_cabinet_decisions_number", "mission_id", "year", "number", unique=True),
        Index("ix_cabinet_decisions_item", "item_id"),
        Index("ix_cabinet_decisions_meeting", "meeting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("cabinet_series.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("cabinet_meetings.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("cabinet_items.id"))
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_key: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(32))
    owner_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    source_link: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(32))
    decided_at: Mapped[datetime]
    stood_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    # A decision is never read without its meeting, and the series of that.
    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def reference(self) -> str:
        """How people name it: `2035/7`."""
        return f"{self.year}/{self.number}"


class Binding(OfMission, Base):
    """An agency that a decision binds. `due_at` is when its silence ends."""

    __tablename__ = "cabinet_bindings"
    kept = "the record of the cabinet: whom a decision binds, and how they answered"
    __table_args__ = (Index("uq_cabinet_bindings_decision_id_agency_id", "decision_id", "agency_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("cabinet_decisions.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[str] = mapped_column(String(16))
    asked: Mapped[list[str]] = mapped_column(default=list)
    asked_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")


class Reservation(OfMission, Base):
    """What the humanitarian coordinator or the human-rights adviser put to a decision. Never changed, never removed."""

    __tablename__ = "cabinet_reservations"
    kept = "the record of the cabinet: reservations stand for ever"
    __table_args__ = (Index("ix_cabinet_reservations_decision", "decision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("cabinet_decisions.id"))
    role: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader of the log looks for; empty parts ask for nothing. Days are of the mission's zone, as moments.

    `within` is the condition that `storage.cabinet.reading` makes of how far somebody reads.
    """

    words: str = ""
    agency_id: int | None = None
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    within: ColumnElement[bool] | None = None


def next_number(session: Session, mission_id: str, year: int) -> int:
    """The number of the next decision of a year. Two at once meet at the unique key, and one tries again."""
    query = select(func.max(Decision.number)).where(Decision.mission_id == mission_id, Decision.year == year)
    return (session.scalar(query) or 0) + 1


def get_decision(session: Session, mission_id: str, decision_id: int) -> Decision | None:
    """The decision with this id, if it is of this mission."""
    found = session.get(Decision, decision_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_decision(session: Session, mission_id: str, decision_id: int) -> Decision | None:
    """The decision, held until the transaction ends, so that answers to it count one after the other."""
    query = select(Decision).where(Decision.id == decision_id, Decision.mission_id == mission_id)
    return session.scalars(query.with_for_update(of=Decision).execution_options(populate_existing=True)).first()


def decisions_of_meeting(session: Session, meeting_id: int) -> list[Decision]:
    """The decisions of a meeting by number."""
    query = select(Decision).where(Decision.meeting_id == meeting_id)
    return list(session.scalars(query.order_by(Decision.year, Decision.number)))


def decisions_by_id(session: Session, mission_id: str, ids: Iterable[int]) -> dict[int, Decision]:
    """The mission's decisions among `ids`, by id."""
    query = select(Decision).where(Decision.mission_id == mission_id, Decision.id.in_(list(ids)))
    return {found.id: found for found in session.scalars(query)}


def find_decisions(session: Session, mission_id: str, search: Search, *, limit: int, offset: int = 0) -> list[Decision]:
    """The decisions that fit, the newest first."""
    query = _fitting(select(Decision), mission_id, search).order_by(Decision.year.desc(), Decision.number.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def count_decisions(session: Session, mission_id: str, search: Search) -> int:
    """How many decisions fit."""
    return session.scalar(_fitting(select(func.count(Decision.id)), mission_id, search)) or 0


def _fitting(query: Select[Any], mission_id: str, search: Search) -> Select[Any]:
    query = query.where(Decision.mission_id == mission_id)
    for phrase in search_phrases(search.words):
        query = query.where(Decision.text_key.contains(phrase, autoescape=True))
    if search.agency_id is not None:
        bound = select(Binding.decision_id).where(Binding.agency_id == search.agency_id)
        query = query.where(or_(Decision.owner_agency_id == search.agency_id, Decision.id.in_(bound)))
    if search.state:
        query = query.where(Decision.state == search.state)
    if search.since is not None:
        query = query.where(Decision.decided_at >= search.since)
    if search.until is not None:
        query = query.where(Decision.decided_at < search.until)
    return query.where(search.within) if search.within is not None else query


def bindings_of(session: Session, decision_ids: Sequence[int]) -> dict[int, list[Binding]]:
    """Whom decisions bind, by decision id."""
    found: dict[int, list[Binding]] = {identity: [] for identity in decision_ids}
    query = select(Binding).where(Binding.decision_id.in_(list(decision_ids))).order_by(Binding.id)
    for row in session.scalars(query):
        found[row.decision_id].append(row)
    return found


def get_binding(session: Session, mission_id: str, binding_id: int) -> Binding | None:
    """The binding with this id, if it is of this mission."""
    found = session.get(Binding, binding_id)
    return found if found is not None and found.mission_id == mission_id else None


def running_bindings(session: Session, mission_id: str, agency_id: int) -> list[Binding]:
    """The silence procedures in which this agency has yet to answer."""
    query = select(Binding).where(
        Binding.mission_id == mission_id, Binding.agency_id == agency_id, Binding.state.in_(RUNNING)
    )
    return list(session.scalars(query.order_by(Binding.id)))


def running_for(session: Session, mission_id: str, agency_ids: Iterable[int]) -> list[tuple[Binding, Decision]]:
    """The silence procedures in which one of these agencies has yet to answer, the one that ends first first."""
    query = select(Binding, Decision).join(Decision, Decision.id == Binding.decision_id)
    query = query.where(
        Binding.mission_id == mission_id, Binding.agency_id.in_(list(agency_ids)), Binding.state.in_(RUNNING)
    )
    found = session.execute(query.order_by(Binding.due_at, Binding.id))
    return [(binding, decision) for binding, decision in found]


def decision_called(session: Session, mission_id: str, year: int, number: int) -> Decision | None:
    """The decision that people know by this year and number."""
    query = select(Decision).where(Decision.mission_id == mission_id, Decision.year == year, Decision.number == number)
    return session.scalars(query).first()


def broken_bindings(session: Session, series_id: int, since: datetime | None = None) -> list[tuple[Binding, Decision]]:
    """Objections to decisions of a series, the oldest first; those after `since` where it is given."""
    query = select(Binding, Decision).join(Decision, Decision.id == Binding.decision_id)
    query = query.where(Decision.series_id == series_id, Binding.state == Answered.OBJECTED)
    if since is not None:
        query = query.where(Binding.answered_at >= since)
    return [(binding, decision) for binding, decision in session.execute(query.order_by(Binding.answered_at))]


def reservations_of(session: Session, decision_ids: Sequence[int]) -> dict[int, list[Reservation]]:
    """The reservations entered to decisions, by decision id."""
    found: dict[int, list[Reservation]] = {identity: [] for identity in decision_ids}
    query = select(Reservation).where(Reservation.decision_id.in_(list(decision_ids))).order_by(Reservation.id)
    for row in session.scalars(query):
        found[row.decision_id].append(row)
    return found
