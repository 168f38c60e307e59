"""How much of the product the quick tests run, room by room: `python -m tests.coverage FILE`.

FILE is what Slipcover wrote while they ran. A room counts with its rules and its views, which quick tests are there
for. What its handlers do is tested by stories through the local Slack; these are not measured, because measuring takes
half as long again. The floors stand in tests/floors.toml, and no part may fall below its own.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.toml"
OF_A_ROOM = ("rules", "views")


@dataclass(frozen=True, slots=True)
class Floors:
    """The least of each part, in whole numbers of a hundred; `anywhere` is for rooms that have no line of their own."""

    parts: dict[str, int]
    anywhere: dict[str, int]

    def of(self, part: str) -> int | None:
        """The floor of a part; None for one that is neither of a room nor has a line."""
        return self.parts.get(part, self.anywhere.get(part.rpartition("/")[2]))


@dataclass(slots=True)
class Part:
    """One part of the product: lines that ran, and all lines."""

    name: str
    ran: int = 0
    lines: int = 0

    @property
    def percent(self) -> float:
        """How much of it ran, of a hundred."""
        return 100 * self.ran / self.lines


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors that stand in a file."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return Floors(read["parts"], read["anywhere"])


def part_of(file: str) -> str | None:
    """The part a file belongs to; None for what quick tests are not there for: handlers, demos and migrations."""
    top, *inside = Path(file).parts
    if top == "commands":
        if inside[0] == "kit":
            return "commands/kit"
        return "/".join([top, *inside[:2]]) if len(inside) > 2 and inside[1] in OF_A_ROOM else None
    if top == "storage" and inside[0] == "migrations":
        return None
    return "bot/sandbox" if (top, inside[0]) == ("bot", "sandbox") else top


def parts_in(measured: dict[str, dict[str, list[int]]]) -> dict[str, Part]:
    """The parts of the product, by name, from what was measured of each file."""
    parts: dict[str, Part] = {}
    for file, lines in sorted(measured.items()):
        name = part_of(file)
        if name is not None:
            part = parts.setdefault(name, Part(name))
            part.ran += len(lines["executed_lines"])
            part.lines += len(lines["executed_lines"]) + len(lines["missing_lines"])
    return {name: part for name, part in parts.items() if part.lines}


def complaints(parts: dict[str, Part], floors: Floors) -> list[str]:
    """What is below its floor, and what has a floor and is no longer there."""
    below = [
        f"{one.name} fell to {one.percent:.2f} %, below its floor of {floor} %: test what is new"
        for one in parts.values()
        if (floor := floors.of(one.name)) is not None and one.percent < floor
    ]
    gone = [f"{name} is no longer there: take its floor out" for name in floors.parts if name not in parts]
    return [*below, *gone]


def table(parts: dict[str, Part], floors: Floors) -> str:
    """A line for each part."""
    lines = [f"{'run by the quick tests':<30}{'lines':>7}{'ran':>9}{'floor':>8}"]
    for one in parts.values():
        floor = floors.of(one.name)
        shown = "none" if floor is None else f"{floor} %"
        lines.append(f"{one.name:<30}{one.lines:>7}{one.percent:>7.1f} %{shown:>8}")
    return "\n".join(lines)


def main(path: str) -> int:
    """Show the table, then what is wrong with it."""
    parts = parts_in(json.loads(Path(path).read_text(encoding="utf-8"))["files"])
    floors = read_floors()
    wrong = complaints(parts, floors)
    print("\n".join([table(parts, floors), *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
