"""What a process of the product does not load as it starts: each of these weighs a MiB or more, and few need it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "alembic": "only a migration",
    "babel.messages": "until somebody reads another language",
    "icalendar": "calendar files",
    "matplotlib": "charts",
    "openpyxl": "workbooks that somebody sent",
    "pygments": "colours of rich",
    "rapidfuzz": "misspelt names",
    "rich": "structlog takes it for tracebacks where it finds it",
    "typst": "PDF files",
    "xlsxwriter": "workbooks that we write",
    "xml": "workbooks that somebody sent",
    "bot.sandbox": "the local Slack",
    "bot.tools": "what an administrator runs",
}
STARTS = {
    "web": "from bot.processes.run import application; application()",
    "worker": "from bot.processes.run import product_from_environment\n"
    "from bot.worker import Worker; Worker(product_from_environment())",
}
# What one of the two does without.
BESIDES = {"web": {"apscheduler", "bot.worker"}, "worker": set[str]()}
TELL = "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"


@pytest.mark.parametrize("process", STARTS)
def test_a_process_loads_nothing_heavy_as_it_starts(process: str, tmp_path: Path) -> None:
    mission = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}
    done = subprocess.run(
        [sys.executable, "-c", STARTS[process] + TELL],
        env={**os.environ, **mission, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    assert "commands.updates" in loaded
    assert loaded & (set(HEAVY) | BESIDES[process]) == set()
