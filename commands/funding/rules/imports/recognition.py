"""What an uploaded file is, by its content alone, and its rows one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from commands.funding.rules.clusters import are_global
from commands.funding.rules.imports import api_pages, groupings
from commands.funding.rules.imports.columns import FLOWS, LAYOUTS, Layout
from commands.funding.rules.imports.sampling import SAMPLE_ROWS, Sample, cell_of, sample_of
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
KIND_OF = {"hapi": ImportKind.PLANS, "plans": ImportKind.PLANS, "clusters": ImportKind.CLUSTERS}


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file that is understood: its kind, where its columns stand, its rows below the header.

    `layout` is `csv`, `hapi` or `api`. `typed`: the file tells numbers from texts. `width`: how many cells a row has;
    None where rows may be shorter. `country`: the one of the plan that was named for it, "" where rows say it.
    `sheet` is the one that is read of a workbook, `unread` and `hidden` are the others.
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

    @property
    def has_countries(self) -> bool:
        """Whether the file has a column for the country its rows are of."""
        return bool(self.country) or not {"destLocations", "srcLocations", "countryCode"}.isdisjoint(self.header.places)

    def whole_sample(self) -> Sample:
        """What all rows say, gone through to the end."""
        if self.sample.is_whole:
            return self.sample
        return sample_of(self.header, self.rows(), is_flows=self.kind is ImportKind.FLOWS, most=None)


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
    is_text = bool(grid.delimiter)

    def rows() -> Iterator[NumberedRow]:
        return (row for row in grid if row[0] > header.last_row)

    kind = ImportKind.FLOWS if layout is FLOWS else KIND_OF[layout.name]
    if kind is ImportKind.CLUSTERS and are_global(_clusters(header, islice(rows(), SAMPLE_ROWS))):
        kind = ImportKind.GLOBAL_CLUSTERS
    return RecognisedFile(
        kind=kind,
        layout="hapi" if layout.name == "hapi" else "csv",
        header=header,
        rows=rows,
        typed=not is_text,
        width=len(header.titles) if is_text else None,
        sample=sample_of(header, rows(), is_flows=kind is ImportKind.FLOWS),
        sheet=grid.sheet,
        unread=grid.unread,
        hidden=grid.hidden,
    )


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


def _headers(grid: Grid) -> list[tuple[Layout, Header]]:
    return [(layout, find_header(grid, _relaxed(layout), field=FILE)) for layout in LAYOUTS]


def _recognise(grid: Grid) -> tuple[Layout, Header]:
    found = _headers(grid)
    for layout, header in found:
        if layout.required <= header.places.keys():
            return layout, header
    layout, header = max(found, key=lambda one: _share(*one))
    if len(layout.required & header.places.keys()) < 2:
        raise Refused(_no_kind(header), FILE)
    missing = sorted(layout.required - header.places.keys())
    raise Refused(_column_missing(layout, missing), FILE)


def _relaxed(layout: Layout) -> list[Column]:
    return [Column(column.name, column.words, column.tags) for column in layout.columns]


def _share(layout: Layout, header: Header) -> int:
    return 100 * len(layout.required & header.places.keys()) // len(layout.required)


def _no_kind(header: Header) -> str:
    titles = ", ".join(_("“{title}”").format(title=title[:40]) for title in header.titles[:8] if title)
    return _(
        "This is none of the files that FTS publishes: flows (with id, amountUSD, boundary, onBoundary, status), or "
        "requirements and funding by plan or cluster. Its first row has: {titles}."
    ).format(titles=titles or "–")


def _column_missing(layout: Layout, missing: list[str]) -> str:
    kinds = {
        "flows": _("This looks like a file of flows, but these columns are missing: {columns}."),
        "hapi": _("This looks like HDX HAPI's funding file, but these columns are missing: {columns}."),
        "clusters": _("This looks like requirements by cluster, but these columns are missing: {columns}."),
        "plans": _("This looks like requirements by plan, but these columns are missing: {columns}."),
    }
    why = ""
    if "onBoundary" in missing:
        why = " " + _("Without onBoundary, money that is shared with other countries or years would be counted here.")
    return kinds[layout.name].format(columns=", ".join(missing)) + why


def _clusters(header: Header, rows: Iterator[NumberedRow]) -> Iterator[tuple[str, str]]:
    for _number, cells in rows:
        yield cell_of(header, cells, "clusterCode"), cell_of(header, cells, "cluster")
