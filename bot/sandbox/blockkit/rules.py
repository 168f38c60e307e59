"""The register of every rule this validator enforces, so that documentation is generated from the code.

A rule is either a number (``limit``) or a condition (``condition``). Both register themselves where they are
declared; nothing keeps a second list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

DOCUMENTED = "documented"
"""Slack's own reference states it."""

SDK = "sdk"
"""Slack's own Python library enforces or states it."""

SECOND_HAND = "second-hand"
"""A third party that quotes Slack's documentation states it."""

MEASURED = "measured"
"""Reported from answers of the live service."""

UNVERIFIED = "unverified"
"""Believed; to be checked against a live workspace."""


@dataclass(frozen=True)
class Rule:
    """One rule: its name, its limit (a number as text, or "condition") and how certain its source is."""

    name: str
    limit: str
    source: str


REGISTER: dict[str, Rule] = {}

_F = TypeVar("_F", bound=Callable[..., object])


def limit(name: str, value: int, source: str = DOCUMENTED) -> int:
    """Register a number under a unique name and return it.

    Raises:
        ValueError: the name is already taken.
    """
    _register(Rule(name, f"{value:,}", source))
    return value


def condition(name: str, source: str = DOCUMENTED) -> Callable[[_F], _F]:
    """Register the decorated function as the place where a condition is enforced.

    Raises:
        ValueError: the name is already taken.
    """

    def keep(function: _F) -> _F:
        _register(Rule(name, "condition", source))
        return function

    return keep


def _register(rule: Rule) -> None:
    if rule.name in REGISTER:
        raise ValueError(f"rule {rule.name!r} is declared twice")
    REGISTER[rule.name] = rule
