"""A flow that changed, in a line: what it added or took, and where it was before where it moved."""

from __future__ import annotations

from commands.funding.views.money import signed, usd
from commands.funding.views.picture import row_name
from commands.funding.views.texts import safe
from commands.kit.cards import escape
from commands.kit.words import _
from storage.funding.changes import ChangeKind, FlowChange
from storage.funding.model import Flow

NAME = 90


def flow_text(one: FlowChange) -> str:
    """A flow that moved a sum, and what happened to it."""
    flow = one.flow
    names = {
        "donor": safe(row_name(flow.src_organization), NAME),
        "recipient": safe(row_name(flow.dest_organization), NAME),
        "id": escape(flow.fts_id),
    }
    if one.kind is ChangeKind.MOVED and one.before and one.after:
        line = _("• {amount} moved from {before} to {after}: {donor} → {recipient} (flow {id})")
        places = {"before": _place(one.before, one.after), "after": _place(one.after, one.before)}
        return line.format(amount=_amount(one.before, one.after), **places, **names)
    what = {
        ChangeKind.NEW: _("new flow"),
        ChangeKind.CHANGED: _("flow changed"),
        ChangeKind.MOVED: _("flow changed"),
        ChangeKind.WITHDRAWN: _("flow withdrawn"),
    }[one.kind]
    line = _("• {change}: {donor} → {recipient} ({what} {id})")
    return line.format(change=signed(one.difference), what=what, **names)


def _amount(before: Flow, after: Flow) -> str:
    old, new = usd(before.amount_usd), usd(after.amount_usd)
    return new if old == new else f"{old} → {new}"


def _place(flow: Flow, other: Flow) -> str:
    """Where a flow counts, as far as that differs from the other version: its plan, its year or its cluster."""
    plan = safe(row_name(flow.dest_plan if flow.plan_key else ""), NAME)
    if (flow.plan_key, flow.year) == (other.plan_key, other.year):
        return safe(row_name(flow.cluster), NAME)
    return plan if flow.plan_key != other.plan_key else f"{plan}, {flow.year or _('several years')}"
