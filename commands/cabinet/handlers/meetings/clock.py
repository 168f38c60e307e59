"""Meetings keep their local time when the mission's clock changes.

A meeting that has begun, and one whose start is past, stays: what was, was. So does the time an absent agency has to
object, and the time for comments on minutes: these are lengths that were promised and run, not times of a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from commands.cabinet.handlers.access import MEETING
from commands.cabinet.handlers.meetings.moving import put_at, tell_invited
from commands.cabinet.handlers.things import series_of
from commands.cabinet.views.clock import kept_card, meetings_text, stays_card
from commands.kit.access import readable
from commands.kit.cards import Card
from commands.kit.post import tell
from commands.kit.times.keeping import moving
from commands.kit.times.local import kept_ahead, local_time, moment_again
from commands.kit.work import Request, Work
from storage.cabinet.meetings import AHEAD, Meeting, running_meetings
from storage.subjects import Key, Subject


def keep_local_times(work: Work, _subject: Subject) -> None:
    """Put every meeting ahead at the moment that is its local time now, and tell whoever was invited, once."""
    for meeting in _moving(work):
        again = _again(work, meeting)
        if again <= work.now:
            _say_it_stays(work, meeting)
        else:
            _keep(work, meeting, again)


def _moving(work: Work) -> list[Meeting]:
    """The meetings ahead whose local time is another moment now."""
    found = running_meetings(work.session, work.mission.id)
    ahead = (one for one in found if one.state in AHEAD and one.starts_at > work.now)
    return moving(ahead, lambda one: one.starts_at, lambda one: _again(work, one))


def _again(work: Work, meeting: Meeting) -> datetime:
    return moment_again(meeting.local_times, "starts_at", meeting.starts_at, work.zone)


def _keep(work: Work, meeting: Meeting, again: datetime) -> None:
    if meeting.slot is not None:
        meeting.slot = kept_ahead(meeting.local_times, "slot", meeting.slot, work.zone, work.now)
    put_at(work, series_of(work, meeting), meeting, again)
    tell_invited(work, series_of(work, meeting), meeting, _to_everybody(work, meeting))


def _to_everybody(work: Work, meeting: Meeting) -> Callable[[], Card]:
    return lambda: kept_card(meeting, work.zone)


def _say_it_stays(work: Work, meeting: Meeting) -> None:
    """Its local time has passed by the new clock: those who lead it decide."""
    for user in dict.fromkeys([meeting.secretary, meeting.chair]):
        with work.speaking_to(user):
            card = stays_card(meeting, _local(work, meeting), work.zone)
        tell(work, user, card, key=Key.of("cabinet", "stays", meeting.id, meeting.version, work.zone.key, user))


def _local(work: Work, meeting: Meeting) -> datetime:
    return local_time(meeting.local_times, "starts_at", meeting.starts_at, work.zone)


def planned(request: Request) -> list[str]:
    """The meetings ahead that keep their local time by a moment other than theirs now, in a line for who asks."""
    kept = [one for one in _moving(request) if _again(request, one) > request.now]
    kept.sort(key=lambda one: one.starts_at)
    known = {one.id for one in readable(request, MEETING, kept)}
    lines = [(one.title if one.id in known else "", _local(request, one)) for one in kept]
    return [meetings_text(lines)] if lines else []
