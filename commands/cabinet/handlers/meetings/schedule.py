"""Meetings convened by hand, moved and cancelled; everybody who was invited is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from commands.cabinet.handlers.access import MEETING
from commands.cabinet.handlers.agenda.items import show_agenda
from commands.cabinet.handlers.changes import meeting_changed
from commands.cabinet.handlers.meetings.closure import close_meeting
from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.handlers.meetings.moving import put_at, tell_invited
from commands.cabinet.handlers.meetings.slots import plan_meeting, release_items, subject_of
from commands.cabinet.handlers.series.overview import form_of_everything, kept_series, said_of
from commands.cabinet.handlers.things import on_record, series_of
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.series_data import FIRST, Facts, check_start
from commands.cabinet.rules.states import meeting_may_become
from commands.cabinet.views.meetings import overview as v
from commands.cabinet.views.notes import ConveneNotes, MeetingNotes
from commands.cabinet.views.notices import called_off_card, moved_card
from commands.kit.access import find
from commands.kit.cards import Block, Card
from commands.kit.dates import day_text, local_moment, read_calendar
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.times.local import local_texts
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, meetings_of_series
from storage.cabinet.series import Series
from storage.timers import cancel_timers


def act(request: Request) -> Answer:
    """A choice in a meeting's menu: `MEETING:VERB`."""
    identity, verb = parts_of(request.value, 2)
    meeting, series = _led(request, identity)
    request.value = identity
    choices: dict[str, Callable[[], Answer]] = {
        v.AGENDA: lambda: show_agenda(request),
        v.NOW: lambda: _convened(request, series, meeting),
        v.MOVE: lambda: Answer(form=_move_form(request, series, meeting)),
        v.CANCEL: lambda: Answer(form=_cancel_form(request, meeting)),
        v.CLOSE: lambda: close_meeting(request, meeting),
    }
    if verb not in choices:
        raise Refused(_("I do not know this choice any more. Open the list again."))
    return choices[verb]()


def _led(request: Request, identity: object) -> tuple[Meeting, Series]:
    """The meeting that a button or a form names, held, with its series, for whoever leads it. Raises Refused."""
    meeting = find(request, MEETING, identity, Act.LEAD, lock=True)
    return meeting, series_of(request, meeting)


def convene_now(request: Request) -> Answer:
    """The button under a planned meeting: its channel is made and its members are invited."""
    meeting, series = _led(request, request.value)
    return _convened(request, series, meeting)


def _convened(request: Request, series: Series, meeting: Meeting) -> Answer:
    convene(request, series, meeting)
    note = said_of(series, _("*{title}* is convened. I tell you in a direct message when its channel is ready."))
    if request.in_form:
        return Answer(update=form_of_everything(request, note))
    return Answer(say=Card(note))


def open_convene(request: Request, series: Series) -> Answer:
    """A meeting on a day that the rhythm does not name."""
    day = read_calendar(request).working_day_from(request.today + timedelta(days=1))
    return Answer(form=v.convene_form(series, day, series.start_time, request.mission.zone))


def take_convene(request: Request) -> Answer:
    """The day was chosen: the meeting is made and convened."""
    series = kept_series(request, request.noted(ConveneNotes).series)
    starts = _start(request)
    warning = _warning(request, series, starts)
    if warning:
        local = starts.astimezone(request.zone)
        return Answer(update=v.convene_form(series, local.date(), local.time(), request.mission.zone, warning))
    meeting = plan_meeting(request, series, starts, read_calendar(request))
    meeting.place = request.fields.text(v.PLACE) or series.place
    return _convened(request, series, meeting)


def _start(request: Request) -> datetime:
    """The moment chosen in a form. Raises Refused beside the day for one that has passed or is not worked on."""
    day, at = request.fields.day(v.DAY), request.fields.time_of_day(v.TIME)
    if day is None or at is None:
        raise Refused(_("Choose the day and the time."), v.DAY)
    calendar = read_calendar(request)
    starts = local_moment(day, at, calendar.zone)
    mistakes = check_start(starts, Facts([], calendar, request.now))
    if mistakes:
        raise RefusedFields({v.DAY: mistakes[FIRST]})
    return starts


def _warning(request: Request, series: Series, starts: datetime, leaving_out: int = 0) -> str:
    """That the series meets on this day already; empty when it does not, or when that was said before."""
    day = starts.astimezone(request.zone).date()
    if request.noted(MeetingNotes).warned == day.isoformat():
        return ""
    others = (one for one in meetings_of_series(request.session, series.id) if one.id != leaving_out)
    running = [one for one in others if one.state in AHEAD]
    if all(one.starts_at.astimezone(request.zone).date() != day for one in running):
        return ""
    return _("*It meets on {day} already.* Send this again if there shall be two meetings.").format(
        day=day_text(day, "full")
    )


def _move_form(request: Request, series: Series, meeting: Meeting, warning: str = "") -> Block:
    if meeting.state not in AHEAD:
        raise Refused(_("This meeting has begun or is over; it cannot be moved."))
    local = meeting.starts_at.astimezone(request.zone)
    return v.move_form(meeting, local.date(), local.time(), request.mission.zone, meeting.place, warning)


def take_move(request: Request) -> Answer:
    """The meeting has another time or place."""
    meeting, series = _led(request, request.noted(MeetingNotes).meeting)
    if meeting.state not in AHEAD:
        raise Refused(_("This meeting has begun or is over; it cannot be moved."))
    starts, place = _start(request), request.fields.text(v.PLACE)
    warning = _warning(request, series, starts, leaving_out=meeting.id)
    if warning:
        local = starts.astimezone(request.zone)
        return Answer(update=v.move_form(meeting, local.date(), local.time(), request.mission.zone, place, warning))
    if (starts, place) != (meeting.starts_at, meeting.place):
        _move(request, series, meeting, starts, place)
    return Answer(update=form_of_everything(request, said_of(series, _("*{title}* has moved."))))


def _move(request: Request, series: Series, meeting: Meeting, starts: datetime, place: str) -> None:
    meeting.place = place
    meeting.local_times = {**meeting.local_times, **local_texts(request.zone, starts_at=starts)}
    put_at(request, series, meeting, starts)
    tell_invited(request, series, meeting, lambda: moved_card(meeting, request.who.user_id, request.zone))


def _cancel_form(request: Request, meeting: Meeting) -> Block:
    _refuse_once_begun(meeting)
    return v.cancel_form(meeting, request.zone)


def _refuse_once_begun(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled already."))
    if not meeting_may_become(meeting.state, MeetingState.CANCELLED):
        raise Refused(_("This meeting has begun or is over; it cannot be cancelled."))


def take_cancel(request: Request) -> Answer:
    """The meeting does not take place."""
    meeting, series = _led(request, request.noted(MeetingNotes).meeting)
    reason = request.fields.text(v.REASON)
    if not reason:
        raise Refused(_("Write the reason; everybody who was invited reads it."), v.REASON)
    _refuse_once_begun(meeting)
    meeting.state, meeting.state_reason = MeetingState.CANCELLED, reason
    meeting.version += 1
    request.session.flush()
    cancel_timers(request.session, request.mission.id, subject_of(meeting))
    release_items(request, meeting)
    request.record("meeting.cancelled", ("meeting", meeting.id), reason=on_record(reason, meeting.handling))
    meeting_changed(request, meeting)
    tell_invited(request, series, meeting, lambda: called_off_card(meeting, request.who.user_id, request.zone))
    return Answer(update=form_of_everything(request, said_of(series, _("The meeting of *{title}* is cancelled."))))
