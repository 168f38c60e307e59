"""Objects that are for some and not for others are loaded for a person: no handler goes round the kinds of its room."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from commands.kit.access import Kind

ROOT = Path(__file__).parents[2]
DECLARED = sorted((ROOT / "commands").glob("*/handlers/access.py"))
HANDLERS = sorted(path for path in (ROOT / "commands").glob("*/handlers/**/*.py") if path.name != "__init__.py")
ASKS = re.compile(r"\bRequest\b")


def module_of(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def kinds_of(module: ModuleType) -> list[Kind[object]]:
    return [value for value in vars(module).values() if isinstance(value, Kind)]


def guarded() -> set[str]:
    """Module and name of every loader that a kind names: `storage.cabinet.meetings.get_meeting`."""
    kinds = [kind for path in DECLARED for kind in kinds_of(module_of(path))]
    loaders = [loader for kind in kinds for loader in (kind.load, kind.lock) if loader is not None]
    return {f"{loader.__module__}.{loader.__qualname__}" for loader in loaders}


def imported(tree: ast.Module) -> dict[str, str]:
    """What each name of a file stands for: `get_meeting` for `storage.cabinet.meetings.get_meeting`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {(name.asname or name.name): f"{node.module}.{name.name}" for name in node.names}
        if isinstance(node, ast.Import):
            found |= {(name.asname or name.name): name.name for name in node.names}
    return found


def functions_that_ask(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions with a parameter that is a request."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if any(one.annotation is not None and ASKS.search(ast.unparse(one.annotation)) for one in arguments):
                yield node


def ways_round(source: str, loaders: set[str]) -> list[str]:
    """Functions of a file that take a request and use a loader which a kind names, as `function: loader`."""
    tree = ast.parse(source)
    names = imported(tree)
    found = []
    for function in functions_that_ask(tree):
        for node in ast.walk(function):
            full = ""
            if isinstance(node, ast.Name):
                full = names.get(node.id, "")
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                full = f"{names.get(node.value.id, '')}.{node.attr}"
            if full in loaders:
                found.append(f"{function.name}: {full}")
    return found


def test_no_handler_loads_a_guarded_object_but_for_a_person() -> None:
    loaders = guarded()
    found = {str(path.relative_to(ROOT)): ways_round(path.read_text(encoding="utf-8"), loaders) for path in HANDLERS}
    assert {path: ways for path, ways in found.items() if ways} == {}


@pytest.mark.parametrize("room", DECLARED, ids=[path.parts[-3] for path in DECLARED])
def test_every_room_with_kinds_has_a_pure_policy(room: Path) -> None:
    assert kinds_of(module_of(room))
    assert (room.parents[1] / "rules" / "access.py").is_file()


def named(node: ast.expr, names: dict[str, str]) -> str:
    """What a name stands for; for a partial call, what is called in part."""
    if isinstance(node, ast.Call) and named(node.func, names) == "functools.partial":
        return named(node.args[0], names)
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def takes_a_filter(full: str) -> bool:
    """Whether this is a query of storage, or what describes one, that can be kept within what somebody may read."""
    module, _dot, name = full.rpartition(".")
    found = getattr(importlib.import_module(module), name, None) if full.startswith("storage.") else None
    return callable(found) and "within" in inspect.signature(found).parameters


def unfiltered(source: str) -> list[str]:
    """Functions of a file that take a request and list what is not for everybody without the filter of the policy."""
    tree = ast.parse(source)
    names = imported(tree)
    found = []
    for function in functions_that_ask(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                parts = named(node.func, names) == "functools.partial"
                full = named(node, names) if parts else named(node.func, names)
                if takes_a_filter(full) and "within" not in {one.arg for one in node.keywords}:
                    found.append(f"{function.name}: {full}")
    return found


def test_no_handler_lists_guarded_objects_without_the_filter_of_the_policy() -> None:
    found = {str(path.relative_to(ROOT)): unfiltered(path.read_text(encoding="utf-8")) for path in HANDLERS}
    assert {path: ways for path, ways in found.items() if ways} == {}


LISTS = """
from functools import partial
from storage.cabinet.actions import actions_in
from storage.cabinet.decisions import Search

def lists(request: Request): return actions_in(request.session, 1, ())
def later(request: Request): return partial(actions_in, request.session)
def seeks(request: Request): return Search(words="")
def rightly(request: Request): return partial(actions_in, within=1), Search(within=2), actions_in(1, 2, 3, within=4)
def chases(work: Work): return actions_in(work.session, 1, ())
"""


def test_a_list_without_the_filter_is_found_also_when_it_is_called_in_part() -> None:
    assert unfiltered(LISTS) == [
        "lists: storage.cabinet.actions.actions_in",
        "later: storage.cabinet.actions.actions_in",
        "seeks: storage.cabinet.decisions.Search",
    ]


SAMPLE = """
from storage.cabinet import meetings
from storage.cabinet.meetings import get_meeting as load

def shows(request: Request): return load(request.session, 1, 2)
def holds(request: "Request", *, n: int): return meetings.lock_meeting(request.session, 1, n)
def follows(work: Work): return load(work.session, 1, 2)
"""


def test_a_loader_is_found_under_another_name_and_behind_its_module() -> None:
    assert ways_round(SAMPLE, guarded()) == [
        "shows: storage.cabinet.meetings.get_meeting",
        "holds: storage.cabinet.meetings.lock_meeting",
    ]
