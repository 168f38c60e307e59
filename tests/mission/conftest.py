"""A mission that nobody has set up yet, and one that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.world import World, a_world


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    """Rapporteur has just been installed."""
    with a_world(sqlite_url(tmp_path)) as world:
        yield world
        # Looking at a private channel without being in it is how we find out that we are not.
        refused = {(one["kind"], one["refused"]) for one in world.workspace.refusals}
        assert refused <= {("conversations.info", "channel_not_found")}


@pytest.fixture
def world(fresh: World) -> World:
    """The mission of the demo, set up, with the roles of the demo."""
    fresh.set_up()
    return fresh
