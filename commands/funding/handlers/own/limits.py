"""What the mission has set for its funding cell: when figures are old, reminders, ceilings and deadlines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from commands.funding.handlers.own.reminders import watch_deadlines
from commands.funding.rules.own import entry as e
from commands.funding.rules.typed import read_amount
from commands.funding.views.own import limits as views
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.funding.limits import FundingLimits, funding_limits
from storage.funding.lines import all_lines
from storage.funding.model import funding_settings, settings_to_change

LONGEST = 1200


def open_limits(request: Request) -> Answer:
    """The form of what the mission has set."""
    limits = funding_limits(request.session, request.mission.id)
    return opened(
        request, views.limits_form(limits, funding_settings(request.session, request.mission.id).stale_after_days)
    )


def take_limits(request: Request) -> Answer:
    """Save them; deadlines of running projects move with them."""
    mistakes = e.Mistakes()
    lengths = {name: _length(request, name, mistakes) for name in ("stale_days", *views.LENGTHS)}
    days = {name: _month_day(request.fields.text(name), name, mistakes) for name in views.DAYS}
    ceilings = {name: _ceiling(request.fields.text(name), name, mistakes) for name in views.CEILINGS}
    mistakes.refuse()
    settings = settings_to_change(request.session, request.mission.id)
    settings.stale_after_days = lengths.pop("stale_days")
    request.session.merge(FundingLimits(mission_id=request.mission.id, **lengths, **days, **ceilings))
    request.session.flush()
    request.record("funding.limits", ("mission", request.mission.id), lengths=lengths, days=days)
    for line in all_lines(request.session, request.mission.id):
        watch_deadlines(request, line)
    return Answer(close_all=True)


def _length(request: Request, name: str, mistakes: e.Mistakes) -> int:
    text = request.fields.text(name)
    if not text.isdigit() or not 1 <= int(text) <= LONGEST:
        mistakes[name] = _("Write a whole number from 1 to {most}.").format(most=LONGEST)
        return 0
    return int(text)


def _month_day(text: str, name: str, mistakes: e.Mistakes) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(f"2025-{text}").strftime("%m-%d")
    except ValueError:
        mistakes[name] = _("Write month and day, for example 06-15.")
        return ""


def _ceiling(text: str, name: str, mistakes: e.Mistakes) -> Decimal | None:
    return mistakes.take(lambda: read_amount(text, name)) if text else None
