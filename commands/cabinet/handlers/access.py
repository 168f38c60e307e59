"""Who may do what to which meeting: officers and coordinators lead it, members propose, and levels are kept."""

from __future__ import annotations

from commands.cabinet.handlers.series.seats import seats_of
from commands.kit.cards import mention
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who, sees
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.cabinet.items import Item, get_item
from storage.cabinet.meetings import Meeting, lock_meeting
from storage.cabinet.series import Series, get_series
from storage.subjects import number


def leads(request: Request, meeting: Meeting) -> bool:
    """Whether this person is chair or secretary of the meeting, or a coordinator of the mission."""
    return request.who.user_id in {meeting.chair, meeting.secretary} or ADMIN_OR_COORDINATOR.is_met_by(request.who)


def refuse_unless_leading(request: Request, meeting: Meeting) -> None:
    """Raises Refused with who may."""
    if not leads(request, meeting):
        text = _("Only the chair ({chair}), the secretary ({secretary}) or a coordinator can do this.")
        raise Refused(text.format(chair=mention(meeting.chair), secretary=mention(meeting.secretary)))


def sits_in(work: Work, who: Who, series: Series) -> bool:
    """Whether this person belongs to the series: an officer, somebody of a member agency, a holder of a member role."""
    seats = seats_of(work, series)
    if who.user_id in seats.people or ADMIN_OR_COORDINATOR.is_met_by(who):
        return True
    return any(who.answers_for(agency) for agency in seats.agencies)


def readable_meeting(request: Request, value: object) -> tuple[Meeting, Series]:
    """The meeting that a button or a form names, locked, with its series.

    Raises Refused where there is none, or none that this person may know of.
    """
    meeting = lock_meeting(request.session, request.mission.id, number(value))
    series = get_series(request.session, request.mission.id, meeting.series_id) if meeting is not None else None
    if (
        meeting is None
        or series is None
        or not sits_in(request, request.who, series)
        or not sees(request.who, meeting.handling)
    ):
        raise Refused(_("I do not know this meeting, or you do not sit in it. Look at your meetings again."))
    return meeting, series


def led_meeting(request: Request, value: object) -> tuple[Meeting, Series]:
    """The same, for whoever leads the meeting. Raises Refused."""
    meeting, series = readable_meeting(request, value)
    refuse_unless_leading(request, meeting)
    return meeting, series


def readable_item(request: Request, value: object) -> tuple[Item, Series]:
    """The item that a button or a form names, with its series. Raises Refused like `readable_meeting`."""
    item = get_item(request.session, request.mission.id, number(value))
    series = get_series(request.session, request.mission.id, item.series_id) if item is not None else None
    if (
        item is None
        or series is None
        or not sits_in(request, request.who, series)
        or not sees(request.who, item.handling)
    ):
        raise Refused(_("I do not know this item, or it is not for you. Open the agenda again."))
    return item, series
