"""Funding: what was asked, pledged, committed and paid, as OCHA's Financial Tracking Service publishes it."""

from __future__ import annotations

from commands.funding.handlers import reading
from commands.kit.room import Command, Room, Verb

ROOM = Room(
    name="funding",
    summary="What the mission's plans ask for and receive, to the dollar, with the age of every figure.",
    commands=(
        Command(
            name="/funding",
            summary="Shows what plans ask for and receive",
            start=Verb(reading.show_start, reads_only=True),
            start_summary="Shows plans with requirement, funding, coverage and what is missing.",
        ),
    ),
)
