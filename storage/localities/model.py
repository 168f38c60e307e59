"""Places that have a p-code, and the other names under which people write them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Locality(Base):
    """A place of an administrative level: 0 is a country, 1 a province or state, 2 a district, 3 what is below it.

    `name_key` is how its name is compared (`commands.kit.where.names`); many places bear the same. `parent` is the code
    of the place it lies in, `country` the country's ISO 3166 code of three letters.
    """

    __tablename__ = "localities"
    kept = "the places of the mission's area; what was entered refers to them"
    __table_args__ = (Index("ix_localities_name", "mission_id", "name_key"),)

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    country: Mapped[str] = mapped_column(String(3))
    level: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(String(120))
    parent: Mapped[str] = mapped_column(String(24), default="")


class LocalityAlias(Base):
    """Another spelling that means one place in this mission, as somebody said once."""

    __tablename__ = "locality_aliases"
    kept = "what people call the places of the mission's area"
    __table_args__ = (
        ForeignKeyConstraint(["mission_id", "code"], ["localities.mission_id", "localities.code"]),
        Index("ix_locality_aliases_code", "mission_id", "code"),
    )

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    name_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    alias: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(24))
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]
