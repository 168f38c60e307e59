"""Reading the agenda of a meeting, and keeping its message and its canvas current."""

from __future__ import annotations

from commands.cabinet.rules.agenda import on_the_agenda
from commands.cabinet.views.agenda.message import Agenda, agenda_canvas, agenda_card
from commands.kit.channels import write_canvas
from commands.kit.handling import Handling
from commands.kit.post import show
from commands.kit.work import Work
from storage.agencies import Agency, all_agencies
from storage.cabinet.items import ItemState, items_of_meeting
from storage.cabinet.meetings import Meeting, MeetingState, meetings_of_series
from storage.channel_setups import SetupState, setup_of_channel
from storage.subjects import Subject


def agenda_of(work: Work, meeting: Meeting) -> Agenda:
    """A meeting with its items in order."""
    items = items_of_meeting(work.session, meeting.id)
    agencies = named_agencies(work)
    proposals = sum(item.state == ItemState.PROPOSED for item in items)
    return Agenda(meeting, on_the_agenda(items), agencies, work.zone, proposals)


def named_agencies(work: Work) -> dict[int, Agency]:
    """Every agency of the mission by id, to be named."""
    return {agency.id: agency for agency in all_agencies(work.session, work.mission.id, people=False)}


def card_subject(meeting: Meeting) -> Subject:
    """What the message with a meeting's agenda is known under."""
    return Subject.of("cabinet", "agenda", meeting.id)


def refresh_agenda(work: Work, meeting: Meeting) -> None:
    """Let the channel's message and canvas show the agenda as it stands now.

    While the channel is being made its own steps post the agenda, and the last of them comes back here.
    """
    setup = setup_of_channel(work.session, work.mission.id, meeting.channel_id) if meeting.channel_id else None
    if setup is None or setup.state != SetupState.READY or meeting.state == MeetingState.CLOSED:
        return
    work.session.flush()
    with work.speaking_to_everyone():
        agenda = agenda_of(work, meeting)
        show(work, str(setup.channel_id), card_subject(meeting), agenda_card(agenda))
        if Handling(meeting.handling) is Handling.UNCLASSIFIED and _has_the_canvas(work, meeting):
            write_canvas(work, setup, agenda_canvas(agenda), meeting.handling)


def _has_the_canvas(work: Work, meeting: Meeting) -> bool:
    """Whether the channel's canvas is this meeting's: it shows the earliest one that is not over."""
    before = meetings_of_series(work.session, meeting.series_id)
    using = (MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD)
    earlier = (one for one in before if one.channel_id == meeting.channel_id and one.state in using)
    first = next(earlier, None)
    return first is None or first.id == meeting.id
