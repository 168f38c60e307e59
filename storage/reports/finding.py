"""Reports by id, number and period, with their sections and corrigenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.reports.model import Corrigendum, Report, ReportState, Section

ISSUED = (ReportState.ISSUED, ReportState.CORRECTED)


def get_report(session: Session, mission_id: str, report_id: int) -> Report | None:
    """The report with this id, if it is of this mission."""
    found = session.get(Report, report_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_report(session: Session, mission_id: str, report_id: int) -> Report | None:
    """The same, freshly read and held until the transaction ends."""
    query = select(Report).where(Report.id == report_id, Report.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def find_report(session: Session, mission_id: str, kind: str, number: int) -> Report | None:
    """The report of a kind that people know by this number."""
    query = select(Report).where(Report.mission_id == mission_id, Report.kind == kind, Report.number == number)
    return session.scalars(query).first()


def covering(session: Session, mission_id: str, kind: str, starts_at: datetime, ends_at: datetime) -> list[Report]:
    """Reports of a kind that share a moment with a half-open period; one begins where the other ends."""
    query = select(Report).where(
        Report.mission_id == mission_id, Report.kind == kind, Report.starts_at < ends_at, Report.ends_at > starts_at
    )
    return list(session.scalars(query.order_by(Report.number)))


def last_issued(session: Session, mission_id: str, kind: str) -> Report | None:
    """The newest report of a kind that was issued."""
    query = select(Report).where(Report.mission_id == mission_id, Report.kind == kind, Report.state.in_(ISSUED))
    return session.scalars(query.order_by(Report.number.desc()).limit(1)).first()


def next_number(session: Session, mission_id: str, kind: str) -> int:
    """The number of the next report of a kind. Two at once meet at the unique key, and one tries again."""
    query = select(func.max(Report.number)).where(Report.mission_id == mission_id, Report.kind == kind)
    return (session.scalar(query) or 0) + 1


def sections_of(session: Session, report_id: int) -> list[Section]:
    """The sections of a report, in their order."""
    query = select(Section).where(Section.report_id == report_id)
    return list(session.scalars(query.order_by(Section.position)))


def lock_section(session: Session, report: Report, section_id: int) -> Section | None:
    """A section of this report, freshly read and held until the transaction ends."""
    query = select(Section).where(Section.id == section_id, Section.report_id == report.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def corrigenda_of(session: Session, report_id: int) -> list[Corrigendum]:
    """The corrigenda of a report, by number."""
    query = select(Corrigendum).where(Corrigendum.report_id == report_id)
    return list(session.scalars(query.order_by(Corrigendum.number)))
