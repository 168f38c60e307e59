"""A series as it is entered step by step: plain values that survive being stored, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from commands.cabinet.rules.calendar import next_working_time
from commands.cabinet.rules.seats import STANDING_ROLES
from commands.kit.dates import WorkCalendar, local_moment, when_text
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
Data = Mapping[str, Any]
Mistakes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks need to know: agencies, calendar, the moment, and what is wrong with the chosen officers."""

    agencies: Sequence[Agency]
    calendar: WorkCalendar
    now: datetime
    officers: Mapping[str, str] = field(default_factory=dict)
    one_off: bool = False


def fresh(today: date, secretary: str) -> dict[str, Any]:
    """A new series: every week on this day, with the defaults of the product."""
    return {
        TITLE: "",
        PLACE: "",
        HANDLING: "unclassified",
        STANDING_ITEMS: "",
        ALL_AGENCIES: True,
        AGENCIES: [],
        ROLES: [Role.SRSG_OFFICE.value, *(role.value for role in STANDING_ROLES)],
        CHAIR: None,
        SECRETARY: secretary,
        EVERY: 1,
        WEEKDAYS: [today.weekday()],
        FIRST: today.isoformat(),
        START: "10:00",
        MINUTES: 90,
        WHEN_FREE: WhenFree.MOVE.value,
        CALL_DAYS: 5,
        PAPERS: 48,
        RECORD: 24,
        QUORUM: QuorumRule.HALF.value,
        QUORUM_NUMBER: 0,
        SILENCE: 48,
        SILENCE_WORKING: True,
        CHANNEL_RULE: ChannelRule.SERIES.value,
        "version": 0,
    }


def data_of(series: Series, agencies: Sequence[int], roles: Sequence[str]) -> dict[str, Any]:
    """A stored series as the form shows it."""
    return {
        TITLE: series.title,
        PLACE: series.place,
        HANDLING: series.handling,
        STANDING_ITEMS: "\n".join(series.default_agenda),
        ALL_AGENCIES: series.all_agencies,
        AGENCIES: list(agencies),
        ROLES: list(roles),
        CHAIR: series.chair,
        SECRETARY: series.secretary,
        EVERY: series.every_weeks,
        WEEKDAYS: list(series.weekdays),
        FIRST: series.anchor.isoformat(),
        START: series.start_time.strftime("%H:%M"),
        MINUTES: series.minutes,
        WHEN_FREE: series.when_free,
        CALL_DAYS: series.call_days,
        PAPERS: series.papers_hours,
        RECORD: series.record_hours,
        QUORUM: series.quorum_rule,
        QUORUM_NUMBER: series.quorum_number,
        SILENCE: series.silence_hours,
        SILENCE_WORKING: series.silence_working,
        CHANNEL_RULE: series.channel_rule,
        "version": series.version,
    }


def fill(series: Series, data: Data) -> None:
    """Put what was entered into a series."""
    series.title, series.place = data[TITLE], data[PLACE]
    series.handling, series.default_agenda = data[HANDLING], standing_items(data)
    series.all_agencies, series.chair, series.secretary = bool(data[ALL_AGENCIES]), data[CHAIR], data[SECRETARY]
    series.every_weeks, series.weekdays = int(data[EVERY]), sorted(data[WEEKDAYS])
    series.anchor, series.start_time = date.fromisoformat(data[FIRST]), time.fromisoformat(data[START])
    series.minutes, series.when_free = int(data[MINUTES]), data[WHEN_FREE]
    series.call_days = int(data[CALL_DAYS])
    series.papers_hours, series.record_hours = int(data[PAPERS]), int(data[RECORD])
    series.quorum_rule, series.quorum_number = data[QUORUM], int(data[QUORUM_NUMBER] or 0)
    series.silence_hours, series.silence_working = int(data[SILENCE]), bool(data[SILENCE_WORKING])
    series.channel_rule = data[CHANNEL_RULE]


def standing_items(data: Data) -> list[str]:
    """The titles of the default agenda, one on each line."""
    return [line.strip() for line in str(data.get(STANDING_ITEMS) or "").splitlines() if line.strip()]


def start_of(data: Data, calendar: WorkCalendar) -> datetime:
    """When a one-off meeting starts: its first day at its time."""
    return local_moment(date.fromisoformat(data[FIRST]), time.fromisoformat(data[START]), calendar.zone)


def check_step(step: str, data: Data, facts: Facts) -> Mistakes:
    """Everything that is wrong with one step of the form, by field."""
    checks: dict[str, Callable[[Data, Facts], Mistakes]] = {
        "what": _check_what,
        "who": _check_who,
        "when": _check_when,
        "rules": _check_rules,
    }
    return checks[step](data, facts) if step in checks else {}


def _check_what(data: Data, _facts: Facts) -> Mistakes:
    title = str(data.get(TITLE) or "")
    if not any(letter.isalpha() for letter in title):
        return {TITLE: _("Give it a title in words, for example Weekly cabinet.")}
    items = standing_items(data)
    if len(items) > STANDING_AT_MOST:
        text = _("There are {count} items; at most {limit} can stand on every agenda.")
        return {STANDING_ITEMS: text.format(count=len(items), limit=STANDING_AT_MOST)}
    if any(len(item) > STANDING_LIMIT for item in items):
        return {STANDING_ITEMS: _("An item has at most {limit} characters. Shorten it.").format(limit=STANDING_LIMIT)}
    return {}


def _check_who(data: Data, facts: Facts) -> Mistakes:
    mistakes: Mistakes = {}
    if not data[ALL_AGENCIES] and not data[AGENCIES]:
        mistakes[AGENCIES] = _("Choose the agencies that sit in it, or let all of them.")
    if data[ALL_AGENCIES] and not facts.agencies:
        mistakes[ALL_AGENCIES] = _("There is no agency yet. Add agencies first.")
    for name in (CHAIR, SECRETARY):
        if not data.get(name):
            mistakes[name] = _("Choose a person.")
        elif name in facts.officers:
            mistakes[name] = facts.officers[name]
    return mistakes


def _check_when(data: Data, facts: Facts) -> Mistakes:
    if facts.one_off:
        return check_start(start_of(data, facts.calendar), facts)
    if data[EVERY] and not data[WEEKDAYS]:
        return {WEEKDAYS: _("Choose at least one day of the week.")}
    free = [day for day in data[WEEKDAYS] if day not in facts.calendar.days]
    if data[EVERY] and len(free) == len(data[WEEKDAYS]):
        return {WEEKDAYS: _("The mission does not work on these days. Choose a working day.")}
    today = facts.now.astimezone(facts.calendar.zone).date()
    if data[EVERY] and not data.get("version") and date.fromisoformat(data[FIRST]) < today:
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


def _check_rules(data: Data, facts: Facts) -> Mistakes:
    if data[QUORUM] != QuorumRule.NUMBER:
        return {}
    count = len(facts.agencies) if data[ALL_AGENCIES] else len(data[AGENCIES])
    if not 1 <= int(data[QUORUM_NUMBER] or 0) <= count:
        text = _("Write a number from 1 to {count}, the agencies that sit in it.")
        return {QUORUM_NUMBER: text.format(count=count)}
    return {}
