"""What is wrong or odd in a file: refusals that leave a row out, warnings that are kept with the import.

Rows of other countries are neither: they are counted apart and hinder nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from storage.base import Json

EXAMPLES_KEPT = 200
ASKED_KEPT = 100
LONGEST_VALUE = 80


class Kind(StrEnum):
    """Every sort of issue. Those of REFUSING leave the row out, as does OTHER_COUNTRY; the others only warn."""

    SHORT_ROW = "short_row"
    LONG_ROW = "long_row"
    NO_ID = "no_id"
    ODD_ID = "odd_id"
    NO_AMOUNT = "no_amount"
    NO_NUMBER = "no_number"
    FORMULA = "formula"
    AMBIGUOUS = "ambiguous"
    DIGITS_LOST = "digits_lost"
    TOO_LARGE = "too_large"
    ODD_BOUNDARY = "odd_boundary"
    ODD_ON_BOUNDARY = "odd_on_boundary"
    ODD_STATUS = "odd_status"
    OTHER_COUNTRY = "other_country"
    UNKNOWN_COUNTRY = "unknown_country"
    NO_YEAR = "no_year"
    NO_CLUSTER = "no_cluster"
    CONFLICT = "conflict"
    SEPARATORS = "separators"
    ROUNDED = "rounded"
    NEGATIVE = "negative"
    ZERO = "zero"
    ODD_DATE = "odd_date"
    ODD_NUMBER = "odd_number"
    ODD_YEAR = "odd_year"
    END_BEFORE_START = "end_before_start"
    REPORTED_FIRST = "reported_first"
    UNKNOWN_CURRENCY = "unknown_currency"
    RATE_OF_ONE = "rate_of_one"
    RATE_DIFFERS = "rate_differs"
    TEXT_FORMULA = "text_formula"
    TWICE = "twice"
    PERCENT_DIFFERS = "percent_differs"
    CLUSTERS_DIFFER = "clusters_differ"
    OTHER_BOUNDARY = "other_boundary"
    SEVERAL_COUNTRIES = "several_countries"
    OLDER = "older"
    NO_NAME = "no_name"
    NO_PERIOD = "no_period"
    WHOSE_AMOUNT = "whose_amount"
    NO_SHARE = "no_share"
    ABOVE_GRANTED = "above_granted"
    ABOVE_COMMITTED = "above_committed"
    DELIVERY_DIFFERS = "delivery_differs"
    SHARES_DIFFER = "shares_differ"
    UNOBLIGATED = "unobligated"


REFUSING = frozenset(
    {
        Kind.SHORT_ROW,
        Kind.LONG_ROW,
        Kind.NO_ID,
        Kind.ODD_ID,
        Kind.NO_AMOUNT,
        Kind.NO_NUMBER,
        Kind.FORMULA,
        Kind.AMBIGUOUS,
        Kind.DIGITS_LOST,
        Kind.TOO_LARGE,
        Kind.ODD_BOUNDARY,
        Kind.ODD_ON_BOUNDARY,
        Kind.ODD_STATUS,
        Kind.UNKNOWN_COUNTRY,
        Kind.NO_YEAR,
        Kind.NO_CLUSTER,
        Kind.CONFLICT,
        Kind.NO_NAME,
        Kind.NO_PERIOD,
        Kind.WHOSE_AMOUNT,
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """Where an issue occurs: the row of the file, the column as the file calls it, and what stands there."""

    row: int
    column: str = ""
    value: str = ""


@dataclass(slots=True)
class Found:
    """An issue of one kind: how often, and the first places.

    `asked` are the texts about which somebody can say what they mean, with how often each occurs.
    """

    kind: Kind
    count: int = 0
    examples: list[Example] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether rows with this issue are left out."""
        return self.kind in REFUSING


class Issues:
    """Gathers issues while a file is read; what it holds does not grow with the file."""

    def __init__(self, found: Iterable[Found] = ()) -> None:
        self._found = {one.kind: one for one in found}

    def add(
        self, kind: Kind, row: int, column: str = "", value: str = "", *, count: int = 1, asked: Iterable[str] = ()
    ) -> None:
        """Note an issue; `asked` are the texts in it about which somebody can say what they mean."""
        one = self._found.setdefault(kind, Found(kind))
        one.count += count
        for text in asked:
            if text in one.asked or len(one.asked) < ASKED_KEPT:
                one.asked[text] = one.asked.get(text, 0) + 1
        if len(one.examples) < EXAMPLES_KEPT:
            one.examples.append(Example(row, column, value[:LONGEST_VALUE]))

    def drop(self, *kinds: Kind) -> None:
        """Forget issues that are found anew."""
        for kind in kinds:
            self._found.pop(kind, None)

    def rows_of(self, kind: Kind) -> set[int]:
        """The rows that an issue of this kind was found in, as far as they are kept."""
        return {place.row for place in self._found[kind].examples} if kind in self._found else set()

    def values_of(self, kind: Kind, column: str = "") -> list[str]:
        """What stands in the places that are kept of an issue, each once; in a column, where one is given."""
        examples = self._found[kind].examples if kind in self._found else []
        return list(dict.fromkeys(place.value for place in examples if column in {"", place.column}))

    @property
    def refused(self) -> list[Found]:
        """Refusals, in the order of `Kind`."""
        return [one for one in self.all if one.refuses]

    @property
    def warnings(self) -> list[Found]:
        """Warnings, in the order of `Kind`."""
        return [one for one in self.all if not one.refuses and one.kind is not Kind.OTHER_COUNTRY]

    @property
    def all(self) -> list[Found]:
        """Everything, in the order of `Kind`."""
        return [self._found[kind] for kind in Kind if kind in self._found]

    @property
    def rows_of_others(self) -> int:
        """How many rows are other countries'."""
        return self._found[Kind.OTHER_COUNTRY].count if Kind.OTHER_COUNTRY in self._found else 0

    def asked(self, kind: Kind) -> dict[str, int]:
        """The texts that somebody is asked about, with the number of rows that have each."""
        return self._found[kind].asked if kind in self._found else {}

    @property
    def refused_rows(self) -> int:
        """How many rows are left out: every row is refused for one reason."""
        return sum(one.count for one in self.refused)

    def as_json(self) -> list[Json]:
        """For the import's record."""
        return [
            {
                "kind": one.kind.value,
                "count": one.count,
                "examples": [[place.row, place.column, place.value] for place in one.examples],
                **({"asked": one.asked} if one.asked else {}),
            }
            for one in self.all
        ]

    @classmethod
    def from_json(cls, kept: list[Json]) -> Issues:
        """The issues of an import's record."""
        return cls(
            Found(
                Kind(one["kind"]), one["count"], [Example(*place) for place in one["examples"]], one.get("asked") or {}
            )
            for one in kept
        )
