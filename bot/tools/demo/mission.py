"""The demo's mission: set-up, roles and agencies of its seed, written into an empty database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.delivery import directory
from bot.delivery.slack import SlackCalls
from commands.kit.sectors import sector_of
from storage.agencies import Agency, AgencyKind, AgencyPerson, code_key
from storage.missions import get_mission
from storage.people import Role, set_holders

NAME = "Mission demo"
ZONE = "Africa/Juba"
AGENCIES: dict[str, tuple[str, str, list[str]]] = {
    "WFP": ("World Food Programme", "Programme alimentaire mondial", ["Food Security", "Logistics"]),
    "UNICEF": ("United Nations Children's Fund", "Fonds des Nations Unies pour l'enfance", ["Education", "Nutrition"]),
    "UNHCR": (
        "United Nations High Commissioner for Refugees",
        "Haut-Commissariat des Nations Unies pour les réfugiés",
        ["Protection"],
    ),
    "WHO": ("World Health Organization", "Organisation mondiale de la Santé", ["Health"]),
    "IOM": (
        "International Organization for Migration",
        "Organisation internationale pour les migrations",
        ["Camp Coordination and Camp Management"],
    ),
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


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the demo must know of its Slack: ids of people by name and of channels by name, and our own."""

    team_id: str
    bot_user_id: str
    people: dict[str, str]
    channels: dict[str, str]


def look_around(slack: SlackCalls) -> Workspace:
    """Read the workspace. Raises as `SlackCalls.call` does."""
    us = slack.call("auth.test")
    users = slack.call("users.list", limit=200)["members"]
    channels = slack.call("conversations.list", types="public_channel,private_channel", limit=200)["channels"]
    return Workspace(
        team_id=str(us["team_id"]),
        bot_user_id=str(us["user_id"]),
        people={str(user["profile"].get("display_name") or user["real_name"]): str(user["id"]) for user in users},
        channels={str(channel["name"]): str(channel["id"]) for channel in channels},
    )


def prepare_mission(session: Session, slack: SlackCalls, place: Workspace, now: datetime) -> None:
    """Set-up, roles and people; no agency yet."""
    mission = get_mission(session, place.team_id)
    mission.name, mission.zone, mission.languages = NAME, ZONE, ["en", "fr"]
    mission.work_start, mission.work_end = time(8), time(17)
    mission.cabinet_channel = place.channels["cabinet"]
    mission.coordinator_channel = place.channels["cabinet-office"]
    mission.bot_user_id, mission.set_up_at = place.bot_user_id, now
    named = {name for people in (*ROLES.values(), *PEOPLE.values()) for name in people}
    for name in sorted(named):
        directory.remember_person(session, mission.id, directory.fetch_person(slack, place.people[name]), now)
    for role, holders in ROLES.items():
        set_holders(session, mission.id, role, [place.people[name] for name in holders], place.bot_user_id, now)
    for channel_id in (mission.cabinet_channel, mission.coordinator_channel):
        channel, members = directory.fetch_channel(slack, channel_id)
        directory.remember_channel(session, mission.id, channel, members, bot_user_id=place.bot_user_id, now=now)


def prepare_agencies(session: Session, place: Workspace, now: datetime) -> dict[str, Agency]:
    """The demo's five agencies with their people, by code."""
    agencies = {code: new_agency(place.team_id, code, *about, now) for code, about in AGENCIES.items()}
    for (code, role), names in PEOPLE.items():
        agencies[code].people += [
            AgencyPerson(mission_id=place.team_id, user_id=place.people[name], role=role, rank=rank)
            for rank, name in enumerate(names)
        ]
    session.add_all(agencies.values())
    session.flush()
    return agencies


def new_agency(mission_id: str, code: str, name: str, name_fr: str, sectors: list[str], now: datetime) -> Agency:
    """A UN agency in Juba, not stored yet."""
    return Agency(
        mission_id=mission_id,
        code=code,
        code_key=code_key(code),
        name=name,
        name_fr=name_fr,
        kind=AgencyKind.UN_AGENCY,
        sectors=[sector_of(sector) for sector in sectors],
        duty_station="Juba",
        zone=ZONE,
        language="en",
        created_at=now,
        updated_at=now,
    )
