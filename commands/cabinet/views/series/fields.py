"""Reading the form of a series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from commands.cabinet.rules import series_data as d
from commands.cabinet.views.series.form import YES
from commands.kit.forms import Fields
from commands.kit.handling import Handling
from storage.cabinet.series import ChannelRule, QuorumRule, WhenFree


def read_step(step: str, fields: Fields, entry: d.SeriesEntry) -> d.SeriesEntry:
    """Everything entered, with what this step of the form holds."""
    readers: dict[str, Callable[[Fields, d.SeriesEntry], d.SeriesEntry]] = {
        "what": _read_what,
        "who": _read_who,
        "when": _read_when,
        "rules": _read_rules,
    }
    return readers[step](fields, entry) if step in readers else entry


def _read_what(fields: Fields, entry: d.SeriesEntry) -> d.SeriesEntry:
    return replace(
        entry,
        title=fields.text(d.TITLE),
        place=fields.text(d.PLACE),
        standing=fields.text(d.STANDING_ITEMS),
        handling=Handling(fields.choice(d.HANDLING) or entry.handling),
    )


def _read_who(fields: Fields, entry: d.SeriesEntry) -> d.SeriesEntry:
    return replace(
        entry,
        all_agencies=fields.choice(d.ALL_AGENCIES) == YES,
        agencies=tuple(int(one) for one in fields.choices(d.AGENCIES) if one.isdigit()),
        roles=tuple(fields.choices(d.ROLES)),
        chair=fields.person(d.CHAIR),
        secretary=fields.person(d.SECRETARY),
    )


def _read_when(fields: Fields, entry: d.SeriesEntry) -> d.SeriesEntry:
    days = tuple(int(day) for day in fields.choices(d.WEEKDAYS)) if fields.has(d.WEEKDAYS) else entry.weekdays
    return replace(
        entry,
        every=_number(fields, d.EVERY, entry.every),
        weekdays=days,
        first=fields.day(d.FIRST) or entry.first,
        start=fields.time_of_day(d.START) or entry.start,
        minutes=_number(fields, d.MINUTES, entry.minutes),
        when_free=WhenFree(fields.choice(d.WHEN_FREE) or entry.when_free),
    )


def _read_rules(fields: Fields, entry: d.SeriesEntry) -> d.SeriesEntry:
    number = fields.text(d.QUORUM_NUMBER)
    return replace(
        entry,
        call_days=_number(fields, d.CALL_DAYS, entry.call_days),
        papers_hours=_number(fields, d.PAPERS, entry.papers_hours),
        record_hours=_number(fields, d.RECORD, entry.record_hours),
        quorum=QuorumRule(fields.choice(d.QUORUM) or entry.quorum),
        quorum_number=int(number) if number.isdecimal() and len(number) < 5 else 0,
        silence_hours=_number(fields, d.SILENCE, entry.silence_hours),
        silence_working=bool(fields.choices(d.SILENCE_WORKING)),
        channel_rule=ChannelRule(fields.choice(d.CHANNEL_RULE) or entry.channel_rule),
    )


def _number(fields: Fields, name: str, known: int) -> int:
    chosen = fields.choice(name)
    return int(chosen) if chosen and chosen.isdigit() else known
