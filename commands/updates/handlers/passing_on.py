"""Handing a return over to a colleague, and being reminded later."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit.dates import both_times, read_calendar
from commands.kit.refused import Refused
from commands.kit.say import Card, section
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.asking import ask_person
from commands.updates.handlers.chasing import snooze
from commands.updates.handlers.circle import read_circle
from commands.updates.handlers.filling import settle_draft_state
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.handlers.settling import refuse_closed
from commands.updates.views.answered import handed_form
from commands.updates.views.asks import ONE_HOUR, THREE_HOURS, Owed, hand_form
from storage.people import people_of
from storage.return_drafts import ReturnDraft, get_draft
from storage.returns import STILL_OWED

SNOOZES = {ONE_HOUR: timedelta(hours=1), THREE_HOURS: timedelta(hours=3)}


def open_hand_over(ask: Ask) -> Answer:
    """The form that names who takes the return over."""
    owed = find_owed(ask, ask.value)
    refuse_closed(owed)
    people = _colleagues(ask, owed)
    if not people:
        raise Refused(
            _(
                "Nobody else answers for {agency} today. An admin or the head of agency can add people with {command}."
            ).format(agency=owed.agency.code, command=f"`{ask.command('agency')} focal {owed.agency.code}`")
        )
    return Answer(form=hand_form(owed, people))


def _colleagues(ask: Ask, owed: Owed) -> list[tuple[str, str]]:
    """The agency's other people who are there today: user id and name."""
    there = read_circle(ask, owed.round, [owed.given]).available(owed.given)
    others = [user for user in there if user != ask.who.user_id]
    known = people_of(ask.session, ask.mission.id, others)
    return [(user, known[user].name if user in known else user) for user in others]


def hand_over(ask: Ask) -> Answer:
    """Ask the colleague at once; the draft goes along unless they have one of their own.

    What the person typed stays theirs too: they may still answer.
    """
    owed = find_owed(ask, ask.notes.get("return", ""))
    refuse_closed(owed)
    person = ask.fields.person("person") or ask.fields.choice("person") or ""
    if person not in dict(_colleagues(ask, owed)):
        raise Refused(_("This person does not answer for the agency any more. Choose somebody else."), "person")
    asked = read_circle(ask, owed.round, [owed.given]).asked(owed.given)
    if asked and asked[-1].user_id == person:
        raise Refused(_("This person is asked already, and reminded in time. Choose somebody else."), "person")
    draft = get_draft(ask.session, owed.given.id, ask.who.user_id)
    if draft is not None and get_draft(ask.session, owed.given.id, person) is None:
        ask.session.add(
            ReturnDraft(
                mission_id=ask.mission.id,
                return_id=owed.given.id,
                user_id=person,
                answers=dict(draft.answers),
                base_version=draft.base_version,
                saved_at=ask.now,
            )
        )
        ask.session.flush()
        settle_draft_state(ask, owed)
    ask_person(ask, owed.given, owed.round, person, handed_by=ask.who.user_id)
    ask.record("return.handed_over", ("return", owed.given.id), to=person, agency=owed.agency.code)
    changed(ask, owed)
    return Answer(update=handed_form(owed, person))


def remind_later(ask: Ask) -> Answer | None:
    """Put a reminder off; the value is `return:choice`."""
    return_id, _colon, choice = ask.value.partition(":")
    owed = find_owed(ask, return_id)
    if owed.given.state not in STILL_OWED or not owed.is_open:
        return None
    until = _until(ask, choice)
    if until >= owed.round.closes_at:
        raise Refused(_("The round closes before that. Choose an earlier reminder."))
    snooze(ask, owed.given, ask.who.user_id, until)
    ask.record("return.snoozed", ("return", owed.given.id), until=until.isoformat())
    text = _("I will remind you {when}.").format(when=both_times(until, ask.zone))
    return Answer(say=Card(text, (section(text),)))


def _until(ask: Ask, choice: str) -> datetime:
    if choice in SNOOZES:
        return ask.now + SNOOZES[choice]
    return read_calendar(ask).elsewhere(ask.who.person.zone).next_morning(ask.now)
