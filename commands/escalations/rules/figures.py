"""The figures of a month: how fast the office acknowledged and decided, by severity. Unknown is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from commands.kit.dates import local_moment
from storage.escalations.model import OPEN, Escalation, Severity, State
from storage.letters import identifier


@dataclass(frozen=True, slots=True)
class Spread:
    """Lengths of time: how many there are, the one in the middle and the worst; None when there is none."""

    count: int = 0
    middle: timedelta | None = None
    worst: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """One severity in one month. `raised` counts all, the others are parts of it; `reopened` counts every time."""

    severity: Severity
    raised: int
    acknowledged: Spread
    decided: Spread
    returned: int
    withdrawn: int
    merged: int
    still_open: int
    reopened: int


def spread_of(lengths: Sequence[timedelta]) -> Spread:
    """The middle and the worst of these."""
    if not lengths:
        return Spread()
    seconds = sorted(one.total_seconds() for one in lengths)
    return Spread(len(seconds), timedelta(seconds=median(seconds)), timedelta(seconds=seconds[-1]))


def time_to_acknowledge(this: Escalation) -> timedelta | None:
    """From the raising to the first acknowledgement, every hour counted."""
    first = this.first_acknowledged_at
    return first - this.raised_at if first is not None else None


def time_to_decide(this: Escalation) -> timedelta | None:
    """From the raising to the decision, every hour counted; None for what was not decided."""
    if this.state != State.DECIDED or this.closed_at is None:
        return None
    return this.closed_at - this.raised_at


def figures_of(found: Iterable[Escalation]) -> list[Figures]:
    """The figures of these escalations, one line for each severity, the most pressing first."""
    everything = list(found)
    return [_of_severity(severity, everything) for severity in reversed(Severity)]


def _of_severity(severity: Severity, everything: Sequence[Escalation]) -> Figures:
    ours = [one for one in everything if one.severity == severity]
    count = {state: sum(one.state == state for one in ours) for state in State}
    return Figures(
        severity=severity,
        raised=len(ours),
        acknowledged=spread_of([length for one in ours if (length := time_to_acknowledge(one)) is not None]),
        decided=spread_of([length for one in ours if (length := time_to_decide(one)) is not None]),
        returned=count[State.RETURNED],
        withdrawn=count[State.WITHDRAWN],
        merged=count[State.MERGED],
        still_open=sum(count[state] for state in OPEN),
        reopened=sum(one.reopened for one in ours),
    )


def month_of(moment: datetime, zone: ZoneInfo) -> date:
    """The first day of the month that it is in a zone."""
    return moment.astimezone(zone).date().replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def span_of(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a month in a zone, and the first after it, in UTC."""
    following = (month + timedelta(days=32)).replace(day=1)
    return tuple(local_moment(day, time(), zone).astimezone(UTC) for day in (month, following))  # type: ignore[return-value]


def read_month(text: str) -> date | None:
    """The month that `2026-11` means."""
    try:
        return date.fromisoformat(f"{identifier(text)}-01")
    except ValueError:
        return None
