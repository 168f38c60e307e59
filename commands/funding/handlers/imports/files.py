"""Files that are being read by this process: on disk, at the row where the last step ended.

A step that is rolled back, or taken over by another worker, opens the file anew and goes to the row that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from commands.funding.rules.clusters import GLOBAL_CLUSTERS
from commands.funding.rules.countries import countries_at, countries_of, said_by_form, typed_countries
from commands.funding.rules.imports.context import FileContext
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.flow_rows import STAGED_FLOW, FlowReader
from commands.funding.rules.imports.groupings import KnownPlan
from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.questions import Said, by_column, remembered
from commands.funding.rules.imports.recognition import RecognisedFile, open_file
from commands.funding.rules.imports.requirement_rows import STAGED_REQUIREMENT, RequirementReader
from commands.funding.rules.imports.sets import FILES, as_one, write_files
from commands.funding.rules.imports.website import WEBSITE
from commands.funding.rules.sources.reading import figure_reader
from commands.funding.rules.sources.rows import STAGED_FIGURE, FigureReader
from commands.kit.tables import AUTOMATIC, Encoding
from commands.kit.tables.grid import NumberedRow
from commands.kit.times.zones import zone_countries
from commands.kit.work import Work
from storage.base import Json
from storage.funding.imports import FundingImport, ImportKind, options_so_far, parts_of
from storage.funding.model import funding_settings
from storage.funding.plan_names import plans_by_name
from storage.funding.source_figures import FigureKind
from storage.funding.staging import known_plans, plans_known_by_code

OPEN_AT_MOST = 4
_open: dict[tuple[str, int], Reading] = {}


@dataclass(slots=True)
class Reading:
    """A file at a row. `reader` turns cells into values in the order of `names`; `countries` are the file's."""

    folder: TemporaryDirectory[str]
    opened: RecognisedFile
    rows: Iterator[NumberedRow]
    reader: FlowReader | RequirementReader | FigureReader
    names: tuple[str, ...]
    issues: Issues
    countries: list[str]
    position: int = 0

    def take(self, count: int) -> list[NumberedRow]:
        """The next rows of the file."""
        rows = list(islice(self.rows, count))
        self.position += len(rows)
        return rows


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The next rows of a file, from row `position` on: read and checked, and not staged yet.

    `rows` are as `names` say, `count` is how many rows of the file they were, and `issues` all that was odd so far.
    `refusal` is why the file cannot be taken at all; `countries` are those that its rows may be of. `sheets` are which
    sheet of a workbook was read and which were not; `question` holds those among which somebody has to choose. `as_of`
    is the day that the file names, `search` what was searched for where it holds only what a search found.
    """

    position: int
    kind: str = ""
    layout: str = ""
    names: tuple[str, ...] = ()
    rows: Sequence[tuple[Any, ...]] = ()
    count: int = 0
    is_end: bool = False
    issues: list[Json] = field(default_factory=list)
    refusal: str = ""
    countries: list[str] = field(default_factory=list)
    sheets: Json = field(default_factory=dict)
    question: Json = field(default_factory=dict)
    as_of: date | None = None
    search: str | None = None


def reading_of(work: Work, kept: FundingImport) -> Reading:
    """The file of an import, at the row where its reading stands. Raises Refused when it cannot be read."""
    key = (kept.mission_id, kept.id)
    found = _open.get(key)
    if found is not None and found.position == kept.rows_read:
        return found
    close(kept)
    while len(_open) >= OPEN_AT_MOST:
        _open.pop(next(iter(_open))).folder.cleanup()
    _open[key] = reading = _opened(work, kept)
    if kept.rows_read:
        for _row in islice(reading.rows, kept.rows_read):
            reading.position += 1
    return reading


def close(kept: FundingImport) -> None:
    """Let go of a file."""
    reading = _open.pop((kept.mission_id, kept.id), None)
    if reading is not None:
        reading.folder.cleanup()


def _opened(work: Work, kept: FundingImport) -> Reading:
    folder = TemporaryDirectory(prefix="rapporteur-", ignore_cleanup_errors=True)
    options = kept.options
    paths = write_files(Path(folder.name), parts_of(work.session, kept), options)
    plan = KnownPlan(**options["plan"]) if options.get("plan") else None
    encoding, sheet = Encoding(options.get("encoding") or AUTOMATIC), options.get("sheet", "")
    names = [str(name) for name, _size in options.get(FILES) or [[kept.file_name, 0]]]
    opened = as_one(
        [
            open_file(name, path, encoding=encoding, plan=plan, sheet=sheet)
            for name, path in zip(names, paths, strict=True)
        ]
    )
    issues = Issues.from_json(kept.issues)
    countries = options.get("countries") or _countries(work, kept, opened)
    context = _context(work, kept, opened, countries)
    if opened.kind.value in set(FigureKind):
        reader = figure_reader(opened, context.written, issues, is_new=not kept.rows_read)
        return Reading(folder, opened, opened.rows(), reader, STAGED_FIGURE, issues, countries)
    if opened.kind is ImportKind.FLOWS:
        flows = FlowReader(opened.header, context, issues)
        return Reading(folder, opened, opened.rows(), flows, STAGED_FLOW, issues, countries)
    figures = RequirementReader(
        opened.header, context, issues, level=opened.kind.value, source=opened.layout, as_of=options["as_of"]
    )
    return Reading(folder, opened, opened.rows(), figures, STAGED_REQUIREMENT, issues, countries)


def _countries(work: Work, kept: FundingImport, opened: RecognisedFile) -> list[str]:
    """The countries of a file that nobody has looked at yet: it was too large for the form."""
    settled = funding_settings(work.session, work.mission.id).countries
    typed = typed_countries(kept.options["typed"]["country"])
    home = countries_at(zone_countries(work.mission.zone))
    return countries_of(opened, settled, typed, kept.options["direction"], home)


def _context(work: Work, kept: FundingImport, opened: RecognisedFile, countries: list[str]) -> FileContext:
    known = known_plans(work.session, work.mission.id) if opened.layout != "csv" else []
    said = Said.of(kept.options)
    typed = typed_countries((kept.options.get("typed") or {}).get("country", ""))
    return FileContext(
        countries=tuple(countries),
        places={
            **remembered(options_so_far(work.session, work.mission.id)),
            **said_by_form(opened, typed),
            **said.places,
        },
        direction=kept.options.get("direction", ""),
        written=Conventions(
            opened.header.places,
            opened.rows,
            opened.typed,
            marks=by_column(said.marks, opened.header),
            orders=by_column(said.orders, opened.header),
        ),
        width=opened.width,
        clusters=frozenset(GLOBAL_CLUSTERS),
        plan_codes=dict(known),
        plan_ids={code: plan_id for plan_id, code in known},
        code_keys=frozenset(plans_known_by_code(work.session, work.mission.id)),
        plan_names=plans_by_name(work.session, work.mission.id) if opened.layout == WEBSITE.name else {},
    )


def values_of(reading: Reading, rows: list[NumberedRow]) -> list[tuple[Any, ...]]:
    """Rows of the file as rows of the database; refused ones are left out and noted."""
    read = reading.reader.read
    return [values for number, cells in rows if (values := read(number, cells)) is not None]
