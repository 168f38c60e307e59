"""Finding the return somebody means, and telling everything that shows it when it changes."""

from __future__ import annotations

from commands.kit.access import find
from commands.kit.contacts import everyone
from commands.kit.permission import holders_of
from commands.kit.post import note_change, refresh_home
from commands.kit.work import Request, Work
from commands.updates.handlers import digesting
from commands.updates.handlers.access import RETURN
from commands.updates.handlers.boards import refresh_board
from commands.updates.handlers.notices import redraw_all
from commands.updates.handlers.participants import owed_of
from commands.updates.rules.access import Act
from commands.updates.views.calls import Owed
from storage.agencies import Agency
from storage.people import Role
from storage.subjects import Subject, number
from storage.updates.returns import STILL_OWED, get_return, share_round_of
from storage.updates.rounds import Round


def find_owed(request: Request, return_id: str | int, held: tuple[Round, Agency] | None = None) -> Owed:
    """The return of a button or a form, held until the transaction ends; its round cannot close meanwhile.

    `held` is its round with its agency where that is held already. Raises Refused when there is none, or when the
    person neither answers for the agency nor coordinates.
    """
    # The round first: whoever closes it takes the two in this order too.
    around = held or share_round_of(request.session, request.mission.id, number(return_id))
    given = find(request, RETURN, return_id, Act.ANSWER, lock=True)
    return owed_of(request, given, *(around or ()))


def changed(work: Work, owed: Owed) -> None:
    """Call this after every change of a return: messages, board, digest and Homes follow."""
    digesting.note_change(work, owed.given, owed.round)
    note_change(work, "updates:return", Subject.of("return", owed.given.id))


def tell_return(work: Work, subject: Subject) -> None:
    """A return has changed: its messages, the board and Homes are drawn again. What nobody needs now does not leave."""
    given = get_return(work.session, work.mission.id, subject.number())
    if given is None:
        return
    owed = owed_of(work, given)
    redraw_all(work, [given], drop_waiting=given.state not in STILL_OWED)
    refresh_board(work, owed.round)
    coordinators = holders_of(work.session, work.mission.id, frozenset({Role.COORDINATOR}))
    refresh_home(work, {*everyone(owed.agency), *coordinators})
