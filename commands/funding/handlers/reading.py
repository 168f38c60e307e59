"""What a reader sees of the figures."""

from __future__ import annotations

from commands.funding.views.reading import empty_card
from commands.kit.work import Answer, Ask


def show_start(ask: Ask) -> Answer:
    """The plan table, or what to do while there are no figures."""
    return Answer(say=empty_card())
