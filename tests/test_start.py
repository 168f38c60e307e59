"""What a process loads before it begins: starting fast and staying small is a matter of what is left for later."""

from __future__ import annotations

import subprocess
import sys

# Loaded where a handler, a view or a tool needs them; each costs a process that never does tens of MiB or of ms.
FOR_LATER = {
    "openpyxl",
    "xlsxwriter",
    "numpy",
    "matplotlib",
    "typst",
    "docx",
    "docxtpl",
    "lxml",
    "alembic",
    "starlette",
}
PROBE = "{}; import sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


def loaded_by(code: str) -> set[str]:
    """The packages that are loaded after this code ran in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", PROBE.format(code)], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_process_that_answers_leaves_what_is_seldom_needed_for_later() -> None:
    loaded = loaded_by("import bot.processes.run; from bot.rooms import find_rooms; find_rooms()")
    assert "slack_bolt" in loaded, "the probe sees what is loaded"
    assert loaded & FOR_LATER == set()


def test_the_server_loads_nothing_of_the_product_it_starts() -> None:
    loaded = loaded_by("import bot.requests.server")
    assert "granian" in loaded
    assert loaded & {"slack_bolt", "commands"} == set()
