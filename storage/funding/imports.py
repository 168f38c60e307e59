"""Files of funding figures that somebody uploaded: their content until it is read, and what became of them for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission

PART_BYTES = 1_000_000
LOOKED_BACK = 200


class ImportKind(StrEnum):
    """What a file holds, recognised by its content."""

    FLOWS = "flows"
    PLANS = "plan"
    CLUSTERS = "cluster"
    GLOBAL_CLUSTERS = "global_cluster"
    COVID = "covid"
    EMERGENCY = "emergency"
    POOLED_CONTRIBUTIONS = "contributions"
    POOLED_PROJECTS = "allocations"
    FUND_PROJECTS = "fund_projects"
    MISSION_BUDGET = "mission_budget"
    LOCATIONS = "location"


class ImportState(StrEnum):
    """Where an import stands. Only `done` counts in any figure."""

    READING = "reading"
    READY = "ready"
    SAVING = "saving"
    DONE = "done"
    UNDOING = "undoing"
    DISCARDED = "discarded"
    REFUSED = "refused"
    UNDONE = "undone"


class FundingImport(OfMission, Base):
    """One uploaded file, from upload to what became of it. Rows of imports are kept for good; their parts are not.

    `file_hash` is SHA-256 in hexadecimal. `layout` names the format (`csv`, `hapi`, `api`). `scope` says what the file
    covers: countries, boundaries and years, plans. `is_complete`: the file holds all of its scope, so what it lacks is
    withdrawn. `rows_read` rows are staged; `rows_total` is an estimate while reading. `counts` has `new`, `changed`,
    `unchanged`, `refused`, `withdrawn`, `older` for rows that stay away because the record is newer, and `others` for
    rows of other countries; `totals` has plans with their sums before and after; `issues` are refusals and warnings
    with rows and columns, kept with the import. `checks` are what FTS said beside what the flows added up to, by
    country and plan, when the import was done. `seen_version` is the settings' version the preview was made for.
    `as_of` is the day of the figures.
    """

    __tablename__ = "funding_imports"
    kept = "the record of where figures came from; its parts do not stay"
    __table_args__ = (Index("ix_funding_imports_state", "mission_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default="")
    layout: Mapped[str] = mapped_column(String(16), default="")
    file_name: Mapped[str] = mapped_column(Text)
    file_hash: Mapped[str] = mapped_column(String(64))
    file_size: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=ImportState.READING)
    options: Mapped[Json] = mapped_column(default=dict)
    scope: Mapped[Json] = mapped_column(default=dict)
    is_complete: Mapped[bool] = mapped_column(default=False)
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    counts: Mapped[Json] = mapped_column(default=dict)
    totals: Mapped[list[Json]] = mapped_column(default=list)
    issues: Mapped[list[Json]] = mapped_column(default=list)
    checks: Mapped[list[Json]] = mapped_column(default=list)
    trouble: Mapped[str] = mapped_column(Text, default="")
    seen_version: Mapped[int] = mapped_column(default=0)
    as_of: Mapped[date | None] = mapped_column(Date)
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(32))
    undone_at: Mapped[datetime | None]


class FundingPart(OfMission, Base):
    """A piece of an uploaded file, at most PART_BYTES long, kept until the file is read."""

    __tablename__ = "funding_parts"
    kept = "until its file is read and nothing is asked about it, or a week for a preview that nobody confirms"

    import_id: Mapped[int] = mapped_column(ForeignKey("funding_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def get_import(session: Session, mission_id: str, import_id: int) -> FundingImport | None:
    """An import of this mission, looked at and not held."""
    query = select(FundingImport).where(FundingImport.id == import_id, FundingImport.mission_id == mission_id)
    return session.scalars(query).first()


def import_to_change(session: Session, mission_id: str, import_id: int) -> FundingImport | None:
    """The import with this id, if it is of this mission, freshly read and locked until the transaction ends."""
    query = select(FundingImport).where(FundingImport.mission_id == mission_id, FundingImport.id == import_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def latest_imports(session: Session, mission_id: str, *, limit: int, offset: int = 0) -> list[FundingImport]:
    """The mission's imports, newest first."""
    query = select(FundingImport).where(FundingImport.mission_id == mission_id)
    return list(session.scalars(query.order_by(FundingImport.id.desc()).limit(limit).offset(offset)))


def options_so_far(session: Session, mission_id: str) -> list[Json]:
    """How the newest files that were imported were read, the latest last."""
    query = select(FundingImport.options).where(
        FundingImport.mission_id == mission_id, FundingImport.state == ImportState.DONE
    )
    return list(session.scalars(query.order_by(FundingImport.id.desc()).limit(LOOKED_BACK)))[::-1]


def count_imports(session: Session, mission_id: str, *, since: int = 0) -> int:
    """How many imports the mission has; with `since`, this one and those after it."""
    query = select(func.count()).where(FundingImport.mission_id == mission_id, FundingImport.id >= since)
    return session.scalar(query) or 0


def waiting_imports(session: Session, mission_id: str, before: datetime) -> list[FundingImport]:
    """Imports from before a moment that still wait for somebody: read or not, locked until the transaction ends."""
    query = select(FundingImport).where(
        FundingImport.mission_id == mission_id,
        FundingImport.state.in_((ImportState.READY, ImportState.READING)),
        FundingImport.created_at < before,
    )
    return list(session.scalars(query.order_by(FundingImport.id).with_for_update()))


def keep_content(session: Session, kept: FundingImport, content: bytes) -> None:
    """Keep the bytes of a file in parts until it is read."""
    for number, start in enumerate(range(0, len(content), PART_BYTES)):
        part = content[start : start + PART_BYTES]
        session.add(FundingPart(mission_id=kept.mission_id, import_id=kept.id, number=number, content=part))
    session.flush()


def parts_of(session: Session, kept: FundingImport) -> Iterator[bytes]:
    """The bytes of a file, part by part."""
    query = select(FundingPart.content).where(
        FundingPart.mission_id == kept.mission_id, FundingPart.import_id == kept.id
    )
    yield from session.scalars(query.order_by(FundingPart.number).execution_options(yield_per=1))


def forget_content(session: Session, kept: FundingImport) -> None:
    """Drop the bytes of a file that is read, refused or discarded."""
    session.execute(
        delete(FundingPart).where(FundingPart.mission_id == kept.mission_id, FundingPart.import_id == kept.id)
    )
