"""The cabinet: series and meetings, their channels, the agenda, and what becomes of it."""

from __future__ import annotations

from commands.cabinet import record_verbs as records
from commands.cabinet.handlers import upcoming
from commands.kit.room import Command, Room, Verb

ROOM = Room(
    name="cabinet",
    summary="The cabinet's meetings: who sits in them, the call for items, the agenda and the channel.",
    commands=(
        Command(
            name="/cabinet",
            summary="Shows the next meeting, its agenda and what you can do",
            start=Verb(upcoming.show_next, reads_only=True),
            start_summary="Shows the next meeting, with buttons.",
            subs=records.SUBS,
        ),
    ),
    actions={**records.ACTIONS},
    forms={**records.FORMS},
    shortcuts={**records.SHORTCUTS},
    options={**records.OPTIONS},
    schedules={**records.SCHEDULES},
    timers={**records.TIMERS},
)
