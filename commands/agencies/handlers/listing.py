"""Looking: the list, one agency, App Home."""

from __future__ import annotations

from dataclasses import replace

from commands.agencies.handlers.finding import list_state_of, pressed, with_agency
from commands.agencies.handlers.leave import presence
from commands.agencies.rules.people import is_leave_of_another, rights_of
from commands.agencies.rules.search import PER_PAGE, ListState, matching
from commands.agencies.views.details import Allowed, Details, details_form
from commands.agencies.views.history import history_form
from commands.agencies.views.listing import list_form
from commands.kit.cards import Block
from commands.kit.contacts import everyone, who_answers
from commands.kit.names.sectors import search_sectors
from commands.kit.pages import page_number, page_of, searched
from commands.kit.permission import ADMIN
from commands.kit.times.zones import search_zones
from commands.kit.words import current_language
from commands.kit.work import Answer, Request, opened
from storage import audit
from storage.agencies import Agency, all_agencies, sectors_in_use
from storage.audit import AuditEntry


def show_list(request: Request) -> Answer:
    """The list, where the reader left it; from a command, what was searched."""
    return _list(request, list_state_of(request) if request.view else ListState(searched(request.text)))


def show_all(request: Request) -> Answer:
    """The whole list from its beginning."""
    return _list(request, ListState(cleared=not list_state_of(request).cleared))


def show_unanswered(request: Request) -> Answer:
    """The agencies without a focal point."""
    return _list(request, ListState(unanswered=True))


def search(request: Request) -> Answer:
    """The list for what was typed."""
    look = list_state_of(request)
    return _list(request, replace(look, query=request.fields.text(look.field) or request.value, page=0))


def turn_page(request: Request) -> Answer:
    """Another page of the list."""
    return _list(request, replace(list_state_of(request), page=page_number(request.value)))


def _list(request: Request, look: ListState) -> Answer:
    found = matching(all_agencies(request.session, request.mission.id), look)
    page = page_of(found, look.page, PER_PAGE)
    look = replace(look, page=page.number)
    return opened(request, list_form(page, look, may_change=ADMIN.is_met_by(request.who)))


def show(request: Request) -> Answer:
    """One agency."""
    return with_agency(request, "show", lambda request, agency: opened(request, details_view(request, agency)))


def details_view(request: Request, agency: Agency, note: str = "") -> Block:
    """An agency as it is now, its people on the day it is where they are."""
    here = presence(request, everyone(agency))
    history = _history(request, agency)
    details = Details(agency, who_answers(agency, here.leaves, here.days), here.aways(agency), history, note)
    may = Allowed(change=ADMIN.is_met_by(request.who), people=rights_of(request.who, agency).any)
    return details_form(details, may, list_state_of(request), current_language())


def _history(request: Request, agency: Agency) -> list[AuditEntry]:
    """What was done to an agency. When somebody was away is for themselves and whoever may enter their leave."""
    found = audit.history(request.session, request.mission.id, "agency", agency.id)
    if rights_of(request.who, agency).any_leave:
        return found
    return [one for one in found if not is_leave_of_another(one, request.who.user_id)]


def show_history(request: Request) -> Answer:
    """Everything that was done to an agency."""
    agency = pressed(request)
    history = _history(request, agency)
    return opened(request, history_form(agency, history, list_state_of(request)))


def offer_sectors(request: Request) -> Answer:
    """Choices for the sectors of an agency."""
    return Answer(options=tuple(search_sectors(request.query, sectors_in_use(request.session, request.mission.id))))


def offer_zones(request: Request) -> Answer:
    """Choices for the zone of an agency."""
    return Answer(options=tuple(search_zones(request.query, current_language())))
