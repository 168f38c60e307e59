"""Links: one thing arose from another, serves it, answers it, doubles it, replaces it or is about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, bindparam, select, text, union
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base, OfMission
from storage.missions import Mission
from storage.subjects import Subject
from storage.upsert import insert_new


class LinkVerb(StrEnum):
    """What the thing that a link begins at is to the other one."""

    AROSE_FROM = "arose_from"
    SERVES = "serves"
    ANSWERS = "answers"
    DOUBLES = "doubles"
    REPLACES = "replaces"
    ABOUT = "about"


# Nothing serves or replaces itself, in however many steps.
WITHOUT_CIRCLES = frozenset({LinkVerb.SERVES, LinkVerb.REPLACES})
_STANDS = text("removed_at IS NULL")


class Link(OfMission, Base):
    """A link between two subjects (`escalation:12`). It stands once, until it is removed; what was removed stays."""

    __tablename__ = "links"
    kept = "the record of what arose from what, removed links too"
    __table_args__ = (
        Index(
            "uq_links_standing",
            "mission_id",
            "from_subject",
            "verb",
            "to_subject",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_links_to", "mission_id", "to_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_subject: Mapped[str] = mapped_column(String(64))
    verb: Mapped[str] = mapped_column(String(16))
    to_subject: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


def add_link(
    session: Session, mission_id: str, of: Subject, verb: LinkVerb, to: Subject, *, by: str, now: datetime
) -> bool:
    """Write a link down. False when it stands already."""
    values = {
        "mission_id": mission_id,
        "from_subject": str(of),
        "verb": verb.value,
        "to_subject": str(to),
        "by": by,
        "at": now,
    }
    return insert_new(session, Link, values)


def links_of(session: Session, mission_id: str, subject: Subject, limit: int) -> list[Link]:
    """The links that stand and begin or end at a thing, the newest first."""
    found = session.scalars(_AT, {"mission": mission_id, "subject": str(subject), "limit": limit})
    return list(found)


def hold_links(session: Session, mission_id: str) -> None:
    """Let nobody else add links without circles until the transaction ends: two that cross would make one."""
    session.execute(select(Mission.id).where(Mission.id == mission_id).with_for_update(key_share=True))


def leads_to(session: Session, mission_id: str, begin: Subject, verb: LinkVerb, end: Subject) -> bool:
    """Whether links of one verb lead from a thing to another, in one step or many."""
    values = {"mission": mission_id, "begin": str(begin), "verb": verb.value, "end": str(end)}
    return session.execute(_PATH, values).first() is not None


_STANDING = (Link.mission_id == bindparam("mission"), Link.removed_at.is_(None))
_BEGINNING = select(Link).where(*_STANDING, Link.from_subject == bindparam("subject"))
_ENDING = select(Link).where(*_STANDING, Link.to_subject == bindparam("subject"))
_BOTH = aliased(Link, union(_BEGINNING, _ENDING).subquery())
_AT = select(_BOTH).order_by(_BOTH.at.desc(), _BOTH.id.desc()).limit(bindparam("limit"))
_STEP = select(Link.to_subject).where(*_STANDING, Link.verb == bindparam("verb"))
_REACHED = _STEP.where(Link.from_subject == bindparam("begin")).cte("reached", recursive=True)
_ALL_REACHED = _REACHED.union(_STEP.where(Link.from_subject == _REACHED.c.to_subject))
_PATH = select(_ALL_REACHED.c.to_subject).where(_ALL_REACHED.c.to_subject == bindparam("end")).limit(1)
