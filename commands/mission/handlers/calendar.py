"""Looking at the calendar and changing its days off. It stays one form, in which steps replace each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from commands.kit.permission import ADMIN
from commands.kit.refused import Refused, RefusedFields
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.mission.rules.holidays import Outcome, add_days, check_range, days_of, read_lines, runs, without
from commands.mission.rules.setup import settings_of
from commands.mission.views.calendar import add_form, calendar_view, outcome_text, paste_form
from storage.missions import holidays_of, replace_holidays


def open_calendar(ask: Ask) -> Answer:
    """The calendar as a form: on top of a message, or in place of the step the person is in."""
    view = _view(ask, int(ask.value) if ask.value.isdigit() else 1)
    in_calendar = ask.view is not None and ask.view.kind == "modal"
    return Answer(update=view) if in_calendar else Answer(form=view)


def _view(ask: Ask, page: int, notice: str = "") -> Block:
    today = ask.now.astimezone(ask.zone).date()
    days = _known(ask)
    past = sum(day < today for day in days)
    coming = [run for run in runs(days) if run.last >= today]
    is_admin = ADMIN.is_met_by(ask.who)
    return calendar_view(settings_of(ask.mission), coming, page=page, past=past, is_admin=is_admin, notice=notice)


def _known(ask: Ask) -> dict[date, str]:
    return {holiday.day: holiday.name for holiday in holidays_of(ask.session, ask.mission.id)}


def open_add(_ask: Ask) -> Answer:
    """The step that adds a run of days."""
    return Answer(update=add_form())


def open_paste(_ask: Ask) -> Answer:
    """The step that adds many days."""
    return Answer(update=paste_form())


def save_added(ask: Ask) -> Answer:
    """Add one run of days off."""
    first = ask.fields.day("first")
    if first is None:
        raise Refused(_("Choose the first day."), "first")
    last = ask.fields.day("last") or first
    name = ask.fields.text("name")
    error = check_range(first, last, name)
    if error:
        raise Refused(error, "name" if check_range(first, first, name) else "last")
    return _add(ask, dict.fromkeys(days_of(first, last), name))


def save_pasted(ask: Ask) -> Answer:
    """Add every line, or none when one is wrong."""
    found = read_lines(ask.fields.text("lines"))
    if found.errors:
        raise RefusedFields({"lines": found.error_text()})
    return _add(ask, found.days)


def _add(ask: Ask, new: Mapping[date, str]) -> Answer:
    known = _known(ask)
    outcome = add_days(known, new)
    _keep(ask, "holidays.added", outcome, {day: name for day, name in new.items() if known.get(day) != name})
    return Answer(update=_view(ask, 1, outcome_text(outcome)))


def _keep(ask: Ask, verb: str, outcome: Outcome, touched: Mapping[date, str]) -> None:
    if not touched:
        return
    replace_holidays(ask.session, ask.mission.id, outcome.days)
    ask.mission.settings_version += 1
    days = {day.isoformat(): name for day, name in touched.items()}
    ask.record(verb, ("mission", ask.mission.id), days=days)


def remove(ask: Ask) -> Answer:
    """Take a run of days off out of the calendar."""
    first_text, last_text, page = ask.value.split("/")
    first, last = date.fromisoformat(first_text), date.fromisoformat(last_text)
    known = _known(ask)
    left = without(known, first, last)
    _keep(ask, "holidays.removed", Outcome(left), {day: name for day, name in known.items() if day not in left})
    return Answer(update=_view(ask, int(page), _("Removed.")))
