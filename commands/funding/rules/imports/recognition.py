"""What an uploaded file is, by its content alone, and its rows one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from commands.funding.rules.clusters import are_global
from commands.funding.rules.imports import api_pages, groupings, website
from commands.funding.rules.imports.columns import COVID, LAYOUTS, PLANS, Layout, covid_header
from commands.funding.rules.imports.sampling import SAMPLE_ROWS, Sample, cell_of, sample_of
from commands.funding.rules.imports.unknown import column_missing, no_kind
from commands.funding.rules.sources.json_files import open_records
from commands.funding.rules.sources.layouts import MADE_BY_MACHINES, SOURCE_LAYOUTS
from commands.funding.rules.sources.plan_list import open_plan_list
from commands.kit.refused import Refused
from commands.kit.tables import (
    AUTOMATIC,
    ZIP,
    Column,
    Encoding,
    Grid,
    Header,
    Limits,
    SheetQuestion,
    check_start,
    find_header,
    open_table,
    unpacked_bytes,
)
from commands.kit.tables.grid import NumberedRow
from commands.kit.tables.json_arrays import BrokenJsonError
from commands.kit.words import _
from storage.funding.imports import ImportKind

FILE = "file"
MOST_BYTES = 60_000_000
LIMITS = Limits(bytes=MOST_BYTES, unpacked_bytes=600_000_000, columns=500)
JUDGED_BYTES = 200
# Whoever sent a form waits for what is smaller: a megabyte of a workbook takes a third of a second, with the library
# that reads it; of text and JSON only the first rows are looked at.
SMALL_WORKBOOK = 1_000_000
SMALL_TEXT = 4_000_000
KIND_OF = {
    "flows": ImportKind.FLOWS,
    "hapi": ImportKind.PLANS,
    "plans": ImportKind.PLANS,
    "clusters": ImportKind.CLUSTERS,
    "emergency": ImportKind.EMERGENCY,
}
SOURCES = tuple(layout for layout, _kind in SOURCE_LAYOUTS.values())


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file that is understood: its kind, where its columns stand, its rows below the header.

    `layout` is `csv`, `hapi`, `api`, `website` or another source's. `typed`: the file tells numbers from texts.
    `width`: how many cells a row has; None where rows may be shorter. `country`: the one of the plan that was named for
    it, "" where rows say it.
    `sheet` is the one that is read of a workbook, `unread` and `hidden` are the others. `as_of` is the day that the
    file itself names; `search` is what was searched for, where a file holds only what a search found.
    """

    kind: ImportKind
    layout: str
    header: Header
    rows: Callable[[], Iterator[NumberedRow]]
    typed: bool
    width: int | None
    sample: Sample
    country: str = ""
    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    as_of: date | None = None
    search: str | None = None

    @property
    def has_countries(self) -> bool:
        """Whether the file has a column for the country its rows are of."""
        return bool(self.country) or not {"destLocations", "srcLocations", "countryCode"}.isdisjoint(self.header.places)

    def whole_sample(self, direction: str = "") -> Sample:
        """What all rows say, gone through to the end; `direction` is that of flows which do not say it themselves."""
        if self.sample.is_whole and not direction:
            return self.sample
        is_flows = self.kind is ImportKind.FLOWS
        return sample_of(self.header, self.rows(), is_flows=is_flows, most=None, direction=direction)


def may_take_long(content: bytes) -> bool:
    """Whether recognising a file may take longer than half a second. Its size decides, unpacked where it is packed."""
    if content.startswith(ZIP):
        return unpacked_bytes(content) > SMALL_WORKBOOK
    if len(content) <= SMALL_TEXT:
        return False
    return _starts_json(content[:JUDGED_BYTES]) or content.count(b"\n", 0, SMALL_TEXT) < SAMPLE_ROWS


def check_beginning(name: str, content: bytes) -> None:
    """Raise Refused next to the field where a file's beginning, size or name say already that it is none of FTS's."""
    start = content[:JUDGED_BYTES]
    if not _starts_json(start):
        check_start(name, start, len(content), FILE, LIMITS)


def open_file(
    name: str,
    path: Path,
    *,
    encoding: Encoding = AUTOMATIC,
    plan: groupings.KnownPlan | None = None,
    sheet: str = "",
) -> RecognisedFile:
    """Find out what a file is. Raises Refused next to the field, with what it looks like instead.

    `plan` is needed for the API's grouping of a plan, which does not name it. `sheet` is the one that somebody
    chose of a workbook; raises SheetQuestion where one has to be chosen.
    """
    if _is_json(path):
        return _open_json(path, plan)
    grid = _open_grid(name, path, encoding, sheet)
    layout, header = _recognise(grid)

    def rows() -> Iterator[NumberedRow]:
        return (row for row in grid if row[0] > header.last_row)

    if layout is website.WEBSITE:
        search = _search_of(name, path, grid)
        flows, of_flows = website.as_flows(header, rows, grid)
        of_website = _from_grid(grid, ImportKind.FLOWS, layout.name, flows, of_flows)
        return replace(of_website, as_of=search.day, search=search.text)
    kind, header = _kind_of(layout, name, header)
    if kind is ImportKind.CLUSTERS and are_global(_clusters(header, islice(rows(), SAMPLE_ROWS))):
        kind = ImportKind.GLOBAL_CLUSTERS
    told = layout.name if layout.name in {"hapi", *SOURCE_LAYOUTS} else "csv"
    return _from_grid(grid, kind, told, header, rows)


def _kind_of(layout: Layout, name: str, header: Header) -> tuple[ImportKind, Header]:
    if layout.name in SOURCE_LAYOUTS:
        return SOURCE_LAYOUTS[layout.name][1], header
    if layout is COVID:
        return ImportKind.COVID, covid_header(header)
    # The first such files had the columns of every other plan: only their names tell of what their figures are.
    if layout is PLANS and "covid" in name.lower():
        return ImportKind.COVID, header
    return KIND_OF[layout.name], header


def _from_grid(
    grid: Grid, kind: ImportKind, layout: str, header: Header, rows: Callable[[], Iterator[NumberedRow]]
) -> RecognisedFile:
    return RecognisedFile(
        kind=kind,
        layout=layout,
        header=header,
        rows=rows,
        typed=not grid.delimiter or kind in MADE_BY_MACHINES,
        width=len(header.titles) if grid.delimiter else None,
        sample=sample_of(header, rows(), is_flows=kind is ImportKind.FLOWS),
        sheet=grid.sheet,
        unread=grid.unread,
        hidden=grid.hidden,
    )


def _search_of(name: str, path: Path, grid: Grid) -> website.Searched:
    if website.META_SHEET not in grid.unread:
        return website.Searched()
    return website.searched(open_table(name, path, field=FILE, limits=LIMITS, sheet=website.META_SHEET))


def _open_grid(name: str, path: Path, encoding: Encoding, sheet: str) -> Grid:
    tried: list[Grid] = []

    def is_of_fts(grid: Grid) -> bool:
        tried.append(grid)
        return any(layout.required <= header.places.keys() for layout, header in _headers(grid))

    try:
        return open_table(name, path, field=FILE, limits=LIMITS, encoding=encoding, sheet=sheet, has_columns=is_of_fts)
    except SheetQuestion as question:
        if question.have_columns:
            raise
        # None can be read: the one that comes nearest says best what is wrong.
        return max(tried, key=lambda grid: max(_share(*one) for one in _headers(grid)))


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return _starts_json(file.read(JUDGED_BYTES))


def _starts_json(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _open_json(path: Path, plan: groupings.KnownPlan | None) -> RecognisedFile:
    grouping = groupings.read_grouping(path)
    if grouping is not None and "flows" not in grouping:
        return _open_grouping(grouping, plan)

    plans = open_plan_list(path)
    if plans is not None:
        sample = sample_of(plans[0], plans[1](), is_flows=False)
        return RecognisedFile(ImportKind.PLANS, "api", *plans, True, None, sample)
    records = open_records(path)
    if records is not None:
        layout, of_records, listed = records
        kind = SOURCE_LAYOUTS[layout][1]
        return RecognisedFile(
            kind, layout, of_records, listed, True, None, sample_of(of_records, listed(), is_flows=False)
        )

    def rows() -> Iterator[NumberedRow]:
        try:
            yield from api_pages.flow_rows(path)
        except BrokenJsonError as broken:
            text = _("The file is cut short or damaged after {count} flows. Download it again.")
            raise Refused(text.format(count=broken.elements), FILE) from broken

    header = api_pages.FLOW_HEADER
    sample = sample_of(header, rows(), is_flows=True)
    if not sample.rows:
        raise Refused(_("This JSON file holds no flows and no grouping of a plan by FTS's API."), FILE)
    return RecognisedFile(ImportKind.FLOWS, "api", header, rows, True, None, sample)


def _open_grouping(grouping: dict[str, Any], plan: groupings.KnownPlan | None) -> RecognisedFile:
    types = groupings.grouped_by(grouping)
    kind = groupings.KINDS.get(next(iter(types))) if len(types) == 1 else None
    if kind is None:
        text = _(
            "This is a grouping of FTS's API, but not one of a plan by cluster, global cluster or location: its "
            "objects are {types}."
        )
        raise Refused(text.format(types=", ".join(sorted(types)) or "–"), FILE)
    if plan is None:
        text = _(
            "This is FTS's grouping of one plan, which does not say for which plan. Write the plan's code, and import "
            "the list of plans first."
        )
        raise Refused(text, "plan")
    kept = groupings.grouping_rows(grouping, plan, kind)
    sample = Sample(len(kept), is_whole=True)
    return RecognisedFile(kind, "api", groupings.CLUSTER_HEADER, lambda: iter(kept), True, None, sample, plan.country)


def _headers(grid: Grid) -> Iterator[tuple[Layout, Header]]:
    for layout in (*LAYOUTS, website.WEBSITE, *SOURCES):
        yield layout, find_header(grid, _relaxed(layout), field=FILE)


def _recognise(grid: Grid) -> tuple[Layout, Header]:
    found: list[tuple[Layout, Header]] = []
    for layout, header in _headers(grid):
        if layout.required <= header.places.keys():
            return layout, header
        found.append((layout, header))
    layout, header = max(found, key=lambda one: _share(*one))
    if len(layout.required & header.places.keys()) < 2:
        raise Refused(no_kind(header), FILE)
    missing = sorted(layout.required - header.places.keys())
    raise Refused(column_missing(layout, missing), FILE)


def _relaxed(layout: Layout) -> list[Column]:
    return [Column(column.name, column.words, column.tags) for column in layout.columns]


def _share(layout: Layout, header: Header) -> int:
    return 100 * len(layout.required & header.places.keys()) // len(layout.required)


def _clusters(header: Header, rows: Iterator[NumberedRow]) -> Iterator[tuple[str, str]]:
    for _number, cells in rows:
        yield cell_of(header, cells, "clusterCode"), cell_of(header, cells, "cluster")
