"""Whose a row is: the mission's, another country's, or nobody knows.

Only a row that names one of the mission's countries, and no place that is unknown, is the mission's. What somebody said
about a text that names no country we know holds for every row that has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.funding.rules.imports.issues import Kind
from commands.funding.rules.territories import places_in
from storage.letters import folded

# What somebody said of a text: that it is none of the mission's countries.
NOT_OURS = "-"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a row is: `country` is one of the mission's, or "".

    `is_shared`: it names other countries too, so its money is not this country's alone. `unknown` are the texts that
    somebody has to say something about first.
    """

    country: str = ""
    is_shared: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Why a row without a country of ours is left out."""
        return Kind.UNKNOWN_COUNTRY if self.unknown else Kind.OTHER_COUNTRY


def place_key(text: str) -> str:
    """What a text for a place is known by in other files."""
    return folded(text)


def whose(cell: str, countries: Sequence[str], said: Mapping[str, str]) -> Owner:
    """Whose a row with this list of locations is. Of several countries of ours the first of `countries` has it.

    `said` is what texts mean (by `place_key`): a code, or NOT_OURS.
    """
    places = places_in(cell)
    answers = [(text, said.get(place_key(text))) for text in places.unknown]
    unknown = tuple(text for text, answer in answers if answer is None)
    if unknown:
        return Owner(unknown=unknown)
    named = {*places.codes, *(answer for _text, answer in answers if answer)}
    ours = next((country for country in countries if country in named), "")
    return Owner(ours, is_shared=len(named) > 1)
