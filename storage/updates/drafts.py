"""What people have typed for a return and not submitted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.connection.ready import Ready
from storage.upsert import put_over


class ReturnDraft(OfMission, Base):
    """What one person has typed and not submitted, and the version it began from."""

    __tablename__ = "return_drafts"
    kept = "one for each person and return, gone with the answer"

    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    answers: Mapped[Json] = mapped_column(default=dict)
    base_version: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]


_DRAFTS = select(ReturnDraft).where(ReturnDraft.return_id == bindparam("return")).order_by(ReturnDraft.saved_at.desc())


_THIS_ONE = (ReturnDraft.return_id == bindparam("return"), ReturnDraft.user_id == bindparam("user"))
_ONE = select(ReturnDraft).where(*_THIS_ONE).execution_options(populate_existing=True)
_ANY = Ready(select(ReturnDraft.user_id).where(ReturnDraft.return_id == bindparam("return")).limit(1))
_FORGET = Ready(delete(ReturnDraft).where(*_THIS_ONE))


def get_draft(session: Session, return_id: int, user_id: str) -> ReturnDraft | None:
    """What this person has typed for a return."""
    return session.scalars(_ONE, {"return": return_id, "user": user_id}).first()


def put_draft(session: Session, mission_id: str, return_id: int, user_id: str, **values: object) -> None:
    """Keep what this person has typed (`answers`, `base_version`, `saved_at`), in place of what they typed before."""
    put_over(session, ReturnDraft, {"mission_id": mission_id, "return_id": return_id, "user_id": user_id, **values})


def has_drafts(session: Session, return_id: int) -> bool:
    """Whether anybody has typed something for a return."""
    return _ANY.first(session, {"return": return_id}) is not None


def drafts_of(session: Session, return_id: int) -> list[ReturnDraft]:
    """Everybody's drafts of a return, the newest first."""
    return list(session.scalars(_DRAFTS, {"return": return_id}))


def returns_with_drafts(session: Session, return_ids: Iterable[int]) -> set[int]:
    """Those of these returns for which anybody has typed something."""
    query = select(ReturnDraft.return_id).where(ReturnDraft.return_id.in_(list(return_ids)))
    return set(session.scalars(query.distinct()))


def forget_draft(session: Session, return_id: int, user_id: str) -> None:
    """The draft was submitted, or its author let it go."""
    _FORGET.run(session, {"return": return_id, "user": user_id})
