"""Which of two versions is the newer one: files come in any order, and an old one must not undo what a newer one said.

A flow says when it was last updated, or created; where both versions say the same day, or one says none, the days of
the files decide. Published figures have the day of their file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from storage.base import Json
from storage.funding.imports import FundingImport, ImportState
from storage.funding.model import Flow
from storage.funding.staging import KEYS, Version, table_of

Condition = SQLColumnExpression[bool]
IMPORTS_LOOKED_AT = 500


def day_of(row: Any) -> Any:
    """The day on which FTS changed a flow last, as far as it says it."""
    return func.coalesce(row.updated_on, row.created_on)


def is_older(table: Version, kept: FundingImport, mine: Any, current: Any) -> Condition:
    """Whether a staged row is older than the one on record, which it differs from."""
    same = and_(current.fingerprint == mine.fingerprint, ~current.is_withdrawn)
    of_newer_file = current.import_id.in_(_newer_files(kept))
    if table is not Flow:
        return and_(current.id.is_not(None), ~same, of_newer_file)
    before = func.coalesce(day_of(mine) < day_of(current), false())
    undecided = func.coalesce(day_of(mine) == day_of(current), true())
    return and_(current.id.is_not(None), ~same, or_(before, and_(undecided, of_newer_file)))


def _newer_files(kept: FundingImport) -> Any:
    return select(FundingImport.id).where(
        FundingImport.mission_id == kept.mission_id,
        FundingImport.state == ImportState.DONE,
        FundingImport.as_of > kept.as_of,
    )


def is_newer_than_file(table: Version, kept: FundingImport, current: Any) -> Condition:
    """Whether what is on record is newer than the file: then the file cannot know of it."""
    of_newer_file: Condition = current.import_id.in_(_newer_files(kept))
    if table is not Flow:
        return of_newer_file
    return func.coalesce(day_of(current) > kept.as_of, of_newer_file)


@dataclass(frozen=True, slots=True)
class Older:
    """A row of a file that is older than what is on record: its place, what it is about, and both days and amounts."""

    row: int
    name: str
    days: tuple[date | None, date | None]
    amounts: tuple[Any, Any]


def older_rows(session: Session, kept: FundingImport, *, limit: int) -> Iterator[Older]:
    """The staged rows that stay away because what is on record is newer, by their place in the file."""
    table = table_of(kept.kind)
    mine, current = aliased(table), aliased(table)
    same_key = and_(*(getattr(mine, name) == getattr(current, name) for name in KEYS[table]))
    if table is Flow:
        shown = (mine.fts_id, day_of(mine), day_of(current), mine.amount_usd, current.amount_usd)  # type: ignore[union-attr]
    else:
        shown = (mine.plan_name, mine.as_of, current.as_of, mine.funding, current.funding)  # type: ignore[union-attr]
    query = (
        select(mine.row_number, *shown)
        .join(current, and_(current.is_current, same_key))
        .where(mine.import_id == kept.id, mine.valid_from.is_(None), is_older(table, kept, mine, current))
    )
    for row, name, *rest in session.execute(query.order_by(mine.row_number).limit(limit)):
        yield Older(row, name, (rest[0], rest[1]), (rest[2], rest[3]))


def newest_day(session: Session, kept: FundingImport) -> date | None:
    """The day of the newest file that was imported about anything that this one is about."""
    query = select(FundingImport).where(
        FundingImport.mission_id == kept.mission_id,
        FundingImport.state == ImportState.DONE,
        FundingImport.as_of > kept.as_of,
    )
    newer = session.scalars(query.order_by(FundingImport.as_of.desc(), FundingImport.id).limit(IMPORTS_LOOKED_AT))
    table = table_of(kept.kind)
    same = (one for one in newer if one.kind and table_of(one.kind) is table and _overlap(one.scope, kept.scope))
    return next((one.as_of for one in same), None)


def _overlap(one: Json, other: Json) -> bool:
    """Whether two imports cover the same country and year, and the same boundary or level."""
    names = ("countries", "boundaries", "years")
    meet = all(set(one.get(name) or [None]) & set(other.get(name) or [None]) for name in names)
    return meet and one.get("level") == other.get("level")
