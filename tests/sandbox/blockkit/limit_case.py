"""One case per number of the register: at the limit it passes, one further it is refused at the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .payloads import (
    Payload,
    actions,
    button,
    field_for,
    message,
    modal,
)


@dataclass(frozen=True)
class LimitCase:
    """``build(n)`` makes a payload of size n.

    ``step`` is the direction of the first refused size; ``also`` names pointers refused with the first one.
    """

    rule: str
    limit: int
    build: Callable[[int], Payload]
    pointer: str
    code: str = "invalid_blocks"
    step: int = 1
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}{self.pointer}"


def view_limit(rule: str, limit: int, build: Callable[[int], Payload], pointer: str, **extra: Any) -> LimitCase:
    return LimitCase(rule, limit, build, pointer, **{"code": "invalid_arguments", **extra})


def input_limit(
    rule: str, limit: int, element: Callable[[int], dict[str, Any]], pointer: str, step: int = 1
) -> LimitCase:
    return view_limit(
        rule, limit, lambda n: modal(field_for(element(n))), f"/view/blocks/0/element{pointer}", step=step
    )


def button_limit(rule: str, limit: int, extra: Callable[[int], dict[str, Any]], pointer: str) -> LimitCase:
    return LimitCase(rule, limit, lambda n: message(actions(button(**extra(n)))), f"/blocks/0/elements/0{pointer}")


def block_limit(rule: str, limit: int, block: Callable[[int], dict[str, Any]], pointer: str, **extra: Any) -> LimitCase:
    return LimitCase(rule, limit, lambda n: message(block(n)), f"/blocks/0{pointer}", **extra)
