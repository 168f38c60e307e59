"""A series as it is entered step by step: plain values that survive being stored, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from commands.cabinet.rules.calendar import next_working_time
from commands.cabinet.rules.seats import STANDING_ROLES
from commands.kit.dates import WorkCalendar, local_moment, when_text
from commands.kit.entry.step_pages import Entry
from commands.kit.handling import Handling
from commands.kit.words import _
from storage.agencies import Agency
from storage.cabinet.series import ChannelRule, QuorumRule, Series, WhenFree
from storage.people import Role

TITLE, PLACE, HANDLING, STANDING_ITEMS = "title", "place", "handling", "standing"
ALL_AGENCIES, AGENCIES, ROLES, CHAIR, SECRETARY = "all_agencies", "agencies", "roles", "chair", "secretary"
EVERY, WEEKDAYS, FIRST, START, MINUTES, WHEN_FREE = "every", "weekdays", "first", "start", "minutes", "when_free"
CALL_DAYS, PAPERS, RECORD = "call_days", "papers_hours", "record_hours"
QUORUM, QUORUM_NUMBER = "quorum", "quorum_number"
SILENCE, SILENCE_WORKING, CHANNEL_RULE = "silence_hours", "silence_working", "channel_rule"

SERIES_STEPS = ("what", "who", "when", "rules", "preview")
TITLE_LIMIT = 100
STANDING_AT_MOST = 10
STANDING_LIMIT = 150
Mistakes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks need to know: agencies, calendar, the moment, and what is wrong with the chosen officers."""

    agencies: Sequence[Agency]
    calendar: WorkCalendar
    now: datetime
    officers: Mapping[str, str] = field(default_factory=dict)
    one_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEntry(Entry):
    """A series as it is entered, with the defaults of the product; see `Series` for what the fields mean.

    Fields are called as the form and its stored draft call them. `standing` holds one title on each line.
    """

    title: str = ""
    place: str = ""
    handling: Handling = Handling.UNCLASSIFIED
    standing: str = ""
    all_agencies: bool = True
    agencies: tuple[int, ...] = ()
    roles: tuple[str, ...] = (Role.SRSG_OFFICE.value, *(role.value for role in STANDING_ROLES))
    chair: str | None = None
    secretary: str | None
    every: int = 1
    weekdays: tuple[int, ...]
    first: date
    start: time = time(10)
    minutes: int = 90
    when_free: WhenFree = WhenFree.MOVE
    call_days: int = 5
    papers_hours: int = 48
    record_hours: int = 24
    quorum: QuorumRule = QuorumRule.HALF
    quorum_number: int = 0
    silence_hours: int = 48
    silence_working: bool = True
    channel_rule: ChannelRule = ChannelRule.SERIES


def fresh(today: date, secretary: str) -> SeriesEntry:
    """A new series: every week on this day, kept by this secretary."""
    return SeriesEntry(secretary=secretary, weekdays=(today.weekday(),), first=today)


def entry_of(series: Series, agencies: Sequence[int], roles: Sequence[str]) -> SeriesEntry:
    """A stored series as the form shows it."""
    return SeriesEntry(
        title=series.title,
        place=series.place,
        handling=Handling(series.handling),
        standing="\n".join(series.default_agenda),
        all_agencies=series.all_agencies,
        agencies=tuple(agencies),
        roles=tuple(roles),
        chair=series.chair,
        secretary=series.secretary,
        every=series.every_weeks,
        weekdays=tuple(series.weekdays),
        first=series.anchor,
        start=series.start_time,
        minutes=series.minutes,
        when_free=WhenFree(series.when_free),
        call_days=series.call_days,
        papers_hours=series.papers_hours,
        record_hours=series.record_hours,
        quorum=QuorumRule(series.quorum_rule),
        quorum_number=series.quorum_number,
        silence_hours=series.silence_hours,
        silence_working=series.silence_working,
        channel_rule=ChannelRule(series.channel_rule),
        version=series.version,
    )


def fill(series: Series, entry: SeriesEntry) -> None:
    """Put what was entered into a series. Its chair and secretary must have been chosen."""
    series.title, series.place = entry.title, entry.place
    series.handling, series.default_agenda = entry.handling, standing_items(entry)
    series.all_agencies, series.chair, series.secretary = entry.all_agencies, entry.chair or "", entry.secretary or ""
    series.every_weeks, series.weekdays = entry.every, sorted(entry.weekdays)
    series.anchor, series.start_time = entry.first, entry.start
    series.minutes, series.when_free = entry.minutes, entry.when_free
    series.call_days = entry.call_days
    series.papers_hours, series.record_hours = entry.papers_hours, entry.record_hours
    series.quorum_rule, series.quorum_number = entry.quorum, entry.quorum_number
    series.silence_hours, series.silence_working = entry.silence_hours, entry.silence_working
    series.channel_rule = entry.channel_rule


def standing_items(entry: SeriesEntry) -> list[str]:
    """The titles of the default agenda, one on each line."""
    return [line.strip() for line in entry.standing.splitlines() if line.strip()]


def start_of(entry: SeriesEntry, calendar: WorkCalendar) -> datetime:
    """When a one-off meeting starts: its first day at its time."""
    return local_moment(entry.first, entry.start, calendar.zone)


def check_step(entry: SeriesEntry, facts: Facts, step: str) -> Mistakes:
    """Everything that is wrong with one step of the form, by field."""
    checks: dict[str, Callable[[SeriesEntry, Facts], Mistakes]] = {
        "what": _check_what,
        "who": _check_who,
        "when": _check_when,
        "rules": _check_rules,
    }
    return checks[step](entry, facts) if step in checks else {}


def _check_what(entry: SeriesEntry, _facts: Facts) -> Mistakes:
    if not any(letter.isalpha() for letter in entry.title):
        return {TITLE: _("Give it a title in words, for example Weekly cabinet.")}
    items = standing_items(entry)
    if len(items) > STANDING_AT_MOST:
        text = _("There are {count} items; at most {limit} can stand on every agenda.")
        return {STANDING_ITEMS: text.format(count=len(items), limit=STANDING_AT_MOST)}
    if any(len(item) > STANDING_LIMIT for item in items):
        return {STANDING_ITEMS: _("An item has at most {limit} characters. Shorten it.").format(limit=STANDING_LIMIT)}
    return {}


def _check_who(entry: SeriesEntry, facts: Facts) -> Mistakes:
    mistakes: Mistakes = {}
    if not entry.all_agencies and not entry.agencies:
        mistakes[AGENCIES] = _("Choose the agencies that sit in it, or let all of them.")
    if entry.all_agencies and not facts.agencies:
        mistakes[ALL_AGENCIES] = _("There is no agency yet. Add agencies first.")
    for name, person in ((CHAIR, entry.chair), (SECRETARY, entry.secretary)):
        if not person:
            mistakes[name] = _("Choose a person.")
        elif name in facts.officers:
            mistakes[name] = facts.officers[name]
    return mistakes


def _check_when(entry: SeriesEntry, facts: Facts) -> Mistakes:
    if facts.one_off:
        return check_start(start_of(entry, facts.calendar), facts)
    if entry.every and not entry.weekdays:
        return {WEEKDAYS: _("Choose at least one day of the week.")}
    free = [day for day in entry.weekdays if day not in facts.calendar.days]
    if entry.every and len(free) == len(entry.weekdays):
        return {WEEKDAYS: _("The mission does not work on these days. Choose a working day.")}
    today = facts.now.astimezone(facts.calendar.zone).date()
    if entry.every and not entry.version and entry.first < today:
        return {FIRST: _("This day has passed. Choose today or a later day.")}
    return {}


def check_start(starts: datetime, facts: Facts) -> Mistakes:
    """A meeting starts in the future and on a working day; where it does not, the next one is offered."""
    if starts <= facts.now:
        return {FIRST: _("This moment has passed. Choose a later one.")}
    better = next_working_time(starts, facts.calendar)
    if better is not None:
        text = _("The mission does not work on this day. The next working day: {when}.")
        return {FIRST: text.format(when=when_text(better, facts.calendar.zone))}
    return {}


def _check_rules(entry: SeriesEntry, facts: Facts) -> Mistakes:
    if entry.quorum != QuorumRule.NUMBER:
        return {}
    count = len(facts.agencies) if entry.all_agencies else len(entry.agencies)
    if not 1 <= entry.quorum_number <= count:
        text = _("Write a number from 1 to {count}, the agencies that sit in it.")
        return {QUORUM_NUMBER: text.format(count=count)}
    return {}
