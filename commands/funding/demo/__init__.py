"""The demo's funding: published figures with a week of change, other sources, a pledge, projects and a summary."""

from __future__ import annotations

from commands.funding.demo.other_sources import enter_other_sources
from commands.funding.demo.own_figures import enter_own_figures
from commands.funding.demo.published import enter_published_figures
from commands.kit.demo import DemoWorkspace
from commands.kit.work import Work

OWNER = "Cabinet secretary"


def prepare(work: Work, place: DemoWorkspace) -> None:
    """Everything that the room shows, kept by one owner."""
    owner = place.people[OWNER]
    enter_published_figures(work, place, owner)
    enter_own_figures(work, owner)
    enter_other_sources(work, owner)
