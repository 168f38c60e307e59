"""Releases by id, number and side, and what took them in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.compartments import Compartment
from storage.releases.model import Release, ReleaseState, ReleaseUse
from storage.subjects import Subject
from storage.upsert import insert_new


def get_release(session: Session, mission_id: str, release_id: int) -> Release | None:
    """The release with this id, if it is of this mission."""
    found = session.get(Release, release_id)
    return found if found is not None and found.mission_id == mission_id else None


def lock_release(session: Session, mission_id: str, release_id: int) -> Release | None:
    """The same, freshly read and held until the transaction ends."""
    query = select(Release).where(Release.id == release_id, Release.mission_id == mission_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def find_release(session: Session, mission_id: str, number: int) -> Release | None:
    """The release that people know by this number."""
    return session.scalars(select(Release).where(Release.mission_id == mission_id, Release.number == number)).first()


def next_number(session: Session, mission_id: str) -> int:
    """The number of the mission's next release. Two at once meet at the unique key, and one tries again."""
    return (session.scalar(select(func.max(Release.number)).where(Release.mission_id == mission_id)) or 0) + 1


def releases_of(
    session: Session, mission_id: str, *, side: Compartment | None = None, state: ReleaseState | None = None
) -> list[Release]:
    """Releases of one side or of both, in one state or in any, the newest first."""
    query = select(Release).where(Release.mission_id == mission_id)
    if side is not None:
        query = query.where(Release.compartment == side)
    if state is not None:
        query = query.where(Release.state == state)
    return list(session.scalars(query.order_by(Release.id.desc())))


def note_use(session: Session, release: Release, subject: Subject, now: datetime) -> bool:
    """Write down that something took a release in. Returns False when that is known."""
    row = {"mission_id": release.mission_id, "release_id": release.id, "subject": str(subject), "used_at": now}
    return insert_new(session, ReleaseUse, row)


def uses_of(session: Session, release_id: int) -> list[Subject]:
    """What took a release in, in the order in which it did."""
    query = select(ReleaseUse.subject).where(ReleaseUse.release_id == release_id)
    return [Subject.parse(one) for one in session.scalars(query.order_by(ReleaseUse.used_at, ReleaseUse.subject))]
