"""`python -m tests.faults.storm`: see the package's description."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.faults.storm.plan import Rates
from tests.faults.storm.run import Wanted, storm


def main() -> int:
    """Run one storm; 1 when an invariant did not hold."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.storm", description=__doc__)
    words.add_argument("--minutes", type=float, default=1.0, help="how long the storm rages")
    words.add_argument("--seed", type=int, default=1, help="fixes what people do and what breaks when")
    words.add_argument("--database", default="sqlite", help="sqlite, postgresql (a server of its own), or an address")
    words.add_argument("--socket", action="store_true", help="Socket Mode instead of HTTP")
    words.add_argument("--kills", type=float, default=Rates.kill, help="kills a minute")
    words.add_argument("--rooms", default="", help="only these rooms, with commas")
    words.add_argument("--folder", type=Path, help="where everything is kept")
    given = words.parse_args()
    wanted = Wanted(
        seconds=given.minutes * 60,
        seed=given.seed,
        database=given.database,
        folder=given.folder or Path(tempfile.mkdtemp(prefix="storm-")),
        socket_mode=given.socket,
        rates=replace(Rates(), kill=given.kills),
        rooms=set(given.rooms.split(",")) if given.rooms else None,
    )
    return 0 if storm(wanted).held else 1


if __name__ == "__main__":
    sys.exit(main())
