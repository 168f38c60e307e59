"""Which agency is meant, and how its view is opened: on top of a message, or in place of the form that is open."""

from __future__ import annotations

from collections.abc import Callable

from commands.agencies.rules.codes import nearest
from commands.agencies.rules.search import AgencyNotes, ListState
from commands.agencies.views.listing import unknown_card
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.agencies import Agency, agency_to_change, all_agencies, find_agency, get_agency
from storage.subjects import number


def list_state_of(request: Request) -> ListState:
    """Where in the list the reader comes from."""
    return request.noted(ListState)


def with_agency(request: Request, action: str, use: Callable[[Request, Agency], Answer]) -> Answer:
    """Use the agency whose code was typed, or whose button was pressed.

    An unknown code is answered with the nearest ones; their buttons do `action`, which is what was meant.
    """
    if request.value:
        return use(request, pressed(request))
    if not request.text:
        raise Refused(
            _("Say which agency: {example}. {list} shows all of them.").format(
                example=f"`{request.command('agency')} {action} WFP`", list=f"`{request.command('agency')}`"
            )
        )
    agency = find_agency(request.session, request.mission.id, request.text)
    if agency is None:
        near = nearest(request.text, all_agencies(request.session, request.mission.id))
        return Answer(say=unknown_card(request.text, near, action))
    return use(request, agency)


def pressed(request: Request) -> Agency:
    """The agency of a button's value."""
    agency = get_agency(request.session, request.mission.id, number(request.value))
    if agency is None:
        raise Refused(_gone())
    return agency


def to_change(request: Request) -> Agency:
    """The agency of the form that was submitted, locked until it is saved."""
    agency = agency_to_change(request.session, request.mission.id, request.noted(AgencyNotes).agency or 0)
    if agency is None:
        raise Refused(_gone())
    return agency


def _gone() -> str:
    return _("I do not know this agency. Open it again from the list.")
