"""Which countries a mission's figures are about, and whether a file is about one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.recognition import FILE, RecognisedFile
from commands.funding.rules.imports.sampling import Sample, check_direction, file_country
from commands.funding.rules.territories import NO_SINGLE, codes, country_code
from commands.kit.refused import Refused
from commands.kit.words import _
from storage.funding.imports import ImportKind
from storage.funding.source_figures import FigureKind

COUNTRY = "country"
NAMED_AT_MOST = 6
# What is kept whole, whatever the countries in it: other sources than FTS, and emergencies of several countries.
OF_ALL_COUNTRIES = frozenset({*FigureKind, ImportKind.EMERGENCY})


def typed_countries(text: str) -> list[str]:
    """Codes of what somebody typed: codes or names (`AFG, Pakistan`). Raises Refused next to the field."""
    found: list[str] = []
    for part in re.split(r"[,;/\n]", text):
        whole = country_code(part)
        for name in [part] if whole else part.split():
            code = country_code(name)
            if code in {"", NO_SINGLE}:
                words = _("“{code}” is no country that I know. Write its code of three letters, such as AFG or SSD.")
                raise Refused(words.format(code=name), COUNTRY)
            found.append(code)
    return list(dict.fromkeys(found))


def countries_at(two_letters: Collection[str]) -> list[str]:
    """The codes of three letters of countries that a time zone is used in."""
    return [three for three, two in codes().items() if two in two_letters]


def first_country(sample: Sample, home: Sequence[str]) -> str:
    """The country that a mission's first file settles; `home` are the countries of the mission's time zone.

    Raises Refused where the file names several or none, or another country than the one where the mission is.
    """
    found = file_country(sample)
    if not found:
        raise Refused(
            _("This file is about several countries, or names none. Write the mission's here, such as AFG."), COUNTRY
        )
    if home and found not in home:
        words = _(
            "This file is about {found}, and the mission's time zone is that of {home}. Write here which country the "
            "mission's funding is about."
        )
        raise Refused(words.format(found=found, home=", ".join(home[:NAMED_AT_MOST])), COUNTRY)
    return found


def countries_for(settled: Sequence[str], typed: Sequence[str], sample: Sample) -> tuple[str, ...]:
    """The countries the rows of a file may be of, the file's own first: those that are settled and those typed.

    Raises Refused when the whole file is about other countries.
    """
    ours = sorted({*typed, *settled})
    if sample.is_whole and sample.countries and not sample.unknown and not sample.countries.keys() & set(ours):
        raise Refused(about_others(list(sample.countries), ours), FILE)
    found = file_country(sample)
    return tuple(sorted(ours, key=lambda code: code != found))


def about_others(others: Sequence[str], ours: Sequence[str]) -> str:
    """Why a file cannot be taken that has no row of ours."""
    return _(
        "This file is about {others}; the mission's funding is about {ours}. "
        "If the mission covers that too, write it in the field “Country”."
    ).format(others=", ".join(others[:NAMED_AT_MOST]), ours=", ".join(ours))


def nothing_taken(issues: Issues, rows: int, ours: Sequence[str]) -> str:
    """Why nothing of a file with this number of rows is taken."""
    if issues.rows_of_others == rows:
        return about_others(issues.values_of(Kind.OTHER_COUNTRY), ours)
    return _("No row of this file can be taken; the reasons are below. Nothing was changed.")


def countries_of(
    opened: RecognisedFile, settled: Sequence[str], typed: Sequence[str], direction: str, home: Sequence[str]
) -> list[str]:
    """The countries of a file that was opened; `direction` is what the person chose, "" for what the file says.

    Raises Refused when the direction or the country is another one than expected.
    """
    if opened.country:
        return [opened.country]
    if opened.kind in OF_ALL_COUNTRIES:
        return list(dict.fromkeys([*typed, *settled]))
    check_direction(opened.sample, direction)
    is_said = not opened.sample.boundaries[""]
    if not typed and not settled:
        return [first_country(opened.whole_sample("" if is_said else direction), home)]
    sample = opened.sample if is_said or direction != "outgoing" else opened.whole_sample(direction)
    return list(countries_for(settled, typed, sample))


def said_by_form(opened: RecognisedFile, typed: Sequence[str]) -> dict[str, str]:
    """What the form says about a file without a column for the country: it is about the one that was typed."""
    return {"": typed[0]} if len(typed) == 1 and not opened.has_countries else {}
