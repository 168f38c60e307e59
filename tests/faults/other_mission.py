"""A second mission in the same database, with a row in every table, found by themselves.

Every row that has a number of its own has the same one: whoever names it in any verb, names something of that mission.
"""

from __future__ import annotations

import importlib
import inspect as python
import json
import re
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Numeric, String, Table, Text, Time, insert
from sqlalchemy.orm import Session

import commands
from storage.base import Base, Cents, ExactDecimal, UTCDateTime
from storage.migrate import all_tables
from tests.world import World

OTHER = "TOTHER001"
NUMBER = 990_001
SECRET = "only the other mission may read this"
STRANGER = "UOTHER001"
# What a short text holds, such as the code of an organisation.
CODE = "OTHERS"
# What a verb would act upon, where an enumeration has it: nothing may be refused only because of its state.
LIVELY = ("open", "active", "owed", "waiting", "planned", "pending", "draft")


def add_another_mission(world: World) -> set[str]:
    """Insert it. Returns the names of the tables that hold a row of it."""
    filled = set()
    with world.database() as session:
        for table in all_tables().sorted_tables:
            if table.name == "missions" or "mission_id" in table.columns:
                session.execute(insert(table).values(row_of(table, world, session)))
                filled.add(table.name)
    return filled


def row_of(table: Table, world: World, session: Session) -> dict[str, Any]:
    enumerations = enumerations_of(table)
    return {
        column.name: value_of(column, enumerations, world)
        for column in table.columns
        if column.primary_key or column.name == "mission_id" or needs_value(column)
    }


def needs_value(column: Column[Any]) -> bool:
    """Texts are always filled, to see whether they get out; references too, to see whether they are followed."""
    return (not column.nullable and column.default is None) or is_text(column) or bool(column.foreign_keys)


def is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String | Text) and column.default is None


def value_of(column: Column[Any], enumerations: dict[str, list[str]], world: World) -> Any:
    if column.name == "mission_id" or (column.table.name == "missions" and column.name == "id"):
        return OTHER
    for key in column.foreign_keys:
        referred = key.column
        if referred.table.name == "missions":
            return OTHER
        # A place is referred to by its code, everything else by its number.
        return value_of(referred, enumerations_of(referred.table), world) if is_text(referred) else NUMBER
    if isinstance(column.type, String):
        return text_of(column, enumerations)
    return plain_value(column, world)


def text_of(column: Column[Any], enumerations: dict[str, list[str]]) -> str:
    known = next((values for name, values in enumerations.items() if name.endswith(column.name.replace("_", ""))), None)
    if known:
        return next((one for one in LIVELY if one in known), known[0])
    if column.name.endswith(("user_id", "_by")) or column.name in {"actor", "user"}:
        return STRANGER
    if column.name in {"paused_reason", "zone"}:
        return "UTC"
    length = getattr(column.type, "length", None)
    return SECRET if length is None or length > len(SECRET) else CODE.lower() if column.name.endswith("_key") else CODE


def plain_value(column: Column[Any], world: World) -> Any:
    kinds: tuple[tuple[type, Any], ...] = (
        (Boolean, False),
        (Cents, Decimal(1)),
        (ExactDecimal, Decimal(1)),
        (Integer, NUMBER if column.primary_key else 1),
        (Numeric, 1),
        (UTCDateTime, world.now),
        (Date, world.now.date()),
        (Time, world.now.time().replace(tzinfo=None)),
        (LargeBinary, SECRET.encode()),
        (JSON, {"text": SECRET}),
    )
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def enumerations_of(table: Table) -> dict[str, list[str]]:
    """The enumerations of the file a table is declared in, by their name in small letters."""
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    module = importlib.import_module(model.__module__)
    found = [one for one in vars(module).values() if python.isclass(one) and issubclass(one, StrEnum)]
    return {one.__name__.lower(): [str(value) for value in one] for one in found if one is not StrEnum}


def names_in_use() -> tuple[dict[str, Any], set[str]]:
    """What forms carry along, each name with a value of its kind, and what rooms call the fields of their forms.

    Notes are taken from golden files, with every number of a row replaced by that of the other mission.
    """
    notes: dict[str, Any] = {}
    fields: set[str] = set()
    for path in Path(__file__).parent.parent.glob("*/golden*/*.en.json"):
        drawn = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(drawn, dict) and drawn.get("type") == "modal":
            notes |= {name: _foreign(value) for name, value in json.loads(drawn["private_metadata"]).items()}
    for path in Path(commands.__path__[0]).rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        fields |= set(re.findall(r"(?:fields|form)\.(?:text|choices?|person|people|channel|has)\(\s*\"(\w+)\"", source))
        # Fields that have a constant for a name.
        fields |= set(re.findall(r"^[A-Z_]{3,} = \"([a-z_]{2,24})\"$", source, re.MULTILINE))
    return notes, fields


def _foreign(value: Any) -> Any:
    if isinstance(value, list):
        return [_foreign(one) for one in value]
    return NUMBER if type(value) is int else value
