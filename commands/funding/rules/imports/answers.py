"""What FTS's API says about a whole answer on each of its pages: how many flows there are and what they add up to.

`flowCount`, `fundingTotal` and `pledgeTotal` are of the answer, not of the page; `nextLink` stands on every page but
the last. Pages that say the same are of one answer, and it is complete when as many flows are there as it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from commands.funding.rules.imports.api_pages import FLOWS_KEY
from commands.kit.tables.json_arrays import around_array
from storage.base import Json

LONGEST_LINK = 300
# Under these names an import keeps what its pages say of their answer and how many of its flows it holds.
ANSWER, HAVE = "answer", "have"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says about its answer: flows by boundary, and incoming money in cents. `next_link` is the page's."""

    incoming: int
    internal: int
    outgoing: int
    funding: int
    pledges: int
    next_link: str = ""

    @property
    def flows(self) -> int:
        """How many flows the answer has."""
        return self.incoming + self.internal + self.outgoing

    @property
    def key(self) -> str:
        """The same for every page of an answer."""
        return "/".join(map(str, (self.incoming, self.internal, self.outgoing, self.funding, self.pledges)))

    def as_json(self) -> Json:
        """For the import's record."""
        return {
            "incoming": self.incoming,
            "internal": self.internal,
            "outgoing": self.outgoing,
            "funding": self.funding,
            "pledges": self.pledges,
            "next": self.next_link,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Answer:
        """The answer of an import's record."""
        counts = {name: int(kept[name]) for name in ("incoming", "internal", "outgoing", "funding", "pledges")}
        return cls(**counts, next_link=str(kept["next"]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of an answer an import holds: `have` of `of` flows. `next_link` is of the page that is known to lack."""

    have: int
    of: int
    next_link: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every flow is there; more than there are means that pages of different moments were put together."""
        return self.have == self.of


def standing_of(options: Json) -> Standing | None:
    """How complete an import is by its `options`; None where its files say nothing of an answer."""
    kept = (options or {}).get(ANSWER)
    if not kept:
        return None
    answer = Answer.from_json(kept)
    return Standing(int(kept.get(HAVE, 0)), answer.flows, answer.next_link)


def read_answer(path: Path) -> Answer | None:
    """What a page says about its answer; None for a file that says nothing of it."""
    page = around_array(path, FLOWS_KEY) or {}
    data, meta = (part if isinstance(part, dict) else {} for part in (page.get("data"), page.get("meta")))
    by = {name: data[name] for name in ("incoming", "internal", "outgoing") if isinstance(data.get(name), dict)}
    if "incoming" not in by or not all(_is_count(one.get("flowCount")) for one in by.values()):
        return None
    counts = {name: int(by[name]["flowCount"]) if name in by else 0 for name in ("incoming", "internal", "outgoing")}
    money = [_cents(by["incoming"].get(name)) for name in ("fundingTotal", "pledgeTotal")]
    if money[0] is None:
        return None
    link = meta.get("nextLink")
    return Answer(**counts, funding=money[0], pledges=money[1] or 0, next_link=str(link or "")[:LONGEST_LINK])


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _cents(value: object) -> int | None:
    return int(value * 100) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def together(pages: Sequence[Answer]) -> Answer:
    """One answer for pages of the same key: its link is of the page that comes next, "" where the last one is there."""
    links = sorted({one.next_link for one in pages if one.next_link}, key=_number)
    given = {_number(link) - 1 for link in links}
    missing = [link for link in links if _number(link) not in given]
    has_last = any(not one.next_link for one in pages)
    first = pages[0]
    link = missing[0] if missing and not (has_last and len(missing) == 1) else ""
    return Answer(first.incoming, first.internal, first.outgoing, first.funding, first.pledges, link)


def _number(link: str) -> int:
    found = parse_qs(urlsplit(link).query).get("page", ["0"])[0]
    return int(found) if found.isdecimal() else 0
