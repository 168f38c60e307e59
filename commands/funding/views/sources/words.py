"""What the product calls funds and kinds of budgets that have a code of its own."""

from __future__ import annotations

from commands.funding.rules.sources.rows import PEACEBUILDING_FUND, PROGRAMMATIC, QUICK_IMPACT, TRUST_FUND
from commands.kit.words import _


def fund_name(fund: str) -> str:
    """A fund in the reader's language; the name in the file for every other one."""
    names = {
        PEACEBUILDING_FUND: _("Peacebuilding Fund"),
        TRUST_FUND: _("Trust fund"),
        PROGRAMMATIC: _("Programmatic funding"),
        QUICK_IMPACT: _("Quick-impact projects"),
    }
    return names.get(fund, fund)
