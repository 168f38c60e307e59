"""The flows that make a figure, ten a page, and one flow with all that was published about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from commands.funding.rules.opening import FigureRef
from commands.funding.views.money import money, rate_text, usd
from commands.funding.views.own.words import flow_status_name
from commands.funding.views.picture import row_name
from commands.funding.views.texts import safe
from commands.kit.cards import Block, actions, button, context, escape, section, sections, shorten
from commands.kit.dates import day_text
from commands.kit.forms import modal
from commands.kit.pages import Page, turning
from commands.kit.pressed import BAR, value_of
from commands.kit.words import _, ngettext
from storage.funding.model import Flow

PAGE = 10
NAME, ABOUT = 120, 300


def flows_form(title: str, opened: FigureRef, page: Page[Flow], total: Decimal) -> Block:
    """A page of flows, the largest first; the sum is of all pages."""
    flow_count = ngettext("{count} flow", "{count} flows", page.count).format(count=page.count)
    head = _("*{title}*\n{flows}, together {amount}").format(
        title=safe(title, ABOUT), flows=flow_count, amount=usd(total)
    )
    blocks: list[Block] = [section(head)]
    if not page.items:
        blocks.append(section(_("No flow is behind this figure: it is published without them.")))
    blocks += [_line(flow) for flow in page.items]
    blocks += turning(page, "funding:flows", lambda number: value_of(number, opened.written(), by=BAR))
    return modal("funding:nothing", _("Flows"), blocks, close=_("Close"))


def _line(flow: Flow) -> Block:
    who = _("{donor} → {recipient}").format(
        donor=safe(row_name(flow.src_organization), NAME),
        recipient=safe(row_name(flow.dest_organization), NAME),
    )
    about = [flow_status_name(flow.status), row_name(flow.dest_global_clusters)]
    if flow.flow_date:
        about.append(day_text(flow.flow_date))
    line = escape(" · ".join(shorten(one, NAME) for one in about))
    opener = button(
        _("Open"), f"funding:flow:{flow.id}", str(flow.id), label=_("Open flow {id}").format(id=flow.fts_id)
    )
    return section(f"*{usd(flow.amount_usd)}* {who}\n{line}", accessory=opener)


def flow_form(flow: Flow, history: Sequence[Flow], *, may_write: bool) -> Block:
    """One flow, what it counted for in earlier imports, and the way to contradict it."""
    blocks: list[Block] = list(sections("\n".join(_facts(flow))))
    if len(history) > 1:
        blocks.append(section("\n".join([_("*Earlier*"), *(_version(one) for one in history[:-1][-10:])])))
    if may_write:
        differ = button(_("Report a discrepancy"), "funding:differ", value_of("flow", flow.id, by=BAR))
        blocks.append(actions(differ))
    blocks.append(context(_("Published by FTS. Only an agency's headquarters can correct it there.")))
    return modal("funding:nothing", _("Flow"), blocks, close=_("Back"))


def _facts(flow: Flow) -> list[str]:
    days = [
        (_("Decided"), flow.decision_date),
        (_("First reported"), flow.first_reported_date),
        (_("Last changed in FTS"), flow.updated_on),
    ]
    facts = [
        (_("Amount"), _amount(flow)),
        (_("Given by"), row_name(flow.src_organization)),
        (_("To"), row_name(flow.dest_organization)),
        (_("Status"), flow_status_name(flow.status)),
        (_("Plan"), row_name(flow.dest_plan)),
        (_("Cluster"), row_name(flow.dest_global_clusters)),
        (_("Kind"), " · ".join(one for one in (flow.flow_type, flow.contribution_type, flow.method) if one)),
        *((name, day_text(day)) for name, day in days if day),
        (_("Flow"), flow.fts_id),
        (_("Description"), shorten(flow.description, ABOUT)),
    ]
    lines = [_("*{name}:* {value}").format(name=name, value=safe(value, ABOUT)) for name, value in facts if value]
    if flow.is_withdrawn:
        lines.insert(0, _("*Withdrawn:* FTS no longer publishes this flow; it is in no total."))
    elif not flow.is_counted:
        lines.insert(0, _("*Not counted:* a pledge, shared with other countries, or not incoming."))
    return lines


def _amount(flow: Flow) -> str:
    shown = usd(flow.amount_usd)
    if flow.original_amount is None or flow.original_currency in {"", "USD"}:
        return shown
    # FTS may name a currency that nobody knows; then its letters stand with the number.
    original = money(flow.original_amount, flow.original_currency)
    if flow.exchange_rate is None:
        return f"{shown} ({original})"
    text = _("{usd} ({original} at {rate} for one US dollar)")
    return text.format(usd=shown, original=original, rate=rate_text(flow.exchange_rate))


def _version(flow: Flow) -> str:
    until = day_text(flow.valid_to.date()) if flow.valid_to else ""
    line = _("• {amount}, {status}, until {day}")
    return line.format(amount=usd(flow.amount_usd), status=flow_status_name(flow.status), day=until)
