"""A person's unfinished form as a typed value. In the database it is plain JSON, which outlives releases.

Gesture: ask for.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request
from storage.base import Json
from storage.compartments import Compartment
from storage.form_drafts import drop_form, load_form, save_form

E = TypeVar("E")


class UnreadableDraftError(Refused):
    """What is kept is not what this release of the form holds: it was kept by another one."""

    def __init__(self) -> None:
        super().__init__(_("What you had entered can no longer be read. Please begin again."))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def as_stored(entered: Any) -> Json:
    """A dataclass as it is kept: its fields by name, with days and times as ISO 8601 writes them."""
    kind: Any = type(entered)
    kept: Json = _adapter(kind).dump_python(entered, mode="json")
    return kept


def from_stored(kind: type[E], kept: Json) -> E:
    """The dataclass that was kept; fields that are not there have its defaults. Raises UnreadableDraftError."""
    holder: Any = kind
    try:
        entered: E = _adapter(holder).validate_python(kept)
    except ValidationError as odd:
        raise UnreadableDraftError from odd
    return entered


def load_draft(request: Request, name: str, kind: type[E]) -> E | None:
    """What this person has entered so far, held until the transaction ends. Raises UnreadableDraftError."""
    kept = load_form(request.session, request.mission.id, request.who.user_id, name)
    return None if kept is None else from_stored(kind, kept)


def save_draft(request: Request, name: str, entered: Any) -> None:
    """Keep what this person has entered so far, a dataclass, for thirty days.

    What has a `compartment` that is not the mission's is not kept: forms of a side have one step and no draft.
    """
    if getattr(entered, "compartment", Compartment.MISSION) != Compartment.MISSION:
        return
    save_form(request.session, request.mission.id, request.who.user_id, name, as_stored(entered), request.now)


def drop_draft(request: Request, name: str) -> None:
    """The form is saved, or given up."""
    drop_form(request.session, request.mission.id, request.who.user_id, name)
