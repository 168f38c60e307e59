"""What an import would change: rows that are new, different, the same or missing, and sums before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from storage.funding.imports import FundingImport
from storage.funding.model import Boundary, Flow
from storage.funding.newer import count_only_here, has_newer, is_newer_than_file, is_older, is_only_here
from storage.funding.source_figures import SourceFigure
from storage.funding.staging import KEYS, Version, in_scope, table_of

Condition = SQLColumnExpression[bool]
Plan = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many staged rows are new, changed (or back after they were withdrawn) and unchanged; how many are missing.

    `older` ones differ from what is on record, which is newer and stays. `only_here` are those of the new ones that a
    newer file about the same did not have.
    """

    new: int
    changed: int
    unchanged: int
    missing: int
    older: int = 0
    only_here: int = 0


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """The cents of a plan before an import, after it, with what is missing withdrawn, with what is only here left out.

    For flows they are what counts; for requirements they are the funding, and `asked` the requirements. For figures of
    other sources they are what is granted, by fund (`plan_key`), and `asked` what is committed of it.
    """

    country: str
    year: int | None
    plan_key: str
    name: str
    before: int
    after: int
    without_missing: int
    without_only_here: int
    asked_before: int = 0
    asked_after: int = 0


def staged(table: Any, kept: FundingImport) -> Condition:
    """The staged rows of an import."""
    return and_(table.import_id == kept.id, table.valid_from.is_(None))


def same_key(table: Version, one: Any, other: Any) -> Condition:
    """Both are versions of the same flow or figure."""
    return and_(*(getattr(one, name) == getattr(other, name) for name in KEYS[table]))


def is_missing(table: Version, kept: FundingImport, current: Any) -> Condition:
    """A current row within the scope of an import that the import lacks."""
    mine = aliased(table)
    return and_(
        current.mission_id == kept.mission_id,
        current.is_current,
        ~current.is_withdrawn,
        *in_scope(table, kept.scope, current),
        ~is_newer_than_file(table, kept, current),
        ~exists().where(staged(mine, kept), same_key(table, mine, current)),
    )


def compare(session: Session, kept: FundingImport) -> Counts:
    """Count what an import would do."""
    table = table_of(kept.kind)
    mine, current = aliased(table), aliased(table)
    joined = and_(current.is_current, same_key(table, mine, current))
    same = and_(current.fingerprint == mine.fingerprint, ~current.is_withdrawn)
    query = (
        select(
            func.count(),
            func.coalesce(func.sum(case((current.id.is_(None), 1), else_=0)), 0),
            func.coalesce(func.sum(case((same, 1), else_=0)), 0),
            func.coalesce(func.sum(case((is_older(table, kept, mine, current), 1), else_=0)), 0),
        )
        .select_from(mine)
        .outerjoin(current, joined)
        .where(staged(mine, kept))
    )
    rows, new, unchanged, older = session.execute(query).one()
    old = aliased(table)
    missing = session.scalar(select(func.count()).select_from(old).where(is_missing(table, kept, old))) or 0
    changed = int(rows - new - unchanged - older)
    return Counts(int(new), changed, int(unchanged), missing, int(older), count_only_here(session, kept))


def under_another_boundary(session: Session, kept: FundingImport, *, limit: int) -> list[tuple[int, str, str]]:
    """Staged flows that are current under another boundary too: row, id and the other boundary."""
    if table_of(kept.kind) is not Flow:
        return []
    mine, other = aliased(Flow), aliased(Flow)
    found: list[tuple[int, str, str]] = []
    # One boundary after the other: "any but mine" leaves SQLite with all the flows of a country for each staged one.
    for boundary in Boundary:
        joined = and_(
            other.mission_id == mine.mission_id,
            other.is_current,
            other.country == mine.country,
            other.boundary == boundary,
            other.fts_id == mine.fts_id,
            ~other.is_withdrawn,
        )
        query = select(mine.row_number, mine.fts_id, other.boundary).join(other, joined)
        query = query.where(staged(mine, kept), mine.boundary != boundary).limit(limit - len(found))
        found += [(row, fts_id, there) for row, fts_id, there in session.execute(query)]
    return found


def plan_totals(session: Session, kept: FundingImport) -> list[PlanTotal]:
    """Sums by plan before and after an import, of the countries (and level) it covers; largest first."""
    table = table_of(kept.kind)
    mine, current, old = aliased(table), aliased(table), aliased(table)
    paired = and_(current.is_current, same_key(table, mine, current))
    differs = or_(
        current.id.is_(None),
        and_(or_(current.fingerprint != mine.fingerprint, current.is_withdrawn), ~is_older(table, kept, mine, current)),
    )
    whole = aliased(table)
    before = _sums(session, whole, [whole.mission_id == kept.mission_id, whole.is_current, *_wide(whole, kept)])
    arriving = _sums(session, mine, [staged(mine, kept), differs], outer=(current, paired))
    leaving = _sums(session, current, [staged(mine, kept), differs], outer=(mine, paired))
    missing = _sums(session, old, [is_missing(table, kept, old)])
    alone = _sums(session, mine, [staged(mine, kept), is_only_here(table, kept, mine)]) if has_newer(kept) else {}
    keys = before.keys() | arriving.keys() | leaving.keys() | missing.keys()
    found = [
        _total(key, *(one.get(key, NOTHING) for one in (before, arriving, leaving, missing, alone))) for key in keys
    ]
    return sorted(found, key=lambda one: (-one.after, one.country, -(one.year or 0), one.plan_key))


def _wide(row: Any, kept: FundingImport) -> list[Condition]:
    wanted: list[Condition] = [row.country.in_(kept.scope["countries"])]
    table = table_of(kept.kind)
    if table is SourceFigure:
        return [*wanted, row.kind == kept.kind, row.fund.in_(kept.scope["funds"])]
    return wanted if table is Flow else [*wanted, row.level == kept.scope["level"]]


@dataclass(frozen=True, slots=True)
class _Part:
    name: str = ""
    funding: int = 0
    asked: int = 0


NOTHING = _Part()


def _sums(
    session: Session, row: Any, where: Sequence[Condition], outer: tuple[Any, Condition] | None = None
) -> dict[Plan, _Part]:
    if hasattr(row, "fts_id"):
        name, funding = row.dest_plan, case((row.is_counted, row.amount_usd), else_=None)
        asked = None
        key = row.plan_key
    elif hasattr(row, "fund"):
        name, funding, asked, key = (
            row.fund,
            case((~row.is_withdrawn, row.granted), else_=None),
            row.committed,
            row.fund,
        )
    else:
        name, funding, asked = row.plan_name, case((~row.is_withdrawn, row.funding), else_=None), row.requirements
        key = row.plan_key
    sums = [func.sum(funding), func.sum(case((~row.is_withdrawn, asked), else_=None)) if asked is not None else None]
    query = select(row.country, row.year, key, func.max(name), *(one for one in sums if one is not None))
    if outer is not None:
        query = query.select_from(row).outerjoin(*outer)
    query = query.where(*where).group_by(row.country, row.year, key)
    return {
        (country, year, key): _Part(plan or "", *(int((money or 0) * 100) for money in amounts))
        for country, year, key, plan, *amounts in session.execute(query)
    }


def _total(key: Plan, before: _Part, arriving: _Part, leaving: _Part, missing: _Part, alone: _Part) -> PlanTotal:
    after = before.funding + arriving.funding - leaving.funding
    return PlanTotal(
        *key,
        name=arriving.name or before.name if key[2] else "",
        before=before.funding,
        after=after,
        without_missing=after - missing.funding,
        without_only_here=after - alone.funding,
        asked_before=before.asked,
        asked_after=before.asked + arriving.asked - leaving.asked,
    )
