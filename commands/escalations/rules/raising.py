"""What a new escalation must say, and what it may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from commands.escalations.rules.similar import Draft
from commands.kit.dates import local_moment
from commands.kit.handling import Handling
from commands.kit.words import _
from storage.escalations.model import Asks, Severity

ASKS, SUMMARY, SEVERITY, DAY, TIME = "asks", "summary", "severity", "day", "time"
PLACE, CODE, AGENCIES, TRIED, HANDLING = "place", "code", "agencies", "tried", "handling"
REFERENCE, HOLDER, HOW = "reference", "holder", "how"
SUMMARY_LIMIT, TRIED_LIMIT, SHORT_LIMIT, CODE_LIMIT = 2500, 1500, 150, 30

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """A new escalation as it was entered, with texts where they may be and a pointer where they may not."""

    asks: str
    severity: str
    handling: str
    summary: str = ""
    tried: str = ""
    place_name: str = ""
    place_code: str = ""
    agency_ids: tuple[int, ...] = ()
    needed_by: datetime | None = None
    pointer: dict[str, str] = field(default_factory=dict)

    @property
    def draft(self) -> Draft:
        """What it is compared by."""
        return Draft(self.summary, self.place_name, self.place_code, frozenset(self.agency_ids))


def is_pointer(data: Data) -> bool:
    """Whether the text stays outside Slack."""
    return data.get(HANDLING) == Handling.STRICTLY_CONFIDENTIAL


def mistakes_in(data: Data, zone: ZoneInfo, work_end: time, now: datetime) -> dict[str, str]:
    """What is missing or impossible, by field."""
    found: dict[str, str] = {}
    if data.get(ASKS) not in set(Asks):
        found[ASKS] = _("Choose what is asked of the office.")
    if data.get(SEVERITY) not in set(Severity):
        found[SEVERITY] = _("Choose how urgent it is.")
    if data.get(HANDLING) not in set(Handling):
        found[HANDLING] = _("Choose the classification.")
    if is_pointer(data):
        found |= _pointer_mistakes(data)
    elif not data.get(SUMMARY):
        found[SUMMARY] = _("Say in a few sentences what it is about.")
    needed = needed_by(data, zone, work_end)
    if needed is not None and needed <= now:
        found[DAY] = _("This moment has passed. Choose a later one.")
    if data.get(TIME) and not data.get(DAY):
        found[DAY] = _("Choose the day too.")
    return found


def _pointer_mistakes(data: Data) -> dict[str, str]:
    texts = {
        REFERENCE: _("Give the reference under which the text can be found."),
        HOLDER: _("Say who holds the text."),
        HOW: _("Say how the office can ask for it."),
    }
    return {name: text for name, text in texts.items() if not data.get(name)}


def needed_by(data: Data, zone: ZoneInfo, work_end: time) -> datetime | None:
    """By when it is needed; a day without a time means the end of its working hours."""
    if not data.get(DAY):
        return None
    at = time.fromisoformat(data[TIME]) if data.get(TIME) else work_end
    return local_moment(date.fromisoformat(data[DAY]), at, zone)


def entered(data: Data, zone: ZoneInfo, work_end: time) -> Entered:
    """The form without mistakes as an escalation. A pointer keeps no other text, whatever was typed before."""
    pointer = is_pointer(data)
    return Entered(
        asks=data[ASKS],
        severity=data[SEVERITY],
        handling=data[HANDLING],
        summary="" if pointer else data[SUMMARY],
        tried="" if pointer else data.get(TRIED) or "",
        place_name="" if pointer else data.get(PLACE) or "",
        place_code="" if pointer else data.get(CODE) or "",
        agency_ids=tuple(int(one) for one in data.get(AGENCIES) or ()),
        needed_by=needed_by(data, zone, work_end),
        pointer={name: data[name] for name in (REFERENCE, HOLDER, HOW)} if pointer else {},
    )
