"""The demo's mission, set up, with its five agencies, on databases of both kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.world import World, a_tidy_mission


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A running mission; at the end Slack must not have refused anything, nor may a message be stuck."""
    with a_tidy_mission(database_url) as world:
        yield world
