"""Finding the return somebody means, and telling everything that shows it when it changes."""

from __future__ import annotations

from commands.kit.contacts import everyone
from commands.kit.handling import may_see
from commands.kit.permission import ADMIN_OR_COORDINATOR, clearance_from, holders_of
from commands.kit.post import refresh_home
from commands.kit.refused import NotAllowed, Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from commands.updates.handlers import digesting
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.notices import redraw
from commands.updates.views.calls import Owed
from commands.updates.views.words import level_of
from storage.agencies import Agency, get_agency
from storage.people import Role
from storage.subjects import number
from storage.updates.returns import Return, has_answered_before, lock_return, share_round_of
from storage.updates.rounds import Round, get_round


def find_owed(request: Request, return_id: str | int) -> Owed:
    """The return of a button or a form, held until the transaction ends; its round cannot close meanwhile.

    Raises Refused when there is none, or when the person neither answers for the agency nor coordinates.
    """
    identity = number(return_id)
    this = share_round_of(request.session, request.mission.id, identity)
    given = lock_return(request.session, request.mission.id, identity) if this is not None else None
    if given is None or this is None:
        raise Refused(
            _("I do not know this update any more. Open it again with {command}.").format(
                command=f"`{request.command('update')}`"
            )
        )
    owed = owed_of(request, given, this)
    if not (request.who.answers_for(given.agency_id) or ADMIN_OR_COORDINATOR.is_met_by(request.who)):
        text = _("You are not among the people who answer for {agency}. An admin can add you with {command}.").format(
            agency=owed.agency.code, command=f"`{request.command('agency')} focal {owed.agency.code}`"
        )
        raise NotAllowed(text, ("return", given.id))
    refuse_uncleared(request, this)
    request.note_read("return", given.id, this.handling)
    return owed


def refuse_uncleared(request: Request, this: Round) -> None:
    """Raises Refused when the person may not see what belongs to a round."""
    if not may_see(clearance_from(request.who), level_of(this)):
        raise NotAllowed(_("This round is Confidential and your roles do not let you see it."), ("round", this.id))


def owed_of(work: Work, given: Return, this: Round | None = None, agency: Agency | None = None) -> Owed:
    """A return with everything a card says of it."""
    this = this or get_round(work.session, work.mission.id, given.round_id)
    agency = agency or get_agency(work.session, work.mission.id, given.agency_id)
    if this is None or agency is None:
        raise LookupError(f"return {given.id} has no round or no agency")
    repeatable = has_answered_before(work.session, this, given.agency_id)
    return Owed(this, given, agency, work.zone, work.now, can_repeat=repeatable)


def changed(work: Work, owed: Owed) -> None:
    """Call this after every change of a return: messages, board, digest and Homes follow."""
    work.session.flush()
    redraw(work, owed)
    refresh_board(work, owed.round)
    digesting.note_change(work, owed.given, owed.round)
    coordinators = holders_of(work.session, work.mission.id, frozenset({Role.COORDINATOR}))
    refresh_home(work, {*everyone(owed.agency), *coordinators})
