"""Keeping each person's message of what is owed: edited as things change, posted anew when its time has come.

Gesture: remind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from commands.kit.cards import Card, context, escape, section
from commands.kit.compartments.people import people_inside
from commands.kit.contacts import everyone, local_days
from commands.kit.dates import WorkCalendar, read_calendar
from commands.kit.names.agencies import agency_name
from commands.kit.owed.message import Owed, owed_card
from commands.kit.owed.rules import Step, comes_next, next_step, told_at
from commands.kit.permission import Who, who_is
from commands.kit.post import post, show
from commands.kit.refused import Refused
from commands.kit.times.polite import own_calendar
from commands.kit.times.snooze import DAY, WEEK, snoozed_card
from commands.kit.words import _, ngettext
from commands.kit.work import Answer, Request, Work
from storage.agencies import Agency, AgencyState, Leave, agencies_by_id, leaves_of
from storage.compartments import Compartment
from storage.obligations import (
    Obligation,
    OwedMessage,
    due_for_a_step,
    get_message,
    messages_due,
    open_obligations,
    past_the_head,
)
from storage.outbox import Call, put
from storage.outbox.waiting import is_waiting
from storage.people import get_person, people_of
from storage.posts import forget_post, get_post, standing
from storage.subjects import Key, Subject, number

# How often the machine looks whether a step, or a message, is due.
LOOKED_AT_EVERY = timedelta(minutes=5)

__all__ = ["LOOKED_AT_EVERY", "look", "put_off", "reachable", "refresh", "subject_of", "want"]


def subject_of(user_id: str, side: Compartment) -> Subject:
    """What a person's message is known by; a side of the wall has one of its own."""
    subject = Subject.of("owed", user_id)
    return subject if side is Compartment.MISSION else subject.part(side.value)


def look(work: Work) -> None:
    """Take the steps that are due, post the messages whose time has come, and tell coordinators once a week."""
    calendar = read_calendar(work)
    due = due_for_a_step(work.session, work.mission.id, work.now)
    agencies = agencies_by_id(work.session, work.mission.id, {one.agency_id for one in due})
    for one in due:
        _take_step(work, one, agencies[one.agency_id], calendar)
    for message in messages_due(work.session, work.mission.id, work.now):
        _post_anew(work, message, calendar)
    _tell_coordinators(work, calendar)


def _take_step(work: Work, one: Obligation, agency: Agency, calendar: WorkCalendar) -> None:
    found = next_step(one.asked_at, one.due_at, one.step, calendar)
    if found is None:
        one.next_at = None
        return
    step, _at = found
    side = Compartment(one.compartment)
    is_active = agency.state == AgencyState.ACTIVE
    for user in told_at(step, agency, *reachable(work, agency, side)) if is_active else []:
        want(work, user, side, calendar, despite_snooze=step is Step.HEAD)
    one.step = step
    following = next_step(one.asked_at, one.due_at, step, calendar)
    one.next_at = following[1] if following else None
    work.session.flush()


def reachable(work: Work, agency: Agency, side: Compartment) -> tuple[list[Leave], dict[str, date]]:
    """Leaves of an agency's people, and the day it is for each of them who can be reached; of a side those inside."""
    people = everyone(agency)
    if side is not Compartment.MISSION:
        inside = set(people_inside(work.session, work.mission.id, side))
        people = [user for user in people if user in inside]
    days = local_days(people, people_of(work.session, work.mission.id, people), work.now, work.zone)
    return leaves_of(work.session, work.mission.id, people), days


def want(
    work: Work,
    user_id: str,
    side: Compartment,
    calendar: WorkCalendar,
    *,
    at_once: bool = False,
    despite_snooze: bool = False,
) -> None:
    """Let a person's message come anew at its next time; meanwhile it says what is true."""
    message = get_message(work.session, work.mission.id, user_id, side)
    own = own_calendar(calendar, get_person(work.session, work.mission.id, user_id))
    message.post_at = comes_next(message, work.now, own, at_once=at_once, despite_snooze=despite_snooze)
    work.session.flush()
    if at_once:
        _post_anew(work, message, calendar)


def put_off(request: Request) -> Answer:
    """Tomorrow, or in a week: no reminder before that working morning. The head of agency hears in time all the same.

    The button's value is a number of days, and the side whose message it stands on. Raises Refused for whoever was
    never asked for anything.
    """
    days, _colon, named = request.value.partition(":")
    side = next((one for one in request.who.inside if one.value == named), Compartment.MISSION)
    own = own_calendar(read_calendar(request), request.who.person)
    until = own.next_morning(request.now + timedelta(days=(WEEK if number(days) == WEEK else DAY) - 1))
    message = request.session.get(OwedMessage, (request.mission.id, request.who.user_id, side))
    if message is None:
        raise Refused(_("Nothing is owed. Thank you."))
    message.snoozed_until = message.post_at = until
    request.record("owed.put_off", ("owed", request.who.user_id), compartment=side, until=until.isoformat())
    return Answer(say=replace(snoozed_card(until, request.zone), compartment=side))


def refresh(work: Work, agencies: Iterable[Agency], side: Compartment) -> None:
    """What these agencies owe has changed: messages that stand with their people say so, without coming anew."""
    users = {str(subject_of(user, side)): user for agency in agencies for user in everyone(agency)}
    stands = standing(work.session, work.mission.id, users)
    for about, user in users.items():
        if about in stands or is_waiting(work.session, work.mission.id, about):
            _draw(work, user, side)


def _post_anew(work: Work, message: OwedMessage, calendar: WorkCalendar) -> None:
    """Take the old message away and post what is owed now, if anything is."""
    side = Compartment(message.compartment)
    person = get_person(work.session, work.mission.id, message.user_id)
    message.post_at = None
    if person is None or person.is_gone or not _owed_by(work, message.user_id, side):
        return
    about = subject_of(message.user_id, side)
    known = get_post(work.session, work.mission.id, about)
    if known is not None:
        call = Call(
            key=Key.of("delete", about, uuid4().hex),
            method="chat.delete",
            arguments={"channel": known.channel_id, "ts": known.ts},
            lane=f"dm:{message.user_id}/owed",
            subject=Subject.of("replaced", about),
        )
        put(work.session, work.mission.id, call, work.now)
        forget_post(work.session, work.mission.id, about)
    message.posted_on = work.now.astimezone(own_calendar(calendar, person).zone).date()
    _draw(work, message.user_id, side)


def _draw(work: Work, user_id: str, side: Compartment) -> None:
    with work.speaking_to(user_id):
        card = owed_card(_owed_by(work, user_id, side), work.now, work.zone, side)
    show(work, f"dm:{user_id}", subject_of(user_id, side), card, at_once=True)


def _owed_by(work: Work, user_id: str, side: Compartment) -> list[Owed]:
    """What the agencies of a person owe, as far as the rooms show it to them."""
    person = get_person(work.session, work.mission.id, user_id)
    if person is None:
        return []
    who = who_is(work.session, work.mission.id, person)
    if side is not Compartment.MISSION and side not in who.inside:
        return []
    rows = open_obligations(work.session, work.mission.id, who.speaks_for, side)
    agencies = agencies_by_id(work.session, work.mission.id, {one.agency_id for one in rows}, people=False)
    active = [one for one in rows if agencies[one.agency_id].state == AgencyState.ACTIVE]
    return [line for one in active if (line := _line(work, who, one, agencies[one.agency_id])) is not None]


def _line(work: Work, who: Who, one: Obligation, agency: Agency) -> Owed | None:
    line = work.front.line(work, who, Subject.parse(one.subject))
    return None if line is None else Owed(one, agency.code, line)


def _tell_coordinators(work: Work, calendar: WorkCalendar) -> None:
    """On the first working morning of a week, name what is owed although the head of the agency was told."""
    channel = work.mission.coordinator_channel
    monday = work.today - timedelta(days=work.today.weekday())
    first = calendar.working_day_from(monday)
    if channel is None or work.today != first or not calendar.is_working(work.now):
        return
    late = past_the_head(work.session, work.mission.id)
    if not late:
        return
    with work.speaking_to_everyone():
        card = _late_card(work, late)
    subject = Subject.of("owed-digest", first.isoformat())
    post(work, channel, card, key=Key.of(subject), subject=subject)


def _late_card(work: Work, late: list[Obligation]) -> Card:
    agencies = agencies_by_id(work.session, work.mission.id, {one.agency_id for one in late}, people=False)
    counts = {agency.id: sum(one.agency_id == agency.id for one in late) for agency in agencies.values()}
    title = _("*Still owed, although the heads of agency were told*")
    lines = [
        "• "
        + ngettext("{agency}: {count} thing", "{agency}: {count} things", counts[agency.id]).format(
            agency=f"{escape(agency.code)} ({escape(agency_name(agency))})", count=counts[agency.id]
        )
        for agency in sorted(agencies.values(), key=lambda one: one.code_key)
    ]
    text = "\n".join([title, *lines])
    return Card(text, (section(text), context(_("What is owed behind the wall is not counted here."))))
