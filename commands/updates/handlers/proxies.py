"""What coordinators do for agencies: entering an update by proxy, waiving a return, and owing it again."""

from __future__ import annotations

from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.answering import form_for
from commands.updates.handlers.filling import settle_draft_state
from commands.updates.handlers.owed import changed, find_owed, refuse_uncleared
from commands.updates.handlers.settling import refuse_closed, refuse_submitted
from commands.updates.rules.audience import matching
from commands.updates.views.answered import nil_form
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
from storage.returns import ANSWERED, ReturnState, standings_of
from storage.rounds import Round, RoundState, get_round


def open_proxy(ask: Ask) -> Answer:
    """The form that chooses for which agency an update is entered."""
    return Answer(form=proxy_form(_open_round(ask, ask.value)))


def choose_agency(ask: Ask) -> Answer:
    """The agency is chosen: the form itself."""
    owed = find_owed(ask, _chosen(ask))
    refuse_closed(owed)
    if ask.fields.choice(WHAT) == NOTHING:
        refuse_submitted(owed)
        return Answer(update=nil_form(owed))
    return form_for(ask, owed, proxy=True)


def open_waive(ask: Ask) -> Answer:
    """The form that waives an agency's return."""
    return Answer(form=waive_form(_open_round(ask, ask.value)))


def waive(ask: Ask) -> Answer | None:
    """Nothing is owed, with the reason everybody can read; or it is owed again."""
    owed = find_owed(ask, _chosen(ask))
    refuse_closed(owed)
    given = owed.given
    if given.state in ANSWERED:
        raise Refused(
            _("{agency} has answered already; there is nothing to waive.").format(agency=owed.agency.code), AGENCY
        )
    if ask.fields.choice(WHAT) == OWED_AGAIN:
        if given.state != ReturnState.WAIVED:
            raise Refused(_("{agency} is not waived; it owes its update.").format(agency=owed.agency.code), WHAT)
        given.state = ReturnState.OWED
        given.waived_by = given.waived_reason = None
        settle_draft_state(ask, owed)
        verb = "return.owed_again"
    else:
        given.state, given.deferred = ReturnState.WAIVED, []
        given.waived_by, given.waived_reason = ask.who.user_id, _reason(ask)
        verb = "return.waived"
    ask.record(verb, ("return", given.id), agency=owed.agency.code, reason=given.waived_reason or "")
    changed(ask, owed)
    return None


def _reason(ask: Ask) -> str:
    reason = ask.fields.text(REASON)
    if not reason:
        raise Refused(_("Give the reason; it is shown on the board and in the digest."), REASON)
    return reason


def offer_agencies(ask: Ask) -> Answer:
    """The agencies of the round that fit what is typed."""
    standings = standings_of(ask.session, _open_round(ask, str(ask.notes.get("round"))).id)
    return Answer(options=tuple(agency_options(matching(ask.query, standings))))


def _chosen(ask: Ask) -> str:
    chosen = ask.fields.choice(AGENCY)
    if not chosen:
        raise Refused(_("Choose the agency."), AGENCY)
    return chosen


def _open_round(ask: Ask, round_id: str) -> Round:
    this = get_round(ask.session, ask.mission.id, int(round_id)) if round_id.isdigit() else None
    if this is None or this.state != RoundState.OPEN:
        raise Refused(_("This round is closed already."))
    refuse_uncleared(ask, this)
    return this
