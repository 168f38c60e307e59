"""The mission's working calendar, recurring local times, and how moments are written for people.

Local times that a clock skips (spring) move forward by the length of the gap; local times that come twice (autumn)
mean the first of the two. Working hours are half-open: a day that ends at 17:00 has no working moment at 17:00.

Gesture: reckon time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date

from commands.kit.cards import moment
from commands.kit.words import _, current_locale
from commands.kit.work import Work
from storage.base import Json
from storage.missions import Mission, holidays_of

ONE_DAY = timedelta(days=1)
# A calendar without any working day for this long has none at all.
HORIZON_DAYS = 400
DAYS_REMEMBERED = 2000


class NoWorkingTimeError(ValueError):
    """The calendar has no working hour within a year: every day is free."""


@dataclass(frozen=True, slots=True)
class Season:
    """Days, both ends included, on which another working week holds, such as Ramadan."""

    name: str
    first: date
    last: date
    days: frozenset[int]
    start: time
    end: time

    def as_json(self) -> Json:
        """The season as the mission's row keeps it."""
        ends = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        hours = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {"name": self.name, **ends, "days": sorted(self.days), **hours}

    @staticmethod
    def from_json(row: Json) -> Season:
        """The season that the mission's row keeps."""
        first, last = (date.fromisoformat(row[name]) for name in ("first", "last"))
        start, end = (time.fromisoformat(row[name]) for name in ("start", "end"))
        return Season(str(row["name"]), first, last, frozenset(row["days"]), start, end)

    def holds_on(self, day: date) -> bool:
        """Whether this day belongs to the season."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When people work: days of the week (Monday is 0), local hours of `zone`, and days off.

    In one of the `seasons`, which never overlap, its own days and hours count instead.
    """

    zone: ZoneInfo
    days: frozenset[int]
    start: time
    end: time
    holidays: frozenset[date] = frozenset()
    seasons: tuple[Season, ...] = ()

    def elsewhere(self, zone: str) -> WorkCalendar:
        """The same week and hours in a person's own zone; an unknown zone leaves the mission's."""
        found = zone_named(zone)
        return self if found is None else replace(self, zone=found)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        return day.weekday() in self.week_on(day).days and day not in self.holidays

    def week_on(self, day: date) -> Season | WorkCalendar:
        """Whose days and hours count on this day: those of a season, or the usual ones."""
        return next((season for season in self.seasons if season.holds_on(day)), self)

    def working_day_from(self, day: date) -> date:
        """This day if it is a working day, else the next one."""
        return self._seek(day, 1)

    def plus_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after (or, negative, before) `day`."""
        step = 1 if count >= 0 else -1
        current = day if count == 0 else self._seek(day + step * ONE_DAY, step)
        for _again in range(abs(count) - 1):
            current = self._seek(current + step * ONE_DAY, step)
        return current

    def _seek(self, day: date, step: int) -> date:
        for _again in range(HORIZON_DAYS):
            if self.is_working_day(day):
                return day
            day += step * ONE_DAY
        raise NoWorkingTimeError("no working day within a year")

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """The first moment of a day's working hours and the first moment after them, in UTC."""
        week = self.week_on(day)
        return local_moment(day, week.start, self.zone), local_moment(day, week.end, self.zone)

    def is_working(self, when: datetime) -> bool:
        """Whether people work at this moment."""
        day = when.astimezone(self.zone).date()
        opens, closes = self.hours_of(day)
        return self.is_working_day(day) and opens <= when < closes

    def next_working(self, when: datetime) -> datetime:
        """This moment if people work then, else the start of the next working hours."""
        if self.is_working(when):
            return when
        day = when.astimezone(self.zone).date()
        opens, _closes = self.hours_of(day)
        if self.is_working_day(day) and when < opens:
            return opens
        return self.hours_of(self.working_day_from(day + ONE_DAY))[0]

    def next_morning(self, when: datetime) -> datetime:
        """The start of the next working day after the day of `when`."""
        day = when.astimezone(self.zone).date()
        return self.hours_of(self.working_day_from(day + ONE_DAY))[0]

    def shift_days(self, when: datetime, count: int) -> datetime:
        """The same local time, `count` working days later (negative: earlier)."""
        local = when.astimezone(self.zone)
        return local_moment(self.plus_working_days(local.date(), count), local.time(), self.zone)

    def shift_hours(self, when: datetime, hours: timedelta) -> datetime:
        """The moment a length of working time after `when` (negative: before); free time does not count."""
        return self._later(when, hours) if hours >= timedelta() else self._earlier(when, -hours)

    def _later(self, when: datetime, left: timedelta) -> datetime:
        current = self.next_working(when) if left else when
        while left:
            closes = self.hours_of(current.astimezone(self.zone).date())[1]
            if left <= closes - current:
                return current + left
            left -= closes - current
            current = self.next_working(closes)
        return current

    def _earlier(self, when: datetime, left: timedelta) -> datetime:
        day = when.astimezone(self.zone).date()
        current = when
        for _again in range(HORIZON_DAYS):
            opens, closes = self.hours_of(day)
            current = min(current, closes)
            if self.is_working_day(day) and current > opens:
                if left <= current - opens:
                    return current - left
                left -= current - opens
            day -= ONE_DAY
        raise NoWorkingTimeError("no working hour within a year")


def calendar_of(mission: Mission, holidays: Iterable[date]) -> WorkCalendar:
    """The mission's calendar with these holidays."""
    return WorkCalendar(
        zone=ZoneInfo(mission.zone),
        days=frozenset(mission.working_days),
        start=mission.work_start,
        end=mission.work_end,
        holidays=frozenset(holidays),
        seasons=tuple(Season.from_json(row) for row in mission.seasons),
    )


def read_calendar(work: Work) -> WorkCalendar:
    """The mission's calendar as it is stored now."""
    return calendar_of(work.mission, (holiday.day for holiday in holidays_of(work.session, work.mission.id)))


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone of this name, or None when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a local date and time, in UTC; see the module about skipped and doubled times."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def day_text(day: date, style: str = "medium") -> str:
    """A day in the reader's language: `26 Nov 2026`. Styles are Babel's."""
    return _written(day, style, current_locale())


@lru_cache(DAYS_REMEMBERED)
def _written(day: date, style: str, locale: str) -> str:
    """Babel's words for a day, remembered: every card names the same few days."""
    return format_date(day, format=style, locale=locale)


def weekday_text(weekday: int) -> str:
    """A day of the week (Monday is 0) in the reader's language."""
    return day_text(date(2024, 1, 1) + weekday * ONE_DAY, "EEEE")


def clock_text(at: time) -> str:
    """A local time of day, always on 24 hours: `16:00`."""
    return f"{at:%H:%M}"


def offset_text(when: datetime, zone: ZoneInfo) -> str:
    """A zone's offset at a moment: `UTC+03:00`."""
    minutes = int((when.astimezone(zone).utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def zone_text(when: datetime, zone: ZoneInfo) -> str:
    """A zone and its offset at a moment: `Africa/Juba, UTC+02:00`."""
    return f"{zone.key}, {offset_text(when, zone)}"


def when_text(when: datetime, zone: ZoneInfo) -> str:
    """A moment in plain words with its zone: `Thu 26 Nov 2026, 16:00 (Africa/Juba, UTC+02:00)`."""
    local = when.astimezone(zone)
    return f"{day_text(local.date(), 'EEE d MMM y')}, {clock_text(local.time())} ({zone_text(when, zone)})"


def short_text(when: datetime, zone: ZoneInfo) -> str:
    """A moment of this year in a list whose heading names the zone: `Thu 26 Nov 16:00`."""
    local = when.astimezone(zone)
    return f"{day_text(local.date(), 'EEE d MMM')} {clock_text(local.time())}"


def both_times(when: datetime, zone: ZoneInfo) -> str:
    """A deadline for a message: in the reader's own zone, as Slack draws it, then in the mission's zone by name."""
    return _("{in_your_zone} your time ({in_mission_zone})").format(
        in_your_zone=moment(when, when_text(when, zone)),
        in_mission_zone=f"{short_text(when, zone)} {zone_text(when, zone)}",
    )
