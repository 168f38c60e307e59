"""A place as rooms keep it: a p-code or a word, its level, and how exactly it is known. There are no coordinates.

Gesture: ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from commands.kit.cards import Block, option, shorten
from commands.kit.entry.choices import MOST_OPTIONS
from commands.kit.refused import Refused
from commands.kit.where.names import Match, name_key, name_keys, place_meant
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.letters import folded
from storage.localities import Locality, add_alias, aliases_of, bearing, by_codes, fitting

DISTRICT = 2

__all__ = [
    "Precision",
    "Where",
    "check_coarse",
    "explain",
    "find_places",
    "offer_coarse_places",
    "offer_places",
    "place_options",
    "precision_name",
    "precision_of",
    "where_chosen",
]


class Precision(StrEnum):
    """How exactly a place is known."""

    EXACT = "exact"
    ABOUT_25_KM = "about_25_km"
    DISTRICT = "district"
    PROVINCE = "province"
    ALONG_A_LINE = "along_a_line"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Where:
    """A place. Without a `code` it is a word that people use, which no list has; then `level` is not known (None)."""

    code: str = ""
    name: str = ""
    level: int | None = None
    precision: Precision = Precision.DISTRICT


_WORDS = (
    (Precision.EXACT, "exact;precise;exacte"),
    (Precision.ABOUT_25_KM, "25 km;near;environ;approximate"),
    (Precision.ALONG_A_LINE, "linear;road;river;route;fleuve;riviere"),
    (Precision.DISTRICT, "district;commune;county;admin 2;adm2"),
    (Precision.PROVINCE, "province;state;governorate;region;admin 1;adm1"),
    (Precision.COUNTRY, "country;pays;national"),
)


def precision_of(text: str) -> Precision | None:
    """What a file says of how exactly a place is known; None where it says nothing that is known here."""
    words = f" {folded(text)} "
    return next(
        (one for one, known in _WORDS if any(re.search(rf"\b{word}\b", words) for word in known.split(";"))), None
    )


def precision_name(precision: Precision) -> str:
    """How exactly a place is known, in words."""
    return {
        Precision.EXACT: _("exact"),
        Precision.ABOUT_25_KM: _("within about 25 km"),
        Precision.DISTRICT: _("district"),
        Precision.PROVINCE: _("province or state"),
        Precision.ALONG_A_LINE: _("somewhere along a road or river"),
        Precision.COUNTRY: _("country"),
    }[precision]


def find_places(work: Work, names: Iterable[str], *, level: int | None = None, country: str = "") -> dict[str, Match]:
    """What each of these names or codes means in this mission, with three statements however many they are."""
    wanted = list(dict.fromkeys(names))
    keys = {key for name in wanted for key in name_keys(name)}
    aliases = aliases_of(work.session, work.mission.id, keys)
    codes = {*aliases.values(), *(name.strip().upper() for name in wanted)}
    coded = by_codes(work.session, work.mission.id, codes)
    known = list({one.code: one for one in [*coded.values(), *bearing(work.session, work.mission.id, keys)]}.values())
    return {name: place_meant(name, known, aliases, level=level, country=country) for name in wanted}


def explain(request: Request, spelling: str, code: str) -> None:
    """Say once which place a spelling means. Raises Refused for a code that the mission does not have."""
    if code not in by_codes(request.session, request.mission.id, [code]):
        raise Refused(_("This place is not in the list. Choose one from the list."))
    key = name_key(spelling)
    add_alias(request.session, request.mission.id, key, spelling, code, by=request.actor, now=request.now)


def where_chosen(work: Work, code: str | None, word: str, precision: Precision) -> Where:
    """The place that a form says: one of the list, or a word; with neither it is not known. Raises Refused."""
    if not code:
        return Where(name=word, precision=precision)
    found = by_codes(work.session, work.mission.id, [code]).get(code)
    if found is None:
        raise Refused(_("This place is not in the list. Choose one from the list."))
    return Where(found.code, found.name, found.level, precision)


def check_coarse(where: Where, *, field: str | None = None) -> Where:
    """A place where people could be found is told no closer than its district. Raises Refused for what lies below."""
    if where.level is not None and where.level > DISTRICT:
        raise Refused(_("Choose the district: nothing below it is kept here."), field)
    too_close = where.precision in {Precision.EXACT, Precision.ABOUT_25_KM}
    return Where(where.code, where.name, where.level, Precision.DISTRICT) if too_close else where


def offer_places(request: Request) -> Answer:
    """The mission's places for what is typed, each with the place it lies in."""
    return _offered(request, deepest=3)


def offer_coarse_places(request: Request) -> Answer:
    """The same, down to the district."""
    return _offered(request, deepest=DISTRICT)


def _offered(request: Request, *, deepest: int) -> Answer:
    found = fitting(request.session, request.mission.id, request.query, MOST_OPTIONS, deepest=deepest)
    return Answer(options=tuple(place_options(request, found)))


def place_options(work: Work, found: Iterable[Locality]) -> list[Block]:
    """Places as choices: name, the place it lies in, code; several of one name are told apart."""
    places = list(found)
    parents = by_codes(work.session, work.mission.id, {one.parent for one in places})
    labels = (
        " · ".join([one.name, *([parents[one.parent].name] if one.parent in parents else []), one.code])
        for one in places
    )
    return [option(shorten(label, 75), one.code) for label, one in zip(labels, places, strict=True)]
