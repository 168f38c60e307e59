"""Look-alikes: two names that may be one organisation. They are pointed out; nothing here merges anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from commands.agencies.rules.codes import initials
from commands.agencies.rules.known import known_acronym
from commands.kit.tables import folded

# Found by comparing the pairs of real lists (FTS, 3W): below, other organisations of the same pattern come in.
ALIKE = 90
SPELT_ALIKE = 75
SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 10
# A word of more names than this says nothing about which organisation is meant.
COMMON_WORD = 40
MOST_SHOWN = 3
# What names of organisations have in common; names that agree only in these are not alike.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "a act action afghan afghanistan agency agencies aid alliance and assistance association center centre "
        "committee council de department des development e et for foundation fund global government group health human "
        "humanitarian initiative international la le national network ngo of office on ong organisation organization "
        "people program programme project relief republic service services social society support the trust un union "
        "united nations women world yardim",
    )
)


class Likeness(StrEnum):
    """Why two names may be one organisation."""

    ACRONYM = "acronym"
    SPELLING = "spelling"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: an agency (`agency_id`) or an organisation of the file (`row`)."""

    name: str
    code: str = ""
    other_name: str = ""
    row: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A name that another one looks like, and why."""

    other: Named
    likeness: Likeness


class Lookalikes:
    """Names seen so far, to compare the next one with. Comparing stays quick in lists of thousands."""

    def __init__(self, known: Iterable[Named] = ()) -> None:
        self._by_acronym: dict[str, list[Named]] = defaultdict(list)
        self._by_word: dict[str, list[Named]] = defaultdict(list)
        self._order: dict[Named, int] = {}
        for one in known:
            self.add(one)

    def add(self, one: Named) -> None:
        """Remember a name."""
        self._order[one] = len(self._order)
        for acronym in _acronyms(one):
            self._by_acronym[acronym].append(one)
        for word in {word for name in _names(one) for word in _telling(name)}:
            self._by_word[word].append(one)

    def of(self, one: Named) -> list[Alike]:
        """The names that may be the same organisation, up to three, surest first."""
        found: dict[Named, Likeness] = {}
        for acronym in _acronyms(one):
            for other in self._by_acronym[acronym]:
                if _share_acronym(one, other):
                    found.setdefault(other, Likeness.ACRONYM)
        words = {word for name in _names(one) for word in _telling(name)}
        others = {other for word in words for other in self._by_word[word][:COMMON_WORD]}
        for other in sorted(others - found.keys(), key=self._order.__getitem__):
            likeness = _spelt_alike(one, other)
            if likeness:
                found[other] = likeness
        ranked = sorted(found.items(), key=lambda pair: list(Likeness).index(pair[1]))
        return [Alike(other, likeness) for other, likeness in ranked[:MOST_SHOWN]]


def _names(one: Named) -> list[str]:
    return [folded(name) for name in (one.name, one.other_name) if name]


def _telling(name: str) -> set[str]:
    """The words of a name that tell it from others; all of them where it has only everyday ones."""
    words = set(name.split())
    return words - _EVERYDAY or words


def _is_acronym(name: str) -> bool:
    bare = re.sub(r"[^A-Za-z0-9]", "", name)
    return " " not in name.strip() and bare.isupper() and SHORTEST_ACRONYM <= len(bare) <= LONGEST_ACRONYM


def _own_acronym(one: Named) -> str:
    """The acronym that a name is, or that everybody knows it by; empty for all others."""
    known = known_acronym(one.name) or known_acronym(one.other_name)
    return known or (one.name.upper() if _is_acronym(one.name) else "")


def _acronyms(one: Named) -> set[str]:
    """Every acronym under which this may be found, folded."""
    letters = {initials(name) for name in (one.name, one.other_name) if name and not _is_acronym(name)}
    found = {_own_acronym(one), one.code, *(each for each in letters if len(each) >= SHORTEST_ACRONYM)}
    return {folded(acronym) for acronym in found if acronym}


def _share_acronym(one: Named, other: Named) -> bool:
    """Whether both are known by one acronym, or the whole name of one is an acronym of the other."""
    first, second = _own_acronym(one), _own_acronym(other)
    if first and second:
        return folded(first) == folded(second)
    if _is_acronym(one.name):
        return folded(one.name) in _acronyms(other)
    return _is_acronym(other.name) and folded(other.name) in _acronyms(one)


def _spelt_alike(one: Named, other: Named) -> Likeness | None:
    for first in _names(one):
        for second in _names(other):
            if ("government of" in first) != ("government of" in second):
                continue
            core_one, core_other = _without_government(first), _without_government(second)
            if _is_part(core_one, core_other):
                return Likeness.PART
            if fuzz.token_sort_ratio(core_one, core_other, score_cutoff=ALIKE) and _differ_in_spelling(
                core_one, core_other
            ):
                return Likeness.SPELLING
    return None


def _without_government(name: str) -> str:
    return re.sub(r"\bgovernment of\b", "", name).strip()


def _is_part(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, at least half of it and something telling among them."""
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    if not shorter <= longer or not shorter - _EVERYDAY:
        return False
    return len(shorter) * 2 >= len(longer) and (len(shorter) > 1 or len(longer) - len(shorter) <= 1)


def _differ_in_spelling(one: str, other: str) -> bool:
    """Whether words that differ are spelt alike: Danish and Swedish Red Cross are not, Organisation and ization are."""
    first, second = set(one.split()), set(other.split())
    left, right = sorted(first - second), sorted(second - first)
    if not left or not right:
        return True
    return fuzz.ratio(" ".join(left), " ".join(right)) >= SPELT_ALIKE
