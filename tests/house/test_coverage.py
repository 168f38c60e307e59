"""The floors of coverage: what belongs to which part, and what is said when one falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coverage import Floors, Part, complaints, part_of, parts_in, read_floors, table

COMMANDS = Path(__file__).parents[2] / "commands"
FLOORS = Floors(parts={"commands/a/rules": 90, "storage": 80}, anywhere={"rules": 70})


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("commands/cabinet/rules/days.py", "commands/cabinet/rules"),
        ("commands/cabinet/views/minutes/document.py", "commands/cabinet/views"),
        ("commands/cabinet/handlers/log.py", None),
        ("commands/cabinet/__init__.py", None),
        ("commands/__init__.py", None),
        ("commands/kit/forms.py", "commands/kit"),
        ("commands/kit/times/rhythm.py", "commands/kit"),
        ("storage/funding/model.py", "storage"),
        ("storage/migrations/versions/20261124_0100_machine.py", None),
        ("bot/clock/clock.py", "bot"),
        ("bot/sandbox/api/chat.py", "bot/sandbox"),
        ("bot/__main__.py", "bot"),
    ],
)
def test_each_file_belongs_to_one_part_or_is_not_counted(file: str, part: str | None) -> None:
    assert part_of(file) == part


def lines(ran: int, missing: int) -> dict[str, list[int]]:
    """A file of which so many lines ran."""
    return {"executed_lines": list(range(ran)), "missing_lines": list(range(ran, ran + missing))}


def part(name: str, ran: int) -> dict[str, Part]:
    """A part of a thousand lines of which so many ran."""
    return {name: Part(name, ran=ran, lines=1000)}


def test_files_of_a_part_are_added_up() -> None:
    measured = {
        "commands/a/rules/x.py": lines(8, 2),
        "commands/a/rules/more/y.py": lines(10, 0),
        "commands/a/views/__init__.py": lines(0, 0),
        "commands/a/handlers/z.py": lines(0, 9),
        "storage/base.py": lines(1, 3),
    }
    parts = parts_in(measured)
    assert {name: one.percent for name, one in parts.items()} == {"commands/a/rules": 90.0, "storage": 25.0}


def test_a_fall_is_told_and_standing_on_the_floor_is_none() -> None:
    parts = {**part("commands/a/rules", 899), **part("storage", 800)}
    (told,) = complaints(parts, FLOORS)
    assert told.startswith("commands/a/rules fell to 89.90 %, below its floor of 90 %")


def test_a_room_without_a_line_of_its_own_has_a_floor_all_the_same() -> None:
    there = {**part("commands/a/rules", 1000), **part("storage", 1000)}
    (told,) = complaints({**there, **part("commands/new/rules", 699)}, FLOORS)
    assert told.startswith("commands/new/rules fell to 69.90 %, below its floor of 70 %")
    assert complaints({**there, **part("commands/new/rules", 700)}, FLOORS) == []


def test_a_floor_of_what_is_gone_is_told() -> None:
    assert complaints(part("storage", 1000), FLOORS) == ["commands/a/rules is no longer there: take its floor out"]


def test_the_table_shows_each_part_with_its_floor() -> None:
    shown = table({**part("commands/a/rules", 333), **part("lobby", 1000)}, FLOORS)
    assert [line.split() for line in shown.splitlines()[1:]] == [
        ["commands/a/rules", "1000", "33.3", "%", "90", "%"],
        ["lobby", "1000", "100.0", "%", "none"],
    ]


@pytest.mark.parametrize("room", sorted(path.parent.name for path in COMMANDS.glob("*/rules")))
def test_every_room_and_every_other_part_has_a_floor(room: str) -> None:
    floors = read_floors()
    parts = ["commands/kit", "storage", "bot", "bot/sandbox", f"commands/{room}/rules", f"commands/{room}/views"]
    assert [name for name in parts if not floors.of(name)] == []
