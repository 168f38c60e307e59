"""Where rounds stand, what an agency's record is, and reading past digests again."""

from __future__ import annotations

from commands.kit.handling import Handling, may_see
from commands.kit.journeys import held_note
from commands.kit.permission import standing_from
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.boards import board_subject
from commands.updates.handlers.mine import unknown_code
from commands.updates.views.board import each_form, record_card
from commands.updates.views.digests import PAGE, digest_form, digests_form
from commands.updates.views.status import status_card
from storage.agencies import Agency, find_agency
from storage.returns import Return, history_of, standings_of
from storage.round_digests import count_digests, get_digest, past_digests
from storage.rounds import Round, closed_rounds, get_round, open_rounds

ROUNDS_SHOWN = 5
ROUNDS_OF_A_RECORD = 12


def show_status(ask: Ask) -> Answer:
    """The running rounds with who is in and who is owed, or the record of one agency."""
    if ask.text:
        return _record(ask)
    rounds = [this for this in open_rounds(ask.session, ask.mission.id) if sees(ask, this.handling)]
    closed = [this for this in closed_rounds(ask.session, ask.mission.id, ROUNDS_SHOWN * 2) if sees(ask, this.handling)]
    boards = [(this, standings_of(ask.session, this.id)) for this in rounds[:ROUNDS_SHOWN]]
    notes = {this.id: held_note(ask, board_subject(this)) for this, _standings in boards}
    held = {round_id: note for round_id, note in notes.items() if note}
    return Answer(say=status_card(boards, closed[:ROUNDS_SHOWN], ask.zone, ask.now, ask.command, held))


def sees(ask: Ask, handling: str) -> bool:
    """Whether this person may read texts of a level."""
    return may_see(standing_from(ask.who), Handling(handling))


def _record(ask: Ask) -> Answer:
    agency = find_agency(ask.session, ask.mission.id, ask.text)
    if agency is None:
        raise Refused(unknown_code(ask))
    return Answer(say=record_card(agency, _history(ask, agency), ask.zone))


def _history(ask: Ask, agency: Agency) -> list[tuple[Return, Round]]:
    found = history_of(ask.session, agency.id, ROUNDS_OF_A_RECORD)
    return [(given, this) for given, this in found if sees(ask, this.handling)]


def show_each(ask: Ask) -> Answer:
    """Every agency of a round; the value is the round, with a page after a colon."""
    round_id, _colon, page = ask.value.partition(":")
    this = get_round(ask.session, ask.mission.id, int(round_id)) if round_id.isdigit() else None
    if this is None or not sees(ask, this.handling):
        raise Refused(_("I do not know this round."))
    view = each_form(this, standings_of(ask.session, this.id), ask.zone, int(page or 0))
    return _opened(ask, view)


def show_digests(ask: Ask) -> Answer:
    """Past digests, the newest first; the value is the page."""
    turned = ask.value.rpartition(":")[2]
    page = int(turned) if turned.isdigit() else 0
    count = count_digests(ask.session, ask.mission.id)
    found = past_digests(ask.session, ask.mission.id, limit=PAGE, offset=page * PAGE)
    readable = [(digest, this) for digest, this in found if sees(ask, digest.handling)]
    return _opened(ask, digests_form(readable, page, count, ask.zone))


def read_digest(ask: Ask) -> Answer:
    """One digest again; the value is `digest:page`."""
    digest_id, _colon, page = ask.value.partition(":")
    digest = get_digest(ask.session, ask.mission.id, int(digest_id)) if digest_id.isdigit() else None
    if digest is None or not sees(ask, digest.handling):
        raise Refused(_("I do not know this digest."))
    return _opened(ask, digest_form(digest, int(page or 0), ask.zone))


def _opened(ask: Ask, view: Block) -> Answer:
    in_modal = ask.view is not None and ask.view.kind == "modal"
    return Answer(update=view) if in_modal else Answer(form=view)
