"""What an amount in a list of projects is of: of the organisation in the row, or of the whole project each time.

A project that several organisations share has a row for each. Some lists give each its own amount, some repeat the
project's in every row: added up, that would count it several times. Projects with unequal shares tell which it is, and
what they tell holds for the whole column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

# A project's amount and the share in percent, None where a row has none.
Amount = tuple[int | None, Decimal | None]
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class AmountsOf:
    """What the amounts of a column are.

    `is_repeated`: of the whole project, so that a row's own is its share of it. `unclear` are projects of which it
    cannot be told: the same amount stands in every row, and nothing says whether each has it or all together.
    """

    is_repeated: bool = False
    unclear: frozenset[str] = field(default_factory=frozenset)


def amounts_of(rows: Iterable[tuple[str, Amount]]) -> AmountsOf:
    """What the amounts of a column are, from each row's project, amount and share."""
    projects: dict[str, list[Amount]] = {}
    for project, amount in rows:
        projects.setdefault(project, []).append(amount)
    several = {project: amounts for project, amounts in projects.items() if len(amounts) > 1 and _are_known(amounts)}
    told = [_is_one(amounts) for amounts in several.values() if _are_unequal(amounts)]
    if told and all(told):
        return AmountsOf(is_repeated=True)
    if told:
        return AmountsOf()
    return AmountsOf(unclear=frozenset(project for project, amounts in several.items() if _is_one(amounts)))


def _are_known(amounts: Sequence[Amount]) -> bool:
    return all(amount for amount, _share in amounts)


def _are_unequal(amounts: Sequence[Amount]) -> bool:
    shares = [share for _amount, share in amounts if share is not None]
    return len(shares) == len(amounts) and len(set(shares)) > 1


def _is_one(amounts: Sequence[Amount]) -> bool:
    return len({amount for amount, _share in amounts}) == 1


def own_amount(amount: int, share: Decimal) -> int:
    """A share in percent of an amount in cents, rounded half up."""
    return int((Decimal(amount) * share / WHOLE + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))


def off_by(shares: Mapping[str, Sequence[Decimal]]) -> list[str]:
    """Projects whose shares do not add up to 100 percent, give or take one."""
    return [project for project, some in shares.items() if some and abs(sum(some, Decimal(0)) - WHOLE) > 1]
