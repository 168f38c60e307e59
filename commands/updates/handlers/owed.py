"""Finding the return somebody means, and telling everything that shows it when it changes."""

from __future__ import annotations

from commands.kit.access import find
from commands.kit.contacts import everyone
from commands.kit.permission import holders_of
from commands.kit.post import refresh_home
from commands.kit.work import Request, Work
from commands.updates.handlers import digesting
from commands.updates.handlers.access import RETURN
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.notices import redraw
from commands.updates.rules.access import Act
from commands.updates.views.calls import Owed
from storage.agencies import Agency, get_agency
from storage.people import Role
from storage.subjects import number
from storage.updates.returns import Return, has_answered_before, share_round_of
from storage.updates.rounds import Round, get_round


def find_owed(request: Request, return_id: str | int) -> Owed:
    """The return of a button or a form, held until the transaction ends; its round cannot close meanwhile.

    Raises Refused when there is none, or when the person neither answers for the agency nor coordinates.
    """
    # The round first: whoever closes it takes the two in this order too.
    this = share_round_of(request.session, request.mission.id, number(return_id))
    return owed_of(request, find(request, RETURN, return_id, Act.ANSWER, lock=True), this)


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
