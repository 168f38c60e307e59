"""Lists of agencies that somebody uploaded: what was read, what was decided about look-alikes, whether it was saved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.agencies import Agency, AgencyState, code_key
from storage.audit import AuditEntry
from storage.base import Base, Json, OfMission


class AgencyImport(OfMission, Base):
    """One uploaded list. It waits for its confirmation until `saved_at` is filled.

    `content` is what was read of the file; `decisions` says, by look-alike, what was decided about it.
    """

    __tablename__ = "agency_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    content: Mapped[Json]
    decisions: Mapped[Json] = mapped_column(default=dict)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]


def get_import(session: Session, mission_id: str, import_id: int) -> AgencyImport | None:
    """The import with this id, if it is of this mission; locked until the transaction ends."""
    query = select(AgencyImport).where(AgencyImport.mission_id == mission_id, AgencyImport.id == import_id)
    return session.scalars(query.with_for_update()).first()


def start_import(
    session: Session, mission_id: str, file_name: str, content: Json, decisions: Json, by: str, now: datetime
) -> AgencyImport:
    """Keep an upload until it is confirmed. Earlier uploads of the same person that still wait are dropped."""
    session.execute(
        delete(AgencyImport).where(
            AgencyImport.mission_id == mission_id, AgencyImport.created_by == by, AgencyImport.saved_at.is_(None)
        )
    )
    started = AgencyImport(
        mission_id=mission_id,
        file_name=file_name,
        content=content,
        decisions=decisions,
        created_by=by,
        created_at=now,
    )
    session.add(started)
    session.flush()
    return started


def decisions_so_far(session: Session, mission_id: str) -> Json:
    """Everything that was decided about look-alikes in imports that were saved, the latest decision last."""
    query = select(AgencyImport.decisions).where(
        AgencyImport.mission_id == mission_id, AgencyImport.saved_at.is_not(None)
    )
    decided: Json = {}
    for decisions in session.scalars(query.order_by(AgencyImport.saved_at, AgencyImport.id)):
        decided.update(decisions)
    return decided


def add_imported(session: Session, kept: AgencyImport, drafts: list[Json], by: str, now: datetime) -> None:
    """Add agencies and an audit entry for each, many at once. `drafts` hold the fields of an agency as typed."""
    if not drafts:
        return
    fixed = {
        "mission_id": kept.mission_id,
        "state": AgencyState.ACTIVE.value,
        "state_reason": "",
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    rows = [{**draft, **fixed, "code_key": code_key(draft["code"])} for draft in drafts]
    ids = session.scalars(insert(Agency).returning(Agency.id, sort_by_parameter_order=True), rows).all()
    entry = {"mission_id": kept.mission_id, "at": now, "actor": by, "verb": "agency.added", "subject_kind": "agency"}
    session.execute(
        insert(AuditEntry),
        [
            {**entry, "subject_id": str(number), "details": {"new": draft, "imported": kept.id}}
            for number, draft in zip(ids, drafts, strict=True)
        ],
    )
