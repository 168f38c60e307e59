"""Every agency of a round, with what the reader can do about its update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, actions, button, context, escape, section, sections
from commands.kit.forms import modal
from commands.kit.pages import page_of, turning
from commands.kit.pressed import value_of
from commands.kit.words import _, ngettext, pgettext
from commands.updates.rules.standings import tally
from commands.updates.views.board import received_text
from commands.updates.views.words import state_line
from storage.updates.returns import STILL_OWED, Standing
from storage.updates.rounds import Round

ROWS_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One agency's return. `is_new`: the reader may read it as it comes, and has not read its newest version."""

    standing: Standing
    can_read: bool = False
    is_new: bool = False
    can_remind: bool = False


def each_form(this: Round, rows: Sequence[Row], zone: ZoneInfo, number: int, note: str = "") -> Block:
    """Every agency of a round with its state, 40 on a page."""
    page = page_of(rows, number, ROWS_PER_PAGE)
    counts = tally(row.standing for row in rows)
    blocks: list[Block] = [
        section(f"*{escape(this.title)}*\n{received_text(counts) if rows else _('No agency was asked.')}")
    ]
    blocks += [context(note)] if note else []
    new = sum(row.is_new for row in rows)
    if new:
        text = ngettext("Read what is new ({count})", "Read what is new ({count})", new).format(count=new)
        blocks.append(actions(button(text, "updates:new", str(this.id), style="primary")))
    for row in page.items:
        blocks.append(_row(row, zone))
    blocks += turning(page, "updates:each", lambda turned: value_of(this.id, turned))
    return modal("updates:nothing", _("By agency"), blocks, close=_("Close"))


def _row(row: Row, zone: ZoneInfo) -> Block:
    one = row.standing
    new = f" · *{pgettext('update', 'New')}*" if row.is_new else ""
    [block] = sections(f"*{escape(one.code)}*{new} · {state_line(one, zone)}")[:1]
    accessory = _button(row)
    return {**block, "accessory": accessory} if accessory is not None else block


def _button(row: Row) -> Block | None:
    one = row.standing
    if row.can_read:
        label = _("Read the update of {agency}").format(agency=one.code)
        return button(_("Read"), "updates:text", value_of(one.return_id, 0), label=label)
    if row.can_remind and one.state in STILL_OWED and one.has_contact:
        label = _("Remind {agency} now").format(agency=one.code)
        return button(_("Remind now"), "updates:nudge", str(one.return_id), label=label)
    return None
