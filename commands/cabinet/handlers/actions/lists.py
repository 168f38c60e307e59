"""The list of actions: mine, my agencies', an agency's, all, and what waits for verification."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.actions.cards import leads_action, tasks_of
from commands.cabinet.handlers.which import number
from commands.cabinet.views.actions.lists import ALL, MINE, OWN_AGENCIES, TO_VERIFY, choices, list_form
from commands.kit.entry.offers import offered
from commands.kit.pages import page_number
from commands.kit.permission import sees
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.agencies import all_agencies, find_agency, get_agency
from storage.cabinet.actions import LIVE, Action, ActionState, actions_in


def by_command(request: Request) -> Answer:
    """`/cabinet actions`, with nothing, `all`, `verify` or an agency's code behind it."""
    word = request.text.strip().casefold()
    if word in {"", MINE}:
        return show(request, MINE, 0)
    if word in {ALL, TO_VERIFY}:
        return show(request, word, 0)
    agency = find_agency(request.session, request.mission.id, request.text)
    if agency is None:
        raise Refused(
            _("I know no agency {code}. {command} shows your own actions, and there you can choose.").format(
                code=request.text[:40], command=f"`{request.command('cabinet')} actions`"
            )
        )
    return show(request, str(agency.id), 0)


def by_press(request: Request) -> Answer:
    """Somebody chose whose actions to see, or turned the page: `WHOSE:PAGE`."""
    chosen, page = parts_of(request.value, 2)
    return show(request, chosen or MINE, page_number(page))


def show(request: Request, chosen: str, page: int) -> Answer:
    """The list."""
    found = [action for action in _actions(request, chosen) if sees(request.who, action.handling)]
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    verifies = chosen == TO_VERIFY or _verifies(request)
    return opened(request, list_form(tasks_of(request, found), chosen, agencies, page, verifies=verifies))


def offer_whose(request: Request) -> Answer:
    """Whose actions to see, for what is typed, where the mission has more agencies than a menu holds."""
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return offered(request.query, choices(agencies, verifies=_verifies(request)))


def _verifies(request: Request) -> bool:
    done = actions_in(request.session, request.mission.id, [ActionState.DONE])
    return any(leads_action(request, action, request.who.user_id) for action in done)


def _actions(request: Request, chosen: str) -> Sequence[Action]:
    session, mission_id, me = request.session, request.mission.id, request.who.user_id
    if chosen == MINE:
        return actions_in(session, mission_id, LIVE, owner=me)
    if chosen == OWN_AGENCIES:
        return actions_in(session, mission_id, LIVE, agency_ids=request.who.agencies)
    if chosen == TO_VERIFY:
        done = actions_in(session, mission_id, [ActionState.DONE])
        return [action for action in done if leads_action(request, action, me)]
    if chosen == ALL:
        return actions_in(session, mission_id, LIVE)
    agency = get_agency(session, mission_id, number(chosen))
    if agency is None:
        raise Refused(_("I do not know this agency. Open it again from the list."))
    return actions_in(session, mission_id, LIVE, agency_ids=[agency.id])
