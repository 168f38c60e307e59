"""What was left open goes into the next meeting at once, and its agenda shows it."""

from __future__ import annotations

from commands.cabinet.handlers.agenda.matters_arising import bring_matters
from commands.cabinet.handlers.changes import agenda_changed
from commands.kit.work import Work
from storage.cabinet.series import get_series


def carry_over(work: Work, series_id: int) -> None:
    """Bring what is left open into the next meeting of a series, where one is planned already."""
    series = get_series(work.session, work.mission.id, series_id)
    meeting = bring_matters(work, series) if series is not None else None
    if meeting is not None:
        agenda_changed(work, meeting)
