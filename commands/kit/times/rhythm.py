"""Days that come again: chosen days of the week, every so many weeks, moved or left out where they are holidays.

Gesture: reckon time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, option
from commands.kit.dates import ONE_DAY, WorkCalendar, local_moment, weekday_text
from commands.kit.words import ngettext

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which days come again. `weekdays` counts Monday as 0; with `every_weeks` 0 no day does.

    Weeks count from the week of `anchor`, and no day before it comes; the default counts from the first week there is.
    A day that is a holiday moves to the next working day, or is left out with `skips_holidays`. Only holidays do so:
    a rhythm that names a Saturday means it.
    """

    weekdays: Collection[int]
    every_weeks: int = 1
    anchor: date = date.min
    skips_holidays: bool = False

    def names(self, day: date) -> bool:
        """Whether its weekdays and weeks name a day, as if it had always been there; holidays are not looked at."""
        if not self.every_weeks or day.weekday() not in self.weekdays:
            return False
        return (_monday(day) - _monday(self.anchor)) // WEEK % self.every_weeks == 0

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days it names between two days, both included."""
        day = max(first, self.anchor)
        while day <= last:
            if self.names(day):
                yield day
            day += ONE_DAY

    def day_before(self, day: date) -> date:
        """The day it names before this one, as if it had always been there. It must name some day."""
        back = day - ONE_DAY
        while not self.names(back):
            back -= ONE_DAY
        return back

    def kept_days(self, first: date, last: date, calendar: WorkCalendar) -> Iterator[tuple[date, date]]:
        """Each day it names between two days, with the day on which it is really kept.

        Of several that holidays push to the same day only the first is given. Raises NoWorkingTimeError.
        """
        taken: set[date] = set()
        for day in self.days(first, last):
            kept = self._kept(day, calendar)
            if kept is not None and kept not in taken:
                taken.add(kept)
                yield day, kept

    def _kept(self, day: date, calendar: WorkCalendar) -> date | None:
        if day not in calendar.holidays:
            return day
        return None if self.skips_holidays else calendar.working_day_from(day)

    def moments(self, at: time, zone: ZoneInfo, after: datetime, count: int) -> list[datetime]:
        """The next moments after `after`, in UTC: this local time on each day it names. At least one a week is."""
        today = after.astimezone(zone).date()
        found = (local_moment(day, at, zone) for day in self.days(today, today + (count + 1) * WEEK))
        return [moment for moment in found if moment > after][:count]


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def weekdays_text(weekdays: Iterable[int]) -> str:
    """Days of the week (Monday is 0) in the reader's language: `Monday, Thursday`."""
    return ", ".join(weekday_text(day) for day in weekdays)


def weeks_text(count: int) -> str:
    """How many weeks lie between: `every week`, `every 2 weeks`."""
    return ngettext("every week", "every {count} weeks", count).format(count=count)


def weekday_options() -> list[Block]:
    """The days of the week as choices; the values are 0 (Monday) to 6."""
    return [option(weekday_text(day), str(day)) for day in range(7)]


def weeks_options(most: int) -> list[Block]:
    """Every week to every `most` weeks as choices; the values are the numbers."""
    return [option(weeks_text(count), str(count)) for count in range(1, most + 1)]
