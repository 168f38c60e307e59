"""The demo's agencies: five, with the people who answer for them."""

from __future__ import annotations

from datetime import datetime

from commands.kit.demo import DemoWorkspace
from commands.kit.names.sectors import sector_of
from commands.kit.work import Work
from storage.agencies import Agency, AgencyKind, AgencyPerson, Sphere, code_key
from storage.people import Role

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


def prepare(work: Work, place: DemoWorkspace) -> None:
    """Add the agencies, and remember their people."""
    mission = work.mission
    for name in sorted({name for holders in PEOPLE.values() for name in holders}):
        place.remember_person(work, place.people[name])
    agencies = {code: _agency(mission.id, mission.zone, code, *about, work.now) for code, about in AGENCIES.items()}
    for (code, role), names in PEOPLE.items():
        agencies[code].people += [
            AgencyPerson(mission_id=mission.id, user_id=place.people[name], role=role, rank=rank)
            for rank, name in enumerate(names)
        ]
    work.session.add_all(agencies.values())
    work.session.flush()


def _agency(
    mission_id: str, zone: str, code: str, name: str, name_fr: str, sectors: list[str], now: datetime
) -> Agency:
    return Agency(
        mission_id=mission_id,
        code=code,
        code_key=code_key(code),
        name=name,
        name_fr=name_fr,
        kind=AgencyKind.UN_AGENCY,
        sphere=Sphere.HUMANITARIAN,
        sectors=[sector_of(sector) for sector in sectors],
        duty_station="Juba",
        zone=zone,
        language="en",
        created_at=now,
        updated_at=now,
    )
