"""The bench: it measures what it says, with every request answered as it should be, and its page is easy to renew."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import bolt_app, build
from bot.requests.web import Web
from bot.settings import Settings
from bot.tools.bench import counted, floor
from bot.tools.bench.bench import SQLITE, Effort, opened
from bot.tools.bench.gestures import nil_in_turns, status, submission
from bot.tools.bench.load import Server, measure
from bot.tools.bench.mission import gather
from bot.tools.bench.rows import BEGIN, END, Result, Row, renew
from bot.tools.bench.run import find_sections, until
from bot.tools.bench.signed import ask
from bot.tools.demo.play import SIGNING_SECRET
from storage.audit import AuditEntry
from storage.database import Database
from storage.inbox import Delivery
from storage.timers import Timer
from storage.updates.returns import Return, ReturnVersion

RESULT = Result(
    "Two cores.",
    [("Commands", [Row("reads", 1234.5, low=900, high=1300, p50=1.234, p99=20, bolt=4000, ratio=0.3086, failed=2)])],
    ("PostgreSQL: not here",),
)


def test_every_section_is_found_by_its_module_and_has_a_name_of_its_own() -> None:
    names = [section.name for section in find_sections()]
    assert names == sorted(set(names))
    assert {name.split()[1] for name in names} >= {
        "commands",
        "forms",
        "processes",
        "outbox",
        "digest",
        "resources",
        "funding",
        "counted",
    }


def test_the_page_is_renewed_between_its_marks_only(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    renew(page, RESULT)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"Before\n{BEGIN}\nTwo cores.")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| reads (2 failed) | 1234/s | 900 to 1300 | 1.23 | 20 |  | 4000 |  | 0.31 |" in text
    assert "Left out: PostgreSQL: not here." in text


def test_a_page_without_marks_is_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "other.md"
    page.write_text("Nothing for figures.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for figures"):
        renew(page, RESULT)
    assert page.read_text(encoding="utf-8") == "Nothing for figures.\n"


def test_json_holds_what_was_measured_and_nothing_made_up() -> None:
    (section,) = json.loads(RESULT.as_json())["sections"]
    (row,) = section["rows"]
    assert row["ratio"] == 0.3086
    assert "cpu" not in row


def test_nothing_new_is_begun_when_the_time_is_over() -> None:
    rows = [Row("one", 1), Row("two", 2)]
    assert list(until(float("inf"), rows)) == rows
    assert list(until(0, rows)) == []


def test_instructions_are_those_between_the_marks(tmp_path: Path) -> None:
    for number in range(1, 2 * len(counted.WHAT) + 1):
        amount = 1000 * number if number % 2 == 0 else 7
        (tmp_path / f"out.{number}").write_text(f"version: 1\ntotals: {amount}\n", encoding="utf-8")
    found = counted.read_marks(tmp_path)
    assert list(found) == list(counted.WHAT)
    assert list(found.values()) == [1000 * 2 * place / counted.COUNTED for place in range(1, len(counted.WHAT) + 1)]
    (tmp_path / "out.2").unlink()
    assert counted.read_marks(tmp_path) == {}


def test_the_floor_writes_the_same_rows_as_our_command() -> None:
    with opened(Effort(), None, own_server=False) as bench, bench.database(SQLITE) as url:
        mission = gather(Database(url), agencies=2)
        environment = bench.stage.environment(1, url)
        given = {name.lower(): value for name, value in environment.items() if name.startswith(("SLACK_", "DATABASE_"))}
        product = build(Settings(_env_file=None, **given))  # type: ignore[call-arg, arg-type]
        web = Web(product, bolt_app(product))
        bare = floor.application(url, floor.record(product, web, mission))
        make = nil_in_turns(mission)

        def written(application: object) -> list[int]:
            before = rows_of(product.database)
            for _turn in range(2):
                ask(application, make(floor.LANE))  # type: ignore[arg-type]
            return [after - earlier for after, earlier in zip(rows_of(product.database), before, strict=True)]

        ours = written(web)
        assert written(bare) == written(bare) == ours
        assert min(ours) == 2
        product.database.dispose()


def rows_of(database: Database) -> list[int]:
    """How many rows there are of each kind that the command adds."""
    with database.reading() as session:
        tables = (Delivery, ReturnVersion, AuditEntry, Timer)
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_each_request_of_the_load_has_the_effect_that_is_measured() -> None:
    with opened(Effort(), None, own_server=False) as bench, bench.database(SQLITE) as url:
        database = Database(url)
        mission = gather(database, agencies=6)
        _process, port, _seconds = bench.stage.web(url)
        for make, requests in (
            (nil_in_turns(mission), 24),
            (submission(mission, version=4), 12),
            (status(mission), 12),
        ):
            # In a thread of its own: a browser of another test may have left this one with a running event loop.
            with ThreadPoolExecutor(1) as aside:
                load = partial(measure, secret=SIGNING_SECRET, in_flight=6, requests=requests)
                outcome = aside.submit(load, Server([port], make)).result()
            assert outcome.failed == 0
        with database.reading() as session:
            of_round = select(Return.id).where(Return.round_id == mission.round_id)
            versions = select(ReturnVersion.kind, func.count()).where(ReturnVersion.return_id.in_(of_round))
            kinds = {kind: count for kind, count in session.execute(versions.group_by(ReturnVersion.kind))}  # noqa: C416 - rows are no pairs for `dict`
            acts = session.scalar(select(func.count()).where(AuditEntry.verb.startswith("return.")))
        database.dispose()
    assert kinds == {"nil": 12, "withdrawn": 12, "answers": 12}
    assert acts == 36
    assert any("PostgreSQL" in one for one in bench.left_out)
