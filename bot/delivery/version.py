"""Which version of the product runs: said once, in `pyproject.toml`."""

from __future__ import annotations

import platform
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """The version of the code that runs.

    In a checkout it is read from the file itself: what is installed of it may be older than the code beside it.
    """
    if PROJECT.exists():
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("rapporteur")


@cache
def user_agent() -> str:
    """How our requests name themselves, for whoever reads the log of a proxy."""
    return f"Rapporteur/{version()} (+python {platform.python_version()})"
