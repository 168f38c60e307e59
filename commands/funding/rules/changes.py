"""What changed between two summaries and why: figures kept as text, compared exactly, explained by flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from commands.funding.rules.plan_keys import plan_key_of
from commands.funding.rules.rows import NOTHING, Figures, Picture, PlanPicture
from storage.base import Json
from storage.funding.changes import FlowChange

TOTAL = ""
COUNTRY = "@"


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose figures moved; None: it was not there. `cluster` is "" for a total; `@AFG` is a country."""

    plan_key: str
    cluster: str
    funded: tuple[Decimal | None, Decimal | None]
    required: tuple[Decimal | None, Decimal | None]

    @property
    def difference(self) -> Decimal:
        """How the funding moved."""
        return (self.funded[1] or NOTHING) - (self.funded[0] or NOTHING)


def snapshot_of(picture: Picture) -> Json:
    """The figures of a picture as they are kept with a summary: amounts as text, so that nothing is rounded."""
    plans = {
        plan.key: {TOTAL: _kept(plan.total), **{one.key: _kept(one) for one in plan.clusters}} for plan in picture.plans
    }
    return {**{COUNTRY + one.key: {TOTAL: _kept(one)} for one in picture.countries}, **plans}


def _kept(figure: Figures) -> dict[str, str | None]:
    required = None if figure.required is None else format(figure.required, "f")
    return {"required": required, "funded": format(figure.funded, "f")}


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every row that differs: totals of plans first, in the order of `after`, then rows that are gone."""
    rows = list(dict.fromkeys([*_rows(after), *_rows(before)]))
    rows.sort(key=lambda row: row[1] != TOTAL)
    found = [_change(row, before, after) for row in rows]
    return [one for one in found if one.funded[0] != one.funded[1] or one.required[0] != one.required[1]]


def _rows(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, name) for code, rows in figures.items() for name in rows]


def _change(row: tuple[str, str], before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    old, new = (side.get(row[0], {}).get(row[1], {}) for side in (before, after))
    return Change(
        *row,
        funded=(_amount(old, "funded"), _amount(new, "funded")),
        required=(_amount(old, "required"), _amount(new, "required")),
    )


def _amount(kept: Mapping[str, Any], name: str) -> Decimal | None:
    value = kept.get(name)
    return None if value is None else Decimal(value)


def unexplained(changes: Iterable[Change], flows: Iterable[FlowChange]) -> dict[str, Decimal]:
    """What is left of each plan's change when that of its flows is taken off, by plan; plans without are left out."""
    explained: dict[str, Decimal] = {}
    for one in flows:
        for flow, sign in ((one.before, -1), (one.after, 1)):
            if flow is not None and flow.is_counted:
                key = plan_key_of(flow.country, flow.year, flow.plan_key)
                explained[key] = explained.get(key, NOTHING) + sign * flow.amount_usd
    left = {one.plan_key: one.difference - explained.get(one.plan_key, NOTHING) for one in changes}
    return {key: amount for key, amount in left.items() if amount and not key.startswith(COUNTRY)}


def moved(before: Mapping[str, Any], plan: PlanPicture) -> dict[str, Decimal]:
    """How the funding of a plan's rows moved since a snapshot, by key, the total under ""; new rows count from 0."""
    kept = before.get(plan.key, {})
    rows = {TOTAL: plan.total, **{one.key: one for one in plan.clusters}}
    return {key: one.funded - (_amount(kept.get(key, {}), "funded") or NOTHING) for key, one in rows.items()}
