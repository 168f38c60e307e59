"""The recipe of CONTRIBUTING.md, followed to the letter in a copy of this checkout: it makes a room that works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "CONTRIBUTING.md"
# A file is shown below its name; a command stands in a block of its own.
BLOCK = re.compile(r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def copy_of_the_checkout(to: Path) -> None:
    """Every file that is or may be committed, and the environment the tests run in, under its usual name."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    (to / ".venv").symlink_to(sys.prefix)


def surroundings(copy: Path) -> dict[str, str]:
    """The environment of a developer's shell in the copy: nothing of the run of tests that we are in."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "UPDATE_"))}
    # What is installed is the checkout beside the tests; the copy goes before it.
    return {**ours, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}


def type_check_from_what_is_known(copy: Path) -> None:
    """Types of libraries take a minute to read: begin with what an earlier `make check` left, where there is one."""
    known = ROOT / ".mypy_cache"
    if known.is_dir():
        shutil.copytree(known, copy / ".mypy_cache")


def run(line: str, copy: Path) -> None:
    """One command of the page, as typed."""
    done = subprocess.run(
        ["bash", "-c", line], cwd=copy, env=surroundings(copy), capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        pytest.fail(f"{line}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}", pytrace=False)


def test_a_room_made_by_the_recipe_works(tmp_path: Path) -> None:
    copy_of_the_checkout(tmp_path)
    type_check_from_what_is_known(tmp_path)
    steps = list(BLOCK.finditer(RECIPE.read_text(encoding="utf-8")))
    assert {step["kind"] for step in steps if step["file"] is None} == {"sh"}, "a file without its name above it"
    for step in steps:
        if step["file"] is None:
            for line in step["text"].splitlines():
                run(line, tmp_path)
            continue
        path = tmp_path / step["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step["text"], encoding="utf-8")
    (migration,) = (tmp_path / "storage/migrations/versions").glob("*_who_answered_a_radio_check.py")
    assert '"radio_checks"' in migration.read_text(encoding="utf-8")
    assert "/radio" in (tmp_path / "docs/commands.md").read_text(encoding="utf-8")
    assert list((tmp_path / "tests/radio/golden").glob("*.fr.json"))
