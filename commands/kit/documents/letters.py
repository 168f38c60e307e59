"""Letters that no font of this machine has: they would be boxes on a page. The library that sets pages is asked itself.

Gesture: make a file.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from commands.kit.words import _
from storage.connection.writers import takes_long

# Debian's packages with letters of nearly every script; together 70 MB to load.
FONT_PACKAGES = "fonts-noto-core fonts-noto-cjk"
# Every letter before this one is in the font that comes with the library: Latin with all its accents.
FIRST_ASKED = "\u0250"
_PAGE = b"#let data = json(bytes(sys.inputs.data))\n#data.letters"
# PDF/A forbids letters without a shape, so that the library names what it could not set.
_STRICT: Literal["a-2u"] = "a-2u"
# A word in each script that missions write, by the first word of its letters' names in Unicode.
SAMPLES = {
    "ARABIC": "العربية",
    "HEBREW": "עברית",
    "CYRILLIC": "Русский",
    "GREEK": "Ελληνικά",
    "CJK": "中文",
    "HIRAGANA": "ひらがな",
    "HANGUL": "한국어",
    "ETHIOPIC": "አማርኛ",
    "MYANMAR": "မြန်မာ",
    "DEVANAGARI": "हिन्दी",
    "BENGALI": "বাংলা",
    "TAMIL": "தமிழ்",
    "SINHALA": "සිංහල",
    "THAI": "ไทย",
    "KHMER": "ខ្មែរ",
    "LAO": "ລາວ",
    "GEORGIAN": "ქართული",
    "ARMENIAN": "Հայերեն",
    "SYRIAC": "ܣܘܪܝܝܐ",
    "TIFINAGH": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}


def script_name(script: str) -> str:
    """A script as readers know it: mostly by a language that is written in it."""
    return {
        "ARABIC": _("Arabic"),
        "HEBREW": _("Hebrew"),
        "CYRILLIC": _("Cyrillic"),
        "GREEK": _("Greek"),
        "CJK": _("Chinese"),
        "HIRAGANA": _("Japanese"),
        "KATAKANA": _("Japanese"),
        "HANGUL": _("Korean"),
        "ETHIOPIC": _("Amharic and Tigrinya"),
        "MYANMAR": _("Burmese"),
        "DEVANAGARI": _("Hindi and Nepali"),
        "BENGALI": _("Bengali"),
        "TAMIL": _("Tamil"),
        "SINHALA": _("Sinhala"),
        "THAI": _("Thai"),
        "KHMER": _("Khmer"),
        "LAO": _("Lao"),
        "GEORGIAN": _("Georgian"),
        "ARMENIAN": _("Armenian"),
        "SYRIAC": _("Syriac"),
        "TIFINAGH": _("Tamazight"),
    }.get(script, script.capitalize())


def unset_scripts(texts: Iterable[str], *, system_fonts: bool = True) -> list[str]:
    """Names of the scripts of which a page with these texts would show boxes, in the reader's language.

    Without `system_fonts` only the fonts that come with the library count.
    """
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for letter in {letter for text in texts for letter in text}:
        # Marks cannot stand alone, and are in the fonts of their letters.
        if letter >= FIRST_ASKED and letter.isalpha():
            groups[unicodedata.name(letter, "unknown").split()[0]].add(letter)
    if not groups or _can_be_set(frozenset().union(*groups.values()), system_fonts=system_fonts):
        return []
    unset = [script for script in sorted(groups) if not _can_be_set(groups[script], system_fonts=system_fonts)]
    return list(dict.fromkeys(script_name(script) for script in unset))


def unset_line(texts: Iterable[str]) -> str:
    """What is said about letters that would be boxes in a PDF; empty where all of them can be set."""
    unset = unset_scripts(texts)
    if not unset:
        return ""
    return _(
        ":warning: These letters would be boxes in the PDF: {scripts}. The DOCX file has them. Whoever runs me can add "
        "fonts: `python -m bot doctor` says how."
    ).format(scripts=", ".join(unset))


def texts_in(data: object) -> Iterable[str]:
    """Every text in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_in(value)


@takes_long
def _can_be_set(letters: Iterable[str], *, system_fonts: bool) -> bool:
    import typst  # noqa: PLC0415 - 34 MB that only the worker needs, and only now and then

    inputs = {"data": json.dumps({"letters": " ".join(sorted(letters))}, ensure_ascii=False)}
    try:
        typst.compile(_PAGE, sys_inputs=inputs, pdf_standards=_STRICT, ignore_system_fonts=not system_fonts)
    except typst.TypstError:
        return False
    return True
