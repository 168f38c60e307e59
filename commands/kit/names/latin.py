"""Any script in lower-case Latin letters: for the names of channels and files, and for codes.

Arabic and its neighbours are spelt by the table here, as people do it who write them on a Latin keyboard; for every
other script the tables of `anyascii` speak.

Gesture: put into words.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# One pair a word: the letter, then how it is written; a letter that has no sound of its own is left out.
_ARABIC = (
    "اa أa إi آa ٱa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn هh وw يy ىa ةa "
    "ئy ؤw ء پp چch ژzh گg کk یi ۀe ەe ھh ہh ےe ڕr ڵl ۆo ێe ڤv ټt ډd ړr ښsh ږg ڼn ۍi ېe ں "
)
_APOSTROPHES = re.compile("['’‘ʼ`]")
_LETTERS = {pair[0]: pair[1:] for pair in _ARABIC.split()}


def latin(text: str) -> str:
    """A text in lower-case Latin letters, digits and hyphens between its words; empty where nothing can be spelt."""
    letters = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    # What anyascii writes for a sound without a Latin letter is an apostrophe or a comma: it goes as well.
    return re.sub(r"[^a-z0-9]+", "-", "".join(map(_spelt, letters)).lower()).strip("-")


def _spelt(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    # Signs and emoji have no sound, though the tables have names for them.
    return re.sub("['`,]", "", anyascii(letter)) if unicodedata.category(letter)[0] in "LMN" else " "
