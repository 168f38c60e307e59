"""What `/cabinet` shows."""

from __future__ import annotations

from tests.world import World


def test_before_any_series_it_says_who_can_begin(world: World) -> None:
    assert "Set up a series" in world.person("Chief of staff").runs("/cabinet").text
    assert "A coordinator of the mission can" in world.person("WFP focal point").runs("/cabinet").text
