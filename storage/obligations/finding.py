"""Obligations by agency, by thing and by what is due, and people's messages about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.compartments import Compartment
from storage.obligations.model import Obligation, ObligationState, OwedMessage
from storage.subjects import Subject
from storage.upsert import find_or_make, insert_new

_OWED = Obligation.state == ObligationState.OWED
LAST_STEP = 3


def add_obligation(session: Session, mission_id: str, subject: Subject, agency_id: int, **values: Any) -> bool:
    """Write down that an agency owes something. Returns False, and changes nothing, when that is written already."""
    row = {"mission_id": mission_id, "subject": str(subject), "agency_id": agency_id, **values}
    return insert_new(session, Obligation, row)


def lock_obligation(session: Session, mission_id: str, obligation_id: int) -> Obligation | None:
    """The obligation with this id, freshly read and held until the transaction ends."""
    query = select(Obligation).where(Obligation.id == obligation_id, Obligation.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def obligations_about(session: Session, mission_id: str, subject: Subject) -> list[Obligation]:
    """What each agency owes of one thing."""
    query = select(Obligation).where(Obligation.mission_id == mission_id, Obligation.subject == str(subject))
    return list(session.scalars(query.order_by(Obligation.id)))


def open_obligations(
    session: Session, mission_id: str, agency_ids: Iterable[int], compartment: Compartment
) -> list[Obligation]:
    """What these agencies owe on one side, what is due first first."""
    query = select(Obligation).where(
        Obligation.mission_id == mission_id,
        Obligation.agency_id.in_(set(agency_ids)),
        Obligation.compartment == compartment,
        _OWED,
    )
    return list(session.scalars(query.order_by(Obligation.due_at, Obligation.id)))


def due_for_a_step(session: Session, mission_id: str, now: datetime) -> list[Obligation]:
    """What is owed and has a step of the ladder due, held until the transaction ends."""
    query = select(Obligation).where(Obligation.mission_id == mission_id, _OWED, Obligation.next_at <= now)
    return list(session.scalars(query.order_by(Obligation.id).with_for_update(skip_locked=True)))


def past_the_head(session: Session, mission_id: str) -> list[Obligation]:
    """What is still owed although the head of the agency was told; what lies on a side is left to that side."""
    query = select(Obligation).where(
        Obligation.mission_id == mission_id,
        _OWED,
        Obligation.step >= LAST_STEP,
        Obligation.compartment == Compartment.MISSION,
    )
    return list(session.scalars(query.order_by(Obligation.agency_id, Obligation.due_at)))


def get_message(session: Session, mission_id: str, user_id: str, compartment: Compartment) -> OwedMessage:
    """What is known of a person's message, made when it is first asked for."""
    key = {"mission_id": mission_id, "user_id": user_id, "compartment": compartment}
    return find_or_make(session, OwedMessage, key)


def messages_due(session: Session, mission_id: str, now: datetime) -> list[OwedMessage]:
    """Messages that come anew now, held until the transaction ends."""
    query = select(OwedMessage).where(OwedMessage.mission_id == mission_id, OwedMessage.post_at <= now)
    return list(session.scalars(query.order_by(OwedMessage.user_id).with_for_update(skip_locked=True)))
