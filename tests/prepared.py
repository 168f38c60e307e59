"""Missions prepared without forms, for tests that begin where set-up ends."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot import directory
from storage.agencies import Agency, AgencyKind, AgencyPerson, code_key
from storage.missions import get_mission
from storage.people import Role, set_holders

if TYPE_CHECKING:
    from tests.world import World

AGENCIES = {
    "WFP": ("World Food Programme", ["Food Security", "Logistics"]),
    "UNICEF": ("United Nations Children's Fund", ["Education", "Nutrition"]),
    "UNHCR": ("United Nations High Commissioner for Refugees", ["Protection"]),
    "WHO": ("World Health Organization", ["Health"]),
    "IOM": ("International Organization for Migration", ["Camp Coordination and Camp Management"]),
}
PEOPLE = {
    ("WFP", Role.FOCAL_POINT): ["WFP focal point"],
    ("WFP", Role.ALTERNATE): ["WFP alternate"],
    ("WFP", Role.HEAD_OF_AGENCY): ["WFP head of agency"],
    ("UNICEF", Role.FOCAL_POINT): ["UNICEF focal point"],
    ("UNICEF", Role.HEAD_OF_AGENCY): ["UNICEF head of agency"],
    ("UNHCR", Role.FOCAL_POINT): ["UNHCR focal point"],
    ("WHO", Role.FOCAL_POINT): ["WHO focal point"],
    ("IOM", Role.FOCAL_POINT): ["IOM focal point"],
}
ROLES = {
    Role.ADMIN: ["Chief of staff"],
    Role.COORDINATOR: ["Chief of staff", "Cabinet secretary"],
    Role.SRSG_OFFICE: ["SRSG"],
    Role.HUMANITARIAN_COORDINATOR: ["Humanitarian coordinator"],
    Role.HUMAN_RIGHTS_ADVISER: ["Human-rights adviser"],
}


def prepare_mission(world: World, session: Session) -> None:
    """Set-up, roles and people of the demo's seed; no agency yet."""
    mission = get_mission(session, world.mission_id)
    mission.name = "Mission demo"
    mission.zone = "Africa/Juba"
    mission.work_start, mission.work_end = time(8), time(17)
    mission.languages = ["en", "fr"]
    mission.cabinet_channel = world.channel_id("cabinet")
    mission.coordinator_channel = world.channel_id("cabinet-office")
    mission.bot_user_id = world.product.identity.bot_user_id()
    mission.set_up_at = world.now
    names = {name for people in (*ROLES.values(), *PEOPLE.values()) for name in people}
    for name in sorted(names | {"Mission reader"}):
        user = directory.fetch_person(world.product.slack, world.user_id(name))
        directory.remember_person(session, mission.id, user, world.now)
    for role, holders in ROLES.items():
        ids = [world.user_id(name) for name in holders]
        set_holders(session, mission.id, role, ids, mission.bot_user_id, world.now)
    for channel_id in (mission.cabinet_channel, mission.coordinator_channel):
        channel, members = directory.fetch_channel(world.product.slack, channel_id)
        bot = mission.bot_user_id
        directory.remember_channel(session, mission.id, channel, members, bot_user_id=bot, now=world.now)


def prepare_agencies(world: World, session: Session) -> dict[str, Agency]:
    """The demo's five agencies with their people."""
    agencies = {}
    for code, (name, sectors) in AGENCIES.items():
        agency = new_agency(world, code, name, sectors)
        for (owner, role), holders in PEOPLE.items():
            if owner == code:
                agency.people += [
                    AgencyPerson(mission_id=world.mission_id, user_id=world.user_id(person), role=role, rank=rank)
                    for rank, person in enumerate(holders)
                ]
        session.add(agency)
        agencies[code] = agency
    session.flush()
    return agencies


def new_agency(world: World, code: str, name: str, sectors: list[str]) -> Agency:
    """An agency that is not stored yet."""
    return Agency(
        mission_id=world.mission_id,
        code=code,
        code_key=code_key(code),
        name=name,
        kind=AgencyKind.UN_AGENCY,
        sectors=sectors,
        duty_station="Juba",
        zone="Africa/Juba",
        language="en",
        created_at=world.now,
        updated_at=world.now,
    )
