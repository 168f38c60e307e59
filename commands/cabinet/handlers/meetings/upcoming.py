"""The place to start: the next meetings, or how to get one."""

from __future__ import annotations

from commands.cabinet.handlers.access import MEETING
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.agenda import ON_THE_AGENDA
from commands.cabinet.views.meetings.upcoming import Upcoming, home_blocks, next_card, no_series_card
from commands.kit.access import may
from commands.kit.cards import Block
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who
from commands.kit.work import Answer, Request, Work
from storage.cabinet.actions import count_open
from storage.cabinet.items import ItemState, count_items
from storage.cabinet.meetings import Meeting, running_meetings
from storage.cabinet.series import has_series


def show_next(request: Request) -> Answer:
    """The next meetings with what this person can do about them."""
    leads = ADMIN_OR_COORDINATOR.is_met_by(request.who)
    found = upcoming_of(request, request.who)
    if not found and not _any_meets(request):
        return Answer(say=no_series_card(leads=leads))
    mine = count_open(request.session, request.mission.id, request.who.user_id)
    return Answer(say=next_card(found, mine, request.zone, keeps=leads or any(one.leads for one in found)))


def _any_meets(work: Work) -> bool:
    """Whether anything is set up that meets, whoever sits in it."""
    return has_series(work.session, work.mission.id) or bool(running_meetings(work.session, work.mission.id))


def upcoming_of(work: Work, who: Who) -> list[Upcoming]:
    """The meetings that a person sits in and may know of, one of each series, the next one first."""
    running = running_meetings(work.session, work.mission.id)
    mine: dict[int, Meeting] = {}
    for meeting in running:
        if meeting.series_id not in mine and may(work, who, MEETING, meeting, Act.TAKE_PART):
            mine[meeting.series_id] = meeting
    items = count_items(work.session, [meeting.id for meeting in mine.values()])
    leads = ADMIN_OR_COORDINATOR.is_met_by(who)
    return [
        Upcoming(
            meeting,
            sum(items[meeting.id][state] for state in ON_THE_AGENDA),
            items[meeting.id][ItemState.PROPOSED],
            leads or who.user_id in {meeting.chair, meeting.secretary},
            who.user_id in {meeting.chair, meeting.secretary},
        )
        for meeting in mine.values()
    ]


def draw_home(work: Work, who: Who) -> list[Block]:
    """The person's next meetings and how many actions they have."""
    found = upcoming_of(work, who)
    mine = count_open(work.session, work.mission.id, who.user_id)
    keeps = ADMIN_OR_COORDINATOR.is_met_by(who) or any(one.leads for one in found)
    return home_blocks(found, mine, work.zone, keeps=keeps)
