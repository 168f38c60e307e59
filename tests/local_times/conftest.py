"""The demo's mission with its five agencies: on SQLite, and on PostgreSQL too for each kind of what is moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.world import World, a_tidy_mission


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A running mission; at the end Slack must not have refused anything, nor may a message be stuck.

    A test that uses `database_url` has it once on each kind of database.
    """
    asked = "database_url" in request.fixturenames
    with a_tidy_mission(request.getfixturevalue("database_url") if asked else sqlite_url(tmp_path)) as world:
        yield world
