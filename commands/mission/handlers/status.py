"""Reading where the mission stands, for several verbs."""

from __future__ import annotations

from commands.kit.work import Work
from commands.mission.handlers.channels import problem_of
from commands.mission.rules.status import Status
from storage.agencies import count_agencies
from storage.missions import holidays_of
from storage.people import Role, all_grants


def status_of(work: Work) -> Status:
    """What the mission has."""
    mission = work.mission
    channels = (mission.cabinet_channel, mission.coordinator_channel)
    return Status(
        is_set_up=mission.set_up_at is not None,
        channels_work=all(channel and problem_of(work, channel) is None for channel in channels),
        coordinators=len(all_grants(work.session, mission.id).get(Role.COORDINATOR, [])),
        agencies=count_agencies(work.session, mission.id),
        holidays=len(holidays_of(work.session, mission.id)),
    )
