"""What has to be asked about a file, and what somebody said.

A text that names no country we know is asked about; its rows count nowhere until somebody says what it is. So is a
column whose numbers or days can be read in two ways, where no cell settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from commands.funding.rules.imports.issues import Issues, Kind
from commands.kit.tables import Header
from commands.kit.typed.columns import days_by_order
from commands.kit.typed.numbers import numbers_by_mark
from storage.base import Json

# Under this name an import keeps what was said about its file.
SAID = "said"
MOST_QUESTIONS = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about a file.

    `places` is what texts mean that name no country we know, by `owners.place_key`: a code, or NOT_OURS. `marks` are
    marks of decimals (`.` or `,`) and `orders` what comes first in days, by the title of their column.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Json | None) -> Said:
        """What an import keeps of it."""
        kept = (options or {}).get(SAID) or {}
        return cls(**{name: dict(kept.get(name) or {}) for name in cls.__dataclass_fields__})

    def as_json(self) -> Json:
        """For the import's record."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked about a file.

    `places` are texts that name no country we know, with the number of their rows. `numbers` and `days` are columns by
    their titles, each with a cell that can be read in two ways.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, issues: Issues) -> Questions:
        """The questions that the issues of a file raise, the most frequent places first."""
        places = sorted(issues.asked(Kind.UNKNOWN_COUNTRY).items(), key=lambda one: (-one[1], one[0]))
        return cls(
            dict(places[:MOST_QUESTIONS]),
            {
                **_columns(issues, Kind.ODD_NUMBER, numbers_by_mark),
                **_columns(issues, Kind.AMBIGUOUS, numbers_by_mark),
            },
            _columns(issues, Kind.ODD_DATE, days_by_order),
        )

    def __bool__(self) -> bool:
        return bool(self.places or self.numbers or self.days)


def _columns(issues: Issues, kind: Kind, readings: Callable[[str], Mapping[str, object]]) -> dict[str, str]:
    """The columns that are asked about, with the first cell of each that can be read in two ways."""
    found: dict[str, str] = {}
    for title in issues.asked(kind):
        cells = issues.values_of(kind, title)
        example = next((text for text in cells if len(set(readings(text).values())) > 1), "")
        if example:
            found[title] = example
    return found


def by_column(said: Mapping[str, str], header: Header) -> dict[str, str]:
    """What was said about columns by the titles of a file, by the names we know them by."""
    titles = {name: header.title(name) or name for name in header.places}
    return {name: said[title] for name, title in titles.items() if title in said}


def remembered(earlier: Iterable[Json]) -> dict[str, str]:
    """What was said about places in files that were imported, the latest last.

    That a file names no country at all says nothing about the next one, and each file writes numbers in its own way.
    """
    found: dict[str, str] = {}
    for options in earlier:
        found.update(Said.of(options).places)
    return {text: meaning for text, meaning in found.items() if text}
