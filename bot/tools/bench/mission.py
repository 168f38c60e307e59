"""A mission large enough to measure: agencies with a focal point each, and one open round that asks them all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.app import wall_clock
from commands.kit.work import Work
from commands.updates.handlers.life import begin
from commands.updates.rules.marks import read_lines
from storage.agencies import Agency, AgencyKind, AgencyPerson
from storage.database import Database
from storage.missions import all_missions
from storage.people import Person, Role
from storage.updates.returns import Return
from storage.updates.rounds import Round, RoundState

AGENCIES = 64
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwingAgency:
    """One agency of the round: its code, its focal point, and its return."""

    code: str
    user_id: str
    return_id: int


@dataclass(frozen=True, slots=True)
class BenchMission:
    """The mission, its coordinator, the open round, and whoever owes something in it."""

    mission_id: str
    coordinator: str
    round_id: int
    owing: tuple[OwingAgency, ...]


def gather(database: Database, agencies: int = AGENCIES) -> BenchMission:
    """Fill a database that holds the demo's mission; its own round is dropped."""
    now = wall_clock()
    with database.transaction() as session:
        work = Work(session, all_missions(session)[0], now)
        session.execute(update(Round).values(state=RoundState.DROPPED))
        made = [_agency(session, work.mission.id, number, now) for number in range(agencies)]
        session.flush()
        this = _round(work, made)
        begin(work, this)
        return _mission(session, work.mission.id, this, made)


def _agency(session: Session, mission_id: str, number: int, now: datetime) -> Agency:
    code, user_id = f"B{number:03}", f"UBENCH{number:03}"
    session.add(Person(mission_id=mission_id, user_id=user_id, name=f"{code} focal point", seen_at=now))
    agency = Agency(
        mission_id=mission_id,
        code=code,
        code_key=code.casefold(),
        name=f"Organisation number {number} for relief and recovery",
        kind=AgencyKind.NGO,
        sectors=["HEA"],
        created_at=now,
        updated_at=now,
    )
    agency.people.append(AgencyPerson(mission_id=mission_id, user_id=user_id, role=str(Role.FOCAL_POINT), rank=0))
    session.add(agency)
    return agency


def _round(work: Work, agencies: list[Agency]) -> Round:
    return Round(
        mission_id=work.mission.id,
        title="Weekly cabinet update",
        questions=[question.as_json() for question in read_lines("What has changed since last week? *")],
        audience=[f"agency:{agency.id}" for agency in agencies],
        at_any_hour=True,
        opens_at=work.now,
        due_at=work.now + DAY,
        closes_at=work.now + 2 * DAY,
        digest_at=work.now + DAY,
        digest_channel=work.mission.cabinet_channel or "",
        created_by="rapporteur",
        created_at=work.now,
    )


def _mission(session: Session, mission_id: str, this: Round, agencies: list[Agency]) -> BenchMission:
    found = session.execute(select(Return.agency_id, Return.id).where(Return.round_id == this.id))
    returns = {agency: given for agency, given in found}  # noqa: C416 - rows are no pairs for `dict`
    owing = tuple(OwingAgency(one.code, one.people[0].user_id, returns[one.id]) for one in agencies)
    chief = select(Person.user_id).where(Person.mission_id == mission_id, Person.name == "Chief of staff")
    return BenchMission(mission_id, session.scalars(chief).one(), this.id, owing)


def write_mission(mission: BenchMission, path: Path) -> Path:
    """Write down who is who, for another process of the run. Returns the file."""
    path.write_text(json.dumps(asdict(mission)), encoding="utf-8")
    return path


def read_mission(path: Path) -> BenchMission:
    """What `write_mission` wrote."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return BenchMission(**{**read, "owing": tuple(OwingAgency(**one) for one in read["owing"])})
