"""Naming a plan of a country and a year in one word: `AFG:2020:929`; without a plan `AFG:2020:`, any year `-`."""

from __future__ import annotations

from commands.kit.pressed import parts_of, value_of
from storage.funding.totals import ALL, PlanLine, Scope
from storage.subjects import number

ANY_YEAR = "-"


def key_of(line: PlanLine) -> str:
    """The key of a plan's line."""
    return plan_key_of(line.country, line.year, line.plan_key)


def plan_key_of(country: str, year: int | None, plan_key: str) -> str:
    """The key of a plan in a country and a year."""
    return value_of(country, ANY_YEAR if year is None else year, plan_key)


def scope_of(key: str | None) -> Scope:
    """What a key names; everything without one. A key that names nothing gives a scope with nothing in it."""
    if key is None:
        return ALL
    country, year, plan = parts_of(key, 3)
    return Scope(country, number(year) or None, plan)
