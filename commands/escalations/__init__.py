"""Escalations: what cannot wait for the cabinet, carried to the office of the SRSG, with a clock."""

from __future__ import annotations

from datetime import timedelta

from commands.escalations.handlers import addresses, duty, duty_changes, officers, raising
from commands.kit.room import Command, Room, Schedule, Sub, Verb

EDITORS = duty.EDITORS

ROOM = Room(
    name="escalations",
    summary="Escalations to the office of the SRSG: raising, acknowledging, deciding, and the clock.",
    commands=(
        Command(
            name="/escalate",
            summary="Carries what cannot wait to the office of the SRSG",
            start=Verb(raising.start, reads_only=True),
            start_summary="Shows what you raised and still waits.",
            subs=(
                Sub("duty", "", "Says who is on duty now, and shows the roster.", Verb(duty.show_roster)),
                Sub(
                    "email",
                    "[@person]",
                    "Enters the address at which you are reached when Slack is down.",
                    Verb(addresses.open_email, reads_only=True),
                ),
            ),
        ),
    ),
    actions={
        "duty": Verb(duty.show_roster),
        "duty-add": Verb(duty_changes.open_rotation, EDITORS, reads_only=True),
        "duty-hand": Verb(duty_changes.open_hand_over, reads_only=True),
        "duty-stand-in": Verb(duty_changes.open_stand_in, EDITORS, reads_only=True),
        "duty-off": Verb(duty_changes.take_turn_away, EDITORS),
        "duty-oic": Verb(officers.open_officer, EDITORS),
        "oic-off": Verb(officers.take_officer_away, EDITORS),
        "duty-posts": Verb(officers.open_posts, EDITORS),
        "duty-hours": Verb(officers.open_hours, EDITORS, reads_only=True),
        "email": Verb(addresses.open_email, reads_only=True),
    },
    forms={
        "duty-add": Verb(duty_changes.save_rotation, EDITORS),
        "duty-hand": Verb(duty_changes.save_hand_over),
        "duty-stand-in": Verb(duty_changes.save_stand_in, EDITORS),
        "duty-oic": Verb(officers.save_officer, EDITORS),
        "duty-posts": Verb(officers.save_posts, EDITORS),
        "duty-hours": Verb(officers.save_hours, EDITORS),
        "email": Verb(addresses.save_email),
    },
    options={"duty-zone": Verb(officers.offer_zones, EDITORS, reads_only=True)},
    schedules={"duty-gaps": Schedule(timedelta(hours=1), duty.look_for_gaps)},
)
