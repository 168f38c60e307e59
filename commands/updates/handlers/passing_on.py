"""Handing a return over to a colleague, and being reminded later."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit.dates import both_times, read_calendar
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.times.polite import own_calendar
from commands.kit.times.snooze import snoozed_card
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.updates.handlers.calls import ask_person
from commands.updates.handlers.chasing import snooze
from commands.updates.handlers.filling import settle_draft_state
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.handlers.participants import read_participants
from commands.updates.handlers.settling import refuse_closed
from commands.updates.rules.ladder import LAST_CALL
from commands.updates.views.answered import earlier_card, handed_form, nothing_owed_card
from commands.updates.views.calls import ONE_HOUR, THREE_HOURS, Owed, hand_form
from commands.updates.views.notes import ReturnNotes
from storage.people import people_of
from storage.updates.drafts import ReturnDraft, get_draft
from storage.updates.returns import STILL_OWED

SNOOZES = {ONE_HOUR: timedelta(hours=1), THREE_HOURS: timedelta(hours=3)}


def open_hand_over(request: Request) -> Answer:
    """The form that names who takes the return over."""
    owed = find_owed(request, request.value)
    refuse_closed(owed)
    people = _colleagues(request, owed)
    if not people:
        raise Refused(
            _(
                "Nobody else answers for {agency} today. An admin or the head of agency can add people with {command}."
            ).format(agency=owed.agency.code, command=f"`{request.command('agency')} focal {owed.agency.code}`")
        )
    return Answer(form=hand_form(owed, people))


def _colleagues(request: Request, owed: Owed) -> list[tuple[str, str]]:
    """The agency's other people who are there today: user id and name."""
    there = read_participants(request, owed.round, [owed.given]).available(owed.given)
    speak = {one.user_id for one in owed.agency.people if not one.waits}
    others = [user for user in there if user != request.who.user_id and user in speak]
    known = people_of(request.session, request.mission.id, others)
    return [(user, known[user].name if user in known else user) for user in others]


def hand_over(request: Request) -> Answer:
    """Ask the colleague at once; the draft goes along unless they have one of their own.

    What the person typed stays theirs too: they may still answer.
    """
    owed = find_owed(request, request.noted(ReturnNotes).of)
    refuse_closed(owed)
    person = request.fields.person("person") or request.fields.choice("person") or ""
    if person not in dict(_colleagues(request, owed)):
        raise Refused(_("This person does not answer for the agency any more. Choose somebody else."), "person")
    asked = read_participants(request, owed.round, [owed.given]).asked(owed.given)
    if asked and asked[-1].user_id == person:
        raise Refused(_("This person is asked already, and reminded in time. Choose somebody else."), "person")
    draft = get_draft(request.session, owed.given.id, request.who.user_id)
    if draft is not None and get_draft(request.session, owed.given.id, person) is None:
        request.session.add(
            ReturnDraft(
                mission_id=request.mission.id,
                return_id=owed.given.id,
                user_id=person,
                answers=dict(draft.answers),
                base_version=draft.base_version,
                saved_at=request.now,
            )
        )
        request.session.flush()
        settle_draft_state(request, owed)
    ask_person(request, owed.given, owed.round, person, handed_by=request.who.user_id)
    request.record("return.handed_over", ("return", owed.given.id), to=person, agency=owed.agency.code)
    changed(request, owed)
    return Answer(update=handed_form(owed, person))


def remind_later(request: Request) -> Answer:
    """Put a reminder off; the value is `return:choice`."""
    return_id, choice = parts_of(request.value, 2)
    owed = find_owed(request, return_id)
    refuse_closed(owed)
    if owed.given.state not in STILL_OWED:
        return Answer(say=nothing_owed_card(owed))
    wished, last = _until(request, choice), owed.round.closes_at - LAST_CALL
    if last <= request.now:
        raise Refused(_("The round closes {when}: too soon for another reminder.").format(when=_closing(owed)))
    until = wished if wished < owed.round.closes_at else last
    snooze(request, owed.given, request.who.user_id, until)
    request.record("return.snoozed", ("return", owed.given.id), until=until.isoformat())
    return Answer(say=snoozed_card(until, request.zone) if until == wished else earlier_card(owed, until))


def _closing(owed: Owed) -> str:
    return both_times(owed.round.closes_at, owed.zone)


def _until(request: Request, choice: str) -> datetime:
    if choice in SNOOZES:
        return request.now + SNOOZES[choice]
    return own_calendar(read_calendar(request), request.who.person).next_morning(request.now)
