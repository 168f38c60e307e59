"""What a button or a choice brings back in its value: ids and words with a mark between them.

Values outlive releases, and anybody can send one: what cannot be read is refused in the same words everywhere.

Gesture: ask for.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from commands.kit.refused import Refused
from commands.kit.words import _

COLON, BAR, SLASH = ":", "|", "/"
E = TypeVar("E", bound=StrEnum)


def value_of(*parts: object, by: str = COLON) -> str:
    """A value that holds these ids and words."""
    return by.join(str(part) for part in parts)


def parts_of(value: str, count: int, by: str = COLON) -> list[str]:
    """The `count` parts of a value, empty where it has fewer; what is too much stays in the last one."""
    found = value.split(by, count - 1)
    return [*found, *[""] * (count - len(found))]


def choice_in(kind: type[E], text: object) -> E:
    """The choice that a value or a part of it names. Raises Refused for one that there is not."""
    found = next((one for one in kind if one.value == text), None)
    if found is None:
        raise outdated()
    return found


def day_in(text: str) -> date:
    """The day that a part of a value names. Raises Refused for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise outdated() from None


def outdated() -> Refused:
    """The refusal of what no release of this product can have sent from where it came."""
    return Refused(_("This belongs to an older version of me. Open it again from the newest message or from Home."))
