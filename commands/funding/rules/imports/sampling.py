"""What the rows of a file say about it: the direction of its flows, and the countries it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from commands.funding.rules.territories import NO_SINGLE, places_in
from commands.kit.refused import Refused
from commands.kit.tables import Header
from commands.kit.tables.grid import Cells, NumberedRow
from commands.kit.words import _

SAMPLE_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Sample:
    """What rows say: how often each boundary and each country occurs; `unknown` rows name a place nobody knows.

    `is_whole`: these are all the rows of the file, not only the first.
    """

    rows: int = 0
    boundaries: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    is_whole: bool = False


def cell_of(header: Header, cells: Cells, column: str) -> str:
    """The text of a column; empty where the file has no such column, or the row ends before it."""
    place = header.places.get(column, -1)
    return cells[place] if 0 <= place < len(cells) else ""


def sample_of(
    header: Header,
    rows: Iterator[NumberedRow],
    *,
    is_flows: bool,
    most: int | None = SAMPLE_ROWS,
    direction: str = "",
) -> Sample:
    """What the first rows say, `most` of them; all, where it is None. `direction` holds where a flow has none."""
    boundaries: Counter[str] = Counter()
    located: Counter[str] = Counter()
    count = 0
    for _number, cells in islice(rows, most):
        count += 1
        side = "countryCode"
        if is_flows:
            boundary = cell_of(header, cells, "boundary").lower()
            boundaries[boundary] += 1
            side = "srcLocations" if (boundary or direction) == "outgoing" else "destLocations"
        located[cell_of(header, cells, side)] += 1
    countries: Counter[str] = Counter()
    unknown = 0
    for cell, times in located.items():
        found = places_in(cell)
        unknown += times if found.unknown else 0
        countries.update(dict.fromkeys((code for code in found.codes if code != NO_SINGLE), times))
    return Sample(count, boundaries, countries, unknown, most is None or count < most)


def all_together(samples: Sequence[Sample]) -> Sample:
    """What several files say that are read as one."""
    return Sample(
        sum(one.rows for one in samples),
        sum((one.boundaries for one in samples), Counter()),
        sum((one.countries for one in samples), Counter()),
        sum(one.unknown for one in samples),
        all(one.is_whole for one in samples),
    )


def check_direction(sample: Sample, chosen: str) -> None:
    """Raise Refused when the file says another direction than the person, or needs one and has none."""
    said = +sample.boundaries
    if chosen:
        other = [(count, name) for name, count in said.items() if name not in {"", chosen}]
        if other:
            count, name = max(other)
            text = _(
                "This looks like the {found} file: {count} of the first {rows} rows say “{found}”, not “{chosen}”."
            )
            raise Refused(text.format(found=name, count=count, rows=sample.rows, chosen=chosen), "direction")
    elif said and set(said) == {""}:
        raise Refused(
            _("The file does not say whether its flows are incoming, internal or outgoing. Choose it."), "direction"
        )


def file_country(sample: Sample) -> str:
    """The country that at least nine of ten rows name; "" when there is no such one."""
    if not sample.countries:
        return ""
    country, count = sample.countries.most_common(1)[0]
    others = sum(sample.countries.values()) - count
    return country if 10 * count >= 9 * sample.rows or 10 * others <= sample.rows - sample.unknown else ""
