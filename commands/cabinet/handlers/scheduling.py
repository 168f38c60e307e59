"""Meetings convened by hand, moved and cancelled; everybody who was invited is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from commands.cabinet.handlers.access import led_meeting
from commands.cabinet.handlers.agenda import show_agenda
from commands.cabinet.handlers.agendas import refresh_agenda
from commands.cabinet.handlers.calling import refresh_calls
from commands.cabinet.handlers.closing import close_meeting
from commands.cabinet.handlers.convening import convene
from commands.cabinet.handlers.keeping import form_of_everything, kept_series, said_of
from commands.cabinet.handlers.making import plan_meeting, release_items, set_timers, subject_of
from commands.cabinet.handlers.seating import people_to_invite
from commands.cabinet.rules.calendar import moments_of
from commands.cabinet.rules.series_data import FIRST, Facts, check_start
from commands.cabinet.rules.states import meeting_may_become
from commands.cabinet.views import meetings as v
from commands.cabinet.views.told import called_off_card, moved_card
from commands.kit.dates import day_text, local_moment, read_calendar
from commands.kit.people import meet
from commands.kit.post import tell
from commands.kit.refused import Refused, RefusedFields
from commands.kit.say import Block, Card
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.cabinet import Series
from storage.cabinet_meetings import AHEAD, Meeting, MeetingState, meetings_of_series
from storage.timers import cancel_timers


def act(ask: Ask) -> Answer:
    """A choice in a meeting's menu: `MEETING:VERB`."""
    identity, _colon, verb = ask.value.partition(":")
    meeting, series = led_meeting(ask, identity)
    ask.value = identity
    choices: dict[str, Callable[[], Answer]] = {
        v.AGENDA: lambda: show_agenda(ask),
        v.NOW: lambda: _convened(ask, series, meeting),
        v.MOVE: lambda: Answer(form=_move_form(ask, series, meeting)),
        v.CANCEL: lambda: Answer(form=v.cancel_form(meeting, ask.zone)),
        v.CLOSE: lambda: close_meeting(ask, series, meeting),
    }
    if verb not in choices:
        raise Refused(_("I do not know this choice any more. Open the list again."))
    return choices[verb]()


def convene_now(ask: Ask) -> Answer:
    """The button under a planned meeting: its channel is made and its members are invited."""
    meeting, series = led_meeting(ask, ask.value)
    return _convened(ask, series, meeting)


def _convened(ask: Ask, series: Series, meeting: Meeting) -> Answer:
    convene(ask, series, meeting)
    note = said_of(series, _("*{title}* is convened. I tell you in a direct message when its channel is ready."))
    if ask.view is not None and ask.view.kind == "modal":
        return Answer(update=form_of_everything(ask, note))
    return Answer(say=Card(note))


def open_convene(ask: Ask, series: Series) -> Answer:
    """A meeting on a day that the rhythm does not name."""
    day = read_calendar(ask).working_day_from(ask.now.astimezone(ask.zone).date() + timedelta(days=1))
    return Answer(form=v.convene_form(series, day, series.start_time, ask.mission.zone))


def take_convene(ask: Ask) -> Answer:
    """The day was chosen: the meeting is made and convened."""
    series = kept_series(ask, str(ask.notes.get("series") or ""))
    starts = _start(ask)
    warning = _warning(ask, series, starts)
    if warning:
        local = starts.astimezone(ask.zone)
        return Answer(update=v.convene_form(series, local.date(), local.time(), ask.mission.zone, warning))
    meeting = plan_meeting(ask, series, starts, read_calendar(ask))
    meeting.place = ask.fields.text(v.PLACE) or series.place
    return _convened(ask, series, meeting)


def _start(ask: Ask) -> datetime:
    """The moment chosen in a form. Raises Refused beside the day for one that has passed or is not worked on."""
    day, at = ask.fields.day(v.DAY), ask.fields.time_of_day(v.TIME)
    if day is None or at is None:
        raise Refused(_("Choose the day and the time."), v.DAY)
    calendar = read_calendar(ask)
    starts = local_moment(day, at, calendar.zone)
    mistakes = check_start(starts, Facts([], calendar, ask.now))
    if mistakes:
        raise RefusedFields({v.DAY: mistakes[FIRST]})
    return starts


def _warning(ask: Ask, series: Series, starts: datetime, leaving_out: int = 0) -> str:
    """That the series meets on this day already; empty when it does not, or when that was said before."""
    day = starts.astimezone(ask.zone).date()
    if ask.notes.get("warned") == day.isoformat():
        return ""
    others = (one for one in meetings_of_series(ask.session, series.id) if one.id != leaving_out)
    running = [one for one in others if one.state in AHEAD]
    if all(one.starts_at.astimezone(ask.zone).date() != day for one in running):
        return ""
    return _("*It meets on {day} already.* Send this again if there shall be two meetings.").format(
        day=day_text(day, "full")
    )


def _move_form(ask: Ask, series: Series, meeting: Meeting, warning: str = "") -> Block:
    if meeting.state not in AHEAD:
        raise Refused(_("This meeting has begun or is over; it cannot be moved."))
    local = meeting.starts_at.astimezone(ask.zone)
    return v.move_form(meeting, local.date(), local.time(), ask.mission.zone, meeting.place, warning)


def take_move(ask: Ask) -> Answer:
    """The meeting has another time or place."""
    meeting, series = led_meeting(ask, str(ask.notes.get("meeting") or ""))
    if meeting.state not in AHEAD:
        raise Refused(_("This meeting has begun or is over; it cannot be moved."))
    starts, place = _start(ask), ask.fields.text(v.PLACE)
    warning = _warning(ask, series, starts, leaving_out=meeting.id)
    if warning:
        local = starts.astimezone(ask.zone)
        return Answer(update=v.move_form(meeting, local.date(), local.time(), ask.mission.zone, place, warning))
    if (starts, place) != (meeting.starts_at, meeting.place):
        _move(ask, series, meeting, starts, place)
    return Answer(update=form_of_everything(ask, said_of(series, _("*{title}* has moved."))))


def _move(ask: Ask, series: Series, meeting: Meeting, starts: datetime, place: str) -> None:
    length = meeting.ends_at - meeting.starts_at
    moments = moments_of(series, starts, read_calendar(ask))
    before = meeting.starts_at
    meeting.starts_at, meeting.ends_at, meeting.place = starts, starts + length, place
    meeting.papers_at, meeting.record_at = moments.papers, starts + length + (moments.record - moments.ends)
    meeting.call_at = moments.call if meeting.called_at is None else meeting.call_at
    meeting.version += 1
    ask.session.flush()
    set_timers(ask, meeting)
    ask.record("meeting.moved", ("meeting", meeting.id), before=before.isoformat(), now=starts.isoformat())
    refresh_agenda(ask, meeting)
    refresh_calls(ask, series, meeting)
    _tell_everybody(ask, series, meeting, lambda: moved_card(meeting, ask.who.user_id, ask.zone))


def take_cancel(ask: Ask) -> Answer:
    """The meeting does not take place."""
    meeting, series = led_meeting(ask, str(ask.notes.get("meeting") or ""))
    reason = ask.fields.text(v.REASON)
    if not reason:
        raise Refused(_("Write the reason; everybody who was invited reads it."), v.REASON)
    if not meeting_may_become(meeting.state, MeetingState.CANCELLED):
        raise Refused(_("This meeting has begun or is over; it cannot be cancelled."))
    meeting.state, meeting.state_reason = MeetingState.CANCELLED, reason
    meeting.version += 1
    ask.session.flush()
    cancel_timers(ask.session, ask.mission.id, subject_of(meeting))
    release_items(ask, meeting)
    ask.record("meeting.cancelled", ("meeting", meeting.id), reason=reason)
    refresh_agenda(ask, meeting)
    refresh_calls(ask, series, meeting)
    _tell_everybody(ask, series, meeting, lambda: called_off_card(meeting, ask.who.user_id, ask.zone))
    return Answer(update=form_of_everything(ask, said_of(series, _("The meeting of *{title}* is cancelled."))))


def _tell_everybody(work: Work, series: Series, meeting: Meeting, card: Callable[[], Card]) -> None:
    """Tell whoever knows of the meeting; before it was convened or called for, nobody does."""
    if meeting.convened_at is None and meeting.called_at is None:
        return
    people = people_to_invite(work, series, meeting.handling, (meeting.chair, meeting.secretary))
    meet(work, people)
    for user in people:
        if user != work.actor:
            with work.speaking_to(user):
                tell(work, user, card(), key=f"cabinet:meeting:{meeting.id}:{meeting.version}:{user}")
