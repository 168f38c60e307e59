"""Rows of an import before it is confirmed: added many at once, freed of doubles, and the scope they cover.

A staged row is a version that was never valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, SQLColumnExpression, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from storage.base import Json
from storage.funding.imports import FundingImport, ImportKind
from storage.funding.model import Boundary, Flow, Level, OnBoundary, PlanRequirement
from storage.funding.source_figures import FigureKind, SourceFigure

Version = type[Flow | PlanRequirement | SourceFigure]
Condition = SQLColumnExpression[bool]
KEYS: dict[Version, tuple[str, ...]] = {
    Flow: ("mission_id", "country", "boundary", "fts_id"),
    PlanRequirement: ("mission_id", "country", "plan_key", "year", "level", "cluster_code", "cluster"),
    SourceFigure: ("mission_id", "kind", "fund", "part", "period", "code"),
}
DOUBLES_TOLD = 500
DELETED_AT_ONCE = 500


def table_of(kind: str) -> Version:
    """The table that a kind of import fills."""
    if kind in set(FigureKind):
        return SourceFigure
    return Flow if kind == ImportKind.FLOWS else PlanRequirement


def stage(session: Session, kept: FundingImport, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of an import, many at once: values as databases take them, in the order of `names`.

    The driver's own `executemany` is used, as whoever read the rows has settled their types.
    """
    if not rows:
        return
    fixed = {"mission_id": kept.mission_id, "import_id": kept.id, "is_current": False, "is_withdrawn": False}
    connection = session.connection()
    statement = _insert_statement(connection, table_of(kept.kind).__tablename__, [*names, *fixed])
    extra = tuple(fixed.values())
    connection.exec_driver_sql(statement, [(*row, *extra) for row in rows])


def _insert_statement(connection: Connection, table: str, columns: Sequence[str]) -> str:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - the names are ours


def unstage(session: Session, kept: FundingImport) -> None:
    """Forget the staged rows of an import."""
    table = table_of(kept.kind)
    session.execute(delete(table).where(table.import_id == kept.id, table.valid_from.is_(None)))


def count_staged(session: Session, kept: FundingImport) -> int:
    """How many rows of an import are staged."""
    table = table_of(kept.kind)
    query = select(func.count()).select_from(table).where(table.import_id == kept.id, table.valid_from.is_(None))
    return session.scalar(query) or 0


def weigh(session: Session, kept: FundingImport) -> None:
    """Tell the database how many rows an import brought, before they are compared with the others.

    PostgreSQL finds that out by itself after a minute; until then it takes them for one row, and goes through all of
    them for each current one. SQLite follows its indexes and needs no such figures.
    """
    if session.connection().dialect.name == "postgresql":
        table = table_of(kept.kind)
        columns = ", ".join([*KEYS[table], "import_id", "is_current", "valid_from"])
        session.connection().exec_driver_sql(f"ANALYZE {table.__tablename__} ({columns})")


@dataclass(frozen=True, slots=True)
class Doubles:
    """Rows that name the same flow or figure more than once: the rows of each, by its id or name."""

    same: list[tuple[str, list[int]]]
    different: list[tuple[str, list[int]]]
    same_count: int
    different_count: int


def remove_doubles(session: Session, kept: FundingImport) -> Doubles:
    """Keep one of rows that are the same, and none of those that contradict each other. Returns what was found."""
    found, gone = Doubles([], [], 0, 0), list[int]()
    same, different = 0, 0
    for kinds, rows in _double_rows(session, kept):
        leaving = rows[1:] if kinds == 1 else rows
        gone += [row.id for row in leaving]
        told = found.same if kinds == 1 else found.different
        same, different = (same + len(leaving), different) if kinds == 1 else (same, different + len(leaving))
        if len(told) < DOUBLES_TOLD:
            told.append((str(rows[0].name), [row.row_number for row in rows]))
    table = table_of(kept.kind)
    for start in range(0, len(gone), DELETED_AT_ONCE):
        session.execute(delete(table).where(table.id.in_(gone[start : start + DELETED_AT_ONCE])))
    return Doubles(found.same, found.different, same, different)


def _double_rows(session: Session, kept: FundingImport) -> Iterator[tuple[int, list[Row[Any]]]]:
    """The staged rows of each flow or figure that comes more than once, and how many versions of it there are.

    One statement finds all of them: a file that was put together from two halves repeats every row.
    """
    table = table_of(kept.kind)
    keys = [getattr(table, name) for name in KEYS[table]]
    mine = (table.import_id == kept.id, table.valid_from.is_(None))
    kinds = func.count(table.fingerprint.distinct()).label("kinds")
    twice = select(*keys, kinds).where(*mine).group_by(*keys).having(func.count() > 1).subquery()
    same_key = and_(*(twice.c[column.key] == column for column in keys))
    query = select(table.id, table.row_number, keys[-1].label("name"), twice.c.kinds, *keys[:-1])
    found = session.execute(query.join(twice, same_key).where(*mine).order_by(*keys, table.row_number))
    for _key, rows in groupby(found, key=lambda row: (*row[4:], row.name)):
        together = list(rows)
        yield together[0].kinds, together


def scope_of(session: Session, kept: FundingImport) -> Json:
    """What the staged rows cover: countries, years (None for flows over several), and boundaries or level and plans."""
    table = table_of(kept.kind)
    mine = (table.import_id == kept.id, table.valid_from.is_(None))
    if table is Flow:
        query = select(Flow.country, Flow.boundary, Flow.year, Flow.on_boundary).where(*mine).distinct()
        rows = session.execute(query).all()
        single = [row for row in rows if row.on_boundary == OnBoundary.SINGLE]
        return {
            "countries": sorted({row.country for row in rows}),
            "boundaries": sorted({row.boundary for row in rows}),
            "years": sorted({row.year for row in single if row.year is not None}),
            "no_year": any(row.year is None for row in single),
            "only_plan": _only_plan(session, mine) if kept.layout == "api" else None,
        }
    if table is SourceFigure:
        return _scope_of_figures(session, kept)
    one = PlanRequirement
    found = session.execute(select(one.country, one.year, one.plan_key, one.level).where(*mine).distinct()).all()
    return {
        "countries": sorted({row.country for row in found}),
        "years": sorted({row.year for row in found}),
        "level": next((row.level for row in found), Level.PLAN.value),
        "plans": sorted({row.plan_key for row in found}) if kept.layout == "api" else None,
    }


def in_scope(table: Version, scope: Json, row: Any) -> list[Condition]:
    """What an import covers (`storage.funding.staging.scope_of`), as conditions on a row."""
    wanted: list[Condition] = [row.country.in_(scope["countries"])]
    if table is SourceFigure:
        year = row.year.in_(scope["years"])
        wanted += [row.kind == scope["kind"], row.fund.in_(scope["funds"]), row.period.in_(scope["periods"])]
        return [*wanted, or_(year, row.year.is_(None)) if scope["no_year"] else year]
    if table is PlanRequirement:
        wanted += [row.level == scope["level"], row.year.in_(scope["years"])]
        if scope.get("plans") is not None:
            wanted.append(row.plan_key.in_(scope["plans"]))
        return wanted
    shared = row.on_boundary == OnBoundary.SHARED
    first, last = row.dest_usage_year_start, row.dest_usage_year_end
    overlaps = or_(*(and_(first <= year, last >= year) for year in scope["years"])) if scope["years"] else shared
    years = or_(and_(~shared, row.year.in_(scope["years"])), and_(shared, overlaps))
    if scope.get("no_year"):
        years = or_(years, and_(~shared, row.year.is_(None)))
    return [*wanted, row.boundary.in_(scope["boundaries"]), years]


def _only_plan(session: Session, mine: tuple[Any, ...]) -> str | None:
    """The plan that all incoming flows of an answer are for: it was asked about that plan, or there is no other."""
    incoming = (*mine, Flow.boundary == Boundary.INCOMING)
    plans = session.scalars(select(Flow.plan_key).where(*incoming).distinct().limit(2)).all()
    return plans[0] if len(plans) == 1 else None


def _scope_of_figures(session: Session, kept: FundingImport) -> Json:
    one = SourceFigure
    mine = (one.import_id == kept.id, one.valid_from.is_(None))
    found = session.execute(select(one.kind, one.fund, one.country, one.period, one.year).where(*mine).distinct()).all()
    return {
        "countries": sorted({row.country for row in found}),
        "years": sorted({row.year for row in found if row.year is not None}),
        "no_year": any(row.year is None for row in found),
        "kind": kept.kind,
        "funds": sorted({row.fund for row in found}),
        "periods": sorted({row.period for row in found}),
    }


def known_plans(session: Session, mission_id: str) -> list[tuple[str, str]]:
    """FTS ids and codes of the plans that current requirements and flows name."""
    asked = select(PlanRequirement.plan_id, PlanRequirement.plan_code).where(
        PlanRequirement.mission_id == mission_id, PlanRequirement.is_current, PlanRequirement.level == Level.PLAN
    )
    found = select(Flow.dest_plan_id, Flow.dest_plan_code).where(Flow.mission_id == mission_id, Flow.is_current)
    pairs = [*session.execute(asked.distinct()), *session.execute(found.distinct())]
    return sorted({(plan_id, code) for plan_id, code in pairs if plan_id and code})


def plans_known_by_code(session: Session, mission_id: str) -> set[str]:
    """Plans whose rows came without FTS's id, and are known by their code."""
    one = PlanRequirement
    query = select(one.plan_key).where(one.mission_id == mission_id, one.is_current, one.plan_key == one.plan_code)
    return set(session.scalars(query.where(one.plan_key != "").distinct()))


def find_plan(session: Session, mission_id: str, text: str) -> PlanRequirement | None:
    """The newest current plan with this code or FTS id."""
    one = PlanRequirement
    query = select(one).where(one.mission_id == mission_id, one.is_current, one.level == Level.PLAN, ~one.is_withdrawn)
    query = query.where((func.lower(one.plan_code) == text.lower()) | (one.plan_id == text))
    return session.scalars(query.order_by(one.year.desc(), one.id.desc())).first()
