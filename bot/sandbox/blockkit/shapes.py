"""Objects: a ``Shape`` lists the properties of one kind, a ``OneOf`` picks the shape by ``type``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .fields import Enum, Field
from .rules import DOCUMENTED, MEASURED, condition
from .walk import Walk

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset({MESSAGE, MODAL, HOME})

CrossCheck = Callable[[dict[str, Any], str, Walk], None]
"""Judges an object whose properties are each valid: relations between them, and with the rest of the payload."""


@dataclass(frozen=True)
class Shape:
    """One kind of object: its properties, which are required, how they relate, and where it may appear."""

    fields: Mapping[str, Field]
    required: tuple[str, ...] = ()
    cross: tuple[CrossCheck, ...] = ()
    surfaces: frozenset[str] = EVERYWHERE

    @condition("only the properties of the reference", MEASURED)
    @condition("every required property is there", MEASURED)
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.refuse("must provide an object", at)
            return
        before = len(walk.problems)
        for name in self.required:
            if name not in value:
                walk.refuse(f"missing required field: {name}", at)
        for name, found in value.items():
            known = self.fields.get(name)
            if known is None:
                walk.refuse(f"invalid additional property: {name}", at)
            else:
                known.check(found, f"{at}/{name}", walk)
        if len(walk.problems) == before:
            for relation in self.cross:
                relation(value, at, walk)


@dataclass(frozen=True)
class OneOf:
    """An object of one of several shapes, told apart by its ``type``."""

    shapes: dict[str, Shape] = field(default_factory=dict)

    @condition("the type is known and allowed in its place", MEASURED)
    @condition("the surface allows the block or element", DOCUMENTED)
    def check(self, value: object, at: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.refuse("must provide an object", at)
            return
        if "type" not in value:
            walk.refuse("missing required field: type", at)
            return
        kind = value["type"]
        if not isinstance(kind, str):
            walk.refuse("must provide a string", f"{at}/type")
            return
        shape = self.shapes.get(kind)
        if shape is None or walk.surface not in shape.surfaces:
            walk.refuse(f"unsupported type: {kind}", f"{at}/type")
            return
        shape.check(value, at, walk)

    def pick(self, *kinds: str) -> OneOf:
        """Return the same choice with fewer shapes.

        Raises:
            KeyError: a kind is not among them.
        """
        return OneOf({kind: self.shapes[kind] for kind in kinds})


def shape(
    kind: str | None = None,
    *,
    required: Mapping[str, Field] | None = None,
    optional: Mapping[str, Field] | None = None,
    cross: tuple[CrossCheck, ...] = (),
    surfaces: frozenset[str] = EVERYWHERE,
) -> Shape:
    """Declare a shape; with a kind it also requires ``"type": kind``."""
    needed = dict(required or {})
    if kind is not None:
        needed = {"type": Enum((kind,)), **needed}
    return Shape({**needed, **(optional or {})}, tuple(needed), cross, surfaces)


def at_least_one_of(*names: str) -> CrossCheck:
    """Return a check that one of some properties is there."""
    listed = " or ".join(f"`{name}`" for name in names)

    def relation(value: dict[str, Any], at: str, walk: Walk) -> None:
        if not any(name in value for name in names):
            walk.refuse(f"must define either {listed}", at)

    return relation


def exactly_one_of(*names: str) -> CrossCheck:
    """Return a check that one, and only one, of some properties is there."""
    listed = " or ".join(f"`{name}`" for name in names)

    def relation(value: dict[str, Any], at: str, walk: Walk) -> None:
        found = sum(name in value for name in names)
        if found == 0:
            walk.refuse(f"must define either {listed}", at)
        elif found > 1:
            walk.refuse(f"must define only one of {listed}", at)

    return relation


def ordered(low: str, high: str) -> CrossCheck:
    """Return a check that one integer is not greater than another, where both are there."""

    def relation(value: dict[str, Any], at: str, walk: Walk) -> None:
        if low in value and high in value and value[low] > value[high]:
            walk.refuse(f"`{low}` must not be greater than `{high}`", f"{at}/{low}")

    return relation
