"""Finds functions, methods, classes and constants that nothing of the product uses: `python -m tests.dead_code`.

What only a test calls is dead too. Vulture looks for names, so that a name which is used anywhere is taken as used.
Columns, fields of dataclasses and members of enumerations are not asked about: rows outlive the code that reads them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vulture.core import Item, Vulture

ROOT = Path(__file__).parent.parent
PRODUCT = ("bot", "commands", "storage")
# Migrations are called by Alembic; with the driver tests of any app drive the local Slack.
CALLED_FROM_OUTSIDE = ("*/storage/migrations/*", "*/bot/sandbox/driver/*")
# A decorator that takes the function in: commands, Web API methods, control requests, checks of a model.
REGISTERED_BY = ["@cli.command", "@method", "@post", "@get", "@field_validator", "@model_validator"]
# Called by a library that asks for exactly this name: SQLAlchemy, urllib, http.server; by path, Granian.
CALLED_BY_NAME = [
    "process_bind_param",
    "process_result_value",
    "redirect_request",
    "do_POST",
    "log_message",
    "application_with_worker",
]
ASKED_ABOUT = {"function", "method", "property", "class", "unreachable_code"}


def dead_code(root: Path = ROOT) -> list[str]:
    """A line for each piece that nothing uses."""
    vulture = Vulture(ignore_names=CALLED_BY_NAME, ignore_decorators=REGISTERED_BY)
    vulture.scavenge([root / name for name in PRODUCT], exclude=list(CALLED_FROM_OUTSIDE))
    found = [item for item in vulture.get_unused_code() if item.typ in ASKED_ABOUT or is_constant(item)]
    return [f"{Path(item.filename).relative_to(root)}:{item.first_lineno}: {item.message}" for item in found]


def is_constant(item: Item) -> bool:
    """Whether this is a value of a whole module."""
    if item.typ != "variable":
        return False
    lines = Path(item.filename).read_text(encoding="utf-8").splitlines()
    return not lines[item.first_lineno - 1].startswith((" ", "\t"))


if __name__ == "__main__":
    lines = dead_code()
    print("\n".join(lines) or "Everything is used.")
    sys.exit(1 if lines else 0)
