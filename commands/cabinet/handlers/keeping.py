"""The list of series and meetings that a person keeps, and the menus in it."""

from __future__ import annotations

from commands.cabinet.handlers.access import leads, sees
from commands.cabinet.views.meetings import Kept, meetings_form
from commands.kit.permission import ADMIN_OR_COORDINATOR
from commands.kit.refused import Refused
from commands.kit.say import Block, escape
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.cabinet import Series, all_series, get_series
from storage.cabinet_meetings import running_meetings


def keeps(ask: Ask, series: Series) -> bool:
    """Whether this person changes the series: its chair, its secretary, a coordinator."""
    return ask.who.user_id in {series.chair, series.secretary} or ADMIN_OR_COORDINATOR.is_met_by(ask.who)


def show_everything(ask: Ask) -> Answer:
    """`/cabinet convene` and the button: the series and the meetings."""
    view = form_of_everything(ask)
    return Answer(update=view) if ask.view is not None and ask.view.kind == "modal" else Answer(form=view)


def form_of_everything(ask: Ask, note: str = "") -> Block:
    """The list as it is now, with what this person may keep and know of. Raises Refused for somebody who keeps none."""
    may_add = ADMIN_OR_COORDINATOR.is_met_by(ask.who)
    series = [
        one
        for one in all_series(ask.session, ask.mission.id)
        if not one.is_one_off and keeps(ask, one) and sees(ask.who, one.handling)
    ]
    meetings = [
        one for one in running_meetings(ask.session, ask.mission.id) if leads(ask, one) and sees(ask.who, one.handling)
    ]
    if not (may_add or series or meetings):
        raise Refused(_("Only the secretary and the chair of a cabinet, and coordinators, convene it."))
    return meetings_form(Kept(series, meetings, ask.zone, may_add, note))


def kept_series(ask: Ask, identity: str) -> Series:
    """The series that a menu names, if this person keeps it. Raises Refused."""
    series = get_series(ask.session, ask.mission.id, int(identity)) if identity.isdigit() else None
    if series is None or not keeps(ask, series) or not sees(ask.who, series.handling):
        raise Refused(_("I do not know this series any more. Open the list again."))
    return series


def said_of(series: Series, text: str) -> str:
    """A note about a series, with its title."""
    return text.format(title=escape(series.title))
