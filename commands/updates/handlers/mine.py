"""`/update` for the people of an agency: what they owe, and answering it from anywhere."""

from __future__ import annotations

from collections.abc import Callable

from commands.kit.access import may
from commands.kit.permission import ADMIN, ADMIN_OR_COORDINATOR, holders_of, waits_text
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.answering import form_for
from commands.updates.handlers.owed import find_owed
from commands.updates.handlers.settling import nil_return
from commands.updates.rules.audience import nearest_codes
from commands.updates.views.calls import Owed
from commands.updates.views.mine import choose_card, how_to_be_named, how_to_lead, mine_card, nothing_card
from storage.agencies import Agency, agencies_by_id, all_agencies, find_agency
from storage.updates.returns import STILL_OWED, Return, agencies_with_answers, owed_by
from storage.updates.rounds import Round

NAMED_AT_MOST = 3


def show_mine(request: Request) -> Answer:
    """Everything the person's agencies owe, and what can still be edited."""
    own = agencies_by_id(request.session, request.mission.id, request.who.agencies)
    found = _seen_by(request, returns_for(request, own))
    if not found and not own:
        return Answer(say=nothing_card(_how_to_begin(request)))
    return Answer(say=mine_card(found, sorted(one.code for one in own.values())))


def _how_to_begin(request: Request) -> str:
    """What somebody who answers for no agency can do here."""
    update, focal = request.command("update"), f"`{request.command('agency')} focal CODE`"
    if ADMIN_OR_COORDINATOR.is_met_by(request.who):
        return how_to_lead(f"`{update} submit CODE`", f"`{update} status`", focal)
    admins = holders_of(request.session, request.mission.id, ADMIN.roles)
    return how_to_be_named(f"`{update} status`", focal, admins[:NAMED_AT_MOST])


def _seen_by(request: Request, found: list[Owed]) -> list[Owed]:
    return [one for one in found if may(request, request.who, ROUND, one.round)]


def returns_for(work: Work, agencies: dict[int, Agency]) -> list[Owed]:
    """The returns of open rounds for these agencies, the one due first first."""
    found = owed_by(work.session, work.mission.id, agencies)
    repeatable = {this.id: agencies_with_answers(work.session, this) for this in {one[1] for one in found}}
    return [_owed(work, given, this, agencies, repeatable[this.id]) for given, this in found]


def _owed(work: Work, given: Return, this: Round, agencies: dict[int, Agency], repeatable: set[int]) -> Owed:
    return Owed(this, given, agencies[given.agency_id], work.zone, work.now, can_repeat=given.agency_id in repeatable)


def write_for(request: Request) -> Answer:
    """`/update submit`, with or without an agency's code."""
    return _with_one(request, "submit", _write)


def nil_for(request: Request) -> Answer:
    """`/update nil`, with or without an agency's code."""
    return _with_one(request, "nil", nil_return)


def _write(request: Request, owed: Owed) -> Answer:
    return form_for(request, owed, proxy=not request.who.answers_for(owed.given.agency_id))


def _with_one(request: Request, word: str, use: Callable[[Request, Owed], Answer]) -> Answer:
    """Use the one return that can be meant; show the choice when there are several."""
    agencies = _meant(request, word)
    found = _seen_by(request, returns_for(request, agencies))
    owing = [one for one in found if one.given.state in STILL_OWED] or found
    if len(owing) == 1:
        return use(request, find_owed(request, owing[0].given.id))
    if not owing:
        raise Refused(
            _("Nothing is asked of {agencies} at the moment: no round is open that you may see.").format(
                agencies=_codes(agencies)
            )
        )
    return Answer(say=choose_card(owing))


def _meant(request: Request, word: str) -> dict[int, Agency]:
    if not request.text:
        own = agencies_by_id(request.session, request.mission.id, request.who.agencies)
        if not own:
            raise Refused(
                _("You do not answer for any agency. Coordinators name the agency: {example}.").format(
                    example=f"`{request.command('update')} {word} WFP`"
                )
            )
        return own
    agency = find_agency(request.session, request.mission.id, request.text)
    if agency is None:
        raise Refused(unknown_code(request))
    if agency.id in request.who.waiting_agencies and not ADMIN_OR_COORDINATOR.is_met_by(request.who):
        raise Refused(waits_text(agency.code))
    if not (request.who.answers_for(agency.id) or ADMIN_OR_COORDINATOR.is_met_by(request.who)):
        raise Refused(
            _("You are not among the people who answer for {agency}. An admin can add you with {command}.").format(
                agency=agency.code, command=f"`{request.command('agency')} focal {agency.code}`"
            )
        )
    return {agency.id: agency}


def unknown_code(request: Request) -> str:
    """No agency has the code that was typed; the nearest ones."""
    near = nearest_codes(request.text, all_agencies(request.session, request.mission.id))
    if not near:
        return _("No agency has the code “{code}”. {command} shows all of them.").format(
            code=request.text, command=f"`{request.command('agency')}`"
        )
    return _("No agency has the code “{code}”. Did you mean {near}?").format(code=request.text, near=", ".join(near))


def _codes(agencies: dict[int, Agency]) -> str:
    return ", ".join(sorted(agency.code for agency in agencies.values()))
