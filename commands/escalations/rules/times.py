"""How long things may take, by severity, and the clock they are counted on: duty hours, or every hour.

The times are settings. Those here are what a mission has until it decides: a day for the acknowledgement and three days
for the decision, told in duty hours of eight a day; what is urgent or immediate has less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from commands.kit.dates import WorkCalendar
from storage.escalations.model import Severity

MINUTE = timedelta(minutes=1)
SHORTEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Times:
    """`ack` and `decide` count from the raising; `stale` from the holder's last act; `grace` from the question."""

    ack: timedelta
    decide: timedelta
    stale: timedelta
    grace: timedelta

    def as_minutes(self) -> dict[str, int]:
        """The times as settings keep them."""
        return {name: int(getattr(self, name) / MINUTE) for name in NAMES}


NAMES = ("ack", "decide", "stale", "grace")


def _minutes(ack: int, decide: int, stale: int, grace: int) -> Times:
    return Times(ack * MINUTE, decide * MINUTE, stale * MINUTE, grace * MINUTE)


DEFAULT_TIMES = {
    Severity.ROUTINE: _minutes(ack=480, decide=1440, stale=960, grace=240),
    Severity.URGENT: _minutes(ack=120, decide=480, stale=240, grace=60),
    Severity.IMMEDIATE: _minutes(ack=20, decide=240, stale=60, grace=15),
}


def times_of(settings: Mapping[str, Any], severity: str) -> Times:
    """The mission's times for a severity; what it has not decided is the default."""
    default = DEFAULT_TIMES[Severity(severity)].as_minutes()
    return _minutes(**{**default, **{name: int(value) for name, value in (settings.get(severity) or {}).items()}})


@dataclass(frozen=True, slots=True)
class Pace:
    """The clock of one escalation. An immediate one runs `always`, and so does one in a calendar without duty hours."""

    calendar: WorkCalendar
    always: bool = False

    @property
    def runs_always(self) -> bool:
        """Whether every hour counts."""
        calendar = self.calendar
        return self.always or not calendar.days or calendar.start >= calendar.end

    def is_on(self, when: datetime) -> bool:
        """Whether the clock runs at this moment."""
        return self.runs_always or self.calendar.is_working(when)

    def next_on(self, when: datetime) -> datetime:
        """This moment if the clock runs, else the one at which it runs again."""
        return when if self.runs_always else self.calendar.next_working(when)

    def after(self, when: datetime, length: timedelta) -> datetime:
        """The moment a length of counted time later."""
        return when + length if self.runs_always else self.calendar.shift_hours(when, length)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much time counts between two moments."""
        if end <= start:
            return timedelta()
        if self.runs_always:
            return end - start
        counted, current = timedelta(), self.calendar.next_working(start)
        while current < end:
            closes = self.calendar.hours_of(current.astimezone(self.calendar.zone).date())[1]
            counted += min(closes, end) - current
            current = self.calendar.next_working(closes)
        return counted
