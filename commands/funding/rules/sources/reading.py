"""A reader for the figures of a source: what its columns mean is found out from all its rows first."""

from __future__ import annotations

from decimal import Decimal

from commands.funding.rules.imports.context import RefusedRowError
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.recognition import RecognisedFile
from commands.funding.rules.sources.rows import AMOUNTS, FigureReader, SourceContext, percent_of
from commands.funding.rules.sources.shares import Amount, amounts_of, off_by
from storage.funding.imports import ImportKind


def figure_reader(opened: RecognisedFile, written: Conventions, issues: Issues, *, is_new: bool) -> FigureReader:
    """The reader of a file that is opened; `is_new`: its rows are read from the first, so what all say is noted."""
    first = _reader(opened, SourceContext(written, opened.width), Issues())
    if opened.kind is not ImportKind.FUND_PROJECTS:
        return _reader(opened, SourceContext(written, opened.width), issues)
    amounts: dict[str, list[tuple[str, Amount]]] = {name: [] for name in AMOUNTS}
    shares: dict[str, list[Decimal]] = {}
    for row, cells in opened.rows():
        get = first.cells_of(cells)
        project, share = get.get("code") or get.get("title", ""), percent_of(get.get("share", ""))
        if share is not None:
            shares.setdefault(project, []).append(share)
        for name in AMOUNTS:
            amounts[name].append((project, (_cents(first, row, name, get.get(name, "")), share)))
    if is_new:
        for project in off_by(shares):
            issues.add(Kind.SHARES_DIFFER, 0, "", f"{project}: {sum(shares[project], Decimal(0))} %")
    found = {name: amounts_of(rows) for name, rows in amounts.items()}
    return _reader(opened, SourceContext(written, opened.width, found), issues)


def _reader(opened: RecognisedFile, context: SourceContext, issues: Issues) -> FigureReader:
    return FigureReader(opened.header, opened.layout, opened.kind, context, issues)


def _cents(reader: FigureReader, row: int, name: str, text: str) -> int | None:
    try:
        return reader.cents_of(row, name, text) if text else None
    except RefusedRowError:
        return None
