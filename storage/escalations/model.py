"""Escalations: what was carried to the office of the SRSG, by whom, how far it climbed and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.base import Base, Json, OfMission, key_of
from storage.upsert import insert_missing


class Asks(StrEnum):
    """What the office is asked for."""

    DECISION = "decision"
    ATTENTION = "attention"
    GOOD_OFFICES = "good_offices"
    INFORMATION = "information"


class Severity(StrEnum):
    """How little it can wait. The times that follow from it are settings of the mission."""

    ROUTINE = "routine"
    URGENT = "urgent"
    IMMEDIATE = "immediate"


class State(StrEnum):
    """The life of an escalation. `queued` waits for duty hours; `waiting` is held and waits for a date or an answer."""

    QUEUED = "queued"
    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    WAITING = "waiting"
    DECIDED = "decided"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


OPEN = (State.QUEUED, State.RAISED, State.ACKNOWLEDGED, State.WAITING)


class NextKind(StrEnum):
    """What happens next to an open escalation.

    `open`: duty hours begin and the first step is told. `climb`: the next step of the chain is told. `end`: the chain
    is through, and whoever stands at its end is told (again). `stale`: the holder is asked whether they are still on
    it. `reopen`: they did not say so. `overdue`: the decision is due. `wake`: the date or the answer is due.
    """

    OPEN = "open"
    CLIMB = "climb"
    END = "end"
    STALE = "stale"
    REOPEN = "reopen"
    OVERDUE = "overdue"
    WAKE = "wake"


class ActKind(StrEnum):
    """What people, or the product by itself, did to an escalation."""

    RAISED = "raised"
    QUEUED = "queued"
    TOLD = "told"
    NOT_DELIVERED = "not_delivered"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_OVER = "taken_over"
    STILL_ON_IT = "still_on_it"
    ASKED_STILL = "asked_still"
    REOPENED = "reopened"
    ASKED = "asked"
    ANSWERED = "answered"
    PAUSED = "paused"
    RESUMED = "resumed"
    OVERDUE = "overdue"
    WITH_SRSG = "with_srsg"
    SEVERITY = "severity"
    JOINED = "joined"
    OWN_LINE = "own_line"
    DECIDED = "decided"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Escalation(OfMission, Base):
    """One matter. `number` counts in the mission and is how people name it.

    A Strictly Confidential matter has no text: `pointer` holds its reference, its holder and how to ask for it.
    `chain` is the copy of the chain it started with. `step` is the step told last, counted from 0 (none yet: -1), and
    `lap` how often the chain was repeated. `turn` grows with every change, so that what was planned before is void.
    `local_times` keeps the local times of `needed_by` and of a hold that ends on a chosen day (`paused_until`).
    An open escalation always has `next_kind`, `next_at` and `next_for` (user ids, or `channel:` and a channel id).
    """

    __tablename__ = "escalations"
    kept = "the record of the office: what was carried to it, and what was decided"
    __table_args__ = (
        Index("uq_escalations_mission_id_number", "mission_id", "number", unique=True),
        Index("ix_escalations_state", "mission_id", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    asks: Mapped[str] = mapped_column(String(16))
    summary: Mapped[str] = mapped_column(Text)
    summary_key: Mapped[str] = mapped_column(Text, default=key_of("summary"), server_default="")
    tried: Mapped[str] = mapped_column(Text, default="")
    pointer: Mapped[Json] = mapped_column(default=dict)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    severity: Mapped[str] = mapped_column(String(16))
    needed_by: Mapped[datetime | None]
    place_name: Mapped[str] = mapped_column(Text, default="")
    place_code: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[Json] = mapped_column(default=dict)
    raised_by: Mapped[str] = mapped_column(String(32))
    raised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str | None] = mapped_column(String(32))
    acknowledged_at: Mapped[datetime | None]
    first_acknowledged_at: Mapped[datetime | None]
    with_srsg_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]
    asked_still_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(Text, default="")
    paused_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    ack_due_at: Mapped[datetime]
    decide_due_at: Mapped[datetime]
    reopened: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(32))
    outcome: Mapped[str] = mapped_column(Text, default="")
    # No foreign key: a matter may go into a younger one, and rows are imported in the order of their ids.
    merged_into_id: Mapped[int | None]
    chain_id: Mapped[int | None] = mapped_column(ForeignKey("escalation_chains.id"))
    chain: Mapped[Json]
    step: Mapped[int] = mapped_column(default=-1)
    lap: Mapped[int] = mapped_column(default=0)
    overdue_step: Mapped[int | None]
    told_at: Mapped[datetime | None]
    turn: Mapped[int] = mapped_column(default=0)
    next_kind: Mapped[str | None] = mapped_column(String(16))
    next_at: Mapped[datetime | None]
    next_step: Mapped[int | None]
    next_for: Mapped[list[str]] = mapped_column(default=list)
    local_times: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    updated_at: Mapped[datetime]

    agencies: Mapped[list[EscalationAgency]] = relationship(
        order_by="EscalationAgency.agency_id", cascade="all, delete-orphan", lazy="selectin"
    )
    people: Mapped[list[EscalationPerson]] = relationship(
        order_by="EscalationPerson.joined_at", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision, a return or a withdrawal."""
        return self.state in OPEN

    @property
    def agency_ids(self) -> list[int]:
        """The agencies concerned."""
        return [row.agency_id for row in self.agencies]


class EscalationAgency(OfMission, Base):
    """An agency that an escalation concerns: its people may see it."""

    __tablename__ = "escalation_agencies"
    kept = "belongs to its escalation"
    __table_args__ = (Index("ix_escalation_agencies_agency", "agency_id"),)

    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)


class EscalationPerson(OfMission, Base):
    """Somebody who joined an escalation instead of raising the same again, or came with one that was merged."""

    __tablename__ = "escalation_people"
    kept = "belongs to its escalation"
    __table_args__ = (Index("ix_escalation_people_person", "mission_id", "user_id"),)

    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    joined_at: Mapped[datetime]


class EscalationAct(OfMission, Base):
    """One line of an escalation's history; never changed, never deleted. `by` is a user id or "rapporteur"."""

    __tablename__ = "escalation_acts"
    kept = "the record of the office: every act, append-only"
    __table_args__ = (Index("ix_escalation_acts_escalation", "escalation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[Json] = mapped_column(default=dict)


def get_escalation(session: Session, mission_id: str, escalation_id: int) -> Escalation | None:
    """The escalation with this id, if it is of this mission."""
    found = session.get(Escalation, escalation_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_escalation(session: Session, mission_id: str, escalation_id: int) -> Escalation | None:
    """The escalation, freshly read and held until the transaction ends, so that acts come one after the other."""
    query = select(Escalation).where(Escalation.id == escalation_id, Escalation.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def find_escalation(session: Session, mission_id: str, number: int) -> Escalation | None:
    """The escalation that people know by this number."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, Escalation.number == number)
    return session.scalars(query).first()


def next_number(session: Session, mission_id: str) -> int:
    """The number of the mission's next escalation."""
    query = select(func.max(Escalation.number)).where(Escalation.mission_id == mission_id)
    return (session.scalar(query) or 0) + 1


def open_escalations(session: Session, mission_id: str) -> list[Escalation]:
    """What still waits, the oldest first."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, Escalation.state.in_(OPEN))
    return list(session.scalars(query.order_by(Escalation.raised_at, Escalation.id)))


def escalations_since(session: Session, mission_id: str, since: datetime) -> list[Escalation]:
    """Everything raised at `since` or later, in any state, the newest first."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, Escalation.raised_at >= since)
    return list(session.scalars(query.order_by(Escalation.raised_at.desc(), Escalation.id.desc())))


def escalations_concerning(session: Session, mission_id: str, agency_id: int) -> list[Escalation]:
    """Every escalation that concerns an agency, oldest first."""
    query = select(Escalation).join(EscalationAgency, EscalationAgency.escalation_id == Escalation.id)
    query = query.where(Escalation.mission_id == mission_id, EscalationAgency.agency_id == agency_id)
    return list(session.scalars(query.order_by(Escalation.id)))


def add_act(session: Session, escalation: Escalation, **values: object) -> EscalationAct:
    """Write one line of the history."""
    act = EscalationAct(mission_id=escalation.mission_id, escalation_id=escalation.id, **values)
    session.add(act)
    session.flush()
    return act


def acts_of(session: Session, escalation_id: int) -> list[EscalationAct]:
    """The history of an escalation, oldest first."""
    query = select(EscalationAct).where(EscalationAct.escalation_id == escalation_id)
    return list(session.scalars(query.order_by(EscalationAct.id)))


def set_agencies(session: Session, escalation: Escalation, agency_ids: Iterable[int]) -> None:
    """Make exactly these agencies the ones concerned."""
    session.execute(delete(EscalationAgency).where(EscalationAgency.escalation_id == escalation.id))
    whose = {"mission_id": escalation.mission_id, "escalation_id": escalation.id}
    insert_missing(session, EscalationAgency, [{**whose, "agency_id": one} for one in sorted(set(agency_ids))])
    session.refresh(escalation, ["agencies"])


def escalations_by_id(session: Session, mission_id: str, ids: Iterable[int]) -> dict[int, Escalation]:
    """The mission's escalations among `ids`, by id."""
    query = select(Escalation).where(Escalation.mission_id == mission_id, Escalation.id.in_(list(ids)))
    return {found.id: found for found in session.scalars(query)}
