"""Elements that are filled in: texts, numbers, dates, files."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.sandbox.clock import known_zones

from . import limits
from .fields import (
    ActionId,
    Boolean,
    Field,
    FocusOnLoad,
    Integer,
    ListOf,
    Matching,
    String,
    is_date,
    is_time,
    is_url,
)
from .objects import CONFIRM, DISPATCH, plain
from .rich_text import RICH_TEXT
from .rules import DOCUMENTED, UNVERIFIED, condition
from .shapes import MODAL, Shape, ordered, shape
from .walk import Walk

_FILLED: dict[str, Field] = {
    "action_id": ActionId(),
    "focus_on_load": FocusOnLoad(),
    "placeholder": plain(limits.PLACEHOLDER),
}
_TYPED: dict[str, Field] = {**_FILLED, "dispatch_action_config": DISPATCH}
_PICKED: dict[str, Field] = {**_FILLED, "confirm": CONFIRM}


@condition("initial_value is as long as min_length and max_length say", UNVERIFIED)
def _initial_fits_length(value: dict[str, Any], at: str, walk: Walk) -> None:
    initial = value.get("initial_value")
    if not initial:
        return
    if len(initial) > value.get("max_length", limits.INPUT_MAX_LENGTH):
        walk.refuse("must not be longer than max_length", f"{at}/initial_value")
    elif len(initial) < value.get("min_length", 0):
        walk.refuse("must not be shorter than min_length", f"{at}/initial_value")


@condition("the values of a number input are numbers in strings", DOCUMENTED)
def _is_number(value: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", value) is not None


@condition("the values of a number input are whole unless decimals are allowed", DOCUMENTED)
def _whole_when_asked(value: dict[str, Any], at: str, walk: Walk) -> None:
    if value["is_decimal_allowed"]:
        return
    for name in ("initial_value", "min_value", "max_value"):
        if name in value and Decimal(value[name]) != Decimal(value[name]).to_integral_value():
            walk.refuse("must be a whole number", f"{at}/{name}")


@condition("min_value <= initial_value <= max_value in a number input", DOCUMENTED)
def _numbers_in_order(value: dict[str, Any], at: str, walk: Walk) -> None:
    low, initial, high = (
        Decimal(value[name]) if name in value else None for name in ("min_value", "initial_value", "max_value")
    )
    if low is not None and high is not None and low > high:
        walk.refuse("`min_value` must not be greater than `max_value`", f"{at}/min_value")
    if initial is not None and low is not None and initial < low:
        walk.refuse("must not be less than min_value", f"{at}/initial_value")
    if initial is not None and high is not None and initial > high:
        walk.refuse("must not be greater than max_value", f"{at}/initial_value")


_NUMBER = Matching(_is_number, "a number in a string")

TEXT_INPUTS: dict[str, Shape] = {
    "plain_text_input": shape(
        "plain_text_input",
        optional={
            **_TYPED,
            "initial_value": String(limits.INPUT_MAX_LENGTH, least=0),
            "multiline": Boolean(),
            "min_length": Integer(0, limits.INPUT_MIN_LENGTH),
            "max_length": Integer(limits.INPUT_MAX_LENGTH_MIN, limits.INPUT_MAX_LENGTH),
        },
        cross=(ordered("min_length", "max_length"), _initial_fits_length),
    ),
    "email_text_input": shape("email_text_input", optional={**_TYPED, "initial_value": String(least=0)}),
    "url_text_input": shape("url_text_input", optional={**_TYPED, "initial_value": Matching(is_url, "a valid url")}),
    "number_input": shape(
        "number_input",
        required={"is_decimal_allowed": Boolean()},
        optional={**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        cross=(_whole_when_asked, _numbers_in_order),
    ),
    "rich_text_input": shape(
        "rich_text_input",
        optional={
            **_TYPED,
            "initial_value": RICH_TEXT,
            "min_lines": Integer(1, limits.RICH_INPUT_LINES),
            "max_lines": Integer(1, limits.RICH_INPUT_LINES),
        },
        cross=(ordered("min_lines", "max_lines"),),
    ),
}

PICKERS: dict[str, Shape] = {
    "datepicker": shape(
        "datepicker", optional={**_PICKED, "initial_date": Matching(is_date, "a valid date (YYYY-MM-DD)")}
    ),
    "timepicker": shape(
        "timepicker",
        optional={
            **_PICKED,
            "initial_time": Matching(is_time, "a valid time (HH:mm)"),
            "timezone": Matching(lambda zone: zone in known_zones(), "a valid IANA time zone"),
        },
    ),
    "datetimepicker": shape(
        "datetimepicker",
        optional={
            "action_id": ActionId(),
            "focus_on_load": FocusOnLoad(),
            "confirm": CONFIRM,
            "initial_date_time": Integer(limits.UNIX_TIME_MIN, limits.UNIX_TIME),
        },
    ),
}

FILE_INPUT: dict[str, Shape] = {
    "file_input": shape(
        "file_input",
        optional={
            "action_id": ActionId(),
            "filetypes": ListOf(String()),
            "max_files": Integer(limits.FILES_MIN, limits.FILES),
        },
        surfaces=frozenset({MODAL}),
    ),
}
