"""Which version of a return a coordinator has read: what is new to them is what came after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, OfMission
from storage.upsert import put_over


class ReturnLook(OfMission, Base):
    """The newest version of a return that one person has read."""

    __tablename__ = "return_looks"
    kept = "one for each return and coordinator who reads it"

    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


_LOOKS = select(ReturnLook.return_id, ReturnLook.version).where(
    ReturnLook.return_id.in_(bindparam("returns", expanding=True)), ReturnLook.user_id == bindparam("user")
)


def looks_of(session: Session, return_ids: Iterable[int], user_id: str) -> dict[int, int]:
    """The versions that this person has read of these returns, by return."""
    found = session.execute(_LOOKS, {"returns": list(return_ids), "user": user_id})
    return {row.return_id: row.version for row in found}


def note_looks(session: Session, mission_id: str, user_id: str, versions: Mapping[int, int]) -> None:
    """This person has read these versions, by return."""
    rows = [
        {"mission_id": mission_id, "return_id": number, "user_id": user_id, "version": version}
        for number, version in sorted(versions.items())
    ]
    if rows:
        put_over(session, ReturnLook, *rows)
