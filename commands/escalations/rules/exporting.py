"""Escalations as rows of a file. Texts that are not Unclassified stay out: the reference stands in their place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from commands.escalations.rules.figures import time_to_acknowledge, time_to_decide
from commands.kit.handling import Handling
from commands.kit.tables.cells import named
from commands.kit.tables.writing import CellValue
from storage.escalations.model import Escalation

TITLES = (
    "Number", "Raised at (UTC)", "Raised by", "Asked for", "Severity", "State", "Classification", "Summary", "Place",
    "Place code", "Agencies", "Needed by (UTC)", "First acknowledged at (UTC)", "Minutes to acknowledge",
    "Decision due at (UTC)", "Closed at (UTC)", "Closed by", "Minutes to decide", "Times re-opened", "Outcome",
)  # fmt: skip


def row_of(this: Escalation, codes: Mapping[int, str], names: Mapping[str, str]) -> list[CellValue]:
    """One escalation. Minutes are elapsed ones, and empty where nothing is known."""
    open_text = this.handling == Handling.UNCLASSIFIED
    held = f"(E-{this.number}: not for files)"
    return [
        f"E-{this.number}",
        this.raised_at,
        named(this.raised_by, names),
        this.asks,
        this.severity,
        this.state,
        this.handling,
        this.summary if open_text else held,
        this.place_name if open_text else "",
        this.place_code if open_text else "",
        ", ".join(codes[one] for one in this.agency_ids if one in codes),
        this.needed_by,
        this.first_acknowledged_at,
        _minutes(time_to_acknowledge(this)),
        this.decide_due_at,
        this.closed_at,
        named(this.closed_by, names) if this.closed_by else None,
        _minutes(time_to_decide(this)),
        this.reopened,
        (this.outcome if open_text else held) if this.outcome else "",
    ]


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds() // 60)
