"""Has this been raised already? Same place or agencies, same days, like words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.escalations.model import OPEN, Escalation
from storage.letters import identifier

LOOK_BACK = timedelta(days=7)
# Words alike up to 100. Where place or agency agree already, fewer of the words need to.
ALIKE_ANYWHERE = 80.0
ALIKE_HERE = 55.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new escalation is compared by."""

    summary: str
    place_name: str
    place_code: str
    agency_ids: frozenset[int]


def alike(draft: Draft, earlier: Iterable[Escalation], now: datetime) -> list[Escalation]:
    """Open escalations of the last days that may be about the same matter, the likest first."""
    scored = [(_score(draft, one), one) for one in earlier if one.state in OPEN and now - one.raised_at <= LOOK_BACK]
    found = [(score, one) for score, one in scored if score]
    return [one for _score_, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def _score(draft: Draft, one: Escalation) -> float:
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 - 2 MiB that most processes never need

    words = fuzz.token_set_ratio(draft.summary, one.summary, processor=utils.default_process)
    near = same_place(draft, one) or bool(draft.agency_ids & set(one.agency_ids))
    return words if words >= (ALIKE_HERE if near else ALIKE_ANYWHERE) else 0.0


def same_place(draft: Draft, one: Escalation) -> bool:
    """Whether both name the same place, by its code or by its name however it is spelt."""
    if draft.place_code and identifier(draft.place_code).casefold() == identifier(one.place_code).casefold():
        return True
    if not draft.place_name or not one.place_name:
        return False
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 - 2 MiB that most processes never need

    return fuzz.ratio(draft.place_name, one.place_name, processor=utils.default_process) >= ALIKE_ANYWHERE
