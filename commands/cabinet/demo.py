"""The demo's cabinet: a weekly series whose next meeting is convened, with an agenda that two agencies have filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.handlers.meetings.slots import plan_meeting
from commands.kit.dates import local_moment, read_calendar
from commands.kit.demo import DemoWorkspace, agencies_by_code
from commands.kit.work import Work
from storage.agencies import Agency
from storage.cabinet.items import Item, ItemKind, ItemState
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series, SeriesState, replace_members_of_series
from storage.people import Role

CHAIR, SECRETARY = "SRSG", "Cabinet secretary"
TITLE = "Weekly cabinet"
DAYS_AHEAD = 2
ITEMS = (
    (
        "WFP",
        "WFP head of agency",
        "Convoys on the northern road",
        "Do we ask for an armed escort on the northern road until the end of the month?",
        ("Yes, as a last resort and reviewed weekly", "No, use the western road", "No, fly what is most urgent"),
    ),
    (
        "UNHCR",
        "UNHCR focal point",
        "Relocation to the new site",
        "Do we begin the relocation before water is connected?",
        ("Yes, with water trucked in", "No, wait for the connection"),
    ),
)


def prepare(work: Work, place: DemoWorkspace) -> None:
    """A series that meets in two working days; its meeting is convened, and its channel made by the worker."""
    work, session, agencies = replace(work, actor=place.people[SECRETARY]), work.session, agencies_by_code(work)
    calendar = read_calendar(work)
    day = calendar.plus_working_days(work.today, DAYS_AHEAD)
    series = _series(work, place, day.weekday())
    session.add(series)
    session.flush()
    replace_members_of_series(session, series, [], [Role.SRSG_OFFICE])
    starts = local_moment(day, series.start_time, work.zone)
    meeting = plan_meeting(work, series, starts, calendar, slot=starts)
    for number, entry in enumerate(ITEMS, start=2):
        session.add(_item(work, meeting, number, entry, place, agencies))
    session.flush()
    convene(work, series, meeting)


def _series(work: Work, place: DemoWorkspace, weekday: int) -> Series:
    return Series(
        mission_id=work.mission.id,
        title=TITLE,
        chair=place.people[CHAIR],
        secretary=place.people[SECRETARY],
        weekdays=[weekday],
        anchor=work.today - timedelta(days=7),
        start_time=time(10),
        minutes=90,
        place="Conference room 1",
        default_agenda=["Security situation"],
        state=SeriesState.ACTIVE,
        every_weeks=1,
        version=1,
        created_by=place.people[SECRETARY],
        created_at=work.now,
        updated_at=work.now,
    )


def _item(
    work: Work,
    meeting: Meeting,
    position: int,
    entry: tuple[str, str, str, str, tuple[str, ...]],
    place: DemoWorkspace,
    agencies: dict[str, Agency],
) -> Item:
    code, owner, title, question, options = entry
    return Item(
        mission_id=work.mission.id,
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        kind=ItemKind.DECISION,
        state=ItemState.SCHEDULED,
        title=title,
        question=question,
        options=list(options),
        owner=place.people[owner],
        owner_agency_id=agencies[code].id,
        consult=[agencies["WHO"].id],
        minutes=20,
        position=position,
        proposed_by=place.people[owner],
        created_at=work.now,
        updated_at=work.now,
    )
