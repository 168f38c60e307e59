"""Who was represented at a meeting: agencies, never persons' airtime."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.upsert import put_over


class Presence(StrEnum):
    """How an agency took part. Who has no row is absent without apology."""

    REPRESENTED = "represented"
    OBSERVER = "observer"
    APOLOGY = "apology"
    ABSENT = "absent"


class Attendance(OfMission, Base):
    """An agency at a meeting. `person` is the Slack user who represents it, `person_name` somebody without Slack."""

    __tablename__ = "cabinet_attendance"
    kept = "the record of the cabinet: who was represented"
    __table_args__ = (Index("uq_cabinet_attendance_meeting_id_agency_id", "meeting_id", "agency_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("cabinet_meetings.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    presence: Mapped[str] = mapped_column(String(16))
    person: Mapped[str | None] = mapped_column(String(32))
    person_name: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(32))
    recorded_at: Mapped[datetime]


_OF_MEETING = select(Attendance).where(Attendance.meeting_id == bindparam("meeting")).order_by(Attendance.id)


def attendance_of(session: Session, meeting_id: int) -> dict[int, Attendance]:
    """What is recorded of a meeting, by agency id."""
    return {row.agency_id: row for row in session.scalars(_OF_MEETING, {"meeting": meeting_id})}


def set_presence(
    session: Session,
    mission_id: str,
    meeting_id: int,
    agency_id: int,
    presence: Presence,
    *,
    by: str,
    at: datetime,
    person: str | None = None,
    person_name: str = "",
) -> None:
    """Write down how an agency takes part, in place of what was written before."""
    whose = {"mission_id": mission_id, "meeting_id": meeting_id, "agency_id": agency_id}
    how = {"presence": presence, "person": person, "person_name": person_name, "recorded_by": by, "recorded_at": at}
    put_over(session, Attendance, {**whose, **how}, by=("meeting_id", "agency_id"))
