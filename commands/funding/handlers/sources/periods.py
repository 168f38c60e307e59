"""Telling whoever imported a budget that a period is about to end, or has ended, with money that is not obligated."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from commands.funding.handlers.own.reminders import morning_of
from commands.funding.rules.sources.budgets import BudgetPeriod, periods_of
from commands.funding.views.sources.books import period_card
from commands.kit.post import tell
from commands.kit.work import Work
from storage.funding.applying import newest_imports
from storage.funding.imports import FundingImport, ImportKind
from storage.funding.limits import funding_limits
from storage.funding.source_figures import FigureKind, figures_of
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer

PERIOD = "funding:period"


def watch_periods(work: Work, kept: FundingImport) -> None:
    """Set the reminders of every period on record anew, for whoever decided about the newest budget."""
    if kept.kind != ImportKind.MISSION_BUDGET:
        return
    reader = kept.decided_by or kept.created_by
    ahead = timedelta(days=funding_limits(work.session, work.mission.id).remind_days)
    for period in _periods(work):
        subject = Subject.of("budget", period.ends)
        cancel_timers(work.session, work.mission.id, subject, verb=PERIOD)
        for day in (period.ends - ahead, period.ends + timedelta(days=1)):
            if day >= work.today:
                key = Key.of("funding-period", period.ends, uuid4().hex)
                due = morning_of(work, day, reader)
                set_timer(work.session, work.mission.id, key=key, verb=PERIOD, subject=subject, due_at=due)


def tell_period(work: Work, subject: Subject) -> None:
    """A timer: a period is about to end, or has ended. Nothing is said where all of it is obligated."""
    ends = date.fromisoformat(subject.ids[0])
    newest = newest_imports(work.session, FundingImport(mission_id=work.mission.id, kind=ImportKind.MISSION_BUDGET), 1)
    if not newest:
        return  # taken back since
    reader = newest[0].decided_by or newest[0].created_by
    for period in _periods(work):
        if period.ends == ends and period.left:
            with work.speaking_to(reader):
                key = Key.of("funding-period", ends, period.name, work.today)
                tell(work, reader, period_card(period, work.today), key=key)


def _periods(work: Work) -> list[BudgetPeriod]:
    return periods_of(figures_of(work.session, work.mission.id, [FigureKind.MISSION_BUDGET]))
