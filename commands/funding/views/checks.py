"""What FTS says beside what the flows add up to, in a line, with the reason where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.funding.rules.differences import Check, Reason, Why
from commands.funding.views.money import signed, usd
from commands.funding.views.texts import pair, safe
from commands.kit.dates import day_text
from commands.kit.words import _, ngettext

NAME, FUNDS = 60, 3


def check_line(check: Check) -> str:
    """The check of a country or a plan, with its name."""
    year = str(check.year or _("several years"))
    what = f"{check.country} {year}"
    if check.plan_key is not None:
        what += f" · {check.name or _('Not specified')}"
    return f"• {pair(safe(what, NAME), check_text(check))}"


def check_text(check: Check) -> str:
    """Both figures; where they differ, by how much and why."""
    said, found = usd(check.said), usd(check.found)
    if not check.difference:
        return _("FTS says {said}; the flows add up to {found}.").format(said=said, found=found)
    text = _("FTS says {said}; the flows add up to {found}, a difference of {difference}.")
    head = text.format(said=said, found=found, difference=signed(check.difference))
    return " ".join([head, *map(_reason, check.why)])


def _reason(one: Why) -> str:
    if not one.amount:
        return _otherwise(one)
    return _exact(one.reason).format(amount=usd(abs(one.amount)), names=_names(one.names))


def _exact(reason: Reason) -> str:
    return {
        Reason.POOLED: _(
            "{amount} is exactly what pooled funds ({names}) allocated inside the country: FTS counts it for the plan "
            "it went to, and it is no new money."
        ),
        Reason.INTERNAL: _(
            "{amount} is exactly what moved inside the country ({names}): FTS counts it for the plan it went to, and "
            "it is no new money."
        ),
        Reason.SHARED: _("{amount} is exactly what flows share with other countries or years."),
        Reason.OTHER_YEARS: _("{amount} is exactly what flows of this plan bring in other years."),
    }[reason]


def _otherwise(one: Why) -> str:
    if one.reason is Reason.NO_INTERNAL:
        return _("What pooled funds allocated may explain it: import the file of internal flows.")
    if one.reason is Reason.DAYS:
        before, after = (day_text(date.fromisoformat(day)) for day in (one.before, one.after))
        text = _(
            "Nothing imported here explains it; the published figures are of {published} and the flows of {flows}, so "
            "they may not be of the same moment."
        )
        return text.format(published=before, flows=after)
    if one.reason is Reason.PART:
        text = _("Of the {of} flows that FTS counts, {have} are imported.")
        return text.format(have=one.before, of=one.after)
    return _("Nothing imported here explains it.")


def _names(names: Sequence[str]) -> str:
    shown = [safe(name, NAME) for name in names[:FUNDS]]
    left = len(names) - len(shown)
    if left > 0:
        shown.append(ngettext("{count} other", "{count} others", left).format(count=left))
    return ", ".join(shown)


def check_lines(checks: Sequence[Check], most: int) -> list[str]:
    """A line for each: countries first, then what differs, then what agrees; at most so many."""
    ordered = sorted(checks, key=lambda one: (one.plan_key is not None, not one.difference))
    lines = [check_line(one) for one in ordered[:most]]
    left = ordered[most:]
    differing = sum(bool(one.difference) for one in left)
    if left:
        text = ngettext(
            "{count} more is checked, {differing} differ", "{count} more are checked, {differing} differ", len(left)
        )
        lines.append(text.format(count=len(left), differing=differing))
    return lines
