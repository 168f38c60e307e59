"""The demo's mission, set up, with its five agencies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.world import World, a_tidy_mission


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A running mission; at the end Slack must not have refused anything, nor may a message be stuck."""
    with a_tidy_mission(sqlite_url(tmp_path)) as world:
        yield world
