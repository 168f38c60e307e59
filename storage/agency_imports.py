"""Lists of agencies that somebody uploaded: what was read, what was decided about look-alikes, whether it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, Select, String, Text, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.agencies import Agency, AgencyState, code_key
from storage.audit import AuditEntry
from storage.base import Base, Json, OfMission

UNSAVED_KEPT = timedelta(days=7)


class AgencyImport(OfMission, Base):
    """One uploaded list. It waits for its confirmation until `saved_at` is filled.

    `content` is what was read of the file; `decisions` says, by look-alike, what was decided about it. `understood` is
    what somebody said about the file, so that it could be read. `file` are its bytes: they stay until it is saved, so
    that somebody can have it read in another way.
    """

    __tablename__ = "agency_imports"
    kept = "what was decided in a list that was saved counts in the next; others are forgotten after a week"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    content: Mapped[Json]
    decisions: Mapped[Json] = mapped_column(default=dict)
    understood: Mapped[Json] = mapped_column(default=dict)
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]


def get_import(session: Session, mission_id: str, import_id: int) -> AgencyImport | None:
    """The import with this id, if it is of this mission; locked until the transaction ends."""
    return session.scalars(_import_with(mission_id, import_id).with_for_update()).first()


def see_import(session: Session, mission_id: str, import_id: int) -> AgencyImport | None:
    """The import with this id, looked at and not held."""
    return session.scalars(_import_with(mission_id, import_id)).first()


def _import_with(mission_id: str, import_id: int) -> Select[AgencyImport]:
    return select(AgencyImport).where(AgencyImport.mission_id == mission_id, AgencyImport.id == import_id)


def start_import(
    session: Session,
    mission_id: str,
    file_name: str,
    content: Json,
    decisions: Json,
    by: str,
    now: datetime,
    *,
    understood: Json | None = None,
    file: bytes | None = None,
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
        understood=understood or {},
        file=file,
        created_by=by,
        created_at=now,
    )
    session.add(started)
    session.flush()
    return started


def understood_so_far(session: Session, mission_id: str) -> list[Json]:
    """What was said about the files of lists that were saved, the latest last."""
    query = select(AgencyImport.understood).where(
        AgencyImport.mission_id == mission_id, AgencyImport.saved_at.is_not(None)
    )
    return list(session.scalars(query.order_by(AgencyImport.saved_at, AgencyImport.id)))


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
    # Ids are read back by code: RETURNING would make SQLite insert one row at a time.
    session.execute(insert(Agency), rows)
    known = session.execute(select(Agency.code_key, Agency.id).where(Agency.mission_id == kept.mission_id))
    ids = {row.code_key: row.id for row in known}
    _record(
        session,
        kept,
        "agency.added",
        [(ids[row["code_key"]], {"new": draft}) for row, draft in zip(rows, drafts, strict=True)],
        by,
        now,
    )


@dataclass(frozen=True, slots=True)
class Revision:
    """What a list makes of an agency the mission has: all its fields, and old and new value of those that change."""

    agency_id: int
    version: int
    fields: Json
    changes: Json


def change_imported(
    session: Session, kept: AgencyImport, revisions: Sequence[Revision], by: str, now: datetime
) -> None:
    """Change agencies and add an audit entry for each, many at once. Agencies the session holds are not read again."""
    if not revisions:
        return
    session.execute(
        update(Agency),
        [
            {**one.fields, "id": one.agency_id, "version": one.version, "code_key": code_key(one.fields["code"])}
            | {"updated_at": now}
            for one in revisions
        ],
    )
    _record(session, kept, "agency.changed", [(one.agency_id, {"changes": one.changes}) for one in revisions], by, now)


def _record(
    session: Session, kept: AgencyImport, verb: str, acts: list[tuple[int, Json]], by: str, now: datetime
) -> None:
    entry = {"mission_id": kept.mission_id, "at": now, "actor": by, "verb": verb, "subject_kind": "agency"}
    session.execute(
        insert(AuditEntry),
        [
            {**entry, "subject_id": str(agency_id), "details": {**details, "imported": kept.id}}
            for agency_id, details in acts
        ],
    )


def forget_imports(session: Session, now: datetime) -> None:
    """Forget lists that were uploaded long ago and never saved."""
    never_saved = AgencyImport.saved_at.is_(None) & (AgencyImport.created_at < now - UNSAVED_KEPT)
    session.execute(delete(AgencyImport).where(never_saved))
