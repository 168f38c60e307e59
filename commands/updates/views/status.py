"""The rounds of the mission at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    TEXT_PER_MESSAGE,
    Block,
    Card,
    actions,
    as_many_as_fit,
    context,
    divider,
    escape,
    section,
    sections,
    text_length,
)
from commands.kit.dates import both_times
from commands.kit.handling import highest
from commands.kit.names.levels import level_note
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from commands.updates.rules.standings import tally
from commands.updates.views.board import codes_text, each_button, received_text, round_state
from commands.updates.views.words import level_of
from storage.updates.returns import Standing
from storage.updates.rounds import Round

# The codes of many agencies in many rounds would not fit into one message; the others are behind a button.
WITH_CODES = 1
HEADROOM = 1_000


def status_card(
    boards: Sequence[tuple[Round, Sequence[Standing]]],
    closed: Sequence[Round],
    zone: ZoneInfo,
    now: datetime,
    command: Callable[[str], str],
    held: Mapping[int, str] | None = None,
    more: int = 0,
) -> Card:
    """The running rounds with who is in and who is owed, then the ones that closed last.

    `held` says, by round, what keeps its board in the channel from being current; `more` rounds run besides.
    """
    count = len(boards) + more
    text = ngettext("{count} round is running.", "{count} rounds are running.", count).format(count=count)
    if not boards:
        text = _("No round is running. Coordinators begin one with {round}, or plan them with {schedule}.").format(
            round=f"`{command('update')} round`", schedule=f"`{command('update')} schedule`"
        )
    running = [
        [divider(), *_running(this, standings, zone, now, with_codes=place < WITH_CODES), *_held(held, this)]
        for place, (this, standings) in enumerate(boards)
    ]
    last = _closed_last(closed, zone)
    shown = as_many_as_fit(running, text=TEXT_PER_MESSAGE - HEADROOM - text_length(last))
    blocks = [section(text), *(block for group in shown for block in group), *last]
    left = count - len(shown)
    if left:
        blocks.append(context(left_text(left)))
    levels = [level_of(this) for this, _standings in boards] + [level_of(this) for this in closed]
    return Card(text, tuple(blocks), highest(*levels))


def _running(
    this: Round, standings: Sequence[Standing], zone: ZoneInfo, now: datetime, *, with_codes: bool
) -> list[Block]:
    counts = tally(standings)
    lines = [
        f"*{escape(this.title)}*",
        round_state(this, zone, now),
        received_text(counts),
    ]
    codes = codes_text(standings) if with_codes else []
    return [section("\n".join(lines)), *codes, *level_note(this.handling), actions(each_button(this))]


def _held(held: Mapping[int, str] | None, this: Round) -> list[Block]:
    return [context(held[this.id])] if held and this.id in held else []


def _closed_last(closed: Sequence[Round], zone: ZoneInfo) -> list[Block]:
    if not closed:
        return []
    lines = [_("*Closed last:*"), *(_closed_line(this, zone) for this in closed)]
    return [divider(), *sections("\n".join(lines))]


def _closed_line(this: Round, zone: ZoneInfo) -> str:
    return f"• {escape(this.title)}: {both_times(this.closed_at or this.closes_at, zone)}"
