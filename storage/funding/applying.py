"""Making an import current, and taking one back: whole or not at all, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, and_, case, delete, exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.base import UTCDateTime
from storage.funding.comparing import is_missing, same_key, staged
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.kept_sums import Place, places_of_import, places_of_plans, renew
from storage.funding.model import Flow, FundingSettings, PlanRequirement
from storage.funding.newer import is_older, is_only_here
from storage.funding.plan_names import ids_of_named_plans
from storage.funding.source_figures import SourceFigure
from storage.funding.staging import Version, plans_known_by_code, table_of

NOT_COPIED = frozenset(
    {"id", "import_id", "is_current", "valid_from", "valid_to", "ended_by", "is_withdrawn", "is_counted"}
)
# A statement with more cases than these looks through them longer than it takes to go through the rows again.
RENAMED_AT_ONCE = 500


def apply_import(
    session: Session,
    kept: FundingImport,
    settings: FundingSettings,
    now: datetime,
    *,
    withdraw: bool,
    leave_out: bool = False,
) -> int:
    """Make the staged rows of an import the current ones. Returns how many rows were withdrawn.

    `settings` is locked by the caller, and the import's counts were made for its version. With `withdraw`, current rows
    of the import's scope that it lacks become withdrawn; without, they stay as they are. With
    `leave_out`, rows that no newer file had do not come.
    """
    table = table_of(kept.kind)
    if leave_out:
        session.execute(delete(table).where(staged(table, kept), is_only_here(table, kept, table)))
    gone = _withdraw_missing(session, table, kept, now) if withdraw else 0
    # What the preview counted still holds: its version of the figures is the locked one.
    if kept.counts.get("unchanged") or kept.counts.get("older"):
        _drop_what_stays(session, table, kept)
    if kept.counts.get("changed"):
        _end_replaced(session, table, kept, now)
    session.execute(update(table).where(staged(table, kept)).values(is_current=True, valid_from=now))
    renamed = _join_plan_keys(session, kept)
    touched = places_of_import(session, kept.mission_id, kept.id) if table is Flow else set()
    renew(session, kept.mission_id, touched | renamed)
    settings.version += 1
    session.flush()
    session.expire_all()
    return gone


def _withdraw_missing(session: Session, table: Version, kept: FundingImport, now: datetime) -> int:
    old = aliased(table)
    ids = list(session.scalars(select(old.id).where(is_missing(table, kept, old))))
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        session.execute(
            update(table).where(table.id.in_(some)).values(is_current=False, valid_to=now, ended_by=kept.id)
        )
        _copy(session, table, table.id.in_(some), now, withdrawn_by=kept.id)
    return len(ids)


def _copy(session: Session, table: Version, which: Any, now: datetime, *, withdrawn_by: int | None) -> None:
    """Add the rows `which` again as current versions: withdrawn by an import, or as they were, of the same import."""
    target = cast("Table", table.__table__)
    values: dict[str, Any] = {name: target.c[name] for name in target.c.keys() if name not in NOT_COPIED}  # noqa: SIM118
    values |= {"is_current": literal(True), "valid_from": literal(now, UTCDateTime())}
    values["import_id"] = target.c.import_id if withdrawn_by is None else literal(withdrawn_by)
    values["is_withdrawn"] = target.c.is_withdrawn if withdrawn_by is None else literal(True)
    if table is Flow:
        values["is_counted"] = target.c.is_counted if withdrawn_by is None else literal(False)
    session.execute(insert(target).from_select(list(values), select(*values.values()).where(which)))


def _end_replaced(session: Session, table: Version, kept: FundingImport, now: datetime) -> None:
    mine = aliased(table)
    replaced = exists().where(staged(mine, kept), same_key(table, mine, table))
    session.execute(
        update(table)
        .where(table.mission_id == kept.mission_id, table.is_current, replaced)
        .values(is_current=False, valid_to=now, ended_by=kept.id)
    )


def _drop_what_stays(session: Session, table: Version, kept: FundingImport) -> None:
    """Rows that are the same as on record, or older."""
    current = aliased(table)
    same = and_(~current.is_withdrawn, current.fingerprint == table.fingerprint)
    if kept.counts.get("older"):
        same = or_(same, is_older(table, kept, table, current))
    stays = exists().where(current.is_current, same, same_key(table, current, table))
    session.execute(delete(table).where(staged(table, kept), stays))


def _join_plan_keys(session: Session, kept: FundingImport) -> set[Place]:
    """A plan that was known by its code or its name alone gets its FTS id, so that all its rows have one key.

    Returns the countries and years of its flows.
    """
    one = PlanRequirement
    query = select(one.plan_id, one.plan_code).where(one.mission_id == kept.mission_id, one.import_id == kept.id)
    named = select(Flow.dest_plan_id, Flow.dest_plan_code).where(Flow.import_id == kept.id)
    pairs = {
        (plan_id, code)
        for plan_id, code in [
            *session.execute(query.where(one.plan_id != "", one.plan_code != "").distinct()),
            *session.execute(named.where(Flow.dest_plan_id != "", Flow.dest_plan_code != "").distinct()),
        ]
    }
    by_code = plans_known_by_code(session, kept.mission_id)
    known = [(code, plan_id) for plan_id, code in sorted(pairs) if code in by_code and code != plan_id]
    known += ids_of_named_plans(session, kept.mission_id).items()
    places = places_of_plans(session, kept.mission_id, dict(known)) if known else set()
    for ids in _in_turn(known):
        _rename_plans(session, kept.mission_id, ids)
    return places


def _in_turn(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    """New keys by code, as many as go into one statement. Of two ids for one code the first counts.

    A second code of a plan comes later and alone: it must find what the first has taken.
    """
    ids = dict(reversed(pairs))
    firsts = {plan_id: code for code, plan_id in ids.items()}
    some = sorted((code, plan_id) for plan_id, code in firsts.items())
    together = [dict(some[start : start + RENAMED_AT_ONCE]) for start in range(0, len(some), RENAMED_AT_ONCE)]
    return [*together, *({code: ids[code]} for code in sorted(ids.keys() - dict(some).keys()))]


def _rename_plans(session: Session, mission_id: str, ids: dict[str, str]) -> None:
    """Give plans that are known by their code the key `ids` has for it: each table is gone through once for all."""
    flows = update(Flow).where(Flow.mission_id == mission_id, Flow.plan_key.in_(ids))
    session.execute(flows.values(plan_key=case(ids, value=Flow.plan_key)))
    one, other = PlanRequirement, aliased(PlanRequirement)
    new = case(ids, value=one.plan_key)
    taken = exists().where(
        other.mission_id == mission_id,
        other.is_current,
        other.plan_key == new,
        *(
            getattr(other, name) == getattr(one, name)
            for name in ("country", "year", "level", "cluster_code", "cluster")
        ),
    )
    figures = update(one).where(one.mission_id == mission_id, one.plan_key.in_(ids), ~(one.is_current & taken))
    session.execute(figures.values(plan_key=new))


def newest_imports(session: Session, kept: FundingImport, limit: int) -> list[FundingImport]:
    """The imports of figures that this one can have changed which were done last, the newest first."""
    # Figures of other sources never meet: each kind has keys of its own.
    table = table_of(kept.kind)
    same = [kept.kind] if table is SourceFigure else [kind for kind in ImportKind if table_of(kind) is table]
    query = select(FundingImport).where(
        FundingImport.mission_id == kept.mission_id,
        FundingImport.state == ImportState.DONE,
        FundingImport.kind.in_(same),
    )
    query = query.order_by(FundingImport.decided_at.desc(), FundingImport.id.desc())
    return list(session.scalars(query.limit(limit)))


def is_latest(session: Session, kept: FundingImport) -> bool:
    """Whether nothing was imported after this import into the same table: only then can it be taken back."""
    newest = newest_imports(session, kept, 1)
    return bool(newest) and newest[0].id == kept.id


def undo_import(session: Session, kept: FundingImport, settings: FundingSettings, now: datetime) -> int:
    """Take back the latest import: its rows end, and those it replaced or withdrew hold again. Returns how many ended.

    What held in between stays on record: a total of that time is still what it was.
    """
    table = table_of(kept.kind)
    ended = cast(
        "CursorResult[Any]",
        session.execute(
            update(table)
            .where(table.mission_id == kept.mission_id, table.is_current, table.import_id == kept.id)
            .values(is_current=False, valid_to=now, ended_by=kept.id)
        ),
    ).rowcount
    before = (table.mission_id == kept.mission_id) & (table.ended_by == kept.id) & (table.import_id != kept.id)
    _copy(session, table, before, now, withdrawn_by=None)
    if table is Flow:
        renew(session, kept.mission_id, places_of_import(session, kept.mission_id, kept.id))
    settings.version += 1
    session.flush()
    session.expire_all()
    return ended
