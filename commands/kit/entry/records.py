"""Records with an owner, a version and steps: every change is held, written down as a step, audited and followed up.

A room says what its records are (`RecordKind`). A form about one carries its id, under the name of the kind, and the
`version` it shows; who receives the form takes the record with `noted`, asks `changed_meanwhile`, and changes it inside
`changing`.

Gesture: keep a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from commands.kit.words import _
from commands.kit.work import Request


class Record(Protocol):
    """A row that is kept as a record."""

    id: int
    version: int
    updated_at: datetime


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class VersionNotes:
    """What every form about a record carries along, beside which record it is."""

    version: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a record: its state before and after (empty before the first), and a note.

    `values` are old and new value of each field that differs, as JSON keeps them: amounts and days as text.
    """

    before: str
    after: str
    values: dict[str, list[Any]]
    note: str


@dataclass(frozen=True, slots=True)
class RecordKind(Generic[R]):
    """What records of a kind are called in notes and in the audit record, and what a room does with them.

    `fields` are those whose changes are written down, `state` the name of the field that holds the state.

    `find` gives a record by its id to whoever may have it here and raises Refused for others and for ids nobody has.
    `write` keeps a change as a step; `told` says the newest so many steps in words, as a form shows them. `follow` does
    what hangs on every change: reminders, messages that are kept current.
    """

    name: str
    fields: tuple[str, ...]
    state: str
    find: Callable[[Request, str], R]
    write: Callable[[Request, R, Change], None]
    told: Callable[[Request, R, int], str]
    follow: Callable[[Request, R], None]


def held(request: Request, kind: RecordKind[R], identity: object) -> R:
    """A record, held until the transaction ends and as it stands now. Raises Refused as `find` does."""
    row = kind.find(request, str(identity))
    request.session.refresh(row, with_for_update=True)
    # What was waited for may have taken it from this person's sight.
    return kind.find(request, str(identity))


def noted(request: Request, kind: RecordKind[R]) -> R | None:
    """The record that a form is about, held; None where the form makes a new one. Raises Refused as `find` does."""
    identity = request.notes.get(kind.name)
    return held(request, kind, identity) if identity else None


def changed_meanwhile(request: Request, kind: RecordKind[R], row: R | None) -> str:
    """What others changed since the form was opened, to be shown over what was typed; empty where nobody did."""
    seen = request.noted(VersionNotes).version
    if row is None or row.version == seen:
        return ""
    newest = row.version - seen if seen is not None and 0 < seen < row.version else 1
    said = _("Somebody else has changed this meanwhile. What you entered is here; save it once more to replace theirs.")
    return f"{said}\n{kind.told(request, row, newest)}"


@contextmanager
def changing(
    request: Request, kind: RecordKind[R], row: R, act: str = "", *, note: str = "", **details: Any
) -> Iterator[None]:
    """Change a record inside this block; what is raised in it changes nothing.

    `act` is the word of the audit record, by itself `added` for a new record and `changed` for one that is there;
    `details` stand there too. The version of a new record is 0 before the block.
    """
    is_new = not row.version
    before = {name: getattr(row, name, None) for name in kind.fields}
    state = "" if is_new else str(getattr(row, kind.state))
    yield
    row.version, row.updated_at = row.version + 1, request.now
    request.session.add(row)
    request.session.flush()
    after = {name: getattr(row, name) for name in kind.fields}
    values = {} if is_new else {n: [_kept(before[n]), _kept(after[n])] for n in after if before[n] != after[n]}
    change = Change(state, str(getattr(row, kind.state)), values, note)
    kind.write(request, row, change)
    if values:
        details["fields"] = sorted(values)
    if change.before and change.before != change.after:
        details |= {"before": change.before, "after": change.after}
    request.record(f"{kind.name}.{act or ('added' if is_new else 'changed')}", (kind.name, row.id), **details)
    kind.follow(request, row)


def _kept(value: Any) -> Any:
    """A value as JSON keeps it: amounts and days as text, never as a binary number."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
