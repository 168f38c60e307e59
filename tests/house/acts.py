"""Every code under which something goes on the audit record, read from the code that writes it.

A code is written out where it is recorded; or it is a constant of the module, a variable that the function sets, or an
argument that callers in the same module write out; or the members of an enumeration stand in it, which the annotation
of the argument or variable names. Anything else cannot be told, and is refused here.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import commands
from bot.requests.on_record import READ, REFUSED
from commands.kit.access import Kind
from commands.kit.entry.records import RecordKind

ROOT = Path(__file__).parents[2]
# What writes any code for others: `find` and `refuse_unless` by the kind, `changing` by the kind of record.
GENERIC = {"commands.kit.access", "commands.kit.entry.records", "commands.kit.work", "commands.kit.refused"}
Function = ast.FunctionDef


class CannotBeToldError(Exception):
    """What is recorded is composed in a way that cannot be read from the code; says where."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: its module, the module's tree, and the function around it."""

    module: ModuleType
    tree: ast.Module
    function: Function | None


@cache
def modules() -> list[tuple[ModuleType, ast.Module]]:
    """Every module of every room and of the kit."""
    names = [one.name for one in pkgutil.walk_packages(commands.__path__, "commands.")]
    found = [importlib.import_module(name) for name in names if name not in GENERIC]
    return [(one, ast.parse(Path(str(one.__file__)).read_text(encoding="utf-8"))) for one in found]


def calls(name: str) -> Iterator[tuple[ast.Call, Place]]:
    """Every call of a function or method of this name, with where it stands."""
    for module, tree in modules():
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _name_of(node.func) == name:
                    yield node, Place(module, tree, function)


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def acts_written() -> set[str]:
    """Every code of an act that the product may write."""
    found = {READ, REFUSED}
    for call, place in calls("record"):
        found |= values(call.args[0], place)
    for call, place in calls("changing"):
        kind = getattr(place.module, _name_of(call.args[1]))
        assert isinstance(kind, RecordKind)
        done = values(call.args[3], place) if len(call.args) > 3 else {"added", "changed"}
        found |= {f"{kind.name}.{one}" for one in done}
    return found


def things_written() -> set[str]:
    """Every kind of thing to which an act may have been done: of acts, of what is read, and of what is refused."""
    found = {"verb"}
    for call, place in [*calls("record"), *((one, place) for one, place in calls("NotAllowed"))]:
        found |= _kinds(call.args[1], place)
    for module, _tree in modules():
        found |= {one.name for one in vars(module).values() if isinstance(one, Kind | RecordKind)}
    return found


def _kinds(subject: ast.expr, place: Place) -> set[str]:
    if isinstance(subject, ast.Name) and place.function is not None:
        return {kind for one in _assigned(subject.id, place.function) for kind in _kinds(one, place)}
    if not isinstance(subject, ast.Tuple):
        raise CannotBeToldError(f"{place.module.__name__}, line {subject.lineno}")
    return values(subject.elts[0], place)


def values(node: ast.expr, place: Place) -> set[str]:
    """Every text that an expression may be. Raises CannotBeToldError."""
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp():
            return values(node.body, place) | values(node.orelse, place)
        case ast.JoinedStr():
            return {"".join(parts) for parts in product(*(values(part, place) for part in node.values))}
        case ast.FormattedValue():
            return values(node.value, place)
        case ast.Attribute(attr="value"):
            return values(node.value, place)
        case ast.Attribute(value=ast.Name(id=name), attr="name") if isinstance(_global(place, name), Kind):
            return {_global(place, name).name}
        case ast.Name(id=name):
            return _named(name, place, node.lineno)
    raise CannotBeToldError(f"{place.module.__name__}, line {node.lineno}: {ast.unparse(node)}")


def _global(place: Place, name: str) -> Any:
    return getattr(place.module, name, None)


def _named(name: str, place: Place, line: int) -> set[str]:
    function = place.function
    annotation = _annotation(name, function) if function is not None else ""
    kind = _global(place, annotation)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {str(member.value) for member in kind}
    set_here = [one for value in _assigned(name, function) for one in values(value, place)] if function else []
    if set_here:
        return set(set_here)
    if isinstance(_global(place, name), str):
        return {_global(place, name)}
    given = [one for value, where in _given(name, place) for one in values(value, where)]
    if given:
        return set(given)
    raise CannotBeToldError(f"{place.module.__name__}, line {line}: {name}")


def _annotation(name: str, function: Function) -> str:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    found = [one.annotation for one in arguments if one.arg == name]
    found += [
        node.annotation
        for node in ast.walk(function)
        if isinstance(node, ast.AnnAssign) and _name_of(node.target) == name
    ]
    return ast.unparse(found[0]) if found and found[0] is not None else ""


def _assigned(name: str, function: Function) -> Iterator[ast.expr]:
    """What a function sets a variable to."""
    for node in ast.walk(function):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            assert isinstance(node, ast.Assign)
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.IfExp):
                choices = [one for one in (node.value.body, node.value.orelse) if isinstance(one, ast.Tuple)]
                pairs = [pair for one in choices for pair in zip(target.elts, one.elts, strict=True)]
            yield from (value for one, value in pairs if _name_of(one) == name)


def _given(name: str, place: Place) -> Iterator[tuple[ast.expr, Place]]:
    """What callers in the same module give for an argument."""
    function = place.function
    assert function is not None
    arguments = [one.arg for one in function.args.args]
    for call, where in calls(function.name):
        if where.module is not place.module:
            continue
        position = arguments.index(name) if name in arguments else len(call.args)
        if position < len(call.args):
            yield call.args[position], where
        yield from ((one.value, where) for one in call.keywords if one.arg == name)
