"""Reminding owners on the day they named, weekly until something happens, and putting a reminder off."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from uuid import uuid4

from commands.funding.handlers.access import OWN_PLEDGE
from commands.funding.rules.own.deadlines import Deadline, deadlines_of
from commands.funding.rules.rights import WRITE
from commands.funding.views.own.discrepancies import reminder_card as discrepancy_reminder
from commands.funding.views.own.lines import deadline_card
from commands.funding.views.own.pledges import reminder_card as pledge_reminder
from commands.funding.views.own.settled import elsewhere_card, removed_card, settled_card
from commands.kit.access import may
from commands.kit.cards import Card
from commands.kit.dates import read_calendar
from commands.kit.permission import refusal_text
from commands.kit.post import post, tell
from commands.kit.pressed import BAR, parts_of
from commands.kit.promises import redraw
from commands.kit.refused import NotAllowed, Refused
from commands.kit.times.polite import own_calendar, polite_moment
from commands.kit.times.snooze import DAY, WEEK, snoozed_card
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.agencies import leaves_of
from storage.funding.discrepancies import FundingDiscrepancy, get_discrepancy
from storage.funding.limits import funding_limits
from storage.funding.lines import FundingLine, get_line
from storage.funding.pledges import FundingPledge, get_pledge
from storage.people import get_person
from storage.posts import shown_about
from storage.subjects import Key, Subject, number
from storage.timers import cancel_timers, set_timer

REMIND, DEADLINE = "funding:remind", "funding:deadline"
REMINDER = "funding:reminder"
AGAIN = timedelta(days=7)
SNOOZES = {str(days): days for days in (DAY, WEEK)}


def remind_on(work: Work, kind: str, identity: int, day: date | None, owner: str) -> None:
    """Remind the owner on a day, at the start of their working hours; on no day, not at all."""
    forget_reminder(work, kind, identity)
    _redraw(work, REMINDER, Subject.of("funding", "reminder", kind, identity))
    if day is not None:
        _set(work, REMIND, Subject.of(kind, identity), morning_of(work, day, owner))


def forget_reminder(work: Work, kind: str, identity: int) -> None:
    """Nobody needs to be reminded of it any more."""
    cancel_timers(work.session, work.mission.id, Subject.of(kind, identity), verb=REMIND)


def _set(work: Work, verb: str, subject: Subject, moment: datetime) -> None:
    key = Key.of(verb, subject, uuid4().hex)
    set_timer(work.session, work.mission.id, key=key, verb=verb, subject=subject, due_at=moment)


def morning_of(work: Work, day: date, owner: str, *, due: date = date.max) -> datetime:
    """When a person begins to work on a day, or on the next day they do; never in the past.

    Their leave is waited for, unless what is `due` would be past then.
    """
    calendar = own_calendar(read_calendar(work), get_person(work.session, work.mission.id, owner))
    moment = calendar.hours_of(day)[0]
    leaves = leaves_of(work.session, work.mission.id, [owner])
    back = polite_moment(max(moment, work.now), calendar, leaves=leaves)
    in_time = back.astimezone(calendar.zone).date() <= due
    return back if in_time else polite_moment(max(moment, work.now), calendar)


def remind(work: Work, subject: Subject) -> None:
    """A timer: the day has come. It comes again every week until somebody moves the thing or its date."""
    row = _followed(work, subject.kind, subject.number())
    if row is None or row.next_on is None:
        return
    key = Key.of(REMIND, subject, work.now)
    channel = row.channel_id if isinstance(row, FundingPledge) else None
    if channel is not None and isinstance(row, FundingPledge):
        with work.speaking_to_everyone():
            post(work, channel, pledge_reminder(row, work.today), key=key, subject=_reminded(work, subject, channel))
    else:
        with work.speaking_to(row.owner):
            card, about = _reminder(row, work.today), _reminded(work, subject, row.owner)
            tell(work, row.owner, card, key=key, subject=about)
    _set(work, REMIND, subject, morning_of(work, work.today + AGAIN, row.owner))


def _reminded(work: Work, subject: Subject, reader: str) -> Subject:
    """What a reminder is known by; `reader` is a person or a channel."""
    return Subject.of("funding", "reminder", subject, int(work.now.timestamp()), reader)


def _redraw(work: Work, drawing: str, subject: Subject) -> None:
    found = shown_about(work.session, work.mission.id, subject)
    redraw(work, drawing, {one: one.ids[-1] if _is_channel(one.ids[-1]) else f"dm:{one.ids[-1]}" for one in found})


def _is_channel(reader: str) -> bool:
    return reader.startswith(("C", "G"))


def draw_reminder(work: Work, subject: Subject) -> Card | None:
    """A reminder as it is now: settled, once the thing has moved or is with somebody else."""
    row, reader = _followed(work, subject.kind.rpartition(":")[2], subject.number()), subject.ids[-1]
    if row is None:
        return None
    with _speaking_to(work, reader):
        channel = row.channel_id if isinstance(row, FundingPledge) else None
        if reader != (channel or row.owner):
            return elsewhere_card(row.owner)
        waits = row.next_on is not None and row.next_on <= work.today
        return _reminder(row, work.today) if waits else settled_card()


def draw_deadline(work: Work, subject: Subject) -> Card | None:
    """What was told of a deadline, as it is now."""
    line, reader = get_line(work.session, work.mission.id, subject.number()), subject.ids[-1]
    with _speaking_to(work, reader):
        if line is None:
            return removed_card()
        if reader != (line.channel_id or line.owner):
            return elsewhere_card(line.owner)
        limits = funding_limits(work.session, work.mission.id)
        told = [one for one in deadlines_of(line, limits) if [str(one.what), one.on.isoformat()] == [*subject.ids[1:3]]]
        return deadline_card(line, told[0]) if told else settled_card()


def _speaking_to(work: Work, reader: str) -> AbstractContextManager[object]:
    return work.speaking_to_everyone() if _is_channel(reader) else work.speaking_to(reader)


def _reminder(row: FundingPledge | FundingDiscrepancy, today: date) -> Card:
    return pledge_reminder(row, today) if isinstance(row, FundingPledge) else discrepancy_reminder(row, today)


def _followed(work: Work, kind: str, identity: int) -> FundingPledge | FundingDiscrepancy | None:
    if kind == "pledge":
        return get_pledge(work.session, work.mission.id, identity)
    return get_discrepancy(work.session, work.mission.id, identity) if kind == "discrepancy" else None


def snooze(request: Request) -> Answer:
    """Put a reminder off; the value is kind, id and days."""
    kind, identity, days = parts_of(request.value, 3, BAR)
    row = _followed(request, kind, number(identity)) if days in SNOOZES else None
    if row is None or (isinstance(row, FundingPledge) and not may(request, request.who, OWN_PLEDGE, row)):
        raise Refused(_("I do not know this any more. Open it again from the list."))
    about = ("pledge" if isinstance(row, FundingPledge) else "discrepancy", row.id)
    if request.who.user_id != row.owner and not WRITE.is_met_by(request.who):
        raise NotAllowed(refusal_text(request.session, request.mission.id, WRITE), about)
    if row.next_on is None:
        raise Refused(_("This is settled: no reminder of it comes any more."))
    forget_reminder(request, kind, row.id)
    moment = morning_of(request, request.today + timedelta(days=SNOOZES[days]), row.owner)
    _set(request, REMIND, Subject.of(kind, row.id), moment)
    request.record("reminder.snoozed", about, until=moment.isoformat())
    return Answer(say=snoozed_card(moment, request.zone))


def watch_deadlines(work: Work, line: FundingLine) -> None:
    """Remind the owner of a project before each of its deadlines, as far ahead as the mission has set."""
    cancel_timers(work.session, work.mission.id, Subject.of("line", line.id), verb=DEADLINE)
    work.session.flush()
    _redraw(work, "funding:deadline-told", Subject.of("funding", "deadline", line.id))
    if line.removed_at is not None:
        return
    limits = funding_limits(work.session, work.mission.id)
    ahead = timedelta(days=limits.remind_days)
    for one in deadlines_of(line, limits):
        if one.on >= work.today:
            moment = morning_of(work, max(one.on - ahead, work.today), line.owner, due=one.on)
            _set(work, DEADLINE, Subject.of("line", line.id), moment)


def tell_deadline(work: Work, subject: Subject) -> None:
    """A timer: a deadline of a project is near. Each is told once."""
    line = get_line(work.session, work.mission.id, subject.number())
    if line is None:
        return
    limits = funding_limits(work.session, work.mission.id)
    today = work.today
    for one in deadlines_of(line, limits):
        if today <= one.on <= today + timedelta(days=limits.remind_days + 3):
            _tell(work, line, one)


def _tell(work: Work, line: FundingLine, one: Deadline) -> None:
    key, reader = Key.of(DEADLINE, line.id, one.what, one.on), line.channel_id or line.owner
    about = Subject.of("funding", "deadline", line.id, one.what, one.on, reader)
    if line.channel_id is not None:
        with work.speaking_to_everyone():
            post(work, line.channel_id, deadline_card(line, one), key=key, subject=about)
        return
    with work.speaking_to(line.owner):
        tell(work, line.owner, deadline_card(line, one), key=key, subject=about)
