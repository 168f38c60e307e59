"""What a new escalation must say, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock_time
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEntry:
    """The form as it stands, right or wrong. Fields are called as the form and its stored draft call them.

    `source` is what it was raised from, as the form's notes keep it.
    """

    asks: Asks | None = None
    severity: Severity | None = None
    handling: Handling | None = None
    summary: str = ""
    tried: str = ""
    place: str = ""
    code: str = ""
    reference: str = ""
    holder: str = ""
    how: str = ""
    agencies: tuple[int, ...] = ()
    day: date | None = None
    time: clock_time | None = None
    source: Mapping[str, str] | None = None

    @property
    def is_pointer(self) -> bool:
        """Whether the text stays outside Slack."""
        return self.handling is Handling.STRICTLY_CONFIDENTIAL


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


def mistakes_in(entry: RaiseEntry, zone: ZoneInfo, work_end: clock_time, now: datetime) -> dict[str, str]:
    """What is missing or impossible, by field."""
    found: dict[str, str] = {}
    if entry.asks is None:
        found[ASKS] = _("Choose what is asked of the office.")
    if entry.severity is None:
        found[SEVERITY] = _("Choose how urgent it is.")
    if entry.handling is None:
        found[HANDLING] = _("Choose the classification.")
    if entry.is_pointer:
        found |= _pointer_mistakes(entry)
    elif not entry.summary:
        found[SUMMARY] = _("Say in a few sentences what it is about.")
    needed = needed_by(entry, zone, work_end)
    if needed is not None and needed <= now:
        found[DAY] = _("This moment has passed. Choose a later one.")
    if entry.time is not None and entry.day is None:
        found[DAY] = _("Choose the day too.")
    return found


def _pointer_mistakes(entry: RaiseEntry) -> dict[str, str]:
    found: dict[str, str] = {}
    if not entry.reference:
        found[REFERENCE] = _("Give the reference under which the text can be found.")
    if not entry.holder:
        found[HOLDER] = _("Say who holds the text.")
    if not entry.how:
        found[HOW] = _("Say how the office can ask for it.")
    return found


def needed_by(entry: RaiseEntry, zone: ZoneInfo, work_end: clock_time) -> datetime | None:
    """By when it is needed; a day without a time means the end of its working hours."""
    return None if entry.day is None else local_moment(entry.day, entry.time or work_end, zone)


def entered(entry: RaiseEntry, zone: ZoneInfo, work_end: clock_time) -> Entered:
    """The form without mistakes as an escalation. A pointer keeps no other text, whatever was typed before."""
    assert entry.asks is not None
    assert entry.severity is not None
    assert entry.handling is not None
    pointer = entry.is_pointer
    return Entered(
        asks=entry.asks,
        severity=entry.severity,
        handling=entry.handling,
        summary="" if pointer else entry.summary,
        tried="" if pointer else entry.tried,
        place_name="" if pointer else entry.place,
        place_code="" if pointer else entry.code,
        agency_ids=entry.agencies,
        needed_by=needed_by(entry, zone, work_end),
        pointer={REFERENCE: entry.reference, HOLDER: entry.holder, HOW: entry.how} if pointer else {},
    )
