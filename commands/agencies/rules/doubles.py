"""Look-alikes: two names that may be one organisation. They are pointed out; nothing here merges anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from commands.agencies.rules.codes import initials
from commands.agencies.rules.known import known_acronym
from storage.letters import folded

# Found by comparing the pairs of real lists (FTS, 3W): below, other organisations of the same pattern come in.
ALIKE = 90
SPELT_ALIKE = 75
SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 10
_GOVERNMENT = re.compile(r"\bgovernment of\b")
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
        self._by_acronym: dict[str, list[_Profile]] = defaultdict(list)
        self._by_word: dict[str, list[_Profile]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, one: Named) -> None:
        """Remember a name."""
        profile = _profile(one)
        for acronym in profile.acronyms:
            self._by_acronym[acronym].append(profile)
        for word in profile.telling:
            self._by_word[word].append(profile)

    def of(self, one: Named) -> list[Alike]:
        """The names that may be the same organisation, up to three, surest first."""
        profile = _profile(one)
        found: dict[Named, Likeness] = {}
        for acronym in profile.acronyms:
            for other in self._by_acronym.get(acronym, ()):
                if _share_acronym(profile, other):
                    found.setdefault(other.named, Likeness.ACRONYM)
        for other in self._near(profile):
            likeness = None if other.named in found else _spelt_alike(profile, other)
            if likeness:
                found[other.named] = likeness
        ranked = sorted(found.items(), key=lambda pair: list(Likeness).index(pair[1]))
        return [Alike(other, likeness) for other, likeness in ranked[:MOST_SHOWN]]

    def _near(self, profile: _Profile) -> list[_Profile]:
        """Names that share a word which few names have; where all words are common, some that share the rarest."""
        shared = [self._by_word[word] for word in sorted(profile.telling) if word in self._by_word]
        rare = [others for others in shared if len(others) <= COMMON_WORD]
        if shared and not rare:
            rare = [min(shared, key=len)[:COMMON_WORD]]
        return list({id(other): other for others in rare for other in others}.values())


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One name for comparing: without the words of every government, and as a set of words."""

    core: str
    words: frozenset[str]
    of_government: bool


@dataclass(frozen=True, slots=True)
class _Profile:
    """A name with all that comparing needs, worked out once. `own` is the acronym it is, or is known by."""

    named: Named
    spellings: tuple[_Spelling, ...]
    telling: frozenset[str]
    acronyms: frozenset[str]
    own: str
    is_acronym: bool


@lru_cache(maxsize=20_000)
def _profile(one: Named) -> _Profile:
    names = [folded(name) for name in (one.name, one.other_name) if name]
    is_acronym = _is_acronym(one.name)
    own = known_acronym(one.name) or known_acronym(one.other_name) or (one.name if is_acronym else "")
    letters = {initials(name) for name in (one.name, one.other_name) if name and not _is_acronym(name)}
    acronyms = {own, one.code, *(each for each in letters if len(each) >= SHORTEST_ACRONYM)}
    return _Profile(
        named=one,
        spellings=tuple(_spelling(name) for name in names),
        telling=frozenset(word for name in names for word in _telling(name)),
        acronyms=frozenset(folded(acronym) for acronym in acronyms if acronym),
        own=folded(own),
        is_acronym=is_acronym,
    )


def _spelling(name: str) -> _Spelling:
    core = _GOVERNMENT.sub("", name).strip()
    return _Spelling(core, frozenset(core.split()), core != name)


def _telling(name: str) -> set[str]:
    """The words of a name that tell it from others; all of them where it has only everyday ones."""
    words = set(name.split())
    return words - _EVERYDAY or words


def _is_acronym(name: str) -> bool:
    bare = re.sub(r"[^A-Za-z0-9]", "", name)
    return " " not in name.strip() and bare.isupper() and SHORTEST_ACRONYM <= len(bare) <= LONGEST_ACRONYM


def _share_acronym(one: _Profile, other: _Profile) -> bool:
    """Whether both are known by one acronym, or the whole name of one is an acronym of the other."""
    if one.own and other.own:
        return one.own == other.own
    if one.is_acronym:
        return one.own in other.acronyms
    return other.is_acronym and other.own in one.acronyms


def _spelt_alike(one: _Profile, other: _Profile) -> Likeness | None:
    for first in one.spellings:
        for second in other.spellings:
            if first.of_government != second.of_government:
                continue
            if _is_part(first.words, second.words):
                return Likeness.PART
            if _same_but_for_spelling(first, second):
                return Likeness.SPELLING
    return None


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all words of one name stand in the other, at least half of it and something telling among them."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if not shorter <= longer or not shorter - _EVERYDAY:
        return False
    return len(shorter) * 2 >= len(longer) and (len(shorter) > 1 or len(longer) - len(shorter) <= 1)


def _same_but_for_spelling(one: _Spelling, other: _Spelling) -> bool:
    """Whether names are spelt alike, and the words that differ are: Danish and Swedish Red Cross are not."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - 2 MiB that most processes never need

    if not fuzz.token_sort_ratio(one.core, other.core, score_cutoff=ALIKE):
        return False
    left, right = sorted(one.words - other.words), sorted(other.words - one.words)
    return not left or not right or fuzz.ratio(" ".join(left), " ".join(right)) >= SPELT_ALIKE
