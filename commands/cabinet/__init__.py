"""The cabinet: series and meetings, their channels, the agenda, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

from commands.cabinet import demo
from commands.cabinet import record as records
from commands.cabinet.handlers import front
from commands.cabinet.handlers.actions import handed
from commands.cabinet.handlers.agenda import call, items, papers, proposal
from commands.cabinet.handlers.meetings import calendar_file, channel_steps, clock, closure, schedule, slots, upcoming
from commands.cabinet.handlers.series import entry, lifecycle, membership, overview
from commands.cabinet.rules.proposing import FILE
from commands.cabinet.views import acts
from commands.kit.demo import Demo
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
                    Verb(overview.show_everything, reads_only=True),
                ),
                Sub(
                    "agenda", "", "Opens the agenda; the secretary orders it.", Verb(items.show_agenda, reads_only=True)
                ),
                Sub("propose", "", "Proposes an item for the next meeting.", Verb(proposal.open_form, reads_only=True)),
                *records.SUBS,
                Sub("close", "", "Closes a meeting whose record is out.", Verb(closure.close_here)),
            ),
        ),
    ),
    actions={
        **records.ACTIONS,
        "meetings": Verb(overview.show_everything, reads_only=True),
        "series-new": Verb(entry.open_new, reads_only=True),
        "series-menu": Verb(lifecycle.act, reads_only=True),
        "series-back": Verb(entry.go_back),
        "meeting-menu": Verb(schedule.act, reads_only=True),
        "convene-now": Verb(schedule.convene_now),
        "agenda": Verb(items.show_agenda, reads_only=True),
        "item": Verb(items.act, reads_only=items.only_opens),
        "propose": Verb(proposal.open_form, reads_only=True),
        "withdraw": Verb(items.withdraw_mine),
        "calendar": Verb(calendar_file.send_calendar),
        "channel-again": Verb(membership.go_on),
        "channel-new": Verb(membership.make_new),
    },
    forms={
        **records.FORMS,
        "series": Verb(entry.take),
        "series-end": Verb(lifecycle.end),
        "convene": Verb(schedule.take_convene),
        "move": Verb(schedule.take_move),
        "cancel-meeting": Verb(schedule.take_cancel),
        "propose": Verb(proposal.take, fetches=FILE, fetch_limit=proposal.PAPER_LIMIT),
        "item-off": Verb(items.take_off),
        "item-merge": Verb(items.merge),
    },
    options=records.OPTIONS,
    shortcuts=records.SHORTCUTS,
    events={
        "channel_archive": membership.on_archived,
        "group_archive": membership.on_archived,
        "member_left_channel": membership.on_left,
    },
    schedules={
        **records.SCHEDULES,
        "meetings": Schedule(timedelta(hours=1), slots.make_meetings, CatchUp.ONCE),
        "members": Schedule(timedelta(minutes=15), membership.keep_members, CatchUp.ONCE),
    },
    timers={
        **records.TIMERS,
        "call": call.call_for_items,
        "papers": papers.send_papers,
        "starts": call.end_calls,
    },
    drawings={**records.DRAWINGS, "call": call.draw_call, "lost": membership.draw_lost},
    tells=records.TELLS,
    follows=records.FOLLOWS,
    results={**records.RESULTS, "channel": channel_steps.on_step, "member": membership.on_member},
    failures={**records.FAILURES, "channel": channel_steps.on_step_failed},
    keeps=clock.planned,
    home=HomeCard(order=20, draw=upcoming.draw_home),
    receives={"follow-up": handed.take},
    readings={
        "decision": front.read_decision,
        "action": front.read_action,
        "item": front.read_item,
        "meeting": front.read_meeting,
    },
    searches={"decision": front.search_decisions, "action": front.search_tasks, "item": front.search_agenda},
    waits={
        "actions": front.actions_waiting,
        "decisions": front.decisions_waiting,
        "proposals": front.proposals_waiting,
        "minutes": front.minutes_waiting,
    },
    scopes=(
        "bookmarks:read",
        "bookmarks:write",
        "canvases:write",
        "groups:write",
        "pins:write",
    ),
    acts=acts.words,
    demo=Demo(60, demo.prepare),
)
