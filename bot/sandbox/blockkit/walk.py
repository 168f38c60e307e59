"""What a check finds (``Problem``) and what it remembers on its way through a payload (``Walk``)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing Slack would refuse.

    Attributes:
        code: the value of ``error`` in Slack's answer, as ``invalid_blocks``.
        message: the reason, in Slack's words as far as they are known.
        pointer: RFC 6901 pointer into the payload, as ``/blocks/0/text/text``; empty when the whole payload is meant.
    """

    code: str
    message: str
    pointer: str = ""

    def as_slack(self) -> str:
        """Return the line Slack puts in ``response_metadata.messages``."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


@dataclass(slots=True)
class Walk:
    """One pass through one payload: where it would be shown, what was refused, what was seen so far."""

    surface: str
    code: str
    problems: list[Problem] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    text_total: int = 0
    markdown_total: int = 0

    def refuse(self, message: str, at: str, code: str | None = None) -> None:
        """Note a problem at a pointer, under the walk's own error code unless another is given."""
        self.problems.append(Problem(code or self.code, message, at))
