"""Files that are being read by this process: on disk, at the row where the last step ended.

A step that is rolled back, or taken over by another worker, opens the file anew and goes to the row that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from commands.kit.tables import AUTOMATIC, Encoding
from commands.kit.tables.grid import NumberedRow
from commands.kit.times.zones import zone_countries
from commands.kit.work import Work
from storage.funding.imports import FundingImport, ImportKind, options_so_far, parts_of
from storage.funding.model import funding_settings
from storage.funding.staging import known_plans, plans_known_by_code

OPEN_AT_MOST = 4
_open: dict[tuple[str, int], Reading] = {}


@dataclass(slots=True)
class Reading:
    """A file at a row. `reader` turns cells into values in the order of `names`; `countries` are the file's."""

    folder: TemporaryDirectory[str]
    opened: RecognisedFile
    rows: Iterator[NumberedRow]
    reader: FlowReader | RequirementReader
    names: tuple[str, ...]
    issues: Issues
    countries: list[str]
    position: int = 0

    def take(self, count: int) -> list[NumberedRow]:
        """The next rows of the file."""
        rows = list(islice(self.rows, count))
        self.position += len(rows)
        return rows


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
    )


def values_of(reading: Reading, rows: list[NumberedRow]) -> list[tuple[Any, ...]]:
    """Rows of the file as rows of the database; refused ones are left out and noted."""
    read = reading.reader.read
    return [values for number, cells in rows if (values := read(number, cells)) is not None]
