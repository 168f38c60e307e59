"""What a form carries along: a small frozen dataclass of its own, written into the form and read when it comes back.

The form keeps plain JSON, one name for each field. It outlives releases: a name that nobody knows any more is passed
over, one that is missing has the field's default, and only a value of another kind is refused.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

from commands.kit.pressed import outdated


class Notes(Protocol):
    """Any dataclass whose fields are texts, numbers, yes or no, choices, lists of texts or numbers, or notes again.

    Every field has a default. A field that holds None is not written; notes inside notes lie flat beside the others.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


HIGHEST = 999_999_999
N = TypeVar("N", bound=Notes)
T = TypeVar("T")


def named(name: str, default: T, *, most: int | None = None) -> T:
    """A field that is called `name` in the form, and of whose text at most `most` characters are carried along."""
    made: T = field(default=default, metadata={"name": name, "most": most})
    return made


def written(notes: Notes | None) -> dict[str, object]:
    """Notes as a form keeps them, in the order of their fields."""
    return dict(_written(notes)) if notes is not None else {}


def _written(notes: Notes) -> Iterator[tuple[str, object]]:
    for one in fields(notes):
        value = getattr(notes, one.name)
        if is_dataclass(value) and not isinstance(value, type):
            yield from _written(value)
        elif value is not None:
            yield _name(one), value[: one.metadata.get("most")] if isinstance(value, str) else value


def read_notes(kind: type[N], kept: Mapping[str, object]) -> N:
    """Notes as they came back with a form. Raises Refused for a value that is none of ours."""
    hints = _hints(kind)
    values: dict[str, object] = {}
    for one in fields(kind):
        hint = hints[one.name]
        if is_dataclass(hint):
            values[one.name] = read_notes(cast("type[Notes]", hint), kept)
        elif kept.get(_name(one)) is not None:
            values[one.name] = _value(hint, kept[_name(one)])
    return kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The kinds of the fields; of `int | None` what it is when it is not None."""
    found = get_type_hints(kind)
    return {name: get_args(hint)[0] if isinstance(hint, UnionType) else hint for name, hint in found.items()}


def _name(one: Field[Any]) -> str:
    return str(one.metadata.get("name") or one.name)


def _value(hint: Any, kept: object) -> object:
    if get_origin(hint) is tuple and isinstance(kept, list):
        return tuple(_value(get_args(hint)[0], one) for one in kept)
    if get_origin(hint) is dict and isinstance(kept, dict):
        return {str(name): _value(get_args(hint)[1], one) for name, one in kept.items()}
    if hint is bool and kept in (0, 1):
        return bool(kept)
    if isinstance(kept, str) and isinstance(hint, type) and issubclass(hint, StrEnum) and kept in set(hint):
        return hint(kept)
    if (hint is str and isinstance(kept, str)) or (hint is int and type(kept) is int and 0 <= kept <= HIGHEST):
        return kept
    raise outdated()
