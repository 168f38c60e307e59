"""Lists of escalations in a form, and the daily digest of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from commands.escalations.rules.access import level_of
from commands.escalations.views.words import asks_name, at_text, left_text, name_of, severity_name, state_name
from commands.kit.cards import (
    TEXT_PER_MESSAGE,
    Block,
    Card,
    actions,
    button,
    context,
    escape,
    mention,
    option,
    section,
    select_menu,
    shorten,
    text_length,
)
from commands.kit.forms import modal
from commands.kit.handling import Handling, highest
from commands.kit.pages import Page, turning, with_span
from commands.kit.words import _, ngettext, pgettext
from storage.escalations.lists import Order, Scope
from storage.escalations.model import Escalation, State

SUMMARY_SHOWN = 160
DIGEST_SHOWN = 20
DIGEST_TEXT = TEXT_PER_MESSAGE - 500
PAGE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """An escalation and whether its texts may be read here."""

    this: Escalation
    readable: bool


@dataclass(frozen=True, slots=True)
class ListState:
    """Where the reader is in the lists."""

    scope: Scope = Scope.OPEN
    order: Order = Order.OLDEST
    page: int = 0


def scope_name(scope: Scope) -> str:
    """A list by name."""
    return {
        Scope.OPEN: pgettext("escalations", "Open"),
        Scope.MINE: _("Mine: raised or joined"),
        Scope.AGENCY: _("Concerning my agency"),
        Scope.CLOSED: pgettext("escalations", "Closed"),
    }[scope]


def order_name(order: Order) -> str:
    """An order by name."""
    return {
        Order.OLDEST: _("Oldest first"),
        Order.NEWEST: _("Newest first"),
        Order.NEXT: _("What happens next first"),
    }[order]


def list_form(page: Page[Entry], state: ListState, *, now: datetime, zone: ZoneInfo, is_office: bool) -> Block:
    """A page of a list."""
    blocks = [actions(*_filters(state)), actions(*_tools(is_office=is_office)), context(_count_line(page))]
    blocks += [*(entry_block(entry, now, zone) for entry in page.items), *turning(page, "escalations:page")]
    return modal("escalations:list", _("Escalations"), blocks, close=_("Close"), notes=state)


def _filters(state: ListState) -> list[Block]:
    scopes = [option(scope_name(one), one.value) for one in Scope]
    orders = [option(order_name(one), one.value) for one in Order]
    return [
        select_menu("escalations:scope", _("Which"), scopes, initial=state.scope.value),
        select_menu("escalations:order", _("Order"), orders, initial=state.order.value),
    ]


def _tools(*, is_office: bool) -> list[Block]:
    tools = [button(_("Raise one"), "escalations:raise", style="primary")]
    if is_office:
        tools.append(button(_("Figures"), "escalations:figures"))
    return [*tools, button(_("Export"), "escalations:export"), button(_("Duty roster"), "escalations:duty")]


def _count_line(page: Page[Entry]) -> str:
    if not page.count:
        return _("There is none that you may see. Those who raised one, those it concerns and the office see it.")
    return with_span(ngettext("{count} escalation", "{count} escalations", page.count).format(count=page.count), page)


def entry_block(entry: Entry, now: datetime, zone: ZoneInfo) -> Block:
    this = entry.this
    opener = button(
        _("Open"), f"escalations:open:{this.id}", str(this.id), label=_("Open {name}").format(name=name_of(this))
    )
    lines = [_title(this), summary_text(entry), _when_line(this, now, zone)]
    return section("\n".join(lines), accessory=opener)


def _title(this: Escalation) -> str:
    return f"*{name_of(this)}* · {severity_name(this.severity)} · {asks_name(this.asks)} · {state_name(this.state)}"


def summary_text(entry: Entry) -> str:
    """What it is about, where its reader may know; else that it is not shown."""
    if not entry.readable:
        return _("_Confidential: its text is not shown here._")
    if entry.this.handling == Handling.STRICTLY_CONFIDENTIAL:
        return _("Held outside Slack, reference {reference}.").format(
            reference=escape(str(entry.this.pointer.get("reference", "")))
        )
    return escape(shorten(" ".join(entry.this.summary.split()), SUMMARY_SHOWN))


def _when_line(this: Escalation, now: datetime, zone: ZoneInfo) -> str:
    raised = _("raised {when} by {person}").format(when=at_text(this.raised_at, zone), person=mention(this.raised_by))
    if not this.is_open:
        closed = _("closed {when}").format(when=at_text(this.closed_at or this.updated_at, zone))
        return f"{raised} · {closed}"
    return f"{raised} · {due_text(this, now, zone)}"


def due_text(this: Escalation, now: datetime, zone: ZoneInfo) -> str:
    """What is due of an open one, and when."""
    if this.state == State.WAITING:
        until = at_text(this.paused_until or this.decide_due_at, zone)
        return _("on hold until {when}").format(when=until)
    waits = this.state in (State.QUEUED, State.RAISED)
    due = this.ack_due_at if waits else this.decide_due_at
    text = _("acknowledgement due {when} ({left})") if waits else _("decision due {when} ({left})")
    return text.format(when=at_text(due, zone), left=left_text(due, now))


def is_overdue(this: Escalation, now: datetime) -> bool:
    """Whether what is due of an open one lies in the past; one on hold is not."""
    if this.state in (State.QUEUED, State.RAISED):
        return this.ack_due_at < now
    return this.state == State.ACKNOWLEDGED and this.decide_due_at < now


def digest_card(entries: Sequence[Entry], now: datetime, zone: ZoneInfo) -> Card:
    """What is open and overdue, for the office, in one message a morning."""
    late = [entry for entry in entries if is_overdue(entry.this, now)]
    title = ngettext("{count} escalation is open", "{count} escalations are open", len(entries))
    head = title.format(count=len(entries))
    if late:
        head += ", " + ngettext("{count} of them overdue", "{count} of them overdue", len(late)).format(count=len(late))
    ordered = [*late, *(entry for entry in entries if entry not in late)]
    rows = _fitting([section(_digest_line(entry, now, zone)) for entry in ordered[:DIGEST_SHOWN]])
    level = highest(*(level_of(entry.this) for entry in ordered[: len(rows)] if entry.readable))
    if len(ordered) > len(rows):
        rows.append(context(_("and {count} more").format(count=len(ordered) - len(rows))))
    blocks = [section(f"*{head}.*"), *rows, actions(button(_("Open the list"), "escalations:list"))]
    return Card(f"{head}.", tuple(blocks), level)


def _fitting(rows: list[Block]) -> list[Block]:
    """As many of the rows, from the first, as one message of Slack holds."""
    sizes = accumulate(text_length(row) for row in rows)
    return rows[: sum(size <= DIGEST_TEXT for size in sizes)]


def _digest_line(entry: Entry, now: datetime, zone: ZoneInfo) -> str:
    this = entry.this
    holder = " · " + mention(this.holder) if this.holder else ""
    mark = _("*Overdue* · ") if is_overdue(this, now) else ""
    return f"{mark}{_title(this)}{holder}\n{summary_text(entry)}\n{due_text(this, now, zone)}"


def export_card(count: int) -> Card:
    """To whoever asked for the files."""
    words = ngettext(
        "The file with {count} escalation is on its way to your direct messages, as CSV and as XLSX.",
        "The files with {count} escalations are on their way to your direct messages, as CSV and as XLSX.",
        count,
    ).format(count=count)
    words += " " + _("Texts that are Confidential are not in them.")
    return Card(words, (section(words),))
