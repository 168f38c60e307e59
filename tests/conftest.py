"""Fixtures for every test: databases of both kinds and a browser, and what is said where there is no browser."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from storage.database import Database
from tests import browser as browsers
from tests.databases import Postgres, prepare_engines, sqlite_url
from tests.properties import prepare_profiles
from tests.tiers import is_quick

# The product reads a `.env` beside it; tests shall not depend on a developer's own.
for _name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "DATABASE_URL", "COMMAND_PREFIX"):
    os.environ.pop(_name, None)

prepare_profiles()
prepare_engines()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tests that can run much longer than the suite lets them."""
    parser.addoption("--soak", action="store_true", help="100,000 commands and 20,000 messages (tests/faults)")


NO_BROWSER = "there is no browser"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick tests, for `make quick`."""
    for item in items:
        if isinstance(item, pytest.Function) and is_quick(item):
            item.add_marker(pytest.mark.quick)


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector need not walk through them (7 % of the CPU)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where there is no browser, skip what needs one before anything is started for it; with `CI` set, fail."""
    if "browser" not in getattr(item, "fixturenames", ()) or browsers.find():
        return
    if browsers.wanted_everywhere():
        pytest.fail(f"{NO_BROWSER}, and CI is set: {browsers.HOW_TO_GET_ONE}", pytrace=False)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for all tests that wanted a browser."""
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(one.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests of the page were skipped because {NO_BROWSER}: {browsers.HOW_TO_GET_ONE}."
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge; one for all tests of a process, because Playwright runs only once in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the tests of this process."""
    server = Postgres()
    yield server
    server.server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh migrated database; the test runs once for each kind."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh migrated database of each kind."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """A fresh migrated SQLite database, for tests where the kind decides nothing."""
    database = Database(sqlite_url(tmp_path))
    yield database
    database.dispose()
