"""Which meeting somebody means who names none; only meetings that they may know of are looked at."""

from __future__ import annotations

from commands.cabinet.handlers.access import MEETING, MINUTES
from commands.cabinet.rules.access import Act
from commands.kit.access import readable, refuse_unless
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, meetings_in_channel, past_meetings, running_meetings
from storage.cabinet.minutes import Minutes, minutes_of_meeting, newest_minutes

PAST_LOOKED_AT = 30


def meeting_meant(request: Request, act: str) -> Meeting:
    """The meeting of this channel, else the one in session, else the next one, else the last, that this is done with.

    Raises Refused with who may where there are only others, and where there is none.
    """
    found = known_meetings(request)
    if not found:
        raise Refused(
            _("There is no meeting yet that you sit in. {command} convenes one.").format(
                command=f"`{request.command('cabinet')} convene`"
            )
        )
    own = found if here(request) is not None else readable(request, MEETING, found, act)
    refuse_unless(request, MEETING, (own or found)[0], act)
    return (own or found)[0]


def minutes_meant(request: Request) -> tuple[Minutes, Meeting]:
    """The newest minutes that this person may read, those of this channel first. Raises Refused."""
    newest = newest_minutes(request.session, request.mission.id, PAST_LOOKED_AT)
    found = readable(request, MINUTES, [*_minutes_here(request), *newest])
    if found:
        return found[0], found[0].meeting
    raise Refused(_("There are no minutes for you yet: they are drafted when a meeting ends, and then circulated."))


def _minutes_here(request: Request) -> list[Minutes]:
    found = [minutes_of_meeting(request.session, meeting.id) for meeting in _in_channel(request)]
    return [minutes for minutes in found if minutes is not None]


def meeting_ahead(request: Request) -> Meeting:
    """The meeting of this channel, else the next one in which this person takes part. Raises Refused."""
    running = running_meetings(request.session, request.mission.id)
    found = readable(request, MEETING, [*_in_channel(request), *running], Act.TAKE_PART)
    if not found:
        raise Refused(
            _("You have no meeting ahead. {command} shows how to get one.").format(command=request.command("cabinet"))
        )
    return found[0]


def here(request: Request) -> Meeting | None:
    """The meeting of this channel, if this person may know of it."""
    return next(iter(readable(request, MEETING, _in_channel(request))), None)


def in_session(request: Request) -> Meeting | None:
    """The meeting of this channel, else the one in session, if this person takes part in it."""
    running = running_meetings(request.session, request.mission.id)
    now = [one for one in running if one.state == MeetingState.IN_SESSION]
    return next(iter(readable(request, MEETING, [*_in_channel(request), *now], Act.TAKE_PART)), None)


def _in_channel(request: Request) -> list[Meeting]:
    return request.once("here", lambda: _read_here(request))


def _read_here(request: Request) -> list[Meeting]:
    return meetings_in_channel(request.session, request.mission.id, request.channel) if request.channel else []


def known_meetings(request: Request) -> list[Meeting]:
    """Meetings that this person may know of: this channel's, those in session, held, ahead; past ones without these."""
    return request.once("meetings", lambda: _read_known(request))


def _read_known(request: Request) -> list[Meeting]:
    running = running_meetings(request.session, request.mission.id)
    by_state = [
        *(one for one in running if one.state == MeetingState.IN_SESSION),
        *reversed([one for one in running if one.state == MeetingState.HELD]),
        *(one for one in running if one.state in AHEAD),
    ]
    found = readable(request, MEETING, dict.fromkeys([*_in_channel(request), *by_state]))
    return found or readable(request, MEETING, past_meetings(request.session, request.mission.id, PAST_LOOKED_AT))
