"""What the mission has set for its funding cell: when figures are old, reminders, ceilings and deadlines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from commands.funding.handlers.common import opened
from commands.funding.handlers.reminders import watch_deadlines
from commands.funding.rules import entering as e
from commands.funding.rules.typed import read_amount
from commands.funding.views import limits as views
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.funding import funding_settings, settings_to_change
from storage.funding_limits import FundingLimits, funding_limits
from storage.funding_lines import all_lines

LONGEST = 1200


def open_limits(ask: Ask) -> Answer:
    """The form of what the mission has set."""
    limits = funding_limits(ask.session, ask.mission.id)
    return opened(ask, views.limits_form(limits, funding_settings(ask.session, ask.mission.id).stale_after_days))


def take_limits(ask: Ask) -> Answer:
    """Save them; deadlines of running projects move with them."""
    mistakes = e.Mistakes()
    lengths = {name: _length(ask, name, mistakes) for name in ("stale_days", *views.LENGTHS)}
    days = {name: _month_day(ask.fields.text(name), name, mistakes) for name in views.DAYS}
    ceilings = {name: _ceiling(ask.fields.text(name), name, mistakes) for name in views.CEILINGS}
    mistakes.refuse()
    settings = settings_to_change(ask.session, ask.mission.id)
    settings.stale_after_days = lengths.pop("stale_days")
    ask.session.merge(FundingLimits(mission_id=ask.mission.id, **lengths, **days, **ceilings))
    ask.session.flush()
    ask.record("funding.limits", ("mission", ask.mission.id), lengths=lengths, days=days)
    for line in all_lines(ask.session, ask.mission.id):
        watch_deadlines(ask, line)
    return Answer(close_all=True)


def _length(ask: Ask, name: str, mistakes: e.Mistakes) -> int:
    text = ask.fields.text(name)
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
