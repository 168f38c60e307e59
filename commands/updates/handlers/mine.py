"""`/update` for the people of an agency: what they owe, and answering it from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

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
from storage.updates.earlier import agencies_with_answers
from storage.updates.returns import STILL_OWED, owed_by

NAMED_AT_MOST = 3


def show_mine(request: Request) -> Answer:
    """Everything the person's agencies owe, and what can still be edited."""
    own = agencies_by_id(request.session, request.mission.id, request.who.agencies, people=False)
    found = with_repeats(request, _seen_by(request, returns_for(request, own)))
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


def returns_for(work: Work, agency_ids: Iterable[int], *, hold: bool = False) -> list[Owed]:
    """The returns of open rounds for these agencies, the one due first first; `hold` keeps the rounds from closing."""
    found = owed_by(work.session, work.mission.id, agency_ids, hold=hold)
    return [Owed(this, given, agency, work.zone, work.now) for given, this, agency in found]


def with_repeats(work: Work, found: Sequence[Owed]) -> list[Owed]:
    """The same with what can be said again, for cards that offer it."""
    repeatable = {this.id: agencies_with_answers(work.session, this) for this in {one.round for one in found}}
    return [replace(one, can_repeat=one.given.agency_id in repeatable[one.round.id]) for one in found]


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
    meant = _meant(request, word)
    found = _seen_by(request, returns_for(request, meant, hold=True))
    owing = [one for one in found if one.given.state in STILL_OWED] or found
    if len(owing) == 1:
        (one,) = owing
        return use(request, find_owed(request, one.given.id, (one.round, one.agency)))
    if not owing:
        agencies = agencies_by_id(request.session, request.mission.id, meant, people=False)
        raise Refused(
            _("Nothing is asked of {agencies} at the moment: no round is open that you may see.").format(
                agencies=_codes(agencies)
            )
        )
    return Answer(say=choose_card(with_repeats(request, owing)))


def _meant(request: Request, word: str) -> Collection[int]:
    """The agencies that are meant, by id."""
    if not request.text:
        if not request.who.agencies:
            raise Refused(
                _("You do not answer for any agency. Coordinators name the agency: {example}.").format(
                    example=f"`{request.command('update')} {word} WFP`"
                )
            )
        return request.who.agencies
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
    return [agency.id]


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
