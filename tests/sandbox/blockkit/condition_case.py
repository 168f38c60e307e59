"""What a case of a condition is: a good payload, a bad one, and where the bad one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from .payloads import Payload


@dataclass(frozen=True)
class ConditionCase:
    """``found`` is the code, the message and the pointer of every problem of the bad payload."""

    rule: str
    good: Payload
    bad: Payload
    found: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        return f"{self.rule}{self.found[0][2]} {self.found[0][1]}"


def case(rule: str, good: Payload, bad: Payload, message: str, pointer: str, code: str | None = None) -> ConditionCase:
    """A case whose bad payload has one problem; the code follows from the kind of payload unless given."""
    usual = "invalid_arguments" if bad.kind == "view" else "invalid_blocks"
    return ConditionCase(rule, good, bad, ((code or usual, message, pointer),))
