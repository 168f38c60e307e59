"""`docs/kit.md`: what rooms share, by what a room wants to do, made from the docstrings of the kit.

A module of the kit says in the last line of its docstring which gesture it serves: `Gesture: ask for.` What only other
modules of the kit use says `Gesture: none.` A module that offers rooms only a part of what it holds names
that part in `__all__`; of modules whose package passes some of their pieces on, only those are shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

KIT = Path(__file__).parent.parent.parent / "commands" / "kit"
GESTURE = re.compile(r"\n\nGesture: ([a-z ]+)\.\s*\Z")
NONE = "none"
HEAD = """# The kit

Made from the docstrings of `commands/kit` by `python -m bot manifest --write`; do not edit by hand.

What rooms share, by what a room wants to do. Look here before you write something that another room may need too. The
docstring of each says more: units, limits, what is raised.
"""

Piece = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class NoGestureError(Exception):
    """A module of the kit does not say which gesture it serves; says which and what to write."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module as the page shows it: where to import from, its first line, and its pieces."""

    gesture: str
    address: str
    says: str
    pieces: tuple[Piece, ...]


def kit_page(kit: Path = KIT) -> str:
    """The page. Raises NoGestureError for a module that does not say where it belongs."""
    modules = sorted(_modules(kit), key=lambda one: (one.gesture, one.address))
    parts = [HEAD]
    for gesture, found in groupby(modules, key=lambda one: one.gesture):
        parts += [f"\n## {gesture.capitalize()}\n", *(_section(one) for one in found)]
    return "".join(parts)


def _modules(kit: Path) -> Iterator[Module]:
    for path in sorted(kit.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name == "__init__.py":
            continue
        says = ast.get_docstring(tree) or ""
        found = GESTURE.search(says)
        if found is None:
            raise NoGestureError(
                f"{path.name}: end its docstring with an empty line and, for example, `Gesture: show.`"
            )
        if found[1] != NONE:
            address, pieces = _offered(kit, path, tree)
            yield Module(found[1], address, first_paragraph(says), pieces)


def _offered(kit: Path, path: Path, tree: ast.Module) -> tuple[str, tuple[Piece, ...]]:
    """Where a room imports a module's pieces from, and which: a package that passes some on keeps the others."""
    address = ".".join(("commands", *path.with_suffix("").relative_to(kit.parent).parts))
    named = _named(tree)
    pieces = tuple(
        node
        for node in tree.body
        if isinstance(node, Piece) and (node.name in named if named else not node.name.startswith("_"))
    )
    passed_on = _passed_on(path.parent / "__init__.py") if path.parent != kit else frozenset()
    shown = tuple(piece for piece in pieces if piece.name in passed_on)
    return (address.rpartition(".")[0], shown) if shown else (address, pieces)


def _passed_on(package: Path) -> frozenset[str]:
    tree = ast.parse(package.read_text(encoding="utf-8"))
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return frozenset(alias.asname or alias.name for node in imports for alias in node.names)


def _named(tree: ast.Module) -> list[str]:
    """What a module names in `__all__`; empty without one."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def first_paragraph(docstring: str) -> str:
    """What stands before the first empty line, on one line."""
    return " ".join(docstring.partition("\n\n")[0].split())


def _section(module: Module) -> str:
    rows = [f"| `{_call(piece)}` | {_cell(ast.get_docstring(piece) or '')} |\n" for piece in module.pieces]
    table = ["\n| | |\n|---|---|\n", *rows] if rows else []
    return "".join([f"\n**`{module.address}`** {module.says}\n", *table])


def _cell(docstring: str) -> str:
    return first_paragraph(docstring).replace("|", "\\|")


def _call(piece: Piece) -> str:
    if isinstance(piece, ast.ClassDef):
        return piece.name
    given = [one.arg for one in (*piece.args.posonlyargs, *piece.args.args)]
    more = ["…"] if piece.args.kwonlyargs or piece.args.vararg or piece.args.kwarg else []
    return f"{piece.name}({', '.join([*given, *more])})"
