"""A text that a side of the wall gives out: written for the purpose, for named readers, and with an end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, OfMission


class ReleaseState(StrEnum):
    """Where a release stands. Nothing comes back into force: what shall go on is released anew."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """For whom a release is."""

    SRSG_OFFICE = "srsg_office"
    CABINET = "cabinet"
    OPERATIONS_CENTRE = "operations_centre"
    AGENCIES = "agencies"
    PERSON = "person"
    EVERYBODY = "everybody"


class Release(OfMission, Base):
    """One text that was given out. `compartment` is the side that gave it; its text is the mission's from then on.

    `number` counts in the mission and is how people name it. `text`, `handling`, the audience and `valid_until` never
    change; `agencies` (ids) and `person` (user id) belong to two of the audiences. It says who released it
    (`released_by`), and nobody keeps who wrote what it was made from.
    """

    __tablename__ = "releases"
    kept = "what a side said to others, and until when: the record of both"
    __table_args__ = (
        Index("uq_releases_mission_id_number", "mission_id", "number", unique=True),
        Index("ix_releases_side", "mission_id", "compartment", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    compartment: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(String(24))
    audience: Mapped[str] = mapped_column(String(24))
    agencies: Mapped[list[int]] = mapped_column(default=list)
    person: Mapped[str | None] = mapped_column(String(32))
    valid_until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=ReleaseState.IN_FORCE)
    released_by: Mapped[str] = mapped_column(String(32))
    released_at: Mapped[datetime]
    ended_by: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[datetime | None]

    @property
    def is_in_force(self) -> bool:
        """Whether it still says what its side says."""
        return self.state == ReleaseState.IN_FORCE


class ReleaseUse(OfMission, Base):
    """Something that took a release in: a section of a report, a value, an incident (`subject`)."""

    __tablename__ = "release_uses"
    kept = "where a release stands: they are told when it ends"

    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime]
