"""Letters for comparing: names, words and numbers that people spell in different ways are one.

What is dropped follows how each script is read. Accents of Latin, Greek and Cyrillic letters fold, as do the marks of
Arabic and Hebrew that readers leave out. In every other script (Devanagari, Bengali, Burmese, Thai, Khmer, Amharic,
kana) a mark is a letter: without it the word is another word, so it stays.

Letters that nobody sees (zero-width spaces and joiners, soft hyphens, direction marks) never count.

Gesture: look up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʹ`´"
_ACCENTED_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "COPTIC ", "ARMENIAN ")
_UNREAD_MARKS = ("ARABIC ", "HEBREW ")
# Letters that do not decompose, and pairs that keyboards of one script mix: Arabic and Persian kaf and yeh, the yeh
# without dots, heh with hamza; Turkish dotless i; letters with a stroke or a hook as their plain neighbours.
_SAME = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ک": "ك",
        "ی": "ي",
        "ى": "ي",
        "ہ": "ه",
        "ە": "ه",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": "",
        "&": " and ",
        **dict.fromkeys(_APOSTROPHES, ""),
    }
)
_ASCII_BREAKS = re.compile(r"[^a-z0-9]+")
# What nobody sees: soft hyphens, zero-width spaces and joiners, direction marks. Selectors say how the letter before
# them is drawn (an emoji in colour), and are left where a text is kept.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_JOINERS = "\u200b\u200c\u200d"
_UNSEEN_LETTERS = re.compile(f"[{_UNSEEN}]+")
_NOT_COMPARED = re.compile(f"[{_UNSEEN}\u034f\ufe00-\ufe0f]+")
# Every kind of blank that is no plain space or line break.
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def plain(text: str) -> str:
    """A text without the letters that nobody sees, with every kind of blank as a space; case and accents stay."""
    if text.isascii():
        return text
    return _BLANKS.sub(" ", _NOT_COMPARED.sub("", text))


def tidied(text: str) -> str:
    """A name or a text from a table without what came along unseen; joiners that some scripts write with stay.

    A zero-width letter between two letters of Persian, Khmer or Devanagari belongs to the word, as does one between
    two emoji. Beside a Latin, Greek or Cyrillic letter, a digit, a sign or the end it is an accident of copying.
    """
    if text.isascii():
        return text
    return _BLANKS.sub(" ", _UNSEEN_LETTERS.sub(_if_meant, text)).strip()


def _if_meant(found: re.Match[str]) -> str:
    text = found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if not (_joins(before) and _joins(after)):
        return ""
    # Marks that turn the direction are no part of a word, whatever stands beside them: a name could pretend another.
    return "".join(letter for letter in found.group() if letter in _JOINERS)


def _joins(letter: str) -> bool:
    kind = unicodedata.category(letter) if letter else ""
    if kind == "So" or kind.startswith("M"):
        return True
    return kind.startswith("L") and not letter.isascii() and not _name(letter).startswith(_ACCENTED_SCRIPTS)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """For comparing words: no case, no accents, no punctuation, digits as 0 to 9; `&` is a word."""
    if text.isascii():
        lowered = text.replace("&", " and ").replace("'", "").replace("`", "").lower()
        return _ASCII_BREAKS.sub(" ", lowered).strip()
    letters = unicodedata.normalize("NFKD", plain(text).translate(_SAME))
    # Folding case and taking letters apart each bring forth what the other acts on (Unicode 15, D146).
    letters = unicodedata.normalize("NFKD", letters.casefold()).casefold().translate(_SAME)
    kept = unicodedata.normalize("NFC", "".join(_folded_letters(letters)))
    return " ".join(kept.split())


def _folded_letters(letters: str) -> Iterator[str]:
    marks_are_letters = False
    for letter in letters:
        kind = unicodedata.category(letter)
        if kind[0] == "M":
            if _counts(letter, marks_are_letters=marks_are_letters):
                yield letter
            continue
        if kind == "Nd":
            yield str(unicodedata.decimal(letter))
        else:
            yield letter if kind[0] in "LN" else " "
        marks_are_letters = kind[0] == "L" and not letter.isascii() and not _name(letter).startswith(_ACCENTED_SCRIPTS)


def _counts(mark: str, *, marks_are_letters: bool) -> bool:
    # Hamza and madda above or below an alef are marks here as well: readers write أ, إ, آ and ا for one another.
    name = _name(mark)
    return not name.startswith(_UNREAD_MARKS) and (marks_are_letters or not name.startswith("COMBINING "))


@lru_cache(maxsize=4_000)
def _name(letter: str) -> str:
    return unicodedata.name(letter, "")


def search_phrases(query: str) -> list[str]:
    """The words of a query as they stand in folded texts; a word of several parts (`R&D`) stays together."""
    words = (word for word in plain(query).split() if any(letter.isalnum() for letter in word))
    return [phrase for phrase in map(folded, words) if phrase]


def fits(query: str, text: str) -> bool:
    """Whether a text holds every word of a query, in whatever case, accents and letters both are written."""
    stands = folded(text)
    return all(phrase in stands for phrase in search_phrases(query))


def begins_with(query: str, text: str) -> bool:
    """Whether a text begins with the first word of a query; False for a query without a word."""
    phrases = search_phrases(query)
    return bool(phrases) and folded(text).startswith(phrases[0])


_DASHES = re.compile("[\\u2010-\\u2015\\u2043\\u207b\\u2212\\ufe58\\ufe63\\uff0d~〜～]")
_WRAPPING = " \t\r\n\"'“”„‟‘’‚‛«»‹›`´*_#№.,;:!?()[]{}<>"


def identifier(text: str) -> str:
    """A code or number as it was meant: `“E – 1”`, `*E‑1*`, `#E-1.` and `Ｅ-１` are `E-1`; case stays.

    What phones and word processors put around or inside it goes: quotation marks, stars of bold text, a number sign,
    long dashes, blanks beside a dash or a slash, full-width letters, digits of other scripts.
    """
    letters = unicodedata.normalize("NFKC", _DASHES.sub("-", plain(text)))
    digits = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in letters)
    return re.sub(r"\s*([-/])\s*", r"\1", " ".join(digits.strip(_WRAPPING).split()))
