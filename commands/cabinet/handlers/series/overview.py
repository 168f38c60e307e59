"""The list of series and meetings that a person keeps, and the menus in it."""

from __future__ import annotations

from commands.cabinet.handlers.access import MEETING, SERIES
from commands.cabinet.rules.access import Act
from commands.cabinet.views.meetings.overview import KeptSeries, meetings_form
from commands.kit.access import find, readable
from commands.kit.cards import Block, escape
from commands.kit.pages import page_number
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.cabinet.meetings import running_meetings
from storage.cabinet.series import Series, all_series


def show_everything(request: Request) -> Answer:
    """`/cabinet convene` and the button: the series and the meetings; the value is the page of each."""
    series, meetings = parts_of(request.value, 2)
    return opened(request, form_of_everything(request, pages=(page_number(series), page_number(meetings))))


def form_of_everything(request: Request, note: str = "", *, pages: tuple[int, int] = (0, 0)) -> Block:
    """The list as it is now, with what this person may keep and know of. Raises Refused for somebody who keeps none."""
    may_add = ADMIN_OR_COORDINATOR.is_met_by(request.who)
    kept = readable(request, SERIES, all_series(request.session, request.mission.id), Act.LEAD)
    series = [one for one in kept if not one.is_one_off]
    running = running_meetings(request.session, request.mission.id)
    meetings = readable(request, MEETING, running, Act.LEAD)
    if not (may_add or series or meetings):
        raise Refused(_("Only the secretary and the chair of a cabinet, and coordinators, convene it."))
    return meetings_form(KeptSeries(series, meetings, request.zone, may_add, note, pages))


def kept_series(request: Request, identity: object) -> Series:
    """The series that a menu names, if this person keeps it. Raises Refused."""
    return find(request, SERIES, identity, Act.LEAD)


def said_of(series: Series, text: str) -> str:
    """A note about a series, with its title."""
    return text.format(title=escape(series.title))
