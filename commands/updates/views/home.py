"""Updates in App Home: what I owe, what my agency answered last, and the running rounds for coordinators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, actions, button, escape, header, section
from commands.kit.pages import left_note
from commands.kit.words import _
from commands.updates.rules.standings import tally_of
from commands.updates.views.board import each_button, received_text, round_state
from commands.updates.views.calls import Owed
from commands.updates.views.mine import owed_blocks
from commands.updates.views.words import state_line
from storage.agencies import Agency
from storage.updates.returns import STILL_OWED, Return
from storage.updates.rounds import Round

# A room has 30 blocks of Home: two for each return owed or answered, two for each round, and the headings.
OWED_SHOWN = 5
ANSWERED_SHOWN = 3
LAST_SHOWN = 3
ROUNDS_SHOWN = 3


def home_blocks(
    owed: Sequence[Owed],
    last: Sequence[tuple[Return, Round, Agency]],
    rounds: Sequence[tuple[Round, Mapping[tuple[str, bool], int]]],
    zone: ZoneInfo,
    now: datetime,
    *,
    leads: bool,
) -> list[Block]:
    """The room's part of a person's Home."""
    blocks: list[Block] = []
    waiting = [one for one in owed if one.given.state in STILL_OWED]
    answered = [one for one in owed if one.given.state not in STILL_OWED]
    if waiting or answered or last:
        blocks.append(header(_("Updates due from you")))
    if waiting:
        blocks += _shown(waiting, OWED_SHOWN)
    elif blocks:
        blocks.append(section(_("No updates due.")))
    if answered:
        blocks += [section(_("*Answered, can still be changed*")), *_shown(answered, ANSWERED_SHOWN)]
    if last:
        lines = [_last_line(given, this, agency, zone) for given, this, agency in last[:LAST_SHOWN]]
        blocks.append(section("\n".join([_("*Answered last*"), *lines])))
    return [*blocks, *_rounds(rounds, zone, now, leads=leads)]


def _shown(found: Sequence[Owed], most: int) -> list[Block]:
    return [*(block for one in found[:most] for block in owed_blocks(one)), *left_note(found, most)]


def _last_line(given: Return, this: Round, agency: Agency, zone: ZoneInfo) -> str:
    return f"• *{escape(agency.code)}* · {escape(this.title)}: {state_line(given, zone)}"


def _rounds(
    rounds: Sequence[tuple[Round, Mapping[tuple[str, bool], int]]], zone: ZoneInfo, now: datetime, *, leads: bool
) -> list[Block]:
    if not leads:
        return []
    blocks: list[Block] = [header(_("Running rounds"))]
    if not rounds:
        blocks.append(section(_("No round is running.")))
    for this, counts in rounds[:ROUNDS_SHOWN]:
        found = tally_of(counts)
        lines = [f"*{escape(this.title)}*", round_state(this, zone, now), received_text(found)]
        blocks.append(section("\n".join(line for line in lines if line), accessory=each_button(this)))
    blocks += left_note(rounds, ROUNDS_SHOWN)
    new = [button(_("New round"), "updates:round"), button(_("Schedule"), "updates:schedule")]
    return [*blocks, actions(*new, button(_("Digests"), "updates:digests"))]
