"""The demo's mission, set up, without figures or with a plan that was published yesterday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.funding.published import publish
from tests.world import World, a_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A running mission without figures; at the end Slack must not have refused anything, nor a message be stuck."""
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []


@pytest.fixture
def funded(tmp_path: Path) -> Iterator[World]:
    """A running mission with figures; at the end Slack must not have refused anything, nor may a message be stuck."""
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        with world.database() as session:
            publish(session, world.mission_id, world.now - timedelta(days=1))
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []
