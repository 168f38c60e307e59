"""Countries and areas as funding files name them: by code, or by name in English, French or Spanish.

Codes and formal names are those of ISO 3166 (pycountry), with the names in use of Unicode's CLDR (Babel) and a few that
the United Nations and FTS write otherwise. What is not known here is unknown: nothing is taken for a country because
nothing else is left.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from commands.kit.times.zones import UN_NAMES
from storage.letters import folded

TRANSLATED = ("fr", "es")
KOSOVO = "XKX"
# What stands where a country should, for money that is of no single one.
NO_SINGLE = "*"
_NO_SINGLE_NAMES = (
    "Global",
    "Globally",
    "World",
    "Worldwide",
    "Multi-country",
    "Multicountry",
    "Multiple",
    "Multiple countries",
    "Multiple locations",
    "Several countries",
    "Regional",
    "Monde",
    "Mondial",
    "Plusieurs pays",
    "Mundial",
    "Varios países",
)
# Names that neither ISO, nor CLDR, nor the kit's names of the United Nations have.
_OTHER_NAMES = {
    "ARE": ("UAE",),
    "CIV": ("Ivory Coast",),
    "COD": ("DR Congo", "Democratic Republic of Congo", "Congo, Dem. Rep.", "Congo (Kinshasa)", "Zaire"),
    "COG": ("Republic of Congo", "Congo, Rep.", "Congo (Brazzaville)", "Congo (Brazaville)"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "GBR": ("Great Britain",),
    "LAO": ("Lao PDR",),
    "LBY": ("Libyan Arab Jamahiriya",),
    "MKD": ("Macedonia", "The former Yugoslav Republic of Macedonia", "FYROM"),
    "MMR": ("Burma",),
    "NLD": ("Netherlands (Kingdom of the)",),
    "PRK": ("DPR Korea",),
    "PSE": (
        "Palestine",
        "West Bank and Gaza",
        "West Bank and Gaza Strip",
        "Palestinian territory, occupied",
        "Territoire palestinien occupé",
        "Territorio palestino ocupado",
    ),
    "SAU": ("Saudi Arabia (Kingdom of)",),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor",),
    "TUR": ("Turquie",),
    "VAT": ("Holy See",),
}
# "NA" is written for "not available" far more often than for Namibia.
_NO_CODES = frozenset({"NA"})
_ARTICLES = frozenset({"the", "la", "le", "les", "l", "el", "los", "las"})
_INVERTED = re.compile(r"([^,()]+), ([^,]+)")
_LISTED = re.compile(r"\s*[;|\n]\s*")
_IN_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
_PARTED = re.compile(r"\s*,\s*")


@cache
def codes() -> dict[str, str]:
    """Codes of three letters (ISO 3166-1 alpha-3, and XKX for Kosovo), with those of two that they stand for."""
    import pycountry  # noqa: PLC0415 - only what reads files of funding needs its lists

    return {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {KOSOVO: "XK"}


@lru_cache(maxsize=20_000)
def country_code(text: str) -> str:
    """The code that a name or a code of two or three letters stands for; NO_SINGLE for "Global"; "" where unknown."""
    if text in codes():
        return text
    return "" if text.strip().upper() in _NO_CODES else _names().get(_key(text), "")


def _key(name: str) -> str:
    words = folded(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {_key(name): NO_SINGLE for name in _NO_SINGLE_NAMES}
    # Those that come first win: codes and the names of today before those of the past.
    for named in (_codes(), _formal_names(), _names_in_use(), _other_names(), _names_of_the_past()):
        for name, code in named:
            for form in _forms(name):
                names.setdefault(_key(form), code)
    names.pop("", None)
    return names


def _forms(name: str) -> Iterator[str]:
    """A name, and its other order: "Iran, Islamic Republic of" is the Islamic Republic of Iran."""
    yield name
    inverted = _INVERTED.fullmatch(name)
    if inverted:
        yield f"{inverted[2]} {inverted[1]}"
    bracketed = _IN_BRACKETS.fullmatch(name)
    if bracketed:
        yield bracketed[1]
        yield f"{bracketed[2]} {bracketed[1]}"


def _codes() -> Iterator[tuple[str, str]]:
    for three, two in codes().items():
        yield from ((three, three), (two, three))


def _formal_names() -> Iterator[tuple[str, str]]:
    import pycountry  # noqa: PLC0415 - as above

    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]) for language in TRANSLATED
    ]
    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            name = getattr(country, kind, "")
            if name:
                yield name, country.alpha_3
                yield from ((one.gettext(name), country.alpha_3) for one in translations)


def _names_in_use() -> Iterator[tuple[str, str]]:
    for language in ("en", *TRANSLATED):
        territories = Locale(language).territories
        yield from ((str(territories[two]), three) for three, two in codes().items() if two in territories)


def _other_names() -> Iterator[tuple[str, str]]:
    for three, two in codes().items():
        yield from ((name, three) for name in (*UN_NAMES.get(two, ()), *_OTHER_NAMES.get(three, ())))


def _names_of_the_past() -> Iterator[tuple[str, str]]:
    import pycountry  # noqa: PLC0415 - as above

    for country in pycountry.historic_countries:
        yield from ((country.alpha_3, country.alpha_3), (country.name, country.alpha_3))


@dataclass(frozen=True, slots=True)
class Places:
    """What a cell of locations names: codes of countries (NO_SINGLE among them), and texts that nobody knows."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def places_in(cell: str) -> Places:
    """The places of a list with commas or semicolons, where a name may hold a comma itself.

    A cell without any text names one place that is unknown: "".
    """
    found: list[str] = []
    unknown: list[str] = []
    for part in _LISTED.split(cell.strip()):
        for name in _apart(part):
            code = country_code(name)
            (found if code else unknown).append(code or name)
    return Places(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown)))


def _apart(part: str) -> list[str]:
    """The names in a list with commas: the longest that is known first, from the left."""
    pieces = _PARTED.split(part)
    names: list[str] = []
    while pieces:
        longest = next((end for end in range(len(pieces), 1, -1) if country_code(", ".join(pieces[:end]))), 1)
        names.append(", ".join(pieces[:longest]))
        pieces = pieces[longest:]
    return [name for name in names if name] or [""]
