"""Looking: the list, one agency, App Home."""

from __future__ import annotations

from dataclasses import replace

from commands.agencies.handlers.finding import look_of, opened, pressed, with_agency
from commands.agencies.handlers.leave import presence
from commands.agencies.rules.people import rights_of
from commands.agencies.rules.search import Look, matching, page_of
from commands.agencies.views.details import Details, May, details_form
from commands.agencies.views.history import history_form
from commands.agencies.views.listing import home_blocks, list_form
from commands.kit.contacts import everyone, who_answers
from commands.kit.permission import ADMIN, Who
from commands.kit.say import Block
from commands.kit.sectors import search_sectors
from commands.kit.words import current_language
from commands.kit.work import Answer, Ask, Work
from commands.kit.zones import search_zones
from storage import audit
from storage.agencies import Agency, all_agencies, count_without_focal_point, sectors_in_use


def show_list(ask: Ask) -> Answer:
    """The list, where the reader left it; from a command, what was searched."""
    return _list(ask, look_of(ask) if ask.view else Look(ask.text))


def show_all(ask: Ask) -> Answer:
    """The whole list from its beginning."""
    return _list(ask, Look(cleared=not look_of(ask).cleared))


def show_unanswered(ask: Ask) -> Answer:
    """The agencies without a focal point."""
    return _list(ask, Look(unanswered=True))


def search(ask: Ask) -> Answer:
    """The list for what was typed."""
    look = look_of(ask)
    return _list(ask, replace(look, query=ask.fields.text(look.field) or ask.value, page=0))


def turn_page(ask: Ask) -> Answer:
    """Another page of the list."""
    return _list(ask, replace(look_of(ask), page=int(ask.value)))


def _list(ask: Ask, look: Look) -> Answer:
    found = matching(all_agencies(ask.session, ask.mission.id), look)
    page = page_of(found, look.page)
    look = replace(look, page=page.page)
    return opened(ask, list_form(page, look, may_change=ADMIN.is_met_by(ask.who)))


def show(ask: Ask) -> Answer:
    """One agency."""
    return with_agency(ask, "show", lambda ask, agency: opened(ask, details_view(ask, agency)))


def details_view(ask: Ask, agency: Agency, note: str = "") -> Block:
    """An agency as it is now, its people on the day it is where they are."""
    here = presence(ask, everyone(agency))
    history = audit.history(ask.session, ask.mission.id, "agency", agency.id)
    details = Details(agency, who_answers(agency, here.leaves, here.days), here.aways(agency), history, note)
    may = May(change=ADMIN.is_met_by(ask.who), people=rights_of(ask.who, agency).any)
    return details_form(details, may, look_of(ask), current_language())


def show_history(ask: Ask) -> Answer:
    """Everything that was done to an agency."""
    agency = pressed(ask)
    history = audit.history(ask.session, ask.mission.id, "agency", agency.id)
    return opened(ask, history_form(agency, history, look_of(ask)))


def offer_sectors(ask: Ask) -> Answer:
    """Choices for the sectors of an agency."""
    return Answer(options=tuple(search_sectors(ask.query, sectors_in_use(ask.session, ask.mission.id))))


def offer_zones(ask: Ask) -> Answer:
    """Choices for the zone of an agency."""
    return Answer(options=tuple(search_zones(ask.query, current_language())))


def draw_home(work: Work, who: Who) -> list[Block]:
    """What waits for admins: agencies that nobody can be asked for."""
    if not ADMIN.is_met_by(who):
        return []
    unanswered = count_without_focal_point(work.session, work.mission.id)
    return home_blocks(unanswered) if unanswered else []
