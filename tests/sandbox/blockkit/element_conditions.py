"""Conditions inside elements: first choices, ranges, dates, numbers."""

from __future__ import annotations

from typing import Any

from .condition_case import case
from .object_conditions import input_case
from .payloads import (
    Json,
    field_for,
    message,
    modal,
    option,
    options,
    plain,
    section,
    static_select,
)

AMONG = "initial_option and initial_options are among the options"
NOT_OFFERED = "must be one of the provided options"


def _grouped(**extra: Any) -> Json:
    return {"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(2)}], **extra}


def _ticked(*chosen: Json) -> Json:
    return {"type": "checkboxes", "options": options(2), "initial_options": list(chosen)}


def _picker(kind: str, **extra: Any) -> Json:
    return {"type": kind, **extra}


def _number(decimals: bool = False, **extra: str) -> Json:
    return {"type": "number_input", "is_decimal_allowed": decimals, **extra}


def _text(**extra: Any) -> Json:
    return {"type": "plain_text_input", **extra}


IN_ORDER = "min_value <= initial_value <= max_value in a number input"
LONG_ENOUGH = "initial_value is as long as min_length and max_length say"
WHOLE = "the values of a number input are whole unless decimals are allowed"
NUMERIC = "the values of a number input are numbers in strings"
DATES, TIMES = "initial_date is YYYY-MM-DD and exists", "initial_time is HH:mm"
BAD_DATE, BAD_TIME = "must be a valid date (YYYY-MM-DD)", "must be a valid time (HH:mm)"
PICK_DATE = _picker("datepicker", initial_date="2028-02-29")
PICK_TIME = _picker("timepicker", initial_time="23:59")

ELEMENT_CONDITIONS = [
    input_case(
        AMONG,
        static_select(initial_option=option("1")),
        static_select(initial_option=option("2")),
        NOT_OFFERED,
        "/initial_option",
    ),
    input_case(
        AMONG,
        static_select(initial_option=option("1", text={**plain("Option 1"), "emoji": True})),
        static_select(initial_option=option("1", text=plain("Other words"))),
        NOT_OFFERED,
        "/initial_option",
    ),
    input_case(
        AMONG,
        _grouped(initial_option=option("1")),
        _grouped(initial_option=option("9")),
        NOT_OFFERED,
        "/initial_option",
    ),
    input_case(
        AMONG, _ticked(option("0"), option("1")), _ticked(option("0"), option("5")), NOT_OFFERED, "/initial_options/1"
    ),
    input_case(
        AMONG, _ticked(option("0")), _ticked(option("0"), option("0")), "must not be chosen twice", "/initial_options/1"
    ),
    input_case(AMONG, _ticked(option("0")), _ticked(), "no fewer than 1 items allowed", "/initial_options"),
    input_case(
        AMONG,
        {"type": "radio_buttons", "options": options(1), "initial_option": option("0")},
        {"type": "radio_buttons", "options": options(1), "initial_option": option("1")},
        NOT_OFFERED,
        "/initial_option",
    ),
    input_case(
        "no more is chosen at first than max_selected_items",
        _picker("multi_users_select", initial_users=["U1", "U2"], max_selected_items=2),
        _picker("multi_users_select", initial_users=["U1", "U2"], max_selected_items=1),
        "no more than 1 items allowed",
        "/initial_users",
    ),
    case(
        "response_url_enabled is for modals",
        modal(field_for(_picker("channels_select", response_url_enabled=True))),
        message(section(accessory=_picker("channels_select", response_url_enabled=True))),
        "response_url_enabled is only allowed in modals",
        "/blocks/0/accessory/response_url_enabled",
    ),
    input_case(DATES, PICK_DATE, _picker("datepicker", initial_date="2027-02-29"), BAD_DATE, "/initial_date"),
    input_case(DATES, PICK_DATE, _picker("datepicker", initial_date="01-02-2027"), BAD_DATE, "/initial_date"),
    input_case(
        DATES, PICK_DATE, _picker("datepicker", initial_date=20270201), "must provide a string", "/initial_date"
    ),
    input_case(TIMES, PICK_TIME, _picker("timepicker", initial_time="24:00"), BAD_TIME, "/initial_time"),
    input_case(TIMES, PICK_TIME, _picker("timepicker", initial_time="9:05"), BAD_TIME, "/initial_time"),
    input_case(
        TIMES,
        _picker("timepicker", timezone="Africa/Bangui"),
        _picker("timepicker", timezone="Bangui"),
        "must be a valid IANA time zone",
        "/timezone",
    ),
    input_case(
        LONG_ENOUGH,
        _text(initial_value="abc", max_length=3),
        _text(initial_value="abcd", max_length=3),
        "must not be longer than max_length",
        "/initial_value",
    ),
    input_case(
        LONG_ENOUGH,
        _text(initial_value="abc", min_length=3),
        _text(initial_value="ab", min_length=3),
        "must not be shorter than min_length",
        "/initial_value",
    ),
    input_case(
        LONG_ENOUGH,
        _text(min_length=5, max_length=5),
        _text(min_length=6, max_length=5),
        "`min_length` must not be greater than `max_length`",
        "/min_length",
    ),
    input_case(
        LONG_ENOUGH,
        _picker("rich_text_input", min_lines=2, max_lines=2),
        _picker("rich_text_input", min_lines=3, max_lines=2),
        "`min_lines` must not be greater than `max_lines`",
        "/min_lines",
    ),
    input_case(
        NUMERIC,
        _number(initial_value="-12"),
        _number(initial_value="1e3"),
        "must be a number in a string",
        "/initial_value",
    ),
    input_case(NUMERIC, _number(min_value="0"), {**_number(), "min_value": 0}, "must provide a string", "/min_value"),
    input_case(
        WHOLE,
        _number(True, initial_value="1.5"),
        _number(False, initial_value="1.5"),
        "must be a whole number",
        "/initial_value",
    ),
    input_case(
        WHOLE, _number(False, max_value="7.0"), _number(False, max_value="7.5"), "must be a whole number", "/max_value"
    ),
    input_case(
        IN_ORDER,
        _number(min_value="2", max_value="2"),
        _number(min_value="3", max_value="2"),
        "`min_value` must not be greater than `max_value`",
        "/min_value",
    ),
    input_case(
        IN_ORDER,
        _number(min_value="2", initial_value="2"),
        _number(min_value="2", initial_value="1"),
        "must not be less than min_value",
        "/initial_value",
    ),
    input_case(
        IN_ORDER,
        _number(max_value="9", initial_value="9"),
        _number(max_value="9", initial_value="10"),
        "must not be greater than max_value",
        "/initial_value",
    ),
    case(
        "a file input does not dispatch",
        modal(field_for(_picker("file_input"), dispatch_action=False)),
        modal(field_for(_picker("file_input"), dispatch_action=True)),
        "dispatch_action is not supported by file_input",
        "/view/blocks/0/dispatch_action",
    ),
]
