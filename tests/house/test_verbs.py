"""Every name that leads to a room (`room:verb`) leads somewhere, and everything a room declares is led to.

Names stand in the code as literals. What a view composes out of a value (`escalations:{act}`) is seen in its golden
files instead; elsewhere nothing is composed.
"""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.rooms import House, find_rooms

ROOT = Path(__file__).parents[2]
CODE = [path for top in ("bot", "commands") for path in (ROOT / top).rglob("*.py") if "sandbox" not in path.parts]
GOLDEN = list((ROOT / "tests").glob("*/golden*/*.en.json"))
PRESSED = ("actions", "options")
# Where a name stands says which table of a room knows it: the function, the place or the name of its argument.
PLACES: dict[tuple[str, int | str], tuple[str, ...]] = {
    ("button", 1): ("actions",),
    ("overflow", 0): ("actions",),
    ("turning", 1): ("actions",),
    ("external_select", 0): PRESSED,
    ("multi_external_select", 0): PRESSED,
    ("Press", 1): ("actions",),
    ("Door", 2): ("actions",),
    ("set_timer", "verb"): ("timers",),
    ("hand_off", "verb"): ("timers",),
    ("cancel_timers", "verb"): ("timers",),
    ("show_drawn", 3): ("drawings",),
    ("tell", "on_done"): ("results", "failures"),
    ("post", "on_done"): ("results", "failures"),
    ("mail_person", "on_done"): ("results", "failures"),
    ("Call", "on_done"): ("results", "failures"),
    ("ChannelContents", "done"): ("results", "failures"),
}


@dataclass(frozen=True)
class Named:
    """A name of a room's verb in the code. `tables`: those that may know it, all where the place does not tell."""

    verb: str
    tables: tuple[str, ...]
    where: str


@cache
def house() -> House:
    return find_rooms()


@cache
def known() -> dict[str, set[str]]:
    """By table, every full id."""
    tables: dict[str, set[str]] = {kind: set() for kind in ("actions", "forms", "closings", "options")}
    for kind, identity in house().verbs:
        tables[kind].add(identity)
    for table in ("timers", "results", "failures", "drawings", "shortcuts", "schedules"):
        tables[table] = set(getattr(house(), table))
    return tables


@cache
def named_in_code() -> tuple[Named, ...]:
    return tuple(name for path in CODE for name in _named_in(path))


def _named_in(path: Path) -> Iterator[Named]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    places = dict(_places(tree))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in inner and not isinstance(node, ast.JoinedStr):
            continue
        value = _value(node, vars(module))
        if _is_verb(value):
            where = f"{path.relative_to(ROOT)}:{node.lineno}"  # type: ignore[attr-defined]
            yield Named(_without_more(value), places.get(id(node), ()), where)


def _places(tree: ast.Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = ast.unparse(node.func).rpartition(".")[2]
        arguments: list[tuple[int | str, ast.expr]] = [*enumerate(node.args)]
        arguments += [(one.arg or "", one.value) for one in node.keywords]
        for place, argument in arguments:
            if (function, place) in PLACES:
                yield id(argument), PLACES[function, place]
        if function == "modal" and node.args:
            # A form without a button to send it is only read: nobody receives it.
            told = {one.arg for one in node.keywords}
            tables = (*(["forms"] if "submit" in told else []), *(["closings"] if "tell_when_closed" in told else []))
            yield id(node.args[0]), tables or ("only read",)


def _value(node: ast.AST, names: dict[str, Any]) -> str:
    """What an expression says, as far as that stands in the code; `*` for what is known only when it runs."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.Name):
        found = names.get(node.id) if node.id.isupper() else None
        return found if type(found) is str else ""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
        return "".join(_value(part, names) or "*" for part in parts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "verb" and node.args:
        return f"{names['verb'].__globals__['ROOM']}:{_value(node.args[0], names)}"
    return ""


def _is_verb(value: str) -> bool:
    room, colon, rest = value.partition(":")
    return bool(colon and rest and " " not in value) and room in {one.name for one in house().rooms}


def _without_more(value: str) -> str:
    return ":".join(value.split(":")[:2])


def shown() -> dict[str, set[str]]:
    """Every id in golden files: of what can be pressed, and of forms that can be sent."""
    found: dict[str, set[str]] = {"actions": set(), "forms": set()}
    for path in GOLDEN:
        for node in _nodes(json.loads(path.read_text(encoding="utf-8"))):
            if _is_verb(str(node.get("action_id") or "")):
                found["actions"].add(_without_more(node["action_id"]))
            if node.get("type") == "modal" and ("submit" in node or node.get("notify_on_close")):
                found["forms"].add(node["callback_id"])
    return found


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(child)


def test_every_name_in_the_code_leads_to_a_room() -> None:
    only_read = {one.verb for one in named_in_code() if "only read" in one.tables}
    everywhere = only_read.union(*known().values())
    lost = []
    for one in named_in_code():
        leads_to = set().union(*(known().get(table, only_read) for table in one.tables)) if one.tables else everywhere
        if "*" not in one.verb and one.verb not in leads_to:
            lost.append(one)
    assert lost == []


def test_only_views_compose_names() -> None:
    composed = {one.where for one in named_in_code() if "*" in one.verb}
    assert {where for where in composed if "/views/" not in where} == set()


def test_every_name_in_golden_files_leads_to_a_room() -> None:
    assert GOLDEN
    assert shown()["actions"] - known()["actions"] - known()["options"] == set()
    assert shown()["forms"] - known()["forms"] == set()


def told() -> set[str]:
    """What rooms tell of acts of others, named by its short name where they follow them."""
    return {
        f"{room.name}:{name}"
        for room in house().rooms
        for followers in room.follows.values()
        for name in followers
        if isinstance(name, str)
    }


@pytest.mark.parametrize("table", ["actions", "forms", "closings", "options", "timers", "results", "drawings"])
def test_nothing_is_declared_that_nobody_names(table: str) -> None:
    """Shortcuts, schedules, commands and events are reached by their declaration; a failure goes with its result."""
    named = {one.verb for one in named_in_code() if not one.tables or table in one.tables} | told()
    of_rooms = {name for name in known()[table] if not name.startswith("machine:")}
    assert of_rooms - named - shown().get(table, set()) == set()


def test_a_failure_is_heard_of_what_has_a_result() -> None:
    assert known()["failures"] - known()["results"] == set()
