"""An object loaded for a person: what is not there and what is not for them give the very same answer.

A room that keeps objects declares a `Kind` for each in `handlers/access.py`: how it is loaded, and whether a person
may do something with it. The answer comes from the room's pure policy in `rules/access.py`; the kind only reads the
facts it needs, once for each unit of work (`Work.once`), so that judging costs one statement at most. Handlers then
say

    meeting = find(request, MEETING, request.value, Act.LEAD, lock=True)
    shown = readable(request, ITEM, items_of_meeting(request.session, meeting.id))

and `tests/house/test_access.py` holds that no function that takes a `Request` calls a loader which a kind names.
Where pages or counts matter, the same policy is a filter in SQL that queries take as `within` (the same test finds one
that is not given it), and a test of the room compares the two row by row. Work without
a request (a timer, a file that is made later, a person's Home) asks `may` about the person it is for.

A refusal because of who asks, and the opening of what is above Unclassified, go on the audit record by themselves.

Gesture: say who may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from commands.kit.permission import READ, Who
from commands.kit.refused import NotAllowed, Refused
from commands.kit.work import Request, Work
from storage import subjects
from storage.compartments import Compartment


class Kept(Protocol):
    """Any row with an id."""

    @property
    def id(self) -> Any:
        """By which buttons and forms name it."""


T = TypeVar("T", bound=Kept)
Loader = Callable[[Session, str, int], T | None]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of object that is kept for some and not for others.

    `name` is what the audit record calls it. An act is a word of the room's own; `READ`, to know of a thing and to read
    it, comes before every other. `load` and `lock` take the session, the mission's id and the object's id; `lock` holds
    it until the transaction ends. `allows` asks the room's policy whether this person may do that with this object.
    `level` is the level of classification of what it shows, `side` the side of the wall on which it lies. `unknown` is
    what is said when it is not there or not for them, so it must fit both; `who_may` is what is said to somebody who
    may read it and asks for more: who may.
    """

    name: str
    load: Loader[T]
    allows: Callable[[Work, Who, T, str], bool]
    level: Callable[[Work, T], str]
    unknown: Callable[[Request], str]
    who_may: Callable[[Request, T, str], str]
    lock: Loader[T] | None = None
    side: Callable[[T], Compartment] = lambda _found: Compartment.MISSION


def find(request: Request, kind: Kind[T], value: object, act: str = READ, *, lock: bool = False) -> T:
    """The object that a button or a form names, if this person may do this with it; with `lock` held for a change.

    `value` is an id, or a text that begins with one and goes on behind a colon. Raises Refused.
    """
    found = _load(request, kind, value, lock=lock)
    if found is None:
        raise Refused(kind.unknown(request))
    if not _is_inside(request.who, kind, found):
        # Not on record: to the letter and in time the answer of a number that nobody has.
        raise Refused(kind.unknown(request))
    if not kind.allows(request, request.who, found, READ):
        raise NotAllowed(kind.unknown(request), (kind.name, found.id), kind.side(found))
    refuse_unless(request, kind, found, act)
    request.note_read(kind.name, found.id, kind.level(request, found), kind.side(found))
    return found


def find_if_any(request: Request, kind: Kind[T], value: object, act: str = READ) -> T | None:
    """The same for what goes on without it: None where it is not there, not for this person, or not for this act."""
    found = _load(request, kind, value, lock=False)
    return found if found is not None and may(request, request.who, kind, found, act) else None


def _load(request: Request, kind: Kind[T], value: object, *, lock: bool) -> T | None:
    loader = kind.lock if lock and kind.lock is not None else kind.load
    return loader(request.session, request.mission.id, subjects.number(str(value).split(":")[0]))


def refuse_unless(request: Request, kind: Kind[T], found: T, act: str) -> None:
    """Raises Refused with who may, where this person may not do this with an object that they know of."""
    if not kind.allows(request, request.who, found, act):
        raise NotAllowed(kind.who_may(request, found, act), (kind.name, found.id), kind.side(found))


def may(work: Work, who: Who, kind: Kind[T], found: T, act: str = READ) -> bool:
    """Whether a person may know of an object and do this with it; for what happens without a request of theirs."""
    if not _is_inside(who, kind, found):
        return False
    return kind.allows(work, who, found, READ) and kind.allows(work, who, found, act)


def _is_inside(who: Who, kind: Kind[T], found: T) -> bool:
    side = kind.side(found)
    return side is Compartment.MISSION or side in who.inside


def readable(request: Request, kind: Kind[T], rows: Iterable[T], act: str = READ) -> list[T]:
    """Those of the objects that this person may know of and do this with, in their order."""
    return [row for row in rows if may(request, request.who, kind, row, act)]


def note_shown(request: Request, kind: Kind[T], rows: Iterable[T]) -> None:
    """Put on the audit record what of a list, already filtered, is above Unclassified and shown."""
    for row in rows:
        request.note_read(kind.name, row.id, kind.level(request, row), kind.side(row))
