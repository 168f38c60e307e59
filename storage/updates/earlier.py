"""What agencies answered in earlier rounds: their record, and what they can say again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.updates.returns import ANSWERED, UNCLASSIFIED, Return, ReturnState
from storage.updates.rounds import Round, RoundState

_ANSWERED_BEFORE = (
    select(Return.agency_id)
    .join(Round, Round.id == Return.round_id)
    .where(
        Round.plan_id == bindparam("plan"),
        Round.due_at < bindparam("due"),
        Return.state == ReturnState.SUBMITTED,
        # What was Confidential is not said again where others read it.
        (Round.handling == UNCLASSIFIED) | (Round.handling == bindparam("level")),
    )
)
_AGENCIES_WITH_ANSWERS = _ANSWERED_BEFORE.distinct()
_HAS_ANSWERED = _ANSWERED_BEFORE.where(Return.agency_id == bindparam("agency")).limit(1)


def history_of(session: Session, agency_id: int, limit: int) -> list[tuple[Return, Round]]:
    """An agency's newest returns with their rounds, the newest first; none of a round that was called off."""
    query = (
        select(Return, Round)
        .join(Round, Round.id == Return.round_id)
        .where(Return.agency_id == agency_id, Round.state != RoundState.CALLED_OFF)
        .order_by(Round.due_at.desc(), Round.id.desc())
        .limit(limit)
    )
    return [(owed, of) for owed, of in session.execute(query).all()]


def last_answer(session: Session, agency_id: int, before: Round) -> Return | None:
    """The agency's newest submitted return in an earlier round of the same plan, at this round's level or below."""
    if before.plan_id is None:
        return None
    query = (
        select(Return)
        .join(Round, Round.id == Return.round_id)
        .where(
            Return.agency_id == agency_id,
            Return.state == ReturnState.SUBMITTED,
            Round.plan_id == before.plan_id,
            Round.due_at < before.due_at,
            (Round.handling == UNCLASSIFIED) | (Round.handling == before.handling),
        )
        .order_by(Round.due_at.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def latest_answers(session: Session, agency_ids: Iterable[int]) -> list[tuple[Return, Round]]:
    """Each agency's newest answered return in a closed round, the newest first."""
    newest = (
        select(Return.agency_id, func.max(Return.answered_at).label("at"))
        .join(Round, Round.id == Return.round_id)
        .where(Return.agency_id.in_(list(agency_ids)), Return.state.in_(ANSWERED), Round.state == RoundState.CLOSED)
        .group_by(Return.agency_id)
        .subquery()
    )
    query = (
        select(Return, Round)
        .join(Round, Round.id == Return.round_id)
        .join(newest, (newest.c.agency_id == Return.agency_id) & (newest.c.at == Return.answered_at))
        .order_by(Return.answered_at.desc())
    )
    return [(given, this) for given, this in session.execute(query).all()]


def agencies_with_answers(session: Session, of: Round) -> set[int]:
    """Agencies that submitted in an earlier round of the same plan: they can say "same as last time"."""
    if of.plan_id is None:
        return set()
    return set(session.scalars(_AGENCIES_WITH_ANSWERS, _before(of)))


def has_answered_before(session: Session, of: Round, agency_id: int) -> bool:
    """Whether this agency submitted in an earlier round of the same plan."""
    if of.plan_id is None:
        return False
    return session.scalar(_HAS_ANSWERED, {**_before(of), "agency": agency_id}) is not None


def _before(of: Round) -> dict[str, object]:
    return {"plan": of.plan_id, "due": of.due_at, "level": of.handling}
