"""The shape of the code itself: how long files and functions may be, and that every room is built alike."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path
    for folder in ("bot", "commands", "storage")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MOST_MODULES = 25
ROOMS = sorted(path for path in (ROOT / "commands").iterdir() if (path / "__init__.py").exists() and path.name != "kit")


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length in lines of every function of a file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {f"{path.name}:{name}": size for path in CODE for name, size in functions(path) if size > LONGEST_FUNCTION}
    assert long == {}


def test_no_folder_holds_too_many_modules() -> None:
    modules = Counter(str(path.parent.relative_to(ROOT)) for path in [*CODE, *(ROOT / "tests").rglob("*.py")])
    assert {folder: many for folder, many in modules.items() if many > MOST_MODULES} == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.name)
def test_every_room_speaks_the_same_vocabulary(room: Path) -> None:
    parts = {path.stem for path in room.iterdir() if not path.name.startswith("__")}
    assert {"rules", "views", "handlers"} <= parts
    assert (ROOT / "tests" / room.name).is_dir()


def test_only_the_settings_read_the_environment() -> None:
    allowed = {"bot/settings.py", "bot/tools/demo/play.py"}
    readers = {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert readers <= allowed


def test_only_one_place_reads_a_clock_on_the_way_of_a_request() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in CODE
        if "sandbox" not in path.parts and re.search(r"datetime\.(now|utcnow)\(", path.read_text(encoding="utf-8"))
    }
    assert readers <= {"bot/app.py", "bot/tools/doctor.py"}
