"""Whom a round asks, in words and as choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.kit.cards import Block, option, shorten
from commands.kit.names.agencies import kind_name
from commands.kit.names.sectors import sector_name, sector_order
from commands.kit.pressed import parts_of
from commands.kit.words import _
from commands.updates.rules.audience import ALL
from storage.agencies import Agency, AgencyKind
from storage.letters import begins_with, fits
from storage.subjects import number

OPTION_LIMIT = 75
OPTIONS_AT_MOST = 100


def selector_name(selector: str, agencies: dict[int, Agency]) -> str:
    """One selector in words."""
    kind, value = parts_of(selector, 2)
    if kind == "kind":
        return _("Kind: {kind}").format(kind=kind_name(value))
    if kind == "sector":
        return _("Sector: {sector}").format(sector=sector_name(value))
    if kind == "agency":
        agency = agencies.get(number(value))
        return f"{agency.code} · {agency.name}" if agency else value
    return _("All agencies")


def selector_options(selectors: Iterable[str], agencies: Sequence[Agency]) -> list[Block]:
    """Selectors as choices."""
    by_id = {agency.id: agency for agency in agencies}
    return [option(shorten(selector_name(one, by_id), OPTION_LIMIT), one) for one in selectors]


def offered(query: str, agencies: Sequence[Agency]) -> list[Block]:
    """What fits the words typed: everybody, kinds and sectors that occur, then agencies by code."""
    kinds = [kind for kind in AgencyKind if any(agency.kind == kind for agency in agencies)]
    sectors = sorted({sector for agency in agencies for sector in agency.sectors}, key=sector_order)
    selectors = [ALL, *(f"kind:{kind.value}" for kind in kinds), *(f"sector:{sector}" for sector in sectors)]
    selectors += [f"agency:{agency.id}" for agency in agencies]
    by_id = {agency.id: agency for agency in agencies}
    found = [one for one in selectors if fits(query, selector_name(one, by_id))]
    found.sort(key=lambda one: not begins_with(query, selector_name(one, by_id)))
    return selector_options(found[:OPTIONS_AT_MOST], agencies)
