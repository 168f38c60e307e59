"""Instructions of one request, which no other process can disturb: counted by valgrind's callgrind, on one thread.

The process that is counted (`python -m bot bench-counted`) asks the machine for its load at each mark: valgrind writes
down at each such question how many instructions there were since the one before.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.tools.bench.bench import Bench
from bot.tools.bench.gestures import nil_in_turns, status, submission
from bot.tools.bench.load import Make
from bot.tools.bench.mission import BenchMission, gather, read_mission, write_mission
from bot.tools.bench.requests import BOLT, FLOOR, READS, SUBMITS, WRITES
from bot.tools.bench.rows import Row, Section
from bot.tools.bench.signed import Application, ask
from bot.tools.demo.play import beside_ours
from storage.database import Database

WARM, COUNTED = 12, 10
# Under valgrind everything takes fifty times as long, and most of it is loading the product.
LONGEST_SECONDS = 900
WHAT = (BOLT, WRITES, FLOOR, SUBMITS, READS)
MARK = "getloadavg"
TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)


def counted(bench: Bench) -> Iterator[Row]:
    """Million instructions a request; `ratio` is to the empty Bolt app, that of writing rows to the floor in words."""
    if shutil.which("valgrind") is None:
        bench.leave_out("instructions: valgrind is not installed (Debian's package valgrind)")
        return
    for kind in bench.kinds:
        with bench.database(kind) as url:
            database = Database(url)
            mission = gather(database)
            database.dispose()
            found = _count(bench, url, mission)
        if not found:
            bench.leave_out(f"instructions on {kind}: valgrind did not come to its end")
            continue
        for what, amount in found.items():
            yield Row(f"{what}, {kind}", amount / 1e6, "million", ratio=amount / found[BOLT])


def _count(bench: Bench, url: str, mission: BenchMission) -> dict[str, float]:
    folder = bench.folder / f"counted-{os.urandom(4).hex()}"
    folder.mkdir()
    written = write_mission(mission, folder / "mission.json")
    command = ["valgrind", "--tool=callgrind", f"--dump-before={MARK}", f"--callgrind-out-file={folder}/out"]
    try:
        subprocess.run(  # noqa: S603 - valgrind and our own words
            [*command, sys.executable, "-m", "bot", "bench-counted", str(written)],
            env=beside_ours(bench.stage.environment(1, url)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return {}
    return read_marks(folder)


def read_marks(folder: Path) -> dict[str, float]:
    """Instructions of one request of each kind, from what valgrind wrote between its marks, warm-ups left out."""
    parts = {}
    for file in folder.glob("out.*"):
        total = TOTALS.search(file.read_text(encoding="utf-8", errors="replace"))
        if file.suffix[1:].isdigit() and total is not None:
            parts[int(file.suffix[1:])] = int(total[1])
    if any(2 * place + 2 not in parts for place in range(len(WHAT))):
        return {}
    return {what: parts[2 * place + 2] / COUNTED for place, what in enumerate(WHAT)}


def run(path: Path) -> None:
    """What is counted: a few requests of each kind before a mark, and those that count before the next."""
    from bot.app import bolt_app  # noqa: PLC0415 - in the counted process alone
    from bot.processes.run import product_from_environment  # noqa: PLC0415
    from bot.requests.web import Web  # noqa: PLC0415
    from bot.tools.bench import bare, floor  # noqa: PLC0415

    mission, product = read_mission(path), product_from_environment()
    web = Web(product, bolt_app(product))
    rows = floor.application(product.settings.database_url, floor.record(product, web, mission))
    asked: dict[str, tuple[Application, Make]] = {
        BOLT: (bare.bolt(), status(mission)),
        WRITES: (web, nil_in_turns(mission)),
        FLOOR: (rows, nil_in_turns(mission)),
        SUBMITS: (web, submission(mission)),
        READS: (web, status(mission)),
    }
    for lane, what in enumerate(WHAT):
        application, make = asked[what]
        for number in range(WARM + COUNTED):
            if number == WARM:
                os.getloadavg()
            ask(application, make(lane))
        os.getloadavg()


SECTIONS = (Section("8 counted", "Instructions of one request; ratio to the empty Bolt app", counted),)
