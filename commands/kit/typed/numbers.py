"""A number as somebody types it, in whatever way people write numbers, without guessing.

Thousands are parted by blanks, apostrophes, commas or points, or as in India (`12,34,567`); decimals follow a point or
a comma. `1.200` may be one thousand two hundred or one and a fifth: then both readings are given, and whoever reads a
field asks (`two_readings`). A comma before three digits is no question in English, where it never is a decimal comma.

Gesture: read what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from commands.kit.words import _, current_language
from storage.letters import plain

MOST_DIGITS = 30
SCALES = {
    "k": 3,
    "thousand": 3,
    "mille": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "millions": 6,
    "bn": 9,
    "billion": 9,
    "billions": 9,
    "md": 9,
    "milliard": 9,
    "milliards": 9,
}
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "’": "'", "ʼ": "'", "٬": "'", "٫": "."})
_TYPED = re.compile(r"(?P<sign>[-+]?) ?(?P<digits>[0-9.,][0-9 ',.]*?) ?(?P<scale>[a-z]*)")
# What parts thousands, and how they are grouped; "" is no mark at all.
_GROUPS = {
    "": r"[0-9]*",
    " ": r"[0-9]{1,3}( [0-9]{3})+",
    "'": r"[0-9]{1,3}('[0-9]{3})+",
    ",": r"[1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}",
    ".": r"[1-9][0-9]{0,2}(\.[0-9]{3})+",
}
_FORMS = [
    (re.compile(rf"(?P<whole>{grouped})([{mark}](?P<fraction>[0-9]+))?"), group, mark)
    for group, grouped in _GROUPS.items()
    for mark in ".,"
    if mark != group
]


def readings(text: str, *, language: str | None = None) -> list[Decimal]:
    """Every number that a text may mean: none where it is no number, two where it can be read in two ways.

    The whole number comes first. `language` is the reader's, the current one if it is not given. Exact, at most 30
    digits; `2.5 million`, `2,5 Md` and `3k` are known.
    """
    found = _TYPED.fullmatch(_plain_digits(text))
    scale = SCALES.get(found["scale"], 0 if not found["scale"] else None) if found else None
    if found is None or scale is None:
        return []
    digits = found["digits"].strip()
    values = dict.fromkeys(_values(digits, current_language() if language is None else language))
    return [_scaled(found["sign"], value, scale) for value in values if _fits(value, scale)]


def numbers_by_mark(text: str) -> dict[str, Decimal]:
    """What a number in a table means by the mark of its decimals, `.` or `,`; nothing for what is no number.

    Both mean the same where it is no matter. Words for scales are none: a cell holds the whole number.
    """
    found = _TYPED.fullmatch(_plain_digits(text))
    if found is None or found["scale"]:
        return {}
    values: dict[str, Decimal] = {}
    for _group, mark, value in _matching(found["digits"].strip()):
        values.setdefault(mark, value)
    return {mark: _scaled(found["sign"], value, 0) for mark, value in values.items() if _fits(value, 0)}


def _fits(value: Decimal, scale: int) -> bool:
    return len(value.as_tuple().digits) + scale <= MOST_DIGITS


def _scaled(sign: str, value: Decimal, scale: int) -> Decimal:
    # Put together, not reckoned: arithmetic would round after 28 digits.
    parts = value.as_tuple()
    return Decimal((int(sign == "-"), parts.digits, int(parts.exponent) + scale))


def _plain_digits(text: str) -> str:
    letters = plain(text).translate(_SIGNS).casefold()
    return " ".join("".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in letters).split())


def _matching(digits: str) -> Iterator[tuple[str, str, Decimal]]:
    """Each way to read digits: what parts thousands, the mark of decimals, the number."""
    for form, group, mark in _FORMS:
        match = form.fullmatch(digits)
        if match and (match["whole"] or match["fraction"]):
            yield group, mark, _decimal(match["whole"], match["fraction"])


def _values(digits: str, language: str) -> Iterator[Decimal]:
    found = [(group, value) for group, _mark, value in _matching(digits)]
    is_grouped = [value for group, value in found if group]
    comma_groups = language == "en" and digits.count(",") == 1 and "." not in digits
    if is_grouped and comma_groups:
        yield from is_grouped
    else:
        yield from (*is_grouped, *(value for group, value in found if not group))


def _decimal(whole: str, fraction: str | None) -> Decimal:
    digits = re.sub(r"[^0-9]", "", whole) or "0"
    return Decimal(f"{digits}.{fraction}" if fraction else digits)


def number_of(text: str, *, language: str | None = None) -> Decimal | None:
    """The one number that a text means; None where it is none, or could be two."""
    found = readings(text, language=language)
    return found[0] if len(found) == 1 else None


def two_readings(found: list[Decimal]) -> str:
    """The question to whoever typed a number that can be read in two ways, with a clear way to write each."""
    whole, broken = found
    # With a decimal more it is no thousand any more.
    more = "0" if "." in f"{broken:f}" else ""
    return _("This can be read in two ways. Write {whole} or {broken}.").format(
        whole=f"{whole:f}", broken=f"{broken:f}{more}"
    )
