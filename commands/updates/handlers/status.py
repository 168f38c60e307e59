"""Where rounds stand, what an agency's record is, and reading past digests again."""

from __future__ import annotations

from commands.kit.access import find, may, readable
from commands.kit.cards import Block
from commands.kit.delivery_note import delivery_note
from commands.kit.pages import Page, page_at, page_number
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.work import Answer, Request, opened
from commands.updates.handlers.access import DIGEST, ROUND
from commands.updates.handlers.boards import board_subject
from commands.updates.handlers.mine import unknown_code
from commands.updates.handlers.returns.shown import fresh_for, read_versions
from commands.updates.rules.access import Act
from commands.updates.views.board import record_card
from commands.updates.views.digests import PAGE, digest_form, digests_form
from commands.updates.views.returns.each import Row, each_form
from commands.updates.views.status import status_card
from storage.agencies import Agency, find_agency
from storage.updates.digests import RoundDigest, count_digests, past_digests
from storage.updates.earlier import history_of
from storage.updates.returns import Return, returns_of, standings_of
from storage.updates.rounds import Round, RoundState, open_and_closed_rounds

ROUNDS_SHOWN = 5
ROUNDS_OF_A_RECORD = 12


def show_status(request: Request) -> Answer:
    """The running rounds with who is in and who is owed, or the record of one agency."""
    if request.text:
        return _record(request)
    running, over = open_and_closed_rounds(request.session, request.mission.id, ROUNDS_SHOWN * 2)
    rounds, closed = readable(request, ROUND, running), readable(request, ROUND, over)
    boards = [(this, standings_of(request.session, this.id)) for this in rounds[:ROUNDS_SHOWN]]
    notes = {this.id: delivery_note(request, board_subject(this)) for this, _standings in boards}
    held = {round_id: note for round_id, note in notes.items() if note}
    more = len(rounds) - len(boards)
    last = closed[:ROUNDS_SHOWN]
    return Answer(say=status_card(boards, last, request.zone, request.now, request.command, held, more))


def _record(request: Request) -> Answer:
    agency = find_agency(request.session, request.mission.id, request.text)
    if agency is None:
        raise Refused(unknown_code(request))
    return Answer(say=record_card(agency, _history(request, agency), request.zone))


def _history(request: Request, agency: Agency) -> list[tuple[Return, Round]]:
    found = history_of(request.session, agency.id, ROUNDS_OF_A_RECORD)
    return [(given, this) for given, this in found if may(request, request.who, ROUND, this)]


def show_each(request: Request) -> Answer:
    """Every agency of a round; the value is the round, with a page after a colon."""
    round_id, page = parts_of(request.value, 2)
    this = find(request, ROUND, round_id)
    return opened(request, each_view(request, this, page_number(page)))


def each_view(request: Request, this: Round, number: int, note: str = "") -> Block:
    """A page of that list, with what this person can do about each return: read it, or remind of it."""
    returns = returns_of(request.session, this.id)
    read = {given for given, versions in read_versions(request, returns).items() if versions}
    fresh = {given.id for given in fresh_for(request, returns)}
    leads = this.state == RoundState.OPEN and may(request, request.who, ROUND, this, Act.LEAD)
    rows = [
        Row(one, can_read=one.return_id in read, is_new=one.return_id in fresh, can_remind=leads)
        for one in standings_of(request.session, this.id)
    ]
    return each_form(this, rows, request.zone, number, note)


def show_digests(request: Request) -> Answer:
    """Past digests, the newest first; the value is the page."""
    turned = page_number(parts_of(request.value, 2)[1] or request.value)
    page: Page[tuple[RoundDigest, Round]] = page_at(count_digests(request.session, request.mission.id), turned, PAGE)
    found = past_digests(request.session, request.mission.id, limit=page.size, offset=page.before)
    shown = [(digest, this) for digest, this in found if may(request, request.who, DIGEST, digest)]
    return opened(request, digests_form(page.holding(shown), request.zone))


def read_digest(request: Request) -> Answer:
    """One digest again; the value is `digest:page`."""
    digest_id, page = parts_of(request.value, 2)
    digest = find(request, DIGEST, digest_id)
    return opened(request, digest_form(digest, page_number(page), request.zone))
