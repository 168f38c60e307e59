"""Whichever order files come in, the newer version of a flow and of a figure holds; the preview says what is older."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules.imports.answers import ANSWER, HAVE, Answer
from commands.funding.rules.imports.own_day import saved_on
from commands.funding.rules.imports.withdrawing import NEWER_FILE, Hindrance, hindrance, newer_file
from commands.funding.views.imports.message import import_card
from storage.database import Database
from storage.funding.imports import FundingImport, ImportState
from storage.funding.totals import Scope, plan_lines, total
from tests.databases import sqlite_url
from tests.funding import samples
from tests.funding.importing import MISSION, run, undo
from tests.properties import examples


def funding(database: Database) -> Decimal:
    with database.reading() as session:
        return total(session, MISSION, Scope("SSD")).funding


def told(kept: FundingImport, kind: str) -> list[tuple[int, list[Any]]]:
    return [(one["count"], one["examples"]) for one in kept.issues if one["kind"] == kind]


OLD = [samples.flow(1, 100, updatedAt="2035-02-01"), samples.flow(2, 50, updatedAt="2035-02-09")]
NEW = [
    samples.flow(1, 300, updatedAt="2035-02-10"),
    samples.flow(2, 60, updatedAt="2035-02-08"),
    samples.flow(3, 7, updatedAt="2035-02-12", createdAt="2035-02-12"),
]


def test_an_older_file_takes_nothing_back_in_time_and_says_what_it_would_have(database: Database) -> None:
    run(database, samples.flows_csv(NEW))
    kept = run(database, samples.flows_csv(OLD), save=False)
    assert kept.as_of == date(2035, 2, 9)
    assert {name: kept.counts[name] for name in ("new", "changed", "older", "missing")} == {
        "new": 0, "changed": 1, "older": 1, "missing": 0,
    }  # fmt: skip
    assert told(kept, "older") == [(1, [[2, "1", "2035-02-01 < 2035-02-10; 100.00 ≠ 300.00"]])]
    assert newer_file(kept.options) == date(2035, 2, 12)
    text = str(import_card(kept).blocks)
    assert "its newest row is of 9 Feb 2035, and figures of 12 Feb 2035 are there" in text
    assert "1 row would take its figure back in time; it is left out, and the newer one stays." in text
    done = run(database, samples.flows_csv(OLD))
    assert done.state == ImportState.DONE
    assert funding(database) == 300 + 50 + 7
    assert "1 row was older and was left out." in str(import_card(done).blocks)
    undo(database, done.id)
    assert funding(database) == 300 + 60 + 7


def test_of_the_same_day_the_newer_file_holds_and_a_withdrawn_flow_stays_away(database: Database) -> None:
    early, late = (samples.flow(9, 1, updatedAt=day) for day in ("2035-02-14", "2035-02-20"))
    run(database, samples.flows_csv([samples.flow(1, 100), samples.flow(2, 5), late]))
    gone = run(database, samples.flows_csv([samples.flow(1, 200), late]), withdraw=True)
    assert gone.counts["withdrawn"] == 1
    assert funding(database) == 201
    # The same days, and the file as a whole is older: neither the amount nor the withdrawn flow comes back.
    kept = run(database, samples.flows_csv([samples.flow(1, 100), samples.flow(2, 5), early]))
    assert (kept.counts["older"], kept.counts["changed"]) == (3, 0)
    assert funding(database) == 201
    # Downloaded later, the same rows are the newer ones: FTS has taken its changes back.
    again = run(database, samples.flows_csv([samples.flow(1, 100), samples.flow(2, 5)]), as_of_day=date(2035, 2, 25))
    assert (again.counts["older"], again.counts["changed"]) == (0, 2)
    assert funding(database) == 106


def test_published_figures_have_the_day_of_their_file(database: Database) -> None:
    def plans(funded: int, day: int) -> FundingImport:
        content = samples.as_csv(samples.PLAN_TITLES, [samples.plan_row(funding=funded)])
        return run(database, content, as_of_day=date(2035, 3, day), as_of=f"2035-03-{day:02}")

    plans(500, 3)
    kept = plans(400, 2)
    assert kept.counts["older"] == 1
    assert told(kept, "older")[0][1][0][2] == "2035-03-02 < 2035-03-03; 400.00 ≠ 500.00"
    plans(600, 4)
    with database.reading() as session:
        assert [line.funding for line in plan_lines(session, MISSION)] == [600]


def test_what_is_newer_than_a_file_is_not_missing_in_it(database: Database) -> None:
    run(database, samples.flows_csv(NEW))
    kept = run(database, samples.flows_csv([NEW[0]]), save=False)
    # 2 was updated before the file, 3 after it.
    assert (kept.as_of, kept.counts["missing"]) == (date(2035, 2, 10), 1)
    assert hindrance(kept.counts, kept.options) is Hindrance.OLDER
    # A day that somebody gives says more than the newest row.
    kept = run(database, samples.flows_csv([NEW[0]]), save=False, as_of_day=date(2035, 2, 13))
    assert kept.counts["missing"] == 2
    assert hindrance(kept.counts, kept.options) is None


def test_the_order_of_two_complete_files_changes_no_total(database: Database) -> None:
    old = [samples.flow(1, 100, updatedAt="2035-02-01"), samples.flow(2, 50, updatedAt="2035-02-09")]
    new = [samples.flow(1, 300, updatedAt="2035-02-10")]
    run(database, samples.flows_csv(new))
    kept = run(database, samples.flows_csv(old), save=False)
    assert (kept.counts["new"], kept.counts["older"], kept.counts["only_here"]) == (1, 1, 1)
    assert [one["without_only_here"] for one in kept.totals] == [300_00]
    text = str(import_card(kept).blocks)
    assert "1 row is new here, and the newer file did not have it" in text
    assert "Import without 1 row" in text
    done = run(database, samples.flows_csv(old), leave_out=True)
    assert funding(database) == 300
    assert done.counts["left_out"] == 1
    assert "1 row that the newer file did not have was left out." in str(import_card(done).blocks)
    assert "Together:* US$300, unchanged" in str(import_card(done).blocks)
    run(database, samples.flows_csv(old))
    assert funding(database) == 350


def test_a_file_is_not_older_because_nobody_wrote_down_its_day(sqlite_database: Database) -> None:
    first, second = ([samples.flow(1, money, updatedAt=f"2035-02-{day}")] for money, day in ((100, 10), (200, 11)))
    run(sqlite_database, samples.flows_csv([*first, samples.flow(2, 5)]), as_of_day=date(2035, 2, 20))
    kept = run(sqlite_database, samples.flows_csv([*second, samples.flow(3, 9)]), save=False)
    # Its newest row is as new as that of the file which somebody said was downloaded a week later.
    assert (kept.as_of, newer_file(kept.options), kept.counts["missing"]) == (date(2035, 2, 13), None, 1)
    kept = run(sqlite_database, samples.flows_csv(second), save=False, as_of_day=date(2035, 2, 19))
    assert newer_file(kept.options) == date(2035, 2, 20)


def test_a_workbook_says_when_it_was_saved() -> None:
    def book(**properties: Any) -> bytes:
        file = io.BytesIO()
        one = xlsxwriter.Workbook(file, {"in_memory": True})
        one.add_worksheet()
        one.set_properties(properties)
        one.close()
        return file.getvalue()

    assert saved_on(book(created=datetime(2035, 2, 3, tzinfo=UTC))) == date(2035, 2, 3)
    assert saved_on(b"PK\x03\x04 broken") is None
    assert saved_on(samples.flows_csv(NEW)) is None
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("docProps/core.xml", "<dcterms:modified>2035-13-40</dcterms:modified>")
    assert saved_on(empty.getvalue()) is None


def test_what_hinders_a_withdrawal() -> None:
    part = {ANSWER: {**Answer(4, 1, 0, 1, 0).as_json(), HAVE: 4}}
    assert hindrance({}, None) is None
    assert hindrance({"refused": 1}, {}) is Hindrance.REFUSED
    assert hindrance({}, part) is Hindrance.PART
    assert hindrance({}, {NEWER_FILE: "2035-02-01"}) is Hindrance.OLDER


VERSIONS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 9), st.integers(1, 999)),
    min_size=1,
    max_size=9,
    unique_by=lambda v: v[:2],
)


@settings(max_examples=examples(6))
@given(VERSIONS, st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_of_files_never_changes_a_total(
    versions: Sequence[tuple[int, int, int]], files: int, chance: Any
) -> None:
    parts = [versions[start::files] for start in range(files)]
    # Two versions of one flow in one file would contradict each other.
    parts = [list({fts_id: (fts_id, day, money) for fts_id, day, money in part}.values()) for part in parts if part]
    newest = {fts_id: money for fts_id, _day, money in sorted(itertools.chain(*parts), key=lambda one: one[1])}
    chance.shuffle(parts)
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        for part in parts:
            rows = [samples.flow(one, money, updatedAt=f"2035-02-{day:02}") for one, day, money in part]
            assert run(database, samples.flows_csv(rows)).state == ImportState.DONE
        assert funding(database) == sum(newest.values())
        database.dispose()
