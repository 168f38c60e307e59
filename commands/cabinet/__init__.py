"""The cabinet: series and meetings, their channels, the agenda, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

from commands.cabinet import record_verbs as records
from commands.cabinet.handlers import (
    agenda,
    calendars,
    calling,
    closing,
    keeping,
    lifecycle,
    making,
    membership,
    papers,
    proposing,
    scheduling,
    series,
    steps,
    upcoming,
)
from commands.cabinet.rules.proposing import FILE
from commands.kit.room import CatchUp, Command, HomeCard, Room, Schedule, Sub, Verb

ROOM = Room(
    name="cabinet",
    summary="The cabinet's meetings: who sits in them, the call for items, the agenda and the channel.",
    commands=(
        Command(
            name="/cabinet",
            summary="Shows the next meeting, its agenda and what you can do",
            start=Verb(upcoming.show_next, reads_only=True),
            start_summary="Shows the next meeting, with buttons.",
            subs=(
                Sub(
                    "convene",
                    "",
                    "Sets up, convenes, moves and cancels meetings.",
                    Verb(keeping.show_everything),
                ),
                Sub("agenda", "", "Opens the agenda; the secretary orders it.", Verb(agenda.show_agenda)),
                Sub("propose", "", "Proposes an item for the next meeting.", Verb(proposing.open_form)),
                *records.SUBS,
                Sub("close", "", "Closes a meeting whose record is out.", Verb(closing.close_here)),
            ),
        ),
    ),
    actions={
        **records.ACTIONS,
        "meetings": Verb(keeping.show_everything),
        "series-new": Verb(series.open_new),
        "series-menu": Verb(lifecycle.act),
        "series-back": Verb(series.go_back),
        "meeting-menu": Verb(scheduling.act),
        "convene-now": Verb(scheduling.convene_now),
        "agenda": Verb(agenda.show_agenda),
        "item": Verb(agenda.act),
        "propose": Verb(proposing.open_form),
        "withdraw": Verb(agenda.withdraw_mine),
        "calendar": Verb(calendars.send_calendar),
        "channel-again": Verb(membership.go_on),
        "channel-new": Verb(membership.make_new),
    },
    forms={
        **records.FORMS,
        "series": Verb(series.take),
        "series-end": Verb(lifecycle.end),
        "convene": Verb(scheduling.take_convene),
        "move": Verb(scheduling.take_move),
        "cancel-meeting": Verb(scheduling.take_cancel),
        "propose": Verb(proposing.take, fetches=FILE, fetch_limit=proposing.PAPER_LIMIT),
        "item-off": Verb(agenda.take_off),
        "item-merge": Verb(agenda.merge),
    },
    options=records.OPTIONS,
    shortcuts=records.SHORTCUTS,
    events={
        "channel_archive": Verb(membership.on_archived),
        "group_archive": Verb(membership.on_archived),
        "member_left_channel": Verb(membership.on_left),
    },
    schedules={
        **records.SCHEDULES,
        "meetings": Schedule(timedelta(hours=1), making.make_meetings, CatchUp.ONCE),
        "members": Schedule(timedelta(minutes=15), membership.keep_members, CatchUp.ONCE),
    },
    timers={**records.TIMERS, "call": calling.call_for_items, "papers": papers.send_papers},
    results={**records.RESULTS, "channel": steps.on_step, "member": membership.on_member},
    failures=records.FAILURES,
    home=HomeCard(order=20, draw=upcoming.draw_home),
    scopes=(
        "bookmarks:read",
        "bookmarks:write",
        "canvases:write",
        "groups:write",
        "pins:write",
    ),
)
