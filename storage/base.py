"""What every table shares: the base, constraint names, aware UTC times and the mission each row belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from storage.letters import folded

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC.

    SQLite forgets time zones even where the column asks for them, so the zone is put back on reading.
    A naive datetime is refused: it is a bug of the caller, never a guess of ours.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


CENT = Decimal("0.01")


class Cents(TypeDecorator[Decimal]):
    """An amount of money with two decimals, stored as whole hundredths, so that databases compare and add it exactly.

    An amount with more decimals is refused: whoever has one rounds it first, and says so.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        hundredths = value * 100
        if hundredths != int(hundredths):
            raise ValueError("an amount with more than two decimals cannot be stored")
        return int(hundredths)

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(int(value)) / 100).quantize(CENT)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number exactly as written (a rate, an amount in any currency), stored as text: SQL never adds it up."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def key_of(name: str) -> Callable[[Any], str]:
    """How a column begins that holds the text of another as it is searched for, without case and accents.

    Whoever changes the text of a row writes its key anew.
    """
    return lambda context: folded(str(context.get_current_parameters()[name]))


class Base(DeclarativeBase):
    """Every table; the metadata that Alembic compares with the database.

    Each table says in `kept` how long its rows stay once they are done with, or why they stay for good.
    """

    kept: ClassVar[timedelta | str]
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        datetime: UTCDateTime(),
        Json: JSON(),
        dict[str, str]: JSON(),
        list[str]: JSON(),
        list[int]: JSON(),
        list[Json]: JSON(),
    }


class OfMission:
    """Mixin: the row belongs to one mission (one Slack workspace), and no query may forget it."""

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), index=True)
