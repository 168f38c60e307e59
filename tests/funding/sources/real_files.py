"""Real files into a database of their own, for checks of golden numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from storage.database import Database
from storage.funding.imports import FundingImport, ImportState
from storage.funding.totals import Scope, Sum, total
from storage.migrate import upgrade
from tests.funding.importing import MISSION, run

Check = Callable[[Path], list[tuple[str, object, object]]]
CASES: list[tuple[str, Check]] = []


def case(folder: str) -> Callable[[Check], Check]:
    """A set of checks on the files of one of the folders: what, expected, found."""

    def of_folder(check: Check) -> Check:
        CASES.append((folder, check))
        return check

    return of_folder


def fresh(
    *files: Path, country: str = "", countries: Sequence[str] = (), **options: object
) -> tuple[Database, FundingImport]:
    """A new database with these files imported, one after another."""
    database = Database(f"sqlite:///{tempfile.mkdtemp()}/check.db")
    upgrade(database)
    kept: FundingImport | None = None
    for file in files:
        kept = run(database, file.read_bytes(), countries=countries or (country,), name=file.name, **options)  # type: ignore[arg-type]
        if kept.state != ImportState.DONE:
            raise SystemExit(f"{file.name}: {kept.state} {kept.trouble}")
    assert kept is not None
    return database, kept


def whole(database: Database, country: str) -> Sum:
    with database.reading() as session:
        return total(session, MISSION, Scope(country))


def issue(kept: FundingImport, kind: str) -> int:
    return next((one["count"] for one in kept.issues if one["kind"] == kind), 0)
