"""Which meeting, item, decision or action is meant, and whether this person may touch it."""

from __future__ import annotations

from commands.kit.cards import mention
from commands.kit.handling import Handling
from commands.kit.permission import sees
from commands.kit.places import place_of_channel, why_not
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage import subjects
from storage.agencies import Agency, AgencyState, agencies_by_id, all_agencies
from storage.cabinet.actions import Action, lock_action
from storage.cabinet.decisions import Binding, Decision, get_binding, lock_decision
from storage.cabinet.items import Item, get_item
from storage.cabinet.meetings import (
    AHEAD,
    Meeting,
    MeetingState,
    get_meeting,
    lock_meeting,
    meeting_in_channel,
    past_meetings,
    running_meetings,
)
from storage.cabinet.minutes import Minutes, lock_minutes
from storage.cabinet.series import Series, get_series, members_of_series


def refuse_unseen(request: Request, handling: str) -> None:
    """Raise Refused where the person may not read this."""
    if not sees(request.who, handling):
        raise Refused(_("This is Confidential, and you are not cleared for it. Ask the cabinet secretary."))


def number(text: object) -> int:
    """An id out of a value or a note, which may say more after a colon; 0 for anything else."""
    return subjects.number(str(text).split(":")[0])


def meeting_meant(request: Request) -> Meeting:
    """The meeting of this channel, else the one in session, else the next one, else the last. Raises Refused."""
    here = meeting_in_channel(request.session, request.mission.id, request.channel) if request.channel else None
    running = running_meetings(request.session, request.mission.id)
    in_session = [one for one in running if one.state == MeetingState.IN_SESSION]
    held = [one for one in running if one.state == MeetingState.HELD]
    ahead = [one for one in running if one.state in AHEAD]
    found = here or next(iter([*in_session, *held[-1:], *ahead]), None)
    found = found or next(iter(past_meetings(request.session, request.mission.id, 1)), None)
    if found is None:
        raise Refused(
            _("There is no meeting yet. {command} convenes one.").format(
                command=f"`{request.command('cabinet')} convene`"
            )
        )
    return found


def meeting_of(request: Request, meeting_id: object, *, lock: bool = False) -> Meeting:
    """The meeting of a button or a form. Raises Refused when it is unknown."""
    find = lock_meeting if lock else get_meeting
    meeting = find(request.session, request.mission.id, number(meeting_id))
    if meeting is None:
        raise Refused(_("I do not know this meeting. Open it again with {command}.").format(command=_command(request)))
    return meeting


def item_of(request: Request, item_id: object) -> Item:
    """The agenda item of a button or a form, if the person may see it. Raises Refused."""
    item = get_item(request.session, request.mission.id, number(item_id))
    if item is None:
        raise Refused(
            _("I do not know this item. Open the agenda again with {command}.").format(command=_command(request))
        )
    refuse_unseen(request, item.handling)
    return item


def decision_of(request: Request, decision_id: object) -> Decision:
    """The decision of a button or a form, locked, if the person may see it. Raises Refused."""
    decision = lock_decision(request.session, request.mission.id, number(decision_id))
    if decision is None:
        raise Refused(_("I do not know this decision. Open it again from the log."))
    refuse_unseen(request, decision.handling)
    return decision


def binding_of(request: Request, binding_id: object) -> tuple[Binding, Decision]:
    """What binds an agency, with its decision, locked. Raises Refused where the person does not speak for it."""
    binding = get_binding(request.session, request.mission.id, number(binding_id))
    if binding is None:
        raise Refused(_("I do not know this decision. Open it again from the log."))
    decision = decision_of(request, binding.decision_id)
    request.session.refresh(binding)
    return binding, decision


def action_of(request: Request, action_id: object) -> Action:
    """The action of a button or a form, locked, if the person may see it. Raises Refused."""
    action = lock_action(request.session, request.mission.id, number(action_id))
    if action is None:
        raise Refused(
            _("I do not know this action. Open the list again with {command}.").format(command=_list(request))
        )
    refuse_unseen(request, action.handling)
    return action


def minutes_of(request: Request, minutes_id: object) -> tuple[Minutes, Meeting]:
    """The minutes of a button or a form, locked, with their meeting. Raises Refused."""
    minutes = lock_minutes(request.session, request.mission.id, number(minutes_id))
    if minutes is None:
        raise Refused(
            _("I do not know these minutes. Open them again with {command}.").format(command=_minutes(request))
        )
    return minutes, meeting_of(request, minutes.meeting_id)


def series_of(work: Work, meeting: Meeting) -> Series:
    """The series of a meeting."""
    series = get_series(work.session, work.mission.id, meeting.series_id)
    assert series is not None, "a meeting has a series"
    return series


def members_of(work: Work, series: Series) -> list[Agency]:
    """The agencies that sit in a series, by code; suspended ones left out."""
    if series.all_agencies:
        return all_agencies(work.session, work.mission.id, active_only=True)
    named, _roles = members_of_series(work.session, series.id)
    found = agencies_by_id(work.session, work.mission.id, named).values()
    return sorted((one for one in found if one.state == AgencyState.ACTIVE), key=lambda one: one.code_key)


def leads(user_id: str, meeting: Meeting) -> bool:
    """Whether a person is chair or secretary of a meeting."""
    return user_id in {meeting.chair, meeting.secretary}


def refuse_others(request: Request, meeting: Meeting) -> None:
    """Raise Refused for anybody but the meeting's chair and secretary."""
    if not leads(request.who.user_id, meeting):
        raise Refused(
            _(
                "Only the chair ({chair}) and the secretary ({secretary}) of this meeting record what it decides."
            ).format(chair=mention(meeting.chair), secretary=mention(meeting.secretary))
        )


def channel_for(work: Work, meeting: Meeting | None, handling: str) -> str | None:
    """The meeting's channel, if texts of this level may go there."""
    if meeting is None or meeting.channel_id is None:
        return None
    level = Handling(handling)
    if level is not Handling.UNCLASSIFIED and why_not(work, level, meeting.channel_id):
        return None
    return None if place_of_channel(work.session, work.mission, meeting.channel_id).is_archived else meeting.channel_id


def _command(request: Request) -> str:
    return f"`{request.command('cabinet')}`"


def _list(request: Request) -> str:
    return f"`{request.command('cabinet')} actions`"


def _minutes(request: Request) -> str:
    return f"`{request.command('cabinet')} minutes`"
