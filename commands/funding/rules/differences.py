"""Why the funding that FTS publishes is not the sum of the flows: told only where amounts agree to the cent.

FTS counts for a plan also what was given without one and later allocated to it inside the country: an internal flow,
mostly of a pooled fund. Such money is no new money, so it is in no sum of incoming flows for the plan, and for money
without a plan it counts as less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from storage.base import Json
from storage.funding.allocations import Allocated

NOTHING = Decimal(0)
POOLED_FUND = "Pooled fund"
GROUPS_AT_MOST = 12
TOGETHER_AT_MOST = 4


class Reason(StrEnum):
    """What explains a difference. The first four explain it to the cent; the others say what is known instead."""

    POOLED = "pooled"
    INTERNAL = "internal"
    SHARED = "shared"
    OTHER_YEARS = "other_years"
    PART = "part"
    NO_INTERNAL = "no_internal"
    DAYS = "days"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: its amount in US dollars where it has one, whose money it is, and two days or two counts."""

    reason: Reason
    amount: Decimal = NOTHING
    names: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What FTS says of a country or a plan beside what the flows add up to, and why they differ.

    `plan_key` is None for a country as a whole. `name` is the plan's, "" for money that names none.
    """

    country: str
    year: int | None
    plan_key: str | None
    name: str
    said: Decimal
    found: Decimal
    why: tuple[Why, ...] = ()

    @property
    def difference(self) -> Decimal:
        """What FTS says beyond the flows; negative where the flows are more."""
        return self.said - self.found

    def as_json(self) -> Json:
        """For the import's record: amounts as text, so that nothing is rounded."""
        return {
            "country": self.country,
            "year": self.year,
            "plan": self.plan_key,
            "name": self.name,
            "said": format(self.said, "f"),
            "found": format(self.found, "f"),
            "why": [
                [one.reason.value, format(one.amount, "f"), list(one.names), one.before, one.after] for one in self.why
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Check:
        """The check of an import's record."""
        whys = [_why(*one) for one in kept["why"]]  # type: ignore[attr-defined]
        year, plan = kept["year"], kept["plan"]
        return cls(
            str(kept["country"]),
            year if isinstance(year, int) else None,
            plan if isinstance(plan, str) else None,
            str(kept["name"]),
            Decimal(str(kept["said"])),
            Decimal(str(kept["found"])),
            tuple(whys),
        )


def _why(reason: str, amount: str, names: Sequence[str], before: str, after: str) -> Why:
    return Why(Reason(reason), Decimal(amount), tuple(names), before, after)


@dataclass(frozen=True, slots=True)
class Known:
    """What may explain a difference of one plan: internal money, money shared or of other years, and both days."""

    allocations: Sequence[Allocated] = ()
    shared: Decimal = NOTHING
    other_years: Decimal = NOTHING
    has_internal: bool = False
    published_on: date | None = None
    flows_on: date | None = None


def explain(gap: Decimal, known: Known, *, is_no_plan: bool = False) -> tuple[Why, ...]:
    """Why FTS says `gap` more than the flows of a plan; less where it is negative.

    `is_no_plan`: of money that names no plan, FTS takes off what was allocated to one since.
    """
    if not gap:
        return ()
    sign = -1 if is_no_plan else 1
    return _exact(gap, _candidates(known, sign)) or _instead(known)


def _candidates(known: Known, sign: int) -> list[Why]:
    groups: dict[tuple[Reason, str], Decimal] = {}
    for one in known.allocations:
        pooled = POOLED_FUND.casefold() in one.types.casefold()
        key = (Reason.POOLED, one.organization) if pooled else (Reason.INTERNAL, one.types)
        groups[key] = groups.get(key, NOTHING) + sign * one.amount
    found = [Why(reason, amount, (name,) if name else ()) for (reason, name), amount in groups.items() if amount]
    found.sort(key=lambda one: (one.reason is not Reason.POOLED, -abs(one.amount), one.names))
    rest = [Why(Reason.SHARED, known.shared), Why(Reason.OTHER_YEARS, known.other_years)]
    return [*found, *(one for one in rest if one.amount)]


def _exact(gap: Decimal, candidates: Sequence[Why]) -> tuple[Why, ...]:
    """The candidates that make the gap: all pooled funds, everything internal, else the fewest, if there is one way."""
    pooled = [one for one in candidates if one.reason is Reason.POOLED]
    internal = [one for one in candidates if one.reason in {Reason.POOLED, Reason.INTERNAL}]
    for some in (pooled, internal):
        if some and _sum(some) == gap:
            return _together(some)
    for count in range(1, min(len(candidates), TOGETHER_AT_MOST) + 1):
        ways = [some for some in combinations(candidates[:GROUPS_AT_MOST], count) if _sum(some) == gap]
        if ways:
            return _together(ways[0]) if len(ways) == 1 else ()
    return ()


def _sum(some: Iterable[Why]) -> Decimal:
    return sum((one.amount for one in some), NOTHING)


def _together(some: Iterable[Why]) -> tuple[Why, ...]:
    """One line for each reason, with the names of all whose money it is."""
    found: dict[Reason, Why] = {}
    for one in some:
        other = found.get(one.reason, Why(one.reason))
        found[one.reason] = Why(one.reason, other.amount + one.amount, (*other.names, *one.names))
    return tuple(found.values())


def _instead(known: Known) -> tuple[Why, ...]:
    if not known.has_internal:
        return (Why(Reason.NO_INTERNAL),)
    if known.published_on and known.flows_on and known.published_on != known.flows_on:
        days = (known.published_on.isoformat(), known.flows_on.isoformat())
        return (Why(Reason.DAYS, NOTHING, (), *days),)
    return (Why(Reason.UNKNOWN),)
