"""Kinds of property: each checks one value and refuses it at its pointer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from . import limits
from .rules import DOCUMENTED, MEASURED, UNVERIFIED, condition
from .walk import Walk


class Field(Protocol):
    """Anything that can judge a value found at a pointer."""

    def check(self, value: object, at: str, walk: Walk) -> None:
        """Refuse the value through the walk when Slack would."""
        ...


@dataclass(frozen=True, slots=True)
class String:
    """A string of ``least`` to ``most`` characters; ``shown`` strings count towards the text of a message."""

    most: int | None = None
    least: int = 1
    shown: bool = False

    @condition("a property has the type of the reference", MEASURED)
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.refuse("must provide a string", at)
            return
        size = len(value)
        if self.most is not None and size > self.most:
            walk.refuse(f"must be less than {self.most + 1} characters", at)
        elif size < self.least:
            walk.refuse(f"must be more than {self.least - 1} characters", at)
        if self.shown:
            walk.text_total += size


@dataclass(frozen=True, slots=True)
class Boolean:
    """true or false."""

    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, bool):
            walk.refuse("must provide a boolean", at)


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within bounds, both included."""

    least: int | None = None
    most: int | None = None

    def check(self, value: object, at: str, walk: Walk) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            walk.refuse("must provide an integer", at)
        elif self.least is not None and value < self.least:
            walk.refuse(f"must be greater than or equal to {self.least}", at)
        elif self.most is not None and value > self.most:
            walk.refuse(f"must be less than or equal to {self.most}", at)


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number; ``positive`` refuses zero and below."""

    positive: bool = False

    def check(self, value: object, at: str, walk: Walk) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < math.inf:
            walk.refuse("must provide a number", at)
        elif self.positive and value <= 0:
            walk.refuse("must be greater than 0", at)


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a few strings."""

    allowed: tuple[str, ...]

    @condition("a property with fixed values has one of them", MEASURED)
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.refuse("must provide a string", at)
        elif value not in self.allowed:
            walk.refuse("must be a valid enum value", at)


@dataclass(frozen=True, slots=True)
class Matching:
    """A string that passes a test; ``wanted`` completes the sentence "must be ..."."""

    test: Callable[[str], bool]
    wanted: str

    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.refuse("must provide a string", at)
        elif not self.test(value):
            walk.refuse(f"must be {self.wanted}", at)


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute web address of at most 3,000 characters; ``https_only`` where Slack embeds it."""

    https_only: bool = False

    @condition("a url is absolute", UNVERIFIED)
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.refuse("must provide a string", at)
        elif len(value) > limits.URL:
            walk.refuse(f"must be less than {limits.URL + 1} characters", at)
        elif not is_url(value, https_only=self.https_only):
            walk.refuse("must be a valid https url" if self.https_only else "must be a valid url", at)


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array of ``least`` to ``most`` items of one kind."""

    item: Field
    most: int | None = None
    least: int = 1

    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, list):
            walk.refuse("must provide an array", at)
            return
        if not within(value, at, walk, least=self.least, most=self.most):
            return
        for index, item in enumerate(value):
            self.item.check(item, f"{at}/{index}", walk)


@dataclass(frozen=True, slots=True)
class BlockId:
    """A block's name, unique in its payload."""

    @condition("block_id is unique in its payload")
    def check(self, value: object, at: str, walk: Walk) -> None:
        _check_name(value, at, walk, most=limits.BLOCK_ID, taken=walk.block_ids)


@dataclass(frozen=True, slots=True)
class ActionId:
    """An element's name, unique in its block."""

    @condition("action_id is unique in its block")
    def check(self, value: object, at: str, walk: Walk) -> None:
        _check_name(value, at, walk, most=limits.ACTION_ID, taken=walk.action_ids)


@dataclass(frozen=True, slots=True)
class FocusOnLoad:
    """Whether the cursor starts here; true once in a payload at most."""

    @condition("one element of a payload has focus_on_load")
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, bool):
            walk.refuse("must provide a boolean", at)
        elif value:
            walk.seen["focus_on_load"] += 1
            if walk.seen["focus_on_load"] > 1:
                walk.refuse("only one element can have focus_on_load", at)


def within(items: Sequence[object], at: str, walk: Walk, *, least: int, most: int | None) -> bool:
    """Refuse an array that is too short or too long; tell whether it was neither."""
    if most is not None and len(items) > most:
        walk.refuse(f"no more than {most} items allowed", at)
        return False
    if len(items) < least:
        walk.refuse(f"no fewer than {least} items allowed", at)
        return False
    return True


def _check_name(value: object, at: str, walk: Walk, *, most: int, taken: set[str]) -> None:
    if not isinstance(value, str):
        walk.refuse("must provide a string", at)
    elif len(value) > most:
        walk.refuse(f"must be less than {most + 1} characters", at)
    elif not value:
        walk.refuse("must be more than 0 characters", at)
    elif value in taken:
        walk.refuse(f"{at.rpartition('/')[2]} {value} already exists", at)
    else:
        taken.add(value)


_SCHEMES = {"http", "https", "mailto", "tel", "slack"}


def is_url(value: str, *, https_only: bool = False) -> bool:
    """Tell whether a string is an absolute address without white space."""
    if re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if https_only:
        return parts.scheme == "https" and bool(parts.netloc)
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.path)


@condition("initial_date is YYYY-MM-DD and exists", DOCUMENTED)
def is_date(value: str) -> bool:
    """Tell whether a string is a day of the calendar written YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@condition("initial_time is HH:mm", DOCUMENTED)
def is_time(value: str) -> bool:
    """Tell whether a string is a time of day written HH:mm, 00:00 to 23:59."""
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is not None
