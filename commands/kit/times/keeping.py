"""When the mission's clock changes: which of a room's things move, and in what order.

Gesture: reckon time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")
Moment = Callable[[T], datetime]


def moving(things: Iterable[T], at: Moment[T], again: Moment[T]) -> list[T]:
    """The things whose moment is another by the clock now, in the order in which they can move one by one.

    Those that move earlier come first, the earliest before the others; then those that move later, the latest first.
    So no two of a series ever stand at one moment, not even meanwhile.
    """
    found = [one for one in things if again(one) != at(one)]
    earlier = sorted((one for one in found if again(one) < at(one)), key=at)
    later = sorted((one for one in found if again(one) > at(one)), key=at, reverse=True)
    return [*earlier, *later]
