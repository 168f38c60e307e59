"""Reading the form of a series."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from commands.cabinet.rules import series_data as d
from commands.cabinet.views.series.form import YES
from commands.kit.forms import Fields


def read_step(step: str, fields: Fields, data: d.Data) -> dict[str, Any]:
    """Everything entered, with what this step of the form holds."""
    readers: dict[str, Callable[[Fields, d.Data], dict[str, Any]]] = {
        "what": _read_what,
        "who": _read_who,
        "when": _read_when,
        "rules": _read_rules,
    }
    return {**data, **(readers[step](fields, data) if step in readers else {})}


def _read_what(fields: Fields, data: d.Data) -> dict[str, Any]:
    texts = {name: fields.text(name) for name in (d.TITLE, d.PLACE, d.STANDING_ITEMS)}
    return {**texts, d.HANDLING: fields.choice(d.HANDLING) or data[d.HANDLING]}


def _read_who(fields: Fields, _data: d.Data) -> dict[str, Any]:
    return {
        d.ALL_AGENCIES: fields.choice(d.ALL_AGENCIES) == YES,
        d.AGENCIES: [int(one) for one in fields.choices(d.AGENCIES) if one.isdigit()],
        d.ROLES: fields.choices(d.ROLES),
        d.CHAIR: fields.person(d.CHAIR),
        d.SECRETARY: fields.person(d.SECRETARY),
    }


def _read_when(fields: Fields, data: d.Data) -> dict[str, Any]:
    at = fields.time_of_day(d.START)
    days = [int(day) for day in fields.choices(d.WEEKDAYS)] if fields.has(d.WEEKDAYS) else list(data[d.WEEKDAYS])
    return {
        d.EVERY: _number(fields, d.EVERY, data),
        d.WEEKDAYS: days,
        d.FIRST: (fields.day(d.FIRST) or date.fromisoformat(data[d.FIRST])).isoformat(),
        d.START: at.strftime("%H:%M") if at else data[d.START],
        d.MINUTES: _number(fields, d.MINUTES, data),
        d.WHEN_FREE: fields.choice(d.WHEN_FREE) or data[d.WHEN_FREE],
    }


def _read_rules(fields: Fields, data: d.Data) -> dict[str, Any]:
    number = fields.text(d.QUORUM_NUMBER)
    return {
        **{name: _number(fields, name, data) for name in (d.CALL_DAYS, d.PAPERS, d.RECORD, d.SILENCE)},
        d.QUORUM: fields.choice(d.QUORUM) or data[d.QUORUM],
        d.QUORUM_NUMBER: int(number) if number.isdecimal() and len(number) < 5 else 0,
        d.SILENCE_WORKING: bool(fields.choices(d.SILENCE_WORKING)),
        d.CHANNEL_RULE: fields.choice(d.CHANNEL_RULE) or data[d.CHANNEL_RULE],
    }


def _number(fields: Fields, name: str, data: d.Data) -> int:
    chosen = fields.choice(name)
    return int(chosen) if chosen and chosen.isdigit() else int(data[name])
