"""Agencies made for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from commands.agencies.rules.editing import Draft, put_into
from commands.agencies.rules.entries import Reading
from commands.agencies.rules.planning import Plan, compare
from storage.agencies import Agency, AgencyPerson, AgencyState, code_key
from storage.people import Role

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
MISSION = "TDEMO0001"


def agency(code: str, name: str, *people: tuple[str, Role], number: int = 1, **fields: object) -> Agency:
    """An agency that no database knows; `fields` are those of a draft."""
    made = Agency(
        id=number,
        mission_id=MISSION,
        code_key=code_key(code),
        state=AgencyState.ACTIVE.value,
        state_reason="",
        version=1,
        created_at=NOW,
        updated_at=NOW,
        people=[
            AgencyPerson(mission_id=MISSION, user_id=user, role=role, rank=rank)
            for rank, (user, role) in enumerate(people)
        ],
    )
    put_into(made, Draft(code=code, name=name, **fields))  # type: ignore[arg-type]
    return made


def make_plan(reading: Reading, existing: Sequence[Agency], decisions: Mapping[str, str]) -> Plan:
    """What importing a list would do, after these decisions."""
    return compare(reading, existing).decided(decisions)
