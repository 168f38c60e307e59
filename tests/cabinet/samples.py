"""Every view of series, meetings, channel and agenda with something to show, and with the longest there can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands.cabinet.rules import series_data as d
from commands.cabinet.rules.seats import Seats
from commands.cabinet.views import notices
from commands.cabinet.views.agenda import call, message, proposal
from commands.cabinet.views.agenda import form as agenda_form
from commands.cabinet.views.meetings import overview, upcoming
from commands.cabinet.views.notes import ProposalNotes
from commands.cabinet.views.series import channel as series_channel
from commands.cabinet.views.series import form as series_form
from commands.cabinet.views.series import welcome
from commands.cabinet.views.series.preview import preview_blocks
from commands.kit.cards import Block, Card
from commands.kit.entry.step_pages import step_view
from storage.agencies import Agency
from storage.cabinet.items import Item, ItemKind, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import ChannelRule, QuorumRule, Series, SeriesState
from storage.channel_setups import ChannelSetup, SetupState
from storage.people import Role

JUBA = ZoneInfo("Africa/Juba")
NOW = datetime(2035, 3, 5, 7, tzinfo=UTC)
STARTS = NOW + timedelta(days=3)
WFP = Agency(id=1, code="WFP", code_key="wfp", name="World Food <Programme>", name_fr="Programme alimentaire mondial")
WHO = Agency(id=2, code="WHO", code_key="who", name="World Health Organization", name_fr="")
AGENCIES = {1: WFP, 2: WHO}
MANY = {
    number: Agency(id=number, code=f"ORG-{number:03}", code_key="", name="&" * 200, name_fr="") for number in range(120)
}
PEOPLE = [f"U{number:09}" for number in range(120)]


def series(**values: Any) -> Series:
    """The weekly cabinet."""
    plain: dict[str, Any] = {
        "id": 3,
        "mission_id": "T1",
        "title": "Weekly <cabinet> & more",
        "is_one_off": False,
        "chair": "UCHAIR",
        "secretary": "USECRETARY",
        "all_agencies": True,
        "every_weeks": 2,
        "weekdays": [3],
        "anchor": date(2035, 3, 1),
        "start_time": time(10),
        "minutes": 90,
        "when_free": "move",
        "place": "Room <1>",
        "default_agenda": ["Security situation"],
        "call_days": 5,
        "papers_hours": 48,
        "record_hours": 24,
        "silence_hours": 48,
        "silence_working": True,
        "quorum_rule": QuorumRule.HALF,
        "quorum_number": 0,
        "channel_rule": ChannelRule.SERIES,
        "handling": "unclassified",
        "state": SeriesState.ACTIVE,
        "version": 1,
    }
    return Series(**{**plain, **values})


def meeting(state: MeetingState = MeetingState.CONVENED, **values: Any) -> Meeting:
    """Its next meeting."""
    plain: dict[str, Any] = {
        "id": 7,
        "series_id": 3,
        "title": "Weekly <cabinet> & more",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=90),
        "place": "Room <1>",
        "chair": "UCHAIR",
        "secretary": "USECRETARY",
        "handling": "unclassified",
        "state": state,
        "state_reason": "The chair is <away>" if state == MeetingState.CANCELLED else "",
        "channel_id": "C1",
        "call_at": NOW,
        "papers_at": STARTS - timedelta(days=2),
        "record_at": STARTS + timedelta(days=1),
        "version": 1,
    }
    return Meeting(**{**plain, **values})


def item(number: int, state: ItemState = ItemState.SCHEDULED, **values: Any) -> Item:
    """An item of its agenda."""
    plain: dict[str, Any] = {
        "id": number,
        "series_id": 3,
        "meeting_id": 7,
        "kind": ItemKind.DECISION,
        "state": state,
        "title": f"Road <{number}> & bridge",
        "question": "Do we <open> it?",
        "options": ["Yes", "No, & wait"],
        "owner": "UOWNER",
        "owner_agency_id": 1,
        "consult": [2],
        "paper_link": "",
        "paper_name": "",
        "minutes": 20,
        "handling": "unclassified",
        "position": number,
        "reason": "Survey <not> ready" if state in {ItemState.DEFERRED, ItemState.WITHDRAWN} else "",
        "proposed_by": "UOWNER",
    }
    return Item(**{**plain, **values})


LONG = "Совет & القرار <b> "
ITEMS = [
    item(1, kind=ItemKind.STANDING, question="", owner=None, owner_agency_id=None, minutes=10),
    item(2, paper_link="https://documents.example.org/paper"),
    item(3, ItemState.DECIDED, paper_name="survey <1>.pdf"),
    item(4, handling="confidential", title="Sources"),
    item(5, kind=ItemKind.ARISING),
]
WAITING = [item(100 + number, ItemState.PROPOSED, title=LONG * 7, question=LONG * 50) for number in range(40)]
FORTY = [item(number, title=LONG * 7, question=LONG * 50, paper_name=LONG * 5) for number in range(40)]
SEATS = Seats({1: ["UHEAD"], 2: []}, {Role.SRSG_OFFICE: ["USRSG"]}, ["UCHAIR", "USECRETARY"])
CROWD = Seats({number: [user] for number, user in enumerate(PEOPLE)}, {}, ["UCHAIR", "USECRETARY"])


def shown(items: list[Item], of: Meeting | None = None, agencies: dict[int, Agency] | None = None) -> message.Agenda:
    return message.Agenda(of or meeting(), items, agencies or AGENCIES, JUBA, 2)


def opened(**values: Any) -> agenda_form.AgendaView:
    plain: dict[str, Any] = {
        "agenda": shown(ITEMS),
        "waiting": [item(8, ItemState.PROPOSED)],
        "over": [item(9, ItemState.DEFERRED), item(10, ItemState.WITHDRAWN)],
        "hidden": 1,
    }
    return agenda_form.AgendaView(**{**plain, **values})


def proposing(one: Item | None = None) -> Block:
    heading = proposal.heading_of("Weekly <cabinet>", "Thursday")
    notes = ProposalNotes(3, 7)
    form = proposal.Proposing(heading, notes, "unclassified", [WFP, WHO], [WFP], "UHEAD", one)
    return proposal.propose_form(form)


def entering(step: str, *, one_off: bool = False, seats: Seats = SEATS) -> Block:
    entry = replace(d.entry_of(series(), [1], [Role.SRSG_OFFICE.value]), all_agencies=False)
    guests, outsiders = (PEOPLE[:60], PEOPLE[60:]) if seats is CROWD else (["UGUEST"], ["UOUTSIDER"])
    preview = preview_blocks(
        series(is_one_off=one_off), [STARTS], seats, [WHO], JUBA, guests=guests, outsiders=outsiders
    )
    shown = series_form.Entering(3, entry, [WFP, WHO], "Africa/Juba", one_off, preview)
    return step_view("cabinet:series", d.SERIES_STEPS, step, series_form.series_page(shown, step), "Kept.")


def channel(state: SetupState, **values: Any) -> ChannelSetup:
    """The channel's making."""
    plain: dict[str, Any] = {
        "id": 5,
        "subject": "cabinet:series:3",
        "state": state,
        "step": "topic",
        "name": "weekly-cabinet",
        "attempt": 0,
        "wanted": ["U1", "U2"],
        "invited": ["U1"],
        "refused": {},
        "troubles": {},
        "channel_id": "C1",
    }
    return ChannelSetup(**{**plain, **values})


READY = SetupState.READY
TROUBLED = channel(
    READY,
    attempt=1,
    refused={"U2": "user_is_restricted"},
    troubles={"canvas": "canvas_disabled_user_team", "pin.0": "restricted_action"},
)
COMING = upcoming.Upcoming(meeting(), 3, 1, leads=True, runs=True)
PLANNED = upcoming.Upcoming(meeting(MeetingState.PLANNED, handling="confidential"), 0, 0, leads=True)
MESSAGES: dict[str, Callable[[], Card]] = {
    "agenda": lambda: message.agenda_card(shown(ITEMS)),
    "agenda-empty": lambda: message.agenda_card(shown([], meeting(papers_sent_at=NOW))),
    "agenda-cancelled": lambda: message.agenda_card(shown(ITEMS, meeting(MeetingState.CANCELLED))),
    "agenda-confidential": lambda: message.agenda_card(shown(ITEMS, meeting(handling="confidential"))),
    "call": lambda: call.call_card(meeting(), [], JUBA, NOW),
    "call-proposed": lambda: call.call_card(meeting(papers_sent_at=NOW), ITEMS[1:3], JUBA, NOW),
    "call-cancelled": lambda: call.call_card(meeting(MeetingState.CANCELLED), [], JUBA, NOW),
    "call-over": lambda: call.call_card(meeting(MeetingState.HELD), [], JUBA, STARTS),
    "proposals": lambda: call.proposals_card(meeting(), [item(8, ItemState.PROPOSED)], JUBA),
    "channel-running": lambda: series_channel.setup_card(channel(SetupState.RUNNING), "Weekly <cabinet>"),
    "channel-ready": lambda: series_channel.setup_card(channel(READY), "Weekly <cabinet>"),
    "channel-troubled": lambda: series_channel.setup_card(TROUBLED, "Weekly", unrepresented=[WHO], uncleared=["U3"]),
    "channel-broken": lambda: series_channel.setup_card(
        channel(SetupState.BROKEN, troubles={"topic": "is_archived"}), "Weekly <cabinet>"
    ),
    "channel-archived": lambda: series_channel.setup_card(channel(SetupState.ARCHIVED), "Weekly <cabinet>"),
    "members": lambda: series_channel.members_card("Weekly <cabinet>", "C1", ["U1"], ["U2", "U3"]),
    "not-let-in": lambda: series_channel.not_let_in_card("Weekly <cabinet>", "U1", "cant_invite"),
    "lost-archived": lambda: series_channel.lost_card(channel(READY), "Weekly <cabinet>", archived=True),
    "lost-removed": lambda: series_channel.lost_card(channel(READY), "Weekly <cabinet>", archived=False),
    "item-told": lambda: notices.item_told_card(item(9, ItemState.DEFERRED)),
    "moved": lambda: notices.moved_card(meeting(), "USECRETARY", JUBA),
    "called-off": lambda: notices.called_off_card(meeting(MeetingState.CANCELLED), "USECRETARY", JUBA),
    "papers": lambda: notices.papers_card(meeting(), "3 items"),
    "welcome": lambda: welcome.welcome_card(series(), "/un-cabinet"),
    "next": lambda: upcoming.next_card([COMING, PLANNED], 2, JUBA, keeps=True),
    "next-nothing": lambda: upcoming.next_card([], 0, JUBA, keeps=False),
    "no-series": lambda: upcoming.no_series_card(leads=True),
    "no-series-member": lambda: upcoming.no_series_card(leads=False),
}
FORMS: dict[str, Callable[[], Block]] = {
    "agenda-member": lambda: agenda_form.agenda_form(opened(own=frozenset({2, 8}))),
    "agenda-secretary": lambda: agenda_form.agenda_form(opened(leads=True, note="Kept.")),
    "agenda-nothing": lambda: agenda_form.agenda_form(agenda_form.AgendaView(shown([]))),
    "item": lambda: agenda_form.item_form(ITEMS[2], AGENCIES),
    "item-deferred": lambda: agenda_form.item_form(item(9, ItemState.DEFERRED), AGENCIES),
    "defer": lambda: agenda_form.reason_form(ITEMS[1], agenda_form.DEFER),
    "withdraw": lambda: agenda_form.reason_form(ITEMS[1], agenda_form.WITHDRAW),
    "merge": lambda: agenda_form.merge_form(ITEMS[1], ITEMS[2:]),
    "propose": proposing,
    "propose-edit": lambda: proposing(ITEMS[2]),
    "written-update": lambda: proposal.written_update_form("New <warehouse>", "/un-update"),
    "proposed": lambda: proposal.proposed_form(ITEMS[1], "Thursday", waits=True),
    **{f"series-{step}": (lambda step=step: entering(step)) for step in d.SERIES_STEPS},  # type: ignore[misc]
    "one-off-when": lambda: entering("when", one_off=True),
    "one-off-preview": lambda: entering("preview", one_off=True),
    "meetings": lambda: overview.meetings_form(
        overview.KeptSeries(
            [series(), series(state=SeriesState.PAUSED)],
            [meeting(), meeting(MeetingState.PLANNED), meeting(MeetingState.HELD)],
            JUBA,
            may_add=True,
            note="Saved.",
        )
    ),
    "meetings-none": lambda: overview.meetings_form(overview.KeptSeries([], [], JUBA, may_add=True)),
    "convene": lambda: overview.convene_form(series(), date(2035, 3, 9), time(10), "Africa/Juba"),
    "convene-twice": lambda: overview.convene_form(series(), date(2035, 3, 8), time(10), "Africa/Juba", "Already."),
    "move": lambda: overview.move_form(meeting(), date(2035, 3, 9), time(10), "Africa/Juba", "Room <2>"),
    "cancel": lambda: overview.cancel_form(meeting(), JUBA),
    "end": lambda: overview.end_form(series()),
}
HOMES: dict[str, Callable[[], list[Block]]] = {
    "home": lambda: upcoming.home_blocks([COMING, PLANNED], 2, JUBA, keeps=True),
}
WORST: dict[str, Callable[[], Card | Block | list[Block]]] = {
    "agenda": lambda: message.agenda_card(shown(FORTY, meeting(title=LONG * 5), MANY)),
    "agenda-form": lambda: agenda_form.agenda_form(
        opened(agenda=shown(FORTY, meeting(title=LONG * 5), MANY), waiting=WAITING, over=FORTY, leads=True)
    ),
    "item": lambda: agenda_form.item_form(item(1, options=[LONG * 15] * 6, question="&" * 1000, consult=[*MANY]), MANY),
    "call": lambda: call.call_card(meeting(title=LONG * 5), FORTY, JUBA, NOW),
    "merge": lambda: agenda_form.merge_form(FORTY[0], FORTY[1:]),
    "preview": lambda: entering("preview", seats=CROWD),
    "meetings": lambda: overview.meetings_form(
        overview.KeptSeries([series(title=LONG * 5)] * 40, [meeting(title=LONG * 5)] * 60, JUBA, may_add=True)
    ),
    "channel": lambda: series_channel.setup_card(
        channel(READY, refused=dict.fromkeys(PEOPLE, "user_is_restricted"), invited=PEOPLE),
        LONG * 5,
        unrepresented=[*MANY.values()],
        uncleared=PEOPLE,
    ),
    "members": lambda: series_channel.members_card(LONG * 5, "C1", PEOPLE, PEOPLE),
    "next": lambda: upcoming.next_card(
        [upcoming.Upcoming(meeting(title=LONG * 5, place=LONG * 10), 40, 40, leads=True, runs=True)] * 20,
        120,
        JUBA,
        keeps=True,
    ),
    "home": lambda: upcoming.home_blocks([COMING] * 20, 120, JUBA, keeps=True),
    "item-told": lambda: notices.item_told_card(item(1, ItemState.DEFERRED, title="&" * 150, reason="&" * 500)),
    "welcome": lambda: welcome.welcome_card(series(title=LONG * 5), "/un-cabinet"),
}
