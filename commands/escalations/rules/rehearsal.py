"""A test run of a chain: what would happen to an escalation that nobody acknowledges, by the rule that decides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from commands.escalations.rules.chains import ChainPlan
from commands.escalations.rules.next_step import Situation, next_step
from commands.escalations.rules.times import Pace, Times
from storage.escalations.model import NextKind, State

# Whoever stands at the end is told again and again: twice shows it.
MOST_LINES = 60

# Whom each step of the chain, and then its end, reaches at a moment.
Reach = Callable[[datetime], tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody is told at a moment; `step` is past the last one at the end of the chain."""

    at: datetime
    step: int
    lap: int
    people: tuple[str, ...]


def rehearse(chain: ChainPlan, severity: str, pace: Pace, times: Times, start: datetime, reach: Reach) -> list[Line]:
    """Everybody who would be told, in order, until the end of the chain was told once."""
    lines: list[Line] = []
    state, step, lap, told_at = State.QUEUED, -1, 0, start
    now = pace.next_on(start)
    while len(lines) < MOST_LINES:
        steps, end = reach(now)
        situation = Situation(
            state=state,
            severity=severity,
            chain=chain,
            step=step,
            lap=lap,
            told_at=told_at,
            touched_at=told_at,
            asked_still_at=None,
            paused_until=None,
            decide_due_at=start,
            overdue_step=None,
            holder=None,
            holder_is_there=True,
            reach=steps,
            end=end,
        )
        following = next_step(situation, pace, times, now)
        if following.at > now:
            # Whom it reaches is decided when it is due, not when it is planned.
            now = following.at
            continue
        lines.append(Line(following.at, following.step, following.lap, following.reach))
        if following.kind is NextKind.END or following.step >= len(chain.steps):
            break
        state, step, lap, told_at = State.RAISED, following.step, following.lap, following.at
    return lines
