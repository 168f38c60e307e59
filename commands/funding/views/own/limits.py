"""The form of what the mission has set for its funding cell."""

from __future__ import annotations

from decimal import Decimal

from commands.kit.cards import Block, context
from commands.kit.forms import field_block, modal, number_input, text_input
from commands.kit.words import _
from storage.funding.limits import FundingLimits

LENGTHS = ("remind_days", "irf_months", "prf_months", "extension_months", "report_months")
CEILINGS = ("irf_ceiling", "prf_ceiling", "qip_ceiling")
DAYS = ("half_year", "annual")


def limits_form(limits: FundingLimits, stale_days: int) -> Block:
    """What the mission has set; the product's defaults are no rule of the United Nations."""
    labels = {
        "stale_days": _("A figure is old after days"),
        "remind_days": _("Remind of deadlines days before"),
        "irf_months": _("IRF project: at most months"),
        "prf_months": _("PRF project: at most months"),
        "extension_months": _("Ask for an extension: months before the end"),
        "report_months": _("Final report: months after the end"),
        "half_year": _("Half-yearly report due (MM-DD)"),
        "annual": _("Annual report due (MM-DD)"),
        "irf_ceiling": _("IRF ceiling, in US dollars"),
        "prf_ceiling": _("PRF ceiling, in US dollars"),
        "qip_ceiling": _("Quick-impact ceiling, in US dollars"),
    }
    values = {name: str(getattr(limits, name)) for name in LENGTHS} | {"stale_days": str(stale_days)}
    blocks: list[Block] = [
        context(_("These are your mission's own. Ceilings and lengths only warn; nothing is refused because of them."))
    ]
    blocks += [
        field_block(name, labels[name], number_input(initial=values[name], decimals=False))
        for name in ("stale_days", *LENGTHS)
    ]
    kept = {name: getattr(limits, name) or "" for name in DAYS} | {name: _ceiling(limits, name) for name in CEILINGS}
    blocks += [
        field_block(name, labels[name], text_input(initial=value or None, most=40), optional=True)
        for name, value in kept.items()
    ]
    return modal("funding:limits", _("Limits and deadlines"), blocks, submit=_("Save"), close=_("Cancel"))


def _ceiling(limits: FundingLimits, name: str) -> str:
    kept: Decimal | None = getattr(limits, name)
    return "" if kept is None else format(kept.normalize(), "f")
