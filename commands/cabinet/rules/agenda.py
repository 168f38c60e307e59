"""The order of an agenda, what it takes, and what of it may be shown where."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.handling import Handling, highest
from storage.cabinet.items import Item, ItemState

ON_THE_AGENDA = (ItemState.SCHEDULED, ItemState.DISCUSSED, ItemState.DECIDED)
ITEMS_AT_MOST = 40


def on_the_agenda(items: Sequence[Item]) -> list[Item]:
    """The items that the meeting takes up, in order."""
    found = [item for item in items if item.state in ON_THE_AGENDA]
    return sorted(found, key=lambda item: (item.position, item.id))


def moved(items: Sequence[Item], item_id: int, step: int) -> list[int]:
    """The ids of the items in the new order after one of them went up (-1) or down (1); the ends hold."""
    ids = [item.id for item in items]
    if item_id not in ids:
        return ids
    at = ids.index(item_id)
    to = min(max(at + step, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    return ids


def minutes_of(items: Sequence[Item]) -> int:
    """The time that the items take together, in minutes."""
    return sum(item.minutes for item in items)


def is_plain(item: Item, level: str) -> bool:
    """Whether an item may be read where texts of this level are: nothing above it is ever shown there."""
    return highest(Handling(item.handling), Handling(level)) == Handling(level)
