"""The list of actions: mine, my agencies', an agency's, all, and what waits for verification."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from commands.cabinet.handlers.access import ACTION, reader_of
from commands.cabinet.handlers.actions.cards import leads_action, tasks_of
from commands.cabinet.views.actions.lists import ALL, MINE, OWN_AGENCIES, ROWS_PER_PAGE, TO_VERIFY, choices, list_form
from commands.kit.access import note_shown
from commands.kit.entry.offers import offered
from commands.kit.pages import page_number, page_of
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.agencies import all_agencies, find_agency, get_agency
from storage.cabinet.actions import LIVE, Action, ActionState, actions_in
from storage.cabinet.reading import readable_actions
from storage.letters import identifier
from storage.subjects import number


def by_command(request: Request) -> Answer:
    """`/cabinet actions`, with nothing, `all`, `verify` or an agency's code behind it."""
    word = identifier(request.text).casefold()
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
    found = _actions(request, chosen)
    shown = page_of(found, page, ROWS_PER_PAGE).items
    note_shown(request, ACTION, shown)
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    verifies = chosen == TO_VERIFY or _verifies(request)
    tasks = tasks_of(request, found, agencies)
    return opened(request, list_form(tasks, chosen, agencies, page, verifies=verifies))


def offer_whose(request: Request) -> Answer:
    """Whose actions to see, for what is typed, where the mission has more agencies than a menu holds."""
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return offered(request.query, choices(agencies, verifies=_verifies(request)))


def _verifies(request: Request) -> bool:
    return bool(_to_verify(request))


def _to_verify(request: Request) -> list[Action]:
    within = readable_actions(reader_of(request, request.who))
    done = actions_in(request.session, request.mission.id, [ActionState.DONE], within=within)
    return [action for action in done if leads_action(request, action, request.who.user_id)]


def _actions(request: Request, chosen: str) -> Sequence[Action]:
    session, mission_id = request.session, request.mission.id
    live = partial(actions_in, session, mission_id, LIVE, within=readable_actions(reader_of(request, request.who)))
    if chosen == MINE:
        return live(owner=request.who.user_id)
    if chosen == OWN_AGENCIES:
        return live(agency_ids=request.who.agencies)
    if chosen == TO_VERIFY:
        return _to_verify(request)
    if chosen == ALL:
        return live()
    agency = get_agency(session, mission_id, number(chosen))
    if agency is None:
        raise Refused(_("I do not know this agency. Open it again from the list."))
    return live(agency_ids=[agency.id])
