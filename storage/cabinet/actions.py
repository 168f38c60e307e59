"""Actions of the cabinet: who does what by when, and what proves that it was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission, key_of
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series
from storage.connection.ready import Ready
from storage.letters import search_phrases


class ActionState(StrEnum):
    """The life of an action. Overdue is not a state: an open action is overdue once its day has passed."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


TO_DO = (ActionState.OPEN, ActionState.IN_PROGRESS)
LIVE = (*TO_DO, ActionState.DONE)


class Action(OfMission, Base):
    """One action. `carries_out` marks the one that a decision makes by itself, with the decision's owner and due date.

    `chased` lists the steps of the chase taken for this owner and due date; `note` says why it was returned or
    cancelled. `snoozed_until` is the first day on which the owner is reminded again.
    """

    __tablename__ = "cabinet_actions"
    kept = "the record of the cabinet: who was to do what, and what proved it"
    __table_args__ = (
        Index("ix_cabinet_actions_state", "mission_id", "state", "due_on"),
        Index("ix_cabinet_actions_owner", "mission_id", "owner"),
        Index("ix_cabinet_actions_meeting", "meeting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_series.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_items.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_decisions.id"))
    carries_out: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    text_key: Mapped[str] = mapped_column(Text, default=key_of("text"), server_default="")
    owner: Mapped[str] = mapped_column(String(32))
    owner_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16), default=ActionState.OPEN)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    evidence: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    done_by: Mapped[str | None] = mapped_column(String(32))
    done_at: Mapped[datetime | None]
    verified_by: Mapped[str | None] = mapped_column(String(32))
    settled_at: Mapped[datetime | None]
    snoozed_until: Mapped[date | None] = mapped_column(Date)
    chased: Mapped[list[str]] = mapped_column(default=list)
    source_link: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


def lock_action(session: Session, mission_id: str, action_id: int) -> Action | None:
    """The action, held until the transaction ends, so that its state changes one step after the other."""
    query = select(Action).where(Action.id == action_id, Action.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def get_action(session: Session, mission_id: str, action_id: int) -> Action | None:
    """The action with this id, if it is of this mission."""
    found = session.get(Action, action_id)
    return found if found is not None and found.mission_id == mission_id else None


def _live(mission_id: str, states: Iterable[str]) -> Select[Action]:
    return select(Action).where(Action.mission_id == mission_id, Action.state.in_(list(states)))


def actions_in(
    session: Session,
    mission_id: str,
    states: Iterable[str],
    *,
    owner: str | None = None,
    agency_ids: Iterable[int] | None = None,
    series_id: int | None = None,
    within: ColumnElement[bool] | None = None,
) -> list[Action]:
    """Actions in these states, the one due first first; of one owner, of agencies or of a series where asked.

    `within` is the condition that `storage.cabinet.reading` makes of how far somebody reads.
    """
    query = _live(mission_id, states)
    if owner is not None:
        query = query.where(Action.owner == owner)
    if agency_ids is not None:
        query = query.where(Action.owner_agency_id.in_(list(agency_ids)))
    if series_id is not None:
        query = query.where(Action.series_id == series_id)
    if within is not None:
        query = query.where(within)
    return list(session.scalars(query.order_by(Action.due_on, Action.id)))


def all_actions(session: Session, mission_id: str, limit: int, within: ColumnElement[bool]) -> list[Action]:
    """Every action within what somebody may read, the newest first."""
    query = select(Action).where(Action.mission_id == mission_id, within).order_by(Action.id.desc())
    return list(session.scalars(query.limit(limit)))


def overdue_actions(session: Session, series_id: int, before: date) -> list[Action]:
    """Actions of a series that are not done and were due before a day, the oldest first."""
    query = select(Action).where(Action.series_id == series_id, Action.state.in_(TO_DO), Action.due_on < before)
    return list(session.scalars(query.order_by(Action.due_on, Action.id)))


def actions_of_meeting(session: Session, meeting_id: int) -> list[Action]:
    """The actions that a meeting made, in the order in which they were made."""
    return list(session.scalars(select(Action).where(Action.meeting_id == meeting_id).order_by(Action.id)))


def actions_of_decision(session: Session, decision_id: int) -> list[Action]:
    """The actions that belong to a decision, in the order in which they were made."""
    return list(session.scalars(select(Action).where(Action.decision_id == decision_id).order_by(Action.id)))


def search_actions(
    session: Session, mission_id: str, words: str, within: ColumnElement[bool], limit: int
) -> list[Action]:
    """The newest actions that hold all the words, as far as somebody reads (see `actions_in`)."""
    query = select(Action).where(Action.mission_id == mission_id, within)
    for phrase in search_phrases(words):
        query = query.where(Action.text_key.contains(phrase, autoescape=True))
    return list(session.scalars(query.order_by(Action.updated_at.desc(), Action.id.desc()).limit(limit)))


def actions_to_settle(
    session: Session, mission_id: str, user: str, within: ColumnElement[bool], *, coordinates: bool
) -> list[Action]:
    """What a person has to do, and what others did and this person verifies; the one due first first.

    Verified is by the officers of the meeting, else by the secretary of the series, else by coordinators.
    """
    no_meeting = Action.meeting_id.is_(None)
    officers = select(Meeting.id).where(or_(Meeting.chair == user, Meeting.secretary == user))
    led = or_(
        Action.meeting_id.in_(officers),
        and_(no_meeting, Action.series_id.in_(select(Series.id).where(Series.secretary == user))),
        and_(no_meeting, Action.series_id.is_(None)) if coordinates else false(),
    )
    mine = and_(Action.owner == user, Action.state.in_(TO_DO))
    query = select(Action).where(Action.mission_id == mission_id, within)
    query = query.where(or_(mine, and_(Action.state == ActionState.DONE, led)))
    return list(session.scalars(query.order_by(Action.due_on, Action.id)))


_OPEN_OF = Ready(
    select(func.count(Action.id)).where(
        Action.mission_id == bindparam("mission"),
        Action.owner == bindparam("owner"),
        or_(*(Action.state == state for state in TO_DO)),
    )
)


def count_open(session: Session, mission_id: str, owner: str) -> int:
    """How many actions a person has to do."""
    return int(_OPEN_OF.rows(session, {"mission": mission_id, "owner": owner})[0][0])
