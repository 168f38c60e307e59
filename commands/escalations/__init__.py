"""Escalations: what cannot wait for the cabinet, carried to the office of the SRSG, with a clock."""

from __future__ import annotations

from commands.escalations.handlers import raising
from commands.kit.room import Command, Room, Verb

ROOM = Room(
    name="escalations",
    summary="Escalations to the office of the SRSG: raising, acknowledging, deciding, and the clock.",
    commands=(
        Command(
            name="/escalate",
            summary="Carries what cannot wait to the office of the SRSG",
            start=Verb(raising.start, reads_only=True),
            start_summary="Shows what you raised and still waits.",
        ),
    ),
)
