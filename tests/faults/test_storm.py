"""A short storm on each database, with every room; `python -m tests.faults.storm` lets longer ones rage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.storm.journal import Outcome
from tests.faults.storm.plan import Rates
from tests.faults.storm.rooms import all_gestures
from tests.faults.storm.run import Wanted, storm

ROOT = Path(__file__).parents[2]
# One minute of storm in the whole suite.
SECONDS = 30
RATES = Rates(kill=30, freeze=4, database=4, token=4)
LEAST_KILLS = 10
LEAST_ANSWERED = 10


@pytest.mark.parametrize(("database", "seed"), [("sqlite", 20350305), ("postgresql", 4711)])
def test_a_mission_survives_a_storm(tmp_path: Path, database: str, seed: int) -> None:
    said: list[str] = []
    wanted = Wanted(SECONDS, seed, database, tmp_path, rates=RATES, offers=0, say=said.append)
    result = storm(wanted)
    assert result.findings == {name: [] for name in result.findings}, "\n".join(said)
    assert result.kills >= LEAST_KILLS
    answered = sum(result.acts[one] for one in (Outcome.DONE, Outcome.ANSWERED, Outcome.REFUSED))
    assert answered >= LEAST_ANSWERED, f"the people were hardly ever answered: {result.acts}"


def test_every_room_has_its_gestures() -> None:
    rooms = {one.name for one in (ROOT / "commands").iterdir() if (one / "__init__.py").exists()} - {"kit"}
    assert {one.room for one in all_gestures()} >= rooms
