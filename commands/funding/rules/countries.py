"""Which countries a mission's figures are about, and whether a file is about one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.funding.rules.imports.recognition import FILE, RecognisedFile, Sample, check_direction, file_country
from commands.funding.rules.imports.values import is_country
from commands.kit.refused import Refused
from commands.kit.words import _

COUNTRY = "country"
NAMED_AT_MOST = 6


def typed_countries(text: str) -> list[str]:
    """Codes that somebody typed (`AFG, PAK`). Raises Refused next to the field."""
    codes = [code.upper() for code in re.split(r"[\s,;/]+", text) if code]
    for code in codes:
        if not is_country(code):
            raise Refused(
                _("“{code}” is no country's code of three letters (ISO 3166), such as AFG or SSD.").format(code=code),
                COUNTRY,
            )
    return list(dict.fromkeys(codes))


def countries_for(settled: Sequence[str], typed: Sequence[str], sample: Sample) -> tuple[str, ...]:
    """The countries the rows of a file may be of, the file's own first.

    What is typed is added to the mission's countries; the first file settles them where there are none yet.
    Raises Refused when the file is about another country, or when it does not say which.
    """
    found = file_country(sample)
    ours = list(dict.fromkeys([*typed, *settled]))
    if not ours:
        if not found:
            raise Refused(
                _("This file is about several countries, or names none. Write the mission's here, such as AFG."),
                COUNTRY,
            )
        return (found,)
    if sample.countries and not set(ours) & sample.countries.keys():
        others = ", ".join(name for name, _count in sample.countries.most_common(NAMED_AT_MOST))
        raise Refused(
            _(
                "This file is about {others}; the mission's funding is about {ours}. "
                "If the mission covers that too, write it in the field “Country”."
            ).format(others=others, ours=", ".join(ours)),
            FILE,
        )
    return tuple(sorted(ours, key=lambda code: code != found))


def countries_of(opened: RecognisedFile, settled: Sequence[str], typed: Sequence[str], direction: str) -> list[str]:
    """The countries of a file that was opened; `direction` is what the person chose, "" for what the file says.

    Raises Refused when the direction or the country is another one than expected.
    """
    if opened.country:
        return [opened.country]
    check_direction(opened.sample, direction)
    return list(countries_for(settled, typed, opened.sample))
