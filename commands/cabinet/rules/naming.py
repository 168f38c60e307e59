"""Channel names that Slack takes: lower case, at most 80 characters; Arabic and Cyrillic titles in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# The longest suffix that a taken name gets, and the day, must still fit.
TITLE_LIMIT = 60
# One pair a word: the letter, then how it is written; a letter that has no sound of its own is left out.
_CYRILLIC = (
    "аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya "
    "іi їyi єye ґg"
)
_ARABIC = (
    "اa أa إi آa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn هh وw يy ىa ةa ئy ؤw ء"
)
_LETTERS = {pair[0]: pair[1:] for pair in [*_CYRILLIC.split(), *_ARABIC.split()]}
_SPECIAL = {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}


def latin(text: str) -> str:
    """A text in lower-case Latin letters, digits and hyphens; what cannot be written so is left out."""
    spelt = "".join({**_LETTERS, **_SPECIAL}.get(letter, letter) for letter in text.lower())
    bare = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def channel_name(title: str, fallback: str, day: date | None = None) -> str:
    """The name of a series' channel, or with `day` of one meeting's: `cabinet-2026-11-26`.

    `fallback` stands where nothing of the title can be written in Latin letters.
    """
    base = latin(title)[:TITLE_LIMIT].strip("-") or fallback
    return f"{base}-{day.isoformat()}" if day else base
