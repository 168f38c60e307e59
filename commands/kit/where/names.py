"""Which place a name means: decided where there is one answer, and asked where there are several or none.

Gesture: read what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.letters import folded
from storage.localities import Locality

# Files write "Western Bahr el Ghazal State" or "province de X" for a place whose list says the name alone.
_KINDS = frozenset(
    (
        *("state", "etat", "province", "region", "county", "comte", "department", "departement", "prefecture"),
        *("governorate", "gouvernorat", "district", "wilaya", "payam", "territoire", "territory", "commune"),
    )
)
_OF = frozenset(("of", "de", "du", "des", "d", "la", "le"))
_NOTHING = frozenset(
    (
        *("", "no information", "no information available", "unknown", "not known", "n a", "na", "u", "none"),
        *("inconnu", "inconnue", "non precise", "pas d information", "pas dinformation", "sans information"),
    )
)
# Names of provinces in another language than that of the p-code file, as public lists write them.
_ELSEWHERE = {"bahr al ghazal do norte": "northern bahr el ghazal"}
LONGEST_KEY = 120

__all__ = ["Match", "Meant", "name_key", "name_keys", "place_meant"]


class Meant(StrEnum):
    """What is known of a name: one place, several that bear it, none that does, or it says that nobody knows."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. `places` holds the one, or those among which somebody chooses."""

    meant: Meant
    places: tuple[Locality, ...] = ()


def name_key(name: str) -> str:
    """A name as it is compared: without case, accents and punctuation."""
    return folded(name)[:LONGEST_KEY]


def name_keys(name: str) -> list[str]:
    """Every way in which a list may write a name: as it stands, and without the word for what kind of place it is."""
    key = name_key(name)
    words = key.split()
    if len(words) > 1 and words[-1] in _KINDS:
        words = words[:-1]
    elif len(words) > 1 and words[0] in _KINDS:
        words = words[1:]
        while len(words) > 1 and words[0] in _OF:
            words = words[1:]
    bare = " ".join(words)
    return list(dict.fromkeys([key, bare, _ELSEWHERE.get(key, key)]))


def place_meant(
    name: str,
    known: Sequence[Locality],
    aliases: Mapping[str, str],
    *,
    level: int | None = None,
    country: str = "",
    parent: str = "",
) -> Match:
    """What a name or code means among `known` places, which hold all that bear one of its `name_keys`.

    A code and a spelling that somebody has explained (`aliases`, key to code) mean one place. A name decides alone only
    where a single place bears it, within what else is known: its level, its country, the place it lies in.
    """
    keys = name_keys(name)
    if keys[0] in _NOTHING:
        return Match(Meant.NOT_SAID)
    code = aliases.get(keys[0], name.strip().upper())
    coded = tuple(one for one in known if one.code == code)
    if coded:
        return Match(Meant.ONE, coded)
    for key in keys:
        bearing = [
            one
            for one in known
            if one.name_key == key
            and (level is None or one.level == level)
            and country in {"", one.country}
            and parent in {"", one.parent}
        ]
        if bearing:
            return Match(Meant.ONE if len(bearing) == 1 else Meant.SEVERAL, tuple(bearing))
    return Match(Meant.NONE)
