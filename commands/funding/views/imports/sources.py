"""What a file of another source than FTS would change: sums by fund, never beside those of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from commands.funding.views.money import signed, usd
from commands.funding.views.sources.words import fund_name
from commands.kit.cards import escape, shorten
from commands.kit.numbers import number_text
from commands.kit.words import _, ngettext
from storage.funding.imports import FundingImport, ImportKind

LONGEST_NAME = 60
FUNDS_SHOWN = 12


def of_a_source(kind: str) -> bool:
    """Whether a file of this kind is of another source than FTS."""
    return kind in _heads()


def _heads() -> dict[str, str]:
    return {
        ImportKind.POOLED_CONTRIBUTIONS: _("*Pledged to the fund, before → after*"),
        ImportKind.POOLED_PROJECTS: _("*Approved by the fund, before → after*"),
        ImportKind.FUND_PROJECTS: _("*Approved for projects, before → after*"),
        ImportKind.MISSION_BUDGET: _("*Allotted, before → after*"),
    }


@dataclass(slots=True)
class _Line:
    name: str
    before: int = 0
    after: int = 0
    committed: int = 0


def source_totals(kept: FundingImport) -> str:
    """Sums by fund and year; rows of the mission's countries apart from the others' where a fund gives to many."""
    ours = set((kept.options or {}).get("countries", []))
    lines: dict[str, _Line] = {}
    for one in kept.totals:
        name = _name(one, ours)
        line = lines.setdefault(name, _Line(name))
        line.before += one["before"]
        line.after += _after(one, kept)
        line.committed += one["asked_after"]
    shown = [_text(line, kept.kind) for line in _largest(list(lines.values()))]
    left = len(lines) - len(shown)
    if left > 0:
        shown.append(ngettext("{count} more fund", "{count} more funds", left).format(count=number_text(left)))
    before, after = (sum(getattr(line, name) for line in lines.values()) for name in ("before", "after"))
    together = _("*Together:* {change}").format(change=_change(before, after))
    apart = _("A source of its own: it is never added to what FTS publishes.")
    return "\n".join([_heads()[kept.kind], *shown, together, apart])


def _largest(lines: list[_Line]) -> Sequence[_Line]:
    return sorted(lines, key=lambda line: (-line.after, line.name))[:FUNDS_SHOWN]


def _name(one: dict[str, Any], ours: set[str]) -> str:
    where = one["country"] if one["country"] in ours else ""
    parts = [fund_name(one["name"] or one["plan_key"]), str(one["year"] or ""), where]
    if one["country"] and not where:
        parts.append(_("other countries"))
    return " ".join(part for part in parts if part)


def _after(one: dict[str, Any], kept: FundingImport) -> int:
    return int(one["without_missing" if kept.counts.get("withdrawn") else "after"])


def _text(line: _Line, kind: str) -> str:
    text = f"• {escape(shorten(line.name, LONGEST_NAME))}: {_change(line.before, line.after)}"
    if not line.committed:
        return text
    amount = usd(Decimal(line.committed) / 100)
    committed = {
        ImportKind.FUND_PROJECTS: _("transferred {amount}"),
        ImportKind.MISSION_BUDGET: _("obligated {amount}"),
    }.get(ImportKind(kind), _("committed {amount}"))
    return f"{text} · {committed.format(amount=amount)}"


def _change(before: int, after: int) -> str:
    old, new = Decimal(before) / 100, Decimal(after) / 100
    if old == new:
        return _("{amount}, unchanged").format(amount=usd(new))
    return f"{usd(old)} → {usd(new)} ({signed(new - old)})"
