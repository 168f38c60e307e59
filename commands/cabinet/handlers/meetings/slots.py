"""Making the meetings of series ahead of their time, each slot once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from commands.cabinet.handlers.agenda.carry_over import carry_over
from commands.cabinet.handlers.agenda.matters_arising import bring_matters
from commands.cabinet.handlers.things import on_record
from commands.cabinet.rules.calendar import moments_of, occasions
from commands.kit.dates import NoWorkingTimeError, WorkCalendar, read_calendar
from commands.kit.times.local import local_texts, local_time
from commands.kit.work import Work
from storage.cabinet.items import Item, ItemKind, ItemState, items_of_meeting, waiting_items
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, meetings_of_series
from storage.cabinet.series import Series, SeriesState, all_series
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer

# Meetings stand ready for so long before they begin, so that members can propose items for the one after the next.
AHEAD_OF_TIME = timedelta(weeks=5)
AT_MOST_AHEAD = 3
LOOK_BACK = timedelta(days=7)


def make_meetings(work: Work) -> None:
    """Plan the next meetings of every active series, and bring into the next one what was left open meanwhile."""
    found = all_series(work.session, work.mission.id, active_only=True)
    calendar = read_calendar(work) if found else None
    for series in found:
        if calendar is not None and not series.is_one_off:
            make_meetings_of(work, series, calendar)
        carry_over(work, series.id)


def make_meetings_of(work: Work, series: Series, calendar: WorkCalendar) -> None:
    """Plan the next meetings of one series, at most a few, none of a series that rests."""
    if series.state != SeriesState.ACTIVE or not series.every_weeks:
        return
    known = meetings_of_series(work.session, series.id, since=work.now - LOOK_BACK)
    # By local days: the moment of a slot may have moved with the clock of the mission, its day has not.
    taken = {
        local_time(meeting.local_times, "slot", meeting.slot, work.zone).date()
        for meeting in known
        if meeting.slot is not None
    }
    running = [meeting for meeting in known if meeting.state in AHEAD]
    # Somebody may have convened one by hand on a day that the rhythm names: there is no second one on that day.
    taken_days = {meeting.starts_at.astimezone(work.zone).date() for meeting in running}
    ahead = len(running)
    try:
        found = occasions(series, calendar, work.now, work.now + AHEAD_OF_TIME)
    except NoWorkingTimeError:
        return  # Every day of the calendar is free: /mission calendar is where that is mended.
    for one in found:
        slot_day = one.slot.astimezone(work.zone).date()
        is_free = slot_day not in taken and one.starts.astimezone(work.zone).date() not in taken_days
        if is_free and ahead < AT_MOST_AHEAD:
            ahead += _plan_once(work, series, one.starts, one.slot, calendar)


def _plan_once(work: Work, series: Series, starts: datetime, slot: datetime, calendar: WorkCalendar) -> bool:
    try:
        with work.session.begin_nested():
            plan_meeting(work, series, starts, calendar, slot=slot)
    except IntegrityError:
        return False  # Another worker has planned the meeting of this slot.
    return True


def plan_meeting(
    work: Work, series: Series, starts: datetime, calendar: WorkCalendar, *, slot: datetime | None = None
) -> Meeting:
    """Write a meeting down with its timers, the standing items of its agenda, and what waits to come up."""
    moments = moments_of(series, starts, calendar)
    meeting = Meeting(
        mission_id=work.mission.id,
        series_id=series.id,
        slot=slot,
        title=series.title,
        starts_at=starts,
        ends_at=moments.ends,
        place=series.place,
        chair=series.chair,
        secretary=series.secretary,
        handling=series.handling,
        state=MeetingState.PLANNED,
        call_at=moments.call,
        papers_at=moments.papers,
        record_at=moments.record,
        local_times=local_texts(calendar.zone, starts_at=starts, slot=slot),
        created_by=work.actor,
        created_at=work.now,
    )
    work.session.add(meeting)
    work.session.flush()
    set_timers(work, meeting)
    _add_standing_items(work, series, meeting)
    for item in waiting_items(work.session, series.id):
        item.meeting_id = meeting.id
    bring_matters(work, series)
    work.session.flush()
    return meeting


def subject_of(meeting: Meeting) -> Subject:
    """What the timers of a meeting are about."""
    return Subject.of("meeting", meeting.id)


def set_timers(work: Work, meeting: Meeting) -> None:
    """Remember when items are called for, when the agenda goes out, and the start; a moved meeting gets them anew."""
    cancel_timers(work.session, work.mission.id, subject_of(meeting))
    moments = {
        "cabinet:call": meeting.call_at,
        "cabinet:papers": meeting.papers_at,
        "cabinet:starts": meeting.starts_at,
    }
    for verb, due in moments.items():
        set_timer(
            work.session,
            work.mission.id,
            key=Key.of("cabinet", meeting.id, verb.removeprefix("cabinet:"), meeting.version),
            verb=verb,
            subject=subject_of(meeting),
            due_at=max(due, work.now),
        )


def _add_standing_items(work: Work, series: Series, meeting: Meeting) -> None:
    for number, title in enumerate(series.default_agenda, 1):
        work.session.add(
            Item(
                mission_id=work.mission.id,
                series_id=series.id,
                meeting_id=meeting.id,
                kind=ItemKind.STANDING,
                state=ItemState.SCHEDULED,
                title=title,
                position=number,
                options=[],
                consult=[],
                handling=meeting.handling,
                proposed_by=meeting.secretary,
                created_at=work.now,
                updated_at=work.now,
            )
        )
    work.session.flush()


def drop_planned(work: Work, series: Series) -> None:
    """Forget meetings that nobody has been told of, because the series changed or rests; their items wait again."""
    for meeting in meetings_of_series(work.session, series.id, since=work.now):
        if meeting.state == MeetingState.PLANNED and meeting.slot is not None:
            cancel_timers(work.session, work.mission.id, subject_of(meeting))
            work.record("meeting.dropped", ("meeting", meeting.id), title=on_record(meeting.title, meeting.handling))
            meeting.state, meeting.slot = MeetingState.CANCELLED, None
            release_items(work, meeting)
    work.session.flush()


def release_items(work: Work, meeting: Meeting) -> None:
    """What was proposed for a meeting that is not held waits for the next one; standing items come by themselves."""
    for item in items_of_meeting(work.session, meeting.id, (ItemState.PROPOSED, ItemState.SCHEDULED)):
        if item.kind == ItemKind.DECISION:
            item.meeting_id, item.state, item.position = None, ItemState.PROPOSED, 0
        else:
            item.state, item.reason = ItemState.WITHDRAWN, ""
