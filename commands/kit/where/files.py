"""Files of p-codes, as public lists have them: read, checked, and saved over what is there.

Gesture: import.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from commands.kit.tables import Column, data_rows, find_header, read_grid
from commands.kit.where.names import name_key
from commands.kit.work import Work
from storage.localities import save_localities

COLUMNS = (
    Column(
        "country", ("location", "country", "country code", "iso3", "iso 3", "pays"), ("#country+code",), required=True
    ),
    Column("level", ("admin level", "level", "adm level", "niveau"), ("#geo+admin_level",), required=True),
    Column("code", ("p code", "pcode", "code", "adm code"), ("#adm+code",), required=True),
    Column("name", ("name", "nom", "adm name"), ("#adm+name",), required=True),
    Column("parent", ("parent p code", "parent pcode", "parent code", "parent"), ("#adm+code+parent",)),
)
MOST_ROWS = 50_000
DEEPEST = 3

__all__ = ["PlacesRead", "read_places", "save_places"]


@dataclass(slots=True)
class PlacesRead:
    """What a file says: places, and rows (by number) that are no place of a level we keep. `others` lie elsewhere."""

    places: list[dict[str, Any]] = field(default_factory=list)
    faulty: list[int] = field(default_factory=list)
    others: int = 0


def read_places(name: str, content: bytes, countries: Collection[str], *, field: str) -> PlacesRead:
    """The places of these countries (ISO codes of three letters) in a file of p-codes. Raises Refused next to `field`.

    A code that comes twice with another name is faulty: which of them is meant cannot be told. Reading takes long: a
    verb does it in its `prepares`.
    """
    grid = read_grid(name, content, field=field)
    header = find_header(grid, COLUMNS, field=field)
    read, seen = PlacesRead(), dict[str, dict[str, Any]]()
    for row in data_rows(grid, header, most=MOST_ROWS, field=field):
        country, level, code = row.get("country").strip().upper(), row.get("level").strip(), row.get("code").strip()
        place: dict[str, Any] = {"country": country, "code": code, "name": " ".join(row.get("name").split())}
        if country not in countries:
            read.others += 1
            continue
        if level not in {str(one) for one in range(DEEPEST + 1)} or not code or not place["name"] or len(code) > 24:
            read.faulty.append(row.number)
            continue
        place |= {"level": int(level), "parent": row.get("parent").strip(), "name_key": name_key(place["name"])}
        if seen.setdefault(code, place) != place:
            read.faulty.append(row.number)
    read.places = list(seen.values())
    return read


def save_places(work: Work, read: PlacesRead) -> tuple[int, int]:
    """Save what was read, over places of the same code. Returns how many are new and how many have changed."""
    return save_localities(work.session, work.mission.id, read.places)
