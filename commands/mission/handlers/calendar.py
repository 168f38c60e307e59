"""Looking at the calendar and changing its days off. It stays one form, in which steps replace each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from commands.kit.cards import Block
from commands.kit.dates import Season
from commands.kit.permission import ADMIN
from commands.kit.pressed import SLASH, day_in, parts_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from commands.mission.rules.calendar_files import read_calendar_file
from commands.mission.rules.holidays import Outcome, add_days, check_range, days_of, read_lines, runs, without
from commands.mission.rules.setup import settings_of
from commands.mission.views.calendar import FILE, add_form, calendar_view, not_taken_text, outcome_text, paste_form
from storage.missions import holidays_of, replace_holidays
from storage.subjects import number


def open_calendar(request: Request) -> Answer:
    """The calendar as a form: on top of a message, or in place of the step the person is in."""
    view = _view(request, number(request.value) or 1)
    return opened(request, view)


def _view(request: Request, page: int, notice: str = "") -> Block:
    today = request.today
    days = _known(request)
    past = sum(day < today for day in days)
    coming = [run for run in runs(days) if run.last >= today]
    is_admin = ADMIN.is_met_by(request.who)
    seasons = [Season.from_json(row) for row in request.mission.seasons]
    return calendar_view(
        settings_of(request.mission),
        coming,
        number=page,
        past=past,
        is_admin=is_admin,
        notice=notice,
        seasons=[season for season in seasons if season.last >= today],
    )


def calendar_now(request: Request, notice: str) -> Block:
    """The calendar from its first page, with what was just done."""
    return _view(request, 1, notice)


def _known(request: Request) -> dict[date, str]:
    return {holiday.day: holiday.name for holiday in holidays_of(request.session, request.mission.id)}


def open_add(_ask: Request) -> Answer:
    """The step that adds a run of days."""
    return Answer(update=add_form())


def open_paste(_ask: Request) -> Answer:
    """The step that adds many days."""
    return Answer(update=paste_form())


def save_added(request: Request) -> Answer:
    """Add one run of days off."""
    first = request.fields.day("first")
    if first is None:
        raise Refused(_("Choose the first day."), "first")
    last = request.fields.day("last") or first
    name = request.fields.text("name")
    error = check_range(first, last, name)
    if error:
        raise Refused(error, "name" if check_range(first, first, name) else "last")
    return _add(request, dict.fromkeys(days_of(first, last), name))


def save_pasted(request: Request) -> Answer:
    """Add every line, or none when one is wrong; of a calendar file, every event that can be taken."""
    if FILE in request.files:
        return _add_file(request)
    found = read_lines(request.fields.text("lines"))
    if found.errors:
        raise RefusedFields({"lines": found.error_text()})
    return _add(request, found.days)


def _add_file(request: Request) -> Answer:
    if request.fields.text("lines"):
        raise Refused(_("Send either lines or a file."), FILE)
    _name, content = request.files[FILE]
    found = read_calendar_file(content, request.today)
    if not found.days:
        raise RefusedFields({FILE: found.error_text()})
    return _add(request, found.days, not_taken_text(found.error_text()) if found.errors else "")


def _add(request: Request, new: Mapping[date, str], not_taken: str = "") -> Answer:
    known = _known(request)
    outcome = add_days(known, new)
    _keep(request, "holidays.added", outcome, {day: name for day, name in new.items() if known.get(day) != name})
    notice = "\n".join(part for part in (outcome_text(outcome), not_taken) if part)
    return Answer(update=_view(request, 1, notice))


def _keep(request: Request, verb: str, outcome: Outcome, touched: Mapping[date, str]) -> None:
    if not touched:
        return
    replace_holidays(request.session, request.mission.id, outcome.days)
    request.mission.settings_version += 1
    days = {day.isoformat(): name for day, name in touched.items()}
    request.record(verb, ("mission", request.mission.id), days=days)


def remove(request: Request) -> Answer:
    """Take a run of days off out of the calendar."""
    first_day, last_day, page = parts_of(request.value, 3, SLASH)
    first, last = day_in(first_day), day_in(last_day)
    known = _known(request)
    left = without(known, first, last)
    _keep(request, "holidays.removed", Outcome(left), {day: name for day, name in known.items() if day not in left})
    return Answer(update=_view(request, number(page), _("Removed.")))
