"""Which of two versions is the newer one: files come in any order, and an old one must not undo what a newer one said.

A flow says when it was last updated, or created; where both versions say the same day, or one says none, the days of
the files decide. Published figures have the day of their file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from storage.base import Json
from storage.funding.imports import FundingImport, ImportState
from storage.funding.model import Boundary, Flow
from storage.funding.source_figures import FigureKind, SourceFigure, newest_decision
from storage.funding.staging import KEYS, Version, in_scope, table_of

Condition = SQLColumnExpression[bool]
IMPORTS_LOOKED_AT = 500
# Under these names an import keeps the day of its newest row, and which imports are of newer files.
NEWEST_ROW, NEWER_IMPORTS = "newest_row", "newer_imports"
# And what those of them cover that are about the same.
NEWER_SCOPES, SCOPES_KEPT = "newer_scopes", 20


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


def _newer_files(kept: FundingImport) -> list[int]:
    """The imports of newer files, as they were found when this one was compared (`note_days`)."""
    return list(kept.options.get(NEWER_IMPORTS) or [])


def is_newer_than_file(table: Version, kept: FundingImport, current: Any) -> Condition:
    """Whether what is on record is newer than the file: then the file cannot know of it."""
    of_newer_file: Condition = current.import_id.in_(_newer_files(kept))
    if table is not Flow:
        return of_newer_file
    return func.coalesce(day_of(current) > kept.as_of, of_newer_file)


def has_newer(kept: FundingImport) -> bool:
    """Whether a newer file about the same was imported."""
    return bool(kept.options.get(NEWER_SCOPES))


def is_only_here(table: Version, kept: FundingImport, mine: Any) -> Condition:
    """Whether a staged row is new here although a newer file about the same was imported, which did not have it."""
    current = aliased(table)
    same_key = and_(*(getattr(mine, name) == getattr(current, name) for name in KEYS[table]))
    covered = [and_(*in_scope(table, scope, mine)) for scope in kept.options.get(NEWER_SCOPES) or []]
    return and_(~exists().where(current.is_current, same_key), or_(false(), *covered))


def count_only_here(session: Session, kept: FundingImport) -> int:
    """How many rows of a file no newer one about the same had."""
    if not has_newer(kept):
        return 0
    table = table_of(kept.kind)
    mine = aliased(table)
    staged = and_(mine.import_id == kept.id, mine.valid_from.is_(None))
    return session.scalar(select(func.count()).select_from(mine).where(staged, is_only_here(table, kept, mine))) or 0


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
    elif table is SourceFigure:
        shown = (mine.code, mine.decided_on, current.decided_on, mine.granted, current.granted)  # type: ignore[union-attr]
    else:
        shown = (mine.plan_name, mine.as_of, current.as_of, mine.funding, current.funding)  # type: ignore[union-attr]
    query = (
        select(mine.row_number, *shown)
        .join(current, and_(current.is_current, same_key))
        .where(mine.import_id == kept.id, mine.valid_from.is_(None), is_older(table, kept, mine, current))
    )
    for row, name, *rest in session.execute(query.order_by(mine.row_number).limit(limit)):
        yield Older(row, name, (rest[0], rest[1]), (rest[2], rest[3]))


def note_days(session: Session, kept: FundingImport) -> date | None:
    """Find the imports of newer files, once for all that is asked about them; gives the newest day about the same.

    The day of a file is the one that somebody said, else its newest row. Whoever said nothing of this file is
    compared by newest rows alone: a file from the same hour is not older because nobody wrote down the day.
    """
    own = newest_row(session, kept)
    is_said = own is None or kept.as_of not in {None, own}
    day = kept.as_of = kept.as_of or own or _day_of_upload(kept)
    found = [(one, when) for one in _imported(session, kept) if (when := _day_of_file(one, is_said=is_said)) > day]
    kept.options = {
        **kept.options,
        NEWEST_ROW: own.isoformat() if own else "",
        NEWER_IMPORTS: [one.id for one, _when in found],
    }
    same = [(one, when) for one, when in found if _overlap(one.scope, kept.scope)]
    kept.options = {**kept.options, NEWER_SCOPES: [one.scope for one, _when in same[:SCOPES_KEPT]]}
    return max((when for _one, when in same), default=None)


def _day_of_upload(kept: FundingImport) -> date:
    """The day that was noted with the upload; the upload's own where an import of an earlier release notes none."""
    noted = kept.options.get("as_of")
    return date.fromisoformat(noted) if noted else kept.created_at.date()


def newest_row(session: Session, kept: FundingImport) -> date | None:
    """When FTS changed something last, of what a file of flows holds; None where no row says it."""
    if table_of(kept.kind) is SourceFigure:
        return newest_decision(session, kept.id, kept.created_at.date())
    if table_of(kept.kind) is not Flow:
        return None
    query = select(func.max(day_of(Flow))).where(Flow.import_id == kept.id, Flow.valid_from.is_(None))
    return session.scalar(query)


def _is_alike(one: str, other: str) -> bool:
    """Whether imports of these kinds can have brought the same figures."""
    return one == other if one in set(FigureKind) else table_of(one) is table_of(other)


def _imported(session: Session, kept: FundingImport) -> list[Any]:
    columns = (FundingImport.id, FundingImport.kind, FundingImport.as_of, FundingImport.options, FundingImport.scope)
    query = select(*columns).where(
        FundingImport.mission_id == kept.mission_id,
        FundingImport.state == ImportState.DONE,
        FundingImport.as_of.is_not(None),
    )
    newest = session.execute(query.order_by(FundingImport.id.desc()).limit(IMPORTS_LOOKED_AT))
    same = [one for one in newest if one.kind and _is_alike(one.kind, kept.kind)]
    return [one for one in same if _answer(one.options) is None or _answer(one.options) != _answer(kept.options)]


def _answer(options: Json) -> tuple[Any, ...] | None:
    """What tells one answer of FTS's API from another: its pages are of one moment, whatever rows each of them has."""
    answer = options.get("answer")
    return tuple(answer[name] for name in (*Boundary, "funding", "pledges")) if answer else None


def _day_of_file(one: Any, *, is_said: bool) -> date:
    own = one.options.get(NEWEST_ROW)
    day: date = one.as_of
    return date.fromisoformat(own) if own and not is_said else day


def _overlap(one: Json, other: Json) -> bool:
    """Whether two imports cover the same country and year, and the same boundary or level."""
    names = ("countries", "boundaries", "years")
    meet = all(set(one.get(name) or [None]) & set(other.get(name) or [None]) for name in names)
    return meet and one.get("level") == other.get("level")
