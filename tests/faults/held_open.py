"""Not a test of its own: what a test run that is killed has started. Run by name in `test_parents.py`."""

from __future__ import annotations

import time
from pathlib import Path

from tests.databases import Postgres
from tests.faults.processes import a_mission_of_today, a_process


def test_that_never_ends(postgres: Postgres, tmp_path: Path) -> None:
    with (
        postgres.fresh() as url,
        a_mission_of_today(url) as (_world, environment),
        a_process("run", environment),
        a_process("sandbox", environment),
    ):
        time.sleep(600)
