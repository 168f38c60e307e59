"""Whole escalations, as people live them."""

from __future__ import annotations

from tests.world import World


def test_the_command_says_what_still_waits(world: World) -> None:
    assert "0 escalations" in world.person("WFP head of agency").runs("/escalate").text
