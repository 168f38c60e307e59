"""The decision log, and one decision with its history."""

from __future__ import annotations

from datetime import date, datetime, time

from commands.cabinet.handlers.decision_cards import entries_of, entry_of
from commands.cabinet.handlers.which import decision_of, leads, number, opened, sees
from commands.cabinet.views.log import (
    AGENCY,
    ROWS_PER_PAGE,
    SINCE,
    STATE,
    UNTIL,
    WORDS,
    Look,
    decision_details,
    log_form,
)
from commands.kit.dates import ONE_DAY, local_moment
from commands.kit.handling import Handling
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage import audit
from storage.agencies import get_agency
from storage.cabinet_actions import actions_of_decision
from storage.cabinet_records import DecisionState, Search, count_decisions, find_decisions


def by_command(ask: Ask) -> Answer:
    """`/cabinet log`, with words to search for behind it."""
    return _show(ask, Look(words=ask.text[:100]))


def turn_page(ask: Ask) -> Answer:
    """Another page of what was searched for."""
    return _show(ask, _look(ask, page=number(ask.value or "0")))


def search(ask: Ask) -> Answer:
    """The search form was sent."""
    fields = ask.fields
    since, until = fields.day(SINCE), fields.day(UNTIL)
    if since and until and until < since:
        raise Refused(_("This day lies before the first one."), UNTIL)
    agency = get_agency(ask.session, ask.mission.id, number(fields.choice(AGENCY) or "0"))
    return Answer(update=_form(ask, Look(fields.text(WORDS), agency, fields.choice(STATE) or "", since, until)))


def _look(ask: Ask, *, page: int) -> Look:
    notes = ask.notes
    state = str(notes.get(STATE) or "")
    return Look(
        words=str(notes.get(WORDS) or ""),
        agency=get_agency(ask.session, ask.mission.id, number(notes.get(AGENCY) or 0)),
        state=state if state in set(DecisionState) else "",
        since=_day(notes.get(SINCE)),
        until=_day(notes.get(UNTIL)),
        page=page,
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _show(ask: Ask, look: Look) -> Answer:
    return opened(ask, _form(ask, look))


def _form(ask: Ask, look: Look) -> Block:
    wanted = Search(
        words=look.words,
        agency_id=look.agency.id if look.agency else None,
        state=look.state,
        since=_moment(ask, look.since),
        until=_moment(ask, look.until + ONE_DAY) if look.until else None,
        handlings=tuple(level.value for level in Handling if sees(ask, level.value)),
    )
    count = count_decisions(ask.session, ask.mission.id, wanted)
    offset = look.page * ROWS_PER_PAGE
    found = find_decisions(ask.session, ask.mission.id, wanted, limit=ROWS_PER_PAGE, offset=offset)
    return log_form(look, entries_of(ask, found), count)


def _moment(ask: Ask, day: date | None) -> datetime | None:
    return local_moment(day, time(0), ask.zone) if day else None


def open_decision(ask: Ask) -> Answer:
    """One decision with its history."""
    decision = decision_of(ask, ask.value)
    entry = entry_of(ask, decision)
    actions = [one for one in actions_of_decision(ask.session, decision.id) if sees(ask, one.handling)]
    past = audit.history(ask.session, ask.mission.id, "decision", decision.id)
    view = decision_details(entry, actions, past, leads=leads(ask.who.user_id, entry.meeting))
    return Answer(form=view)
