"""Importing flows beside the bare reading and writing of the same rows, and a summary beside the bare sum, on SQLite.

`python -m bot bench --only funding` runs it alone.
"""

from __future__ import annotations

import csv
import io
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import text

from bot.tools.bench.bench import Bench
from bot.tools.bench.rows import Row, Section
from commands.funding.handlers.imports import steps
from commands.funding.rules.imports.columns import FLOW_COLUMNS
from commands.kit.work import Work
from storage.database import Database
from storage.funding.imports import FundingImport, ImportState, keep_content
from storage.funding.kept_sums import renew_all
from storage.funding.totals import By, Scope, plan_lines, sums, total
from storage.migrate import upgrade
from storage.missions import get_mission
from storage.people import Person
from storage.subjects import Subject

MISSION, PERSON = "TBENCH", "UBENCH"
NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
ROUNDS = 3
TITLES = [column.name for column in FLOW_COLUMNS]
BATCH = 5_000
# A run that is only to be seen working measures fewer.
FLOWS, FEWER = 100_000, 1_000
QUICK_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of some rounds in seconds, ours and the bare one's, and how often ours takes the other's time."""

    what: str
    ours: float
    bare: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """Ours in relation to the bare one."""
        return self.ours / self.bare


def flows_file(rows: int, seed: int = 1) -> bytes:
    """A file of flows like FTS's: as many columns, as long texts, the same mixture of kinds."""
    chance = random.Random(seed)  # noqa: S311 - figures for a benchmark
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(TITLES)
    writer.writerows(_row(number, chance) for number in range(rows))
    return file.getvalue().encode()


def _row(number: int, chance: random.Random) -> list[object]:
    plan = chance.randrange(12)
    day = f"2035-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    status = chance.choices(("paid", "commitment", "pledge"), (60, 38, 2))[0]
    words = " ".join(chance.choices(("assistance", "protection", "water", "the", "displaced", "winter", "of"), k=18))
    named = plan < 8
    dollars = chance.randrange(1, 5_000_000)
    return [
        day, "2035", words, dollars, f"Donor {chance.randrange(150)}, Government of",
        "Government", "NOR", "2035", "2035", f"Plan {plan}" if named else "", f"HXX{plan}" if named else "",
        str(3500 + plan) if named else "", f"Agency {chance.randrange(200)}", "UN agency",
        chance.choice(("Health", "Nutrition", "Health,Nutrition", "", "Housing, Land and Property", "Protection")),
        "SSD", "", "", "", "2035", "2035", "financial", "Standard", "Traditional aid", "incoming",
        "shared" if number % 20 == 0 else "single", status, day, f"2034-12-{chance.randrange(1, 29):02}", "",
        round(dollars * 0.91), "EUR", "0.91", str(100_000 + number), f"REF-{number}", day, day,
    ]  # fmt: skip


def bare_import(content: bytes, path: Path) -> float:
    """Seconds of reading the rows with `csv` and writing them with `executemany`, nothing else."""
    database = Database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE TABLE bare ({', '.join(f'{title} TEXT' for title in TITLES)})")
        connection.commit()
    started = time.perf_counter()
    marks = ", ".join("?" * len(TITLES))
    with database.transaction() as session:
        reader = csv.reader(io.StringIO(content.decode(), newline=""))
        next(reader)
        batch: list[tuple[str, ...]] = []
        for row in reader:
            batch.append(tuple(row))
            if len(batch) == BATCH:
                session.connection().exec_driver_sql(f"INSERT INTO bare VALUES ({marks})", batch)  # noqa: S608
                batch = []
        if batch:
            session.connection().exec_driver_sql(f"INSERT INTO bare VALUES ({marks})", batch)  # noqa: S608
    took = time.perf_counter() - started
    database.dispose()
    return took


def prepare(database: Database) -> None:
    """A mission and somebody who imports."""
    upgrade(database)
    with database.transaction() as session:
        mission = get_mission(session, MISSION)
        mission.set_up_at = NOW
        session.add(Person(mission_id=MISSION, user_id=PERSON, seen_at=NOW))


def our_import(database: Database, content: bytes) -> float:
    """Seconds from the file at hand to figures that count: keeping, reading, comparing, previewing, saving."""
    started = time.perf_counter()
    with database.transaction() as session:
        kept = FundingImport(
            mission_id=MISSION, file_name="flows.csv", file_hash="", file_size=len(content), created_by=PERSON,
            created_at=NOW, options={"countries": ["SSD"], "as_of": "2035-03-05"}, rows_total=0,
        )  # fmt: skip
        session.add(kept)
        session.flush()
        keep_content(session, kept, content)
        import_id = kept.id
    while _state(database, import_id) == ImportState.READING:
        with database.reading() as session:
            rows = steps.read_rows(Work(session, get_mission(session, MISSION), NOW), Subject.of(import_id))
        _step(database, import_id, partial(steps.keep_rows, read=rows))
    with database.transaction() as session:
        session.get_one(FundingImport, import_id).state = ImportState.SAVING
    _step(database, import_id, steps.save_step)
    took = time.perf_counter() - started
    if _state(database, import_id) != ImportState.DONE:
        raise RuntimeError("the import was not saved")
    return took


def _state(database: Database, import_id: int) -> str:
    with database.reading() as session:
        return session.get_one(FundingImport, import_id).state


def _step(database: Database, import_id: int, step: Callable[[Work, Subject], None]) -> None:
    with database.transaction() as session:
        step(Work(session, get_mission(session, MISSION), NOW), Subject.of(import_id))


def measure_import(folder: Path, rows: int) -> Iterator[Measured]:
    """Our import, the same file again with nothing changed, and the bare import of it, in turns."""
    content = flows_file(rows)
    first, again, bare = [], [], []
    for number in range(ROUNDS):
        bare.append(bare_import(content, folder / f"bare-{number}.db"))
        database = Database(f"sqlite:///{folder / f'ours-{number}.db'}")
        prepare(database)
        first.append(our_import(database, content))
        again.append(our_import(database, content))
        database.dispose()
    for what, ours in (("import of", first), ("again and unchanged:", again)):
        yield Measured(f"{what} {rows:,} flows", statistics.median(ours), statistics.median(bare), min(ours), max(ours))


def measure_summary(folder: Path, stored: int) -> Iterator[Measured]:
    """Summaries over many flows and the bare sum of the same rows, in turns."""
    database = Database(f"sqlite:///{folder / 'many.db'}")
    prepare(database)
    _fill(database, stored)
    for what, look in LOOKS.items():
        ours, bare = [], []
        for _round in range(ROUNDS):
            bare.append(_timed(database, _bare_sum))
            ours.append(_timed(database, look))
        yield Measured(
            f"{what} over {stored:,} flows", statistics.median(ours), statistics.median(bare), min(ours), max(ours)
        )
    database.dispose()


def _bare_sum(database: Database) -> None:
    with database.reading() as session:
        session.execute(
            text(
                "SELECT SUM(amount_usd) FROM bare_flows WHERE boundary = 'incoming' AND on_boundary = 'single' "
                "AND status IN ('paid', 'commitment')"
            )
        ).one()


def _total(database: Database) -> None:
    with database.reading() as session:
        total(session, MISSION, Scope("SSD", 2035))


def _plans(database: Database) -> None:
    with database.reading() as session:
        plan_lines(session, MISSION, Scope("SSD", 2035))


def _by(by: By) -> Callable[[Database], None]:
    def look(database: Database) -> None:
        with database.reading() as session:
            sums(session, MISSION, by, Scope("SSD", 2035))

    return look


LOOKS: dict[str, Callable[[Database], None]] = {
    "country total with lag": _total,
    "plan table with lag": _plans,
    "by donor": _by(By.DONOR),
    "by agency": _by(By.AGENCY),
    "by cluster": _by(By.CLUSTER),
}


def _timed(database: Database, look: Callable[[Database], None]) -> float:
    started = time.perf_counter()
    look(database)
    return time.perf_counter() - started


def _fill(database: Database, stored: int) -> None:
    """Import a tenth and copy it nine times under other ids; the bare table has the same columns and no index."""
    our_import(database, flows_file(stored // 10))
    with database.transaction() as session:
        connection = session.connection()
        names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(funding_flows)") if row[1] != "id"]
        kept = ", ".join(f"{name} || '-' || :copy" if name == "fts_id" else name for name in names)
        for copy in range(1, 10):
            statement = (
                f"INSERT INTO funding_flows ({', '.join(names)}) SELECT {kept} FROM funding_flows WHERE id <= :most"  # noqa: S608
            )
            connection.execute(text(statement), {"copy": str(copy), "most": stored // 10})
        renew_all(session, MISSION)
        connection.exec_driver_sql("CREATE TABLE bare_flows AS SELECT * FROM funding_flows")
        connection.exec_driver_sql("ANALYZE")


def _rows(bench: Bench) -> Iterator[Row]:
    size = FEWER if bench.effort.messages < QUICK_MESSAGES else FLOWS
    folder = bench.folder / "funding"
    folder.mkdir()
    for one in [*measure_import(folder, size), *measure_summary(folder, size * 10)]:
        yield Row(one.what, one.ours * 1000, "ms", one.low * 1000, one.high * 1000, ratio=one.ratio)


SECTIONS = (Section("7 funding", "Funding; ratio to the bare read and write, or to the bare sum", _rows),)
