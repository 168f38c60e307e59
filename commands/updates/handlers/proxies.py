"""What coordinators do for agencies: entering an update by proxy, waiving a return, and owing it again."""

from __future__ import annotations

from commands.kit.access import find
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.answering import form_for
from commands.updates.handlers.filling import settle_draft_state
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.handlers.settling import refuse_closed, refuse_submitted
from commands.updates.rules.access import Act
from commands.updates.rules.audience import matching
from commands.updates.views.answered import nil_form
from commands.updates.views.notes import RoundNotes
from commands.updates.views.proxies import (
    AGENCY,
    NOTHING,
    OWED_AGAIN,
    REASON,
    WHAT,
    agency_options,
    proxy_form,
    waive_form,
)
from storage.updates.returns import ANSWERED, ReturnState, standings_of
from storage.updates.rounds import Round, RoundState


def open_proxy(request: Request) -> Answer:
    """The form that chooses for which agency an update is entered."""
    return Answer(form=proxy_form(_open_round(request, request.value)))


def choose_agency(request: Request) -> Answer:
    """The agency is chosen: the form itself."""
    owed = find_owed(request, _chosen(request))
    refuse_closed(owed)
    if request.fields.choice(WHAT) == NOTHING:
        refuse_submitted(owed)
        return Answer(update=nil_form(owed))
    return form_for(request, owed, proxy=True)


def open_waive(request: Request) -> Answer:
    """The form that waives an agency's return."""
    return Answer(form=waive_form(_open_round(request, request.value)))


def waive(request: Request) -> Answer:
    """Nothing is owed, with the reason everybody can read; or it is owed again."""
    owed = find_owed(request, _chosen(request))
    refuse_closed(owed)
    given = owed.given
    if given.state in ANSWERED:
        raise Refused(
            _("{agency} has answered already; there is nothing to waive.").format(agency=owed.agency.code), AGENCY
        )
    if request.fields.choice(WHAT) == OWED_AGAIN:
        if given.state != ReturnState.WAIVED:
            raise Refused(_("{agency} is not waived; it owes its update.").format(agency=owed.agency.code), WHAT)
        given.state = ReturnState.OWED
        given.waived_by = given.waived_reason = None
        settle_draft_state(request, owed)
        verb, reason = "return.owed_again", request.fields.text(REASON)
    else:
        reason = _reason(request)
        given.state, given.deferred = ReturnState.WAIVED, []
        given.waived_by, given.waived_reason = request.who.user_id, reason
        verb = "return.waived"
    request.record(verb, ("return", given.id), agency=owed.agency.code, reason=reason)
    changed(request, owed)
    return NOTHING_TO_SAY


def _reason(request: Request) -> str:
    reason = request.fields.text(REASON)
    if not reason:
        raise Refused(_("Give the reason; it is shown on the board and in the digest."), REASON)
    return reason


def offer_agencies(request: Request) -> Answer:
    """The agencies of the round that fit what is typed."""
    standings = standings_of(request.session, _open_round(request, request.noted(RoundNotes).round).id)
    return Answer(options=tuple(agency_options(matching(request.query, standings))))


def _chosen(request: Request) -> str:
    chosen = request.fields.choice(AGENCY)
    if not chosen:
        raise Refused(_("Choose the agency."), AGENCY)
    return chosen


def _open_round(request: Request, round_id: object) -> Round:
    this = find(request, ROUND, round_id, Act.LEAD)
    if this.state != RoundState.OPEN:
        raise Refused(_("This round is closed already."))
    return this
