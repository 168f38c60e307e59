"""Charts in Slack's own block, with the same figures in words for whoever does not see them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from commands.funding.rules.charting import Slice, bars, pieces
from commands.funding.rules.rows import Figures
from commands.funding.views.groups import by_name
from commands.funding.views.money import usd
from commands.funding.views.picture import MADE_NO_PLAN, row_name
from commands.funding.views.texts import pair
from commands.kit.cards import Block, Card, actions, button, escape, sections, shorten
from commands.kit.pressed import BAR, value_of
from commands.kit.words import _

TITLE = 50
NAME = 60


def bar_card(scope: str, rows: Sequence[Figures], plan_key: str | None) -> Card:
    """Funded and unmet, a pair of bars for each row."""
    slices = bars(_named(rows), _("Others"))
    title = _("Funded and unmet")
    if not slices:
        return _nothing()
    series = [
        {"name": _("Funded"), "data": [point(one.label, one.funded) for one in slices]},
        {"name": _("Unmet"), "data": [point(one.label, one.unmet) for one in slices]},
    ]
    chart = {
        "type": "bar",
        "series": series,
        "axis_config": {"categories": [one.label for one in slices], "y_label": _("US dollars")},
    }
    return _card(title, scope, chart, [_bar_words(one) for one in slices], plan_key)


def _bar_words(one: Slice) -> str:
    name = shorten(one.name, NAME)
    if one.unmet is None:
        return _("{name}: {funded} funded, requirement not known").format(name=name, funded=usd(one.funded))
    line = _("{name}: {funded} funded, {unmet} unmet")
    return line.format(name=name, funded=usd(one.funded), unmet=usd(one.unmet))


def pie_card(by: str, scope: str, rows: Sequence[Figures], plan_key: str | None) -> Card:
    """The largest sources, or receivers, as pieces of the whole."""
    slices = pieces(_named(rows), _("Others"))
    if not slices:
        return _nothing()
    chart = {"type": "pie", "segments": [point(one.label, one.funded) for one in slices]}
    title = _("Funding {by}").format(by=by_name(by))
    words = [pair(shorten(one.name, NAME), usd(one.funded)) for one in slices]
    return _card(title, scope, chart, words, plan_key)


def _nothing() -> Card:
    return Card(_("There is nothing to draw yet: no figure is above 0."))


def _named(rows: Sequence[Figures]) -> list[Figures]:
    return [Figures(row_name(one.name), one.required, one.funded, key=one.key) for one in rows]


def point(label: str, amount: Decimal | None) -> Block:
    """A value of a chart, in whole dollars; the words beside it say where nothing is known."""
    return {"label": label, "value": int(amount or 0)}


def _card(title: str, scope: str, chart: Block, words: Sequence[str], plan_key: str | None) -> Card:
    block = {"type": "data_visualization", "title": shorten(f"{title}: {scope}", TITLE), "chart": chart}
    text = f"{title}, {scope}. " + "; ".join(words) + "."
    figures = sections(escape("\n".join(f"• {one}" for one in words)))
    return Card(text, (block, *figures, actions(*_others(plan_key))))


def _others(plan_key: str | None) -> list[Block]:
    value = "*" if plan_key is None else f"{MADE_NO_PLAN}{plan_key}"
    return [
        button(_("Funded and unmet"), "funding:chart", value),
        button(_("By donor"), "funding:pie:donor", value_of("donor", value, by=BAR)),
        button(_("By agency"), "funding:pie:agency", value_of("agency", value, by=BAR)),
        button(_("Picture file (PNG)"), "funding:file:png", value_of("png", value, by=BAR)),
    ]
