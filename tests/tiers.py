"""Which tests are quick: those that start nothing. `make quick` runs them.

Nobody lists them. A test is quick when neither its file, nor a file of a fixture it uses, nor a file of tests that
these import has to do with a process, a server or a browser, and when it does not run on PostgreSQL.
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType

import pytest

# Whoever imports one of these starts something, or handles what was started.
STARTERS = (
    "aiosmtpd",
    "bot.sandbox.bench",
    "bot.sandbox.driver",
    "bot.tools.bench",
    "commands.kit.documents.docx",
    "http.server",
    "multiprocessing",
    "playwright",
    "socket",
    "subprocess",
    "wsgiref",
)
# These files offer both what starts something and what does not. Who takes the first has one of these fixtures.
OFFERS_BOTH = {"tests.conftest", "tests.databases"}
STARTING_FIXTURES = {"browser", "postgres"}


def is_quick(item: pytest.Function) -> bool:
    """Whether a test starts nothing."""
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    if STARTING_FIXTURES & set(item.fixturenames) or "postgresql" in parameters:
        return False
    fixtures = [one.func.__module__ for defs in item._fixtureinfo.name2fixturedefs.values() for one in defs]
    files = {item.module.__name__, *fixtures}
    return not any(starts_something(name) for name in files if name.startswith("tests."))


@cache
def starts_something(name: str) -> bool:
    """Whether a file of tests, or one it imports from, imports one of `STARTERS`."""
    if name in OFFERS_BOTH:
        return False
    origins = {_origin(value) for value in vars(sys.modules[name]).values()} - {name}
    return any(
        origin.startswith(STARTERS) or (origin.startswith("tests.") and starts_something(origin)) for origin in origins
    )


def _origin(value: object) -> str:
    found = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return found if isinstance(found, str) else ""
