"""Hand-offs: what one room gives to another to go on with, as a row and a moment that is due at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json, OfMission
from storage.compartments import Compartment


class HandOff(OfMission, Base):
    """Something that arose from `from_subject` and goes to `verb` (`room:verb`), which takes it once, at `taken_at`.

    `text` is what it says, at the level of `handling` and in its `compartment`. `place` is where it is, as far as that
    is known, `details` what else the receiver is told. `by` is whoever handed it over.
    """

    __tablename__ = "handoffs"
    kept = "the record of what one room gave to another"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_subject: Mapped[str] = mapped_column(String(64))
    verb: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[Json] = mapped_column(default=dict)
    details: Mapped[Json] = mapped_column(default=dict)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    compartment: Mapped[str] = mapped_column(String(8), default=Compartment.MISSION.value)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


def get_handoff(session: Session, mission_id: str, handoff_id: int) -> HandOff | None:
    """The hand-off with this id, if it is of this mission."""
    found = session.get(HandOff, handoff_id)
    return found if found is not None and found.mission_id == mission_id else None
