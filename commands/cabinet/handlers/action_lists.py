"""The list of actions: mine, my agencies', an agency's, all, and what waits for verification."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.action_cards import leads_action, tasks_of
from commands.cabinet.handlers.which import number, opened, sees
from commands.cabinet.views.action_lists import ALL, MINE, OWN_AGENCIES, TO_VERIFY, list_form
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.agencies import all_agencies, find_agency, get_agency
from storage.cabinet_actions import LIVE, Action, ActionState, actions_in


def by_command(ask: Ask) -> Answer:
    """`/cabinet actions`, with nothing, `all`, `verify` or an agency's code behind it."""
    word = ask.text.strip().casefold()
    if word in {"", MINE}:
        return show(ask, MINE, 0)
    if word in {ALL, TO_VERIFY}:
        return show(ask, word, 0)
    agency = find_agency(ask.session, ask.mission.id, ask.text)
    if agency is None:
        raise Refused(
            _("I know no agency {code}. {command} shows your own actions, and there you can choose.").format(
                code=ask.text[:40], command=f"`{ask.command('cabinet')} actions`"
            )
        )
    return show(ask, str(agency.id), 0)


def by_press(ask: Ask) -> Answer:
    """Somebody chose whose actions to see, or turned the page: `WHOSE:PAGE`."""
    chosen, _colon, page = ask.value.partition(":")
    return show(ask, chosen or MINE, number(page or "0"))


def show(ask: Ask, chosen: str, page: int) -> Answer:
    """The list."""
    found = [action for action in _actions(ask, chosen) if sees(ask, action.handling)]
    agencies = all_agencies(ask.session, ask.mission.id, active_only=True)
    verifies = chosen == TO_VERIFY or any(
        leads_action(ask, action, ask.who.user_id)
        for action in actions_in(ask.session, ask.mission.id, [ActionState.DONE])
    )
    return opened(ask, list_form(tasks_of(ask, found), chosen, agencies, page, verifies=verifies))


def _actions(ask: Ask, chosen: str) -> Sequence[Action]:
    session, mission_id, me = ask.session, ask.mission.id, ask.who.user_id
    if chosen == MINE:
        return actions_in(session, mission_id, LIVE, owner=me)
    if chosen == OWN_AGENCIES:
        return actions_in(session, mission_id, LIVE, agency_ids=ask.who.agencies)
    if chosen == TO_VERIFY:
        done = actions_in(session, mission_id, [ActionState.DONE])
        return [action for action in done if leads_action(ask, action, me)]
    if chosen == ALL:
        return actions_in(session, mission_id, LIVE)
    agency = get_agency(session, mission_id, number(chosen))
    if agency is None:
        raise Refused(_("I do not know this agency. Open it again from the list."))
    return actions_in(session, mission_id, LIVE, agency_ids=[agency.id])
