"""The place to start: the next meeting, or how to get one."""

from __future__ import annotations

from commands.cabinet.views.upcoming import no_series_card
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.work import Answer, Ask


def show_next(ask: Ask) -> Answer:
    """The next meeting with what this person can do about it."""
    return Answer(say=no_series_card(leads=ADMIN_OR_COORDINATOR.is_met_by(ask.who)))
