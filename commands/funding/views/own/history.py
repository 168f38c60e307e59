"""The steps of a pledge, a line or a discrepancy as lines to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commands.funding.views.texts import safe
from commands.kit.cards import Block, escape, mention, section
from commands.kit.dates import day_text
from commands.kit.pages import earlier_text
from commands.kit.words import _
from storage.funding.steps import FundingStep

SHOWN = 12
SHOWN_MEANWHILE = 5
NOTE = 300


def history_blocks(steps: Sequence[FundingStep], state_name: Callable[[str], str]) -> list[Block]:
    """The newest steps first, a line each, and how many older ones there are."""
    lines = [_line(step, state_name) for step in steps[:SHOWN]]
    if len(steps) > SHOWN:
        lines.append(earlier_text(len(steps) - SHOWN))
    heading = _("*History*")
    blocks = []
    for start in range(0, len(lines), 4):
        part = lines[start : start + 4]
        blocks.append(section("\n".join([heading, *part] if start == 0 else part)))
    return blocks


def newest_text(steps: Sequence[FundingStep], state_name: Callable[[str], str]) -> str:
    """The newest steps as lines, for whoever was typing meanwhile."""
    return "\n".join(_line(step, state_name) for step in steps[:SHOWN_MEANWHILE])


def _line(step: FundingStep, state_name: Callable[[str], str]) -> str:
    day = day_text(step.at.date())
    if step.after and step.after != step.before:
        what = state_name(step.after) if not step.before else f"{state_name(step.before)} → {state_name(step.after)}"
    else:
        what = _("edited: {fields}").format(fields=", ".join(sorted(step.changes))) if step.changes else _("noted")
    note = f"\n> {safe(step.note, NOTE)}".replace("\n", "\n> ").replace("\n> > ", "\n> ") if step.note else ""
    return f"• {day}, {mention(step.by)}: {escape(what)}{note}"
