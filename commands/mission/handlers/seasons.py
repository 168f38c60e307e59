"""Seasons with other working hours: entering one, taking one out."""

from __future__ import annotations

from commands.kit.dates import Season
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.mission.handlers.calendar import calendar_now
from commands.mission.rules.seasons import DAYS, END, FIRST, LAST, NAME, START, check_season, season_of
from commands.mission.rules.setup import settings_of
from commands.mission.views.seasons import season_form


def open_season(request: Request) -> Answer:
    """The step that adds a season."""
    return Answer(update=season_form(settings_of(request.mission)))


def save_season(request: Request) -> Answer:
    """Add a season."""
    fields, known = request.fields, seasons_of(request)
    days = [int(day) for day in fields.choices(DAYS)]
    ends = (fields.day(FIRST), fields.day(LAST))
    wanted = season_of(fields.text(NAME), *ends, days, fields.time_of_day(START), fields.time_of_day(END))
    if wanted is None:
        raise Refused(_("Choose both days and both hours."), FIRST)
    problems = check_season(wanted, known)
    if problems:
        raise RefusedFields(problems)
    _keep(request, "season.added", [*known, wanted], wanted)
    return Answer(update=calendar_now(request, _("The season is entered.")))


def remove_season(request: Request) -> Answer:
    """Take a season out of the calendar; the value is its first day."""
    known = seasons_of(request)
    gone = next((one for one in known if one.first.isoformat() == request.value), None)
    if gone is not None:
        _keep(request, "season.removed", [one for one in known if one != gone], gone)
    return Answer(update=calendar_now(request, _("Removed.")))


def seasons_of(request: Request) -> list[Season]:
    """The mission's seasons, the earliest first."""
    return sorted(map(Season.from_json, request.mission.seasons), key=lambda one: one.first)


def _keep(request: Request, verb: str, seasons: list[Season], touched: Season) -> None:
    request.mission.seasons = [one.as_json() for one in sorted(seasons, key=lambda one: one.first)]
    request.mission.settings_version += 1
    request.record(verb, ("mission", request.mission.id), season=touched.as_json())
