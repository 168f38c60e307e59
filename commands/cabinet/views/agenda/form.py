"""The agenda in a form: read by everybody who may, ordered and placed by the secretary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commands.cabinet.views.agenda.message import Agenda, full_item_text
from commands.cabinet.views.notes import ItemNotes, MeetingNotes
from commands.cabinet.views.words import item_state
from commands.kit.cards import (
    Block,
    actions,
    button,
    context,
    divider,
    escape,
    option,
    section,
    sections,
    select_menu,
    shorten,
)
from commands.kit.dates import both_times
from commands.kit.forms import field_block, modal, radio, select, text_input
from commands.kit.names.levels import level_name, level_note
from commands.kit.pages import left_note
from commands.kit.pressed import value_of
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.cabinet.items import Item, ItemKind, ItemState
from storage.cabinet.meetings import AHEAD

# A form holds 100 blocks: each item takes one, and the headings, notes and buttons need the rest.
SHOWN = 40
OVER_SHOWN = 10
REASON, INTO = "reason", "into"
DEFER, WITHDRAW = "defer", "withdraw"
UP, DOWN, SCHEDULE, EDIT, MERGE, READ, PAPER, BACK = "up", "down", "schedule", "edit", "merge", "read", "paper", "back"


@dataclass(frozen=True, slots=True)
class AgendaView:
    """An agenda as one person opens it: what they may read, what they may do, and what waits or is over."""

    agenda: Agenda
    waiting: Sequence[Item] = ()
    over: Sequence[Item] = ()
    hidden: int = 0
    leads: bool = False
    own: frozenset[int] = field(default=frozenset())
    note: str = ""


def agenda_form(opened: AgendaView) -> Block:
    """The whole agenda."""
    agenda = opened.agenda
    meeting = agenda.meeting
    blocks = [section(both_times(meeting.starts_at, agenda.zone)), *level_note(meeting.handling)]
    if opened.note:
        blocks.append(section(opened.note))
    blocks += _listed(opened, agenda.items, _("Nothing is on the agenda yet."), numbered=True)
    if opened.waiting:
        blocks += [divider(), section(_("*Proposed, not placed yet*"))]
        blocks += _listed(opened, opened.waiting, "", numbered=False)
    blocks += _notes(opened)
    if meeting.state in AHEAD:
        row = actions(button(_("Propose an item"), "cabinet:propose", str(meeting.id)), block_id="row")
        blocks.append(row)
    return modal("cabinet:noted", _("Agenda"), blocks, close=_("Close"), notes=MeetingNotes(meeting.id))


def _notes(opened: AgendaView) -> list[Block]:
    blocks: list[Block] = []
    if opened.hidden:
        text = ngettext(
            "{count} Confidential item is not shown to you.",
            "{count} Confidential items are not shown to you.",
            opened.hidden,
        )
        blocks.append(context(text.format(count=opened.hidden)))
    if opened.over:
        lines = [_over_line(item) for item in opened.over[:OVER_SHOWN]]
        blocks += [divider(), context("\n".join([_("*Deferred or taken off*"), *lines]))]
        blocks += left_note(opened.over, OVER_SHOWN)
    return blocks


def _over_line(item: Item) -> str:
    reason = f": {escape(shorten(item.reason, 100))}" if item.reason else ""
    return f"• {escape(shorten(item.title, 80))} ({item_state(item)}{reason})"


def _listed(opened: AgendaView, items: Sequence[Item], empty: str, *, numbered: bool) -> list[Block]:
    if not items:
        return [context(empty)] if empty else []
    blocks: list[Block] = []
    for number, item in enumerate(items[:SHOWN], 1):
        text = full_item_text(f"{number}." if numbered else "", item, opened.agenda.agencies)
        if item.handling != opened.agenda.meeting.handling:
            text += f"\n_{level_name(item.handling)}_"
        more = _("More: {title}").format(title=shorten(item.title, 40))
        menu = select_menu("cabinet:item", more, choices_of(opened, item))
        blocks.append(section(text, block_id=f"item-{item.id}", accessory=menu))
    return blocks + left_note(items, SHOWN)


def choices_of(opened: AgendaView, item: Item) -> list[Block]:
    """What this person can do with an item."""
    chosen = [(READ, _("Read it whole"))]
    if item.paper_name:
        chosen.append((PAPER, _("Send me the paper")))
    ahead = item.state in {ItemState.PROPOSED, ItemState.SCHEDULED}
    if ahead and opened.leads:
        placed = item.state == ItemState.SCHEDULED
        chosen += (
            [(UP, _("Move up")), (DOWN, _("Move down")), (BACK, _("Take off, keep as proposal"))] if placed else []
        )
        chosen += [] if placed else [(SCHEDULE, _("Put it on the agenda"))]
        chosen += [(MERGE, pgettext("agenda item", "Merge into another")), (DEFER, _("Defer"))]
    if ahead and (opened.leads or item.id in opened.own):
        chosen += [(EDIT, _("Edit"))] if item.kind == ItemKind.DECISION else []
        chosen.append((WITHDRAW, _("Withdraw")))
    return [option(text, value_of(item.id, verb)) for verb, text in chosen]


def item_form(item: Item, agencies: Mapping[int, Agency]) -> Block:
    """One item whole."""
    heading = full_item_text("", item, agencies)
    blocks = [*level_note(item.handling), *sections(heading)]
    if len(item.question) > 150:
        blocks += sections(escape(item.question))
    if item.options:
        lines = [f"{number}. {escape(one)}" for number, one in enumerate(item.options, 1)]
        blocks += sections("\n".join([_("*Options*"), *lines]))
    consulted = [escape(agencies[one].code) for one in item.consult if one in agencies]
    if consulted:
        blocks.append(section(_("*To consult before:* {agencies}").format(agencies=", ".join(consulted))))
    if item.reason:
        blocks.append(section(_("*Reason:* {reason}").format(reason=escape(shorten(item.reason, 1000)))))
    if item.paper_name:
        blocks.append(
            actions(button(_("Send me the paper"), "cabinet:item", value_of(item.id, PAPER)), block_id="paper")
        )
    if item.source_link:
        blocks.append(context(f"<{escape(item.source_link)}|{_('The message it comes from')}>"))
    state = item_state(item)
    blocks.append(context(state[:1].upper() + state[1:]))
    return modal("cabinet:noted", _("Item"), blocks, close=_("Close"))


def reason_form(item: Item, verb: str) -> Block:
    """Why an item is deferred or withdrawn."""
    deferring = verb == DEFER
    text = (
        _("It comes up again by itself in the next meeting. Its proposer is told why.")
        if deferring
        else _("It leaves the agenda for good. Who proposed it can propose it again.")
    )
    reason = field_block(REASON, _("Reason"), text_input(long=True, most=500))
    return modal(
        "cabinet:item-off",
        _("Defer item") if deferring else _("Withdraw item"),
        [section(f"*{escape(shorten(item.title, 150))}*"), section(text), reason],
        submit=_("Defer") if deferring else _("Withdraw"),
        close=_("Back"),
        notes=ItemNotes(item.id, verb),
    )


def merge_form(item: Item, others: Sequence[Item]) -> Block:
    """Into which item this one goes."""
    choices = [option(other.title, str(other.id)) for other in others[:100]]
    text = _("It is taken up with the other item and leaves the agenda itself. Its proposer is told.")
    pick = select(choices) if len(choices) > 10 else radio(choices)
    return modal(
        "cabinet:item-merge",
        _("Merge item"),
        [section(f"*{escape(shorten(item.title, 150))}*"), section(text), field_block(INTO, _("Merge into"), pick)],
        submit=_("Merge"),
        close=_("Back"),
        notes=ItemNotes(item.id),
    )
