"""What files hold and cover, in words."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.numbers import number_text
from commands.kit.words import _, ngettext
from storage.funding.imports import ImportKind

COUNTRIES_NAMED = 6


def kind_text(kind: str) -> str:
    """What a file holds."""
    known = {
        ImportKind.FLOWS: _("flows"),
        ImportKind.PLANS: _("requirements by plan"),
        ImportKind.CLUSTERS: _("requirements by cluster"),
        ImportKind.GLOBAL_CLUSTERS: _("requirements by global cluster"),
        ImportKind.LOCATIONS: _("requirements by location"),
        ImportKind.COVID: _("requirements for COVID-19, a part of those of plans"),
        ImportKind.EMERGENCY: _("requirements of an emergency of several countries"),
        ImportKind.POOLED_CONTRIBUTIONS: _("contributions to a pooled fund"),
        ImportKind.POOLED_PROJECTS: _("projects of a pooled fund"),
        ImportKind.FUND_PROJECTS: _("projects of a fund"),
        ImportKind.MISSION_BUDGET: _("the mission's budget"),
    }
    return known[ImportKind(kind)] if kind else _("not recognised yet")


def boundary_text(boundary: str) -> str:
    """A direction of flows."""
    return {"incoming": _("incoming"), "internal": _("internal"), "outgoing": _("outgoing")}[boundary]


def countries_text(countries: Sequence[str]) -> str:
    """The countries of a file, or how many they are."""
    named = [one for one in countries if one]
    if len(named) <= COUNTRIES_NAMED:
        return ", ".join(named)
    return ngettext("{count} country", "{count} countries", len(named)).format(count=number_text(len(named)))


def years_text(years: Sequence[int]) -> str:
    """Years as a range where there are several."""
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
