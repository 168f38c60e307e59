"""The append-only record: who did what, for whom, when, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Index, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.compartments import Compartment
from storage.connection.ready import insert_of


class About(NamedTuple):
    """What an act is about, and on which side that lies."""

    kind: str
    identity: object
    compartment: str = Compartment.MISSION


class AuditEntry(OfMission, Base):
    """One act. `details` holds old and new values of fields, never the text of a confidential item.

    What lies on a side (`compartment`) is on record for that side alone, as if it had not happened for anybody else.
    """

    __tablename__ = "audit"
    kept = "the record of who did what, for the mission's whole life"
    __table_args__ = (
        Index("ix_audit_subject", "mission_id", "subject_kind", "subject_id"),
        Index("ix_audit_actor", "mission_id", "actor", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(32))
    on_behalf_of: Mapped[str | None] = mapped_column(String(64))
    verb: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64))
    details: Mapped[Json] = mapped_column(default=dict)
    compartment: Mapped[str] = mapped_column(
        String(8), default=Compartment.MISSION, server_default=Compartment.MISSION.value
    )


# Written past the unit of work: an act is never changed, and one statement is a quarter of an object's cost.
_INSERT = insert_of(AuditEntry)


def record(
    session: Session,
    mission_id: str,
    *,
    at: datetime,
    actor: str,
    verb: str,
    subject: tuple[str, object],
    on_behalf_of: str | None = None,
    compartment: str = Compartment.MISSION,
    **details: object,
) -> None:
    """Add one act to the record. `actor` is a user id, or "rapporteur" for what the product does by itself."""
    record_each(
        session,
        mission_id,
        at=at,
        actor=actor,
        verb=verb,
        subjects=[subject],
        on_behalf_of=on_behalf_of,
        compartment=compartment,
        **details,
    )


def record_each(
    session: Session,
    mission_id: str,
    *,
    at: datetime,
    actor: str,
    verb: str,
    subjects: Iterable[tuple[str, object]],
    on_behalf_of: str | None = None,
    compartment: str = Compartment.MISSION,
    **details: object,
) -> None:
    """Add the same act on each of these subjects to the record, with one statement however many they are."""
    same = {
        "mission_id": mission_id,
        "at": at,
        "actor": actor,
        "on_behalf_of": on_behalf_of,
        "verb": verb,
        "details": details,
        "compartment": compartment,
    }
    rows = [{**same, "subject_kind": kind, "subject_id": str(identity)} for kind, identity in subjects]
    _INSERT.run_each(session, rows)


def history(session: Session, mission_id: str, kind: str, identity: object) -> list[AuditEntry]:
    """All acts on one subject, oldest first."""
    query = select(AuditEntry).where(
        AuditEntry.mission_id == mission_id,
        AuditEntry.subject_kind == kind,
        AuditEntry.subject_id == str(identity),
    )
    return list(session.scalars(query.order_by(AuditEntry.id)))


# Asked at each refusal, so it is built once.
_SINCE = (
    select(AuditEntry.id)
    .where(
        AuditEntry.mission_id == bindparam("mission"),
        AuditEntry.actor == bindparam("actor"),
        AuditEntry.at >= bindparam("since"),
        AuditEntry.verb == bindparam("verb"),
        AuditEntry.subject_kind == bindparam("kind"),
        AuditEntry.subject_id == bindparam("identity"),
    )
    .limit(1)
)


def is_on_record(
    session: Session, mission_id: str, *, actor: str, verb: str, subject: tuple[str, object], since: datetime
) -> bool:
    """Whether somebody did this to a subject since a moment."""
    kind, identity = subject
    given = {"mission": mission_id, "actor": actor, "since": since, "verb": verb}
    return session.scalar(_SINCE, {**given, "kind": kind, "identity": str(identity)}) is not None


@dataclass(frozen=True, slots=True)
class Search:
    """Acts that are looked for: of one person (empty: of all), with verbs that are these or end like these.

    What lies on a side is found by those who are inside (`inside`), and counted for nobody else.
    """

    actor: str = ""
    verbs: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    inside: frozenset[Compartment] = frozenset()


def count_acts(session: Session, mission_id: str, search: Search) -> int:
    """How many acts there are."""
    query = select(func.count()).select_from(AuditEntry).where(*_found(mission_id, search))
    return session.scalar(query) or 0


def find_acts(session: Session, mission_id: str, search: Search, *, limit: int, offset: int = 0) -> list[AuditEntry]:
    """Acts, the newest first."""
    query = select(AuditEntry).where(*_found(mission_id, search)).order_by(AuditEntry.id.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def _found(mission_id: str, search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        AuditEntry.mission_id == mission_id,
        AuditEntry.compartment.in_([Compartment.MISSION, *sorted(search.inside)]),
    ]
    if search.actor:
        found.append(AuditEntry.actor == search.actor)
    if search.verbs or search.endings:
        endings = [AuditEntry.verb.endswith(ending, autoescape=True) for ending in search.endings]
        found.append(or_(AuditEntry.verb.in_(search.verbs), *endings))
    return found
