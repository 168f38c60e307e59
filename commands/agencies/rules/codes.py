"""Codes of agencies: what one may look like, one for an agency that came without, and the nearest to a misspelt one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count

from commands.agencies.rules.known import known_acronym
from commands.kit.names.latin import latin
from storage.agencies import Agency, code_key
from storage.letters import folded

SHORTEST, LONGEST = 2, 24
_CODE = re.compile(rf"[A-Za-z0-9/\-]{{{SHORTEST},{LONGEST}}}")
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z0-9\-/]{1,11})\)")
_BEFORE_DASH = re.compile(r"([A-Z][A-Z0-9\-/]{1,11}) [-–] ")
_GOVERNMENT = re.compile(r"(.+), Government of", re.IGNORECASE)
# No bracket inside: from each of many opening ones, a search for the end of all would read the rest of the text.
_BRACKETS = re.compile(r"\([^()]*\)")
_ELIDED = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)
# A single word longer than this is a name, not an acronym.
LONGEST_ACRONYM = 12
NEAREST = 5
NEAR_ENOUGH = 55
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a al an and at aux by d da das de del des di do dos du e el en et for from in l la las le les los of on or "
        "pour sur the to und y",
    )
)


def is_code(text: str) -> bool:
    """Whether a code has letters, digits, - and / only, between 2 and 24 of them, at least one a letter or digit."""
    return bool(_CODE.fullmatch(text)) and any(letter.isalnum() for letter in text)


def initials(name: str) -> str:
    """The first letters of a name's words, small words left out."""
    words = folded(_ELIDED.sub(" ", _BRACKETS.sub(" ", name))).split()
    return "".join(_latin(word)[:1] for word in words if word not in _SMALL_WORDS).upper()


def suggested_code(name: str) -> str:
    """A code for an agency that came without one: its known acronym, one in its name, else its initials."""
    known = known_acronym(name)
    if known:
        return known
    for pattern in (_IN_BRACKETS, _BEFORE_DASH):
        found = pattern.search(name)
        if found and is_code(found[1].upper()):
            return found[1].upper()
    government = _GOVERNMENT.fullmatch(name)
    if government:
        return _whole_words(f"GOV-{_slug(government[1])}")
    letters = initials(name)
    return letters[:LONGEST_ACRONYM] if len(letters) > 1 else _slug(name)[:LONGEST_ACRONYM].rstrip("-")


def _whole_words(slug: str) -> str:
    """A code cut at the end of a word where it can be, without a small word left hanging."""
    if len(slug) <= LONGEST:
        return slug
    words = slug[: LONGEST + 1].split("-")[:-1]
    while words and words[-1].casefold() in _SMALL_WORDS:
        words.pop()
    return "-".join(words) if len(words) > 1 else slug[:LONGEST].rstrip("-")


def _slug(text: str) -> str:
    words = folded(_BRACKETS.sub(" ", text)).split() or folded(text).split()
    return "-".join(filter(None, map(_latin, words))).upper()


def _latin(word: str) -> str:
    """A word of Latin letters without accents; empty for other scripts, in which nobody abbreviates in Latin ones."""
    is_latin = all(one.isdecimal() or unicodedata.name(one, "").startswith("LATIN ") for one in word)
    return latin(word).replace("-", "") if is_latin else ""


def free_code(name: str, taken: Iterable[str]) -> str:
    """The suggested code, with a number where it is taken. `taken` holds codes as `code_key` gives them."""
    used = taken if isinstance(taken, set | frozenset) else set(taken)
    base = suggested_code(name)
    if not is_code(base):
        base = f"ORG-{base}".rstrip("-")
    if code_key(base) not in used:
        return base
    numbered = (f"{base[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}" for number in count(2))
    # Plain letters, digits and - have nothing that `code_key` would take off; long lists ask a million times.
    return next(code for code in numbered if code.casefold() not in used)


def nearest(text: str, agencies: Sequence[Agency]) -> list[Agency]:
    """Up to five agencies somebody may have meant, the likeliest first: by code, or by a name."""
    wanted = folded(text)
    if not wanted:
        return []
    known = known_acronym(text)
    scored = []
    for agency in agencies:
        score = max(_likeness(wanted, folded(word)) for word in (agency.code, agency.name, agency.name_fr))
        if known and known in {agency.code.upper(), known_acronym(agency.name)}:
            score = 100.0
        if score >= NEAR_ENOUGH:
            scored.append((-score, agency.code_key, agency))
    return [agency for _score, _key, agency in sorted(scored, key=lambda one: one[:2])[:NEAREST]]


def _likeness(wanted: str, word: str) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - 2 MiB that most processes never need

    if not word:
        return 0.0
    # Whole words of a name count nearly as much as the code itself.
    return max(fuzz.ratio(wanted, word), 0.95 * fuzz.token_set_ratio(wanted, word), 0.9 * _starts(wanted, word))


def _starts(wanted: str, word: str) -> float:
    return 100.0 if len(wanted) >= SHORTEST and word.startswith(wanted) else 0.0
