"""The demo's mission: set up, with its channels and the holders of its roles."""

from __future__ import annotations

from datetime import time

from commands.kit.demo import DemoWorkspace
from commands.kit.work import Work
from storage.people import Role, set_holders

NAME = "Mission demo"
ZONE = "Africa/Juba"
ROLES = {
    Role.ADMIN: ["Chief of staff"],
    Role.COORDINATOR: ["Chief of staff", "Cabinet secretary"],
    Role.SRSG_OFFICE: ["SRSG"],
    Role.HUMANITARIAN_COORDINATOR: ["Humanitarian coordinator"],
    Role.HUMAN_RIGHTS_ADVISER: ["Human-rights adviser"],
}


def prepare(work: Work, place: DemoWorkspace) -> None:
    """Set-up, roles and people; no agency yet."""
    mission = work.mission
    mission.name, mission.zone, mission.languages = NAME, ZONE, ["en", "fr"]
    mission.work_start, mission.work_end = time(8), time(17)
    mission.cabinet_channel = place.channels["cabinet"]
    mission.coordinator_channel = place.channels["cabinet-office"]
    mission.bot_user_id, mission.set_up_at = place.bot_user_id, work.now
    for name in sorted({name for holders in ROLES.values() for name in holders}):
        place.remember_person(work, place.people[name])
    for role, holders in ROLES.items():
        users = [place.people[name] for name in holders]
        set_holders(work.session, mission.id, role, users, place.bot_user_id, work.now)
    for channel_id in (mission.cabinet_channel, mission.coordinator_channel):
        place.remember_channel(work, channel_id)
