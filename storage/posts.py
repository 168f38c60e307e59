"""Messages that the product keeps current: where the one message about a subject stands in Slack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.outbox.queue import OutboxRow, State
from storage.subjects import Subject
from storage.upsert import put_over


class Post(Base):
    """The message about a subject, for example `round:12:board`."""

    __tablename__ = "posts"
    kept = timedelta(days=400)

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    shown_at: Mapped[datetime]


_ONE = select(Post).where(Post.mission_id == bindparam("mission"), Post.subject == bindparam("subject"))


def get_post(session: Session, mission_id: str, subject: Subject) -> Post | None:
    """Where the message about `subject` stands, if it has been sent."""
    found = session.scalars(_ONE, {"mission": mission_id, "subject": str(subject)})
    return found.first()


_THESE = select(Post).where(
    Post.mission_id == bindparam("mission"), Post.subject.in_(bindparam("subjects", expanding=True))
)


def posts_about(session: Session, mission_id: str, subjects: Iterable[str]) -> dict[str, Post]:
    """Where the messages about these subjects stand, by subject; nothing for those that have not been sent."""
    found = session.scalars(_THESE, {"mission": mission_id, "subjects": list(subjects)})
    return {one.subject: one for one in found}


_STANDING = select(Post.subject).where(
    Post.mission_id == bindparam("mission"), Post.subject.in_(bindparam("subjects", expanding=True))
)


def standing(session: Session, mission_id: str, subjects: Iterable[str]) -> set[str]:
    """Those of these subjects about which a message stands in Slack."""
    return set(session.scalars(_STANDING, {"mission": mission_id, "subjects": list(subjects)}))


def shown_about(session: Session, mission_id: str, subject: Subject) -> list[Subject]:
    """The subjects of every message about a part of this subject that stands in Slack or has yet to leave."""
    beginning = f"{subject}:"
    sent = select(Post.subject).where(
        Post.mission_id == mission_id, Post.subject.startswith(beginning, autoescape=True)
    )
    waiting = select(OutboxRow.subject).where(
        OutboxRow.mission_id == mission_id,
        OutboxRow.state == State.PENDING,
        OutboxRow.subject.startswith(beginning, autoescape=True),
    )
    return [Subject.parse(str(one)) for one in sorted({*session.scalars(sent), *session.scalars(waiting)} - {None})]


class Place(NamedTuple):
    """Where the message about a subject stands, and when it was shown there."""

    mission_id: str
    subject: str
    channel_id: str
    ts: str
    shown_at: datetime


def remember_posts(session: Session, places: Sequence[Place]) -> None:
    """Write down where messages stand now, with one statement; of two about the same subject the later one counts."""
    # In one order always: two transactions that write the same rows must not wait for each other.
    in_order = sorted(places, key=lambda one: (one.mission_id, one.subject))
    put_over(session, Post, *(one._asdict() for one in in_order))


def forget_post(session: Session, mission_id: str, subject: Subject) -> None:
    """Somebody deleted the message in Slack: the next text is posted anew."""
    post = get_post(session, mission_id, subject)
    if post is not None:
        session.delete(post)
        session.flush()


def forget_posts(session: Session, now: datetime) -> None:
    """Forget messages that have not been edited for more than a year; one that is edited after all is posted anew."""
    session.execute(delete(Post).where(Post.shown_at < now - Post.kept))
