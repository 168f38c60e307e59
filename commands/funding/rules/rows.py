"""What a row of the picture is made of: required, funded, pledged, and what follows from them. No number is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from commands.funding.rules.differences import Check
from commands.funding.rules.own.conversion import EXACTLY

NOTHING = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Figures:
    """One row: a plan, a cluster, a donor or an agency, in US dollars.

    `required` is None where nobody said it, which is not 0. `funded` is what counts: paid and committed; `paid` and
    `commitment` are its parts as far as flows tell them. `pledged` is recorded and never counted. `name` is "" for
    money that names nothing; `key` is what the row is known by.
    """

    name: str
    required: Decimal | None = None
    funded: Decimal = NOTHING
    paid: Decimal = NOTHING
    commitment: Decimal = NOTHING
    pledged: Decimal = NOTHING
    key: str = ""

    @property
    def coverage(self) -> Decimal | None:
        """Funded for each hundred required, in whole percent, half up; None where nothing is required."""
        if not self.required:
            return None
        return EXACTLY.divide(self.funded * HUNDRED, self.required).quantize(Decimal(1), rounding=ROUND_HALF_UP)

    @property
    def unmet(self) -> Decimal | None:
        """Required and not funded, never below 0; None where nobody said what is required."""
        return None if self.required is None else max(self.required - self.funded, NOTHING)

    @property
    def surplus(self) -> Decimal:
        """Funded beyond what is required; 0 where nobody said it, as nothing can be exceeded."""
        return NOTHING if self.required is None else max(self.funded - self.required, NOTHING)


@dataclass(frozen=True, slots=True)
class Age:
    """How old figures are and how they came: `lag` is the median from decision to first report, in days.

    `as_of` is the day of what is published, or of the flows where nothing else is; `flows_as_of` that of the flows.
    """

    as_of: date | None = None
    lag: int | None = None
    flows: int = 0
    flows_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """One plan: its total, its clusters in the order of what is required, and how old all this is.

    `check` is what FTS says beside what its flows add up to, where both are known. `moved` is how the funding of
    each row changed since `moved_since`, the total under ""; empty where there was no summary yet. `locations` are
    the same money by country, for a plan of several.
    """

    key: str
    code: str
    total: Figures
    clusters: tuple[Figures, ...] = ()
    age: Age = Age()
    check: Check | None = None
    moved: Mapping[str, Decimal] = field(default_factory=dict)
    moved_since: date | None = None
    locations: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the mission has read: plans, countries with all that came to them, and money that names no plan.

    `parts` are countries, by the key of their row, of which more flows exist than were imported: how many are on
    record, and how many FTS counts. `checks` are those of countries and of all plans.
    """

    plans: tuple[PlanPicture, ...] = ()
    countries: tuple[Figures, ...] = ()
    unplanned: Figures | None = None
    age: Age = Age()
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def plan(self, key: str) -> PlanPicture | None:
        """The plan with this key."""
        return next((one for one in self.plans if one.key == key), None)


def largest_unmet(rows: Iterable[Figures], count: int) -> list[Figures]:
    """The rows that miss most money, the largest gap first."""
    missing = [one for one in rows if one.unmet]
    return sorted(missing, key=lambda one: (-(one.unmet or NOTHING), one.name))[:count]


def lowest_coverage(rows: Iterable[Figures], count: int) -> list[Figures]:
    """The rows that are covered least; rows without a requirement have no coverage and are not among them."""
    known = [one for one in rows if one.coverage is not None and one.unmet]
    return sorted(known, key=lambda one: (one.coverage or NOTHING, one.name))[:count]


def shares(row: Figures) -> tuple[Decimal, Decimal] | None:
    """Of what flows say is funded, how many percent are paid and how many committed, adding to 100; None without."""
    known = row.paid + row.commitment
    if not known:
        return None
    paid = EXACTLY.divide(row.paid * HUNDRED, known).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return paid, HUNDRED - paid
