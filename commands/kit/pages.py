"""Turning pages: a long list is shown a part at a time, with the same words and buttons wherever it stands.

A page's number counts from 0 where buttons and forms carry it, and from 1 where people read it. What else is needed to
find the list again (a search, an order) travels in the form's notes or in the buttons' value, which the room writes.

Gesture: list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from commands.kit.cards import Block, actions, button, context
from commands.kit.refused import Refused
from commands.kit.words import _, ngettext
from storage.subjects import number

T = TypeVar("T")
SEARCH_LIMIT = 100


def searched(typed: str) -> str:
    """What was typed behind a command to search a list. Raises Refused where it is longer than a list can carry along.

    Cut short it would find what nobody searched for.
    """
    if len(typed) > SEARCH_LIMIT:
        raise Refused(_("Search with at most {limit} characters; a word or two find most.").format(limit=SEARCH_LIMIT))
    return typed


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Page `number` of `of` pages: its `items`, `count` items on all pages together, at most `size` on one."""

    number: int
    of: int
    items: tuple[T, ...]
    count: int
    size: int

    @property
    def before(self) -> int:
        """How many items stand on the pages before this one: where a query begins."""
        return self.number * self.size

    def holding(self, items: Sequence[T]) -> Page[T]:
        """The same page with the items that a query found for it."""
        return replace(self, items=tuple(items))


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """A page of a whole list; a number beyond either end gives the page at that end."""
    page: Page[T] = page_at(len(items), number, size)
    return page.holding(items[page.before : page.before + size])


def page_at(count: int, number: int, size: int) -> Page[Any]:
    """A page of a list of `count` items, still empty, for a query that reads `size` items after `before`."""
    of = max(1, -(-count // size))
    return Page(min(max(number, 0), of - 1), of, (), count, size)


def page_number(text: object) -> int:
    """The number of a page as a button or a form carries it; anything else is the first page."""
    return number(text)


def turning(page: Page[Any], action: str, value: Callable[[int], str] = str) -> list[Block]:
    """Where the reader is, and buttons to the pages before and after; nothing where one page holds it all.

    `action` is the `room:verb` that turns; `value` writes a button's value for the number of a page.
    """
    if page.of == 1:
        return []
    buttons = []
    if page.number > 0:
        buttons.append(button(_("Previous"), f"{action}:previous", value(page.number - 1)))
    if page.number + 1 < page.of:
        buttons.append(button(_("Next"), f"{action}:next", value(page.number + 1)))
    return [context(_("Page {page} of {pages}").format(page=page.number + 1, pages=page.of)), actions(*buttons)]


def with_span(text: str, page: Page[Any]) -> str:
    """A count such as `45 agencies` with the places that this page shows; the count alone where it shows all."""
    if page.of == 1:
        return text
    last = min(page.before + page.size, page.count)
    return _("{text}: {first} to {last}").format(text=text, first=page.before + 1, last=last)


def left_text(count: int) -> str:
    """How many further ones are not shown, for the last line of a list that stops: nothing is cut in silence."""
    return ngettext("{count} more.", "{count} more.", count).format(count=count)


def left_note(found: Sequence[Any], shown: int) -> list[Block]:
    """The same as a note below a list of which the first `shown` stand there; nothing where that is all of them."""
    left = len(found) - shown
    return [context(left_text(left))] if left > 0 else []


def earlier_text(count: int) -> str:
    """How many earlier steps of a history are not shown."""
    return ngettext("and {count} earlier step", "and {count} earlier steps", count).format(count=count)


def latest_lines(lines: Sequence[str], most: int) -> list[str]:
    """The last `most` lines of a history that begins with the oldest, below a line for those before them."""
    earlier = len(lines) - most
    return [earlier_text(earlier), *lines[-most:]] if earlier > 0 else list(lines)
