"""The funding picture in a message: the plans together, or one plan with its clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from commands.funding.rules.changes import TOTAL
from commands.funding.rules.opening import (
    EVERYTHING,
    NOT_SPECIFIED,
    SHARED_CLUSTERS,
    SHARED_LOCATIONS,
    FigureRef,
    mark_of,
)
from commands.funding.rules.rows import Age, Figures, Picture, PlanPicture, shares
from commands.funding.views.checks import check_lines, check_text
from commands.funding.views.money import as_of_text, lag_text, percent, signed, usd
from commands.funding.views.tables import data_table, money_cell, name_cell, share_cell
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    context,
    escape,
    fields,
    header,
    option,
    section,
    sections,
    select_menu,
    shorten,
)
from commands.kit.dates import day_text
from commands.kit.numbers import number_text
from commands.kit.pressed import BAR, value_of
from commands.kit.words import _, ngettext

CHOICES = 40
ON_A_PHONE = 30
LOCATIONS = 12
CHECKS = 6
ALL_PLANS = "*"
MADE_NO_PLAN = "="


def row_name(name: str) -> str:
    """The name of a row; the names that FTS gives to money without a cluster of its own are translated."""
    if name in {"", NOT_SPECIFIED}:
        return _("Not specified")
    if name == SHARED_LOCATIONS:
        return _("Several locations (shared)")
    return _("Several clusters (shared)") if name == SHARED_CLUSTERS else name


def overview_card(picture: Picture, own: Sequence[str], *, may_write: bool) -> Card:
    """Every plan in one table, what came to the country, and the mission's own figures in a line each."""
    planned = [plan for plan in picture.plans if plan.key]
    text = _("Funding: {plans}.").format(plans="; ".join(plan_line(plan) for plan in planned[:5]))
    blocks: list[Block] = [header(_("Funding"))]
    blocks += [section(country_text(one, picture.parts.get(one.key))) for one in picture.countries[:5]]
    if planned:
        blocks.append(plans_table(picture))
    if picture.unplanned is not None:
        line = _("Funding that names no plan: {amount}.")
        blocks.append(section(line.format(amount=usd(picture.unplanned.funded))))
    blocks += checks_block(picture)
    blocks += [section("\n".join(own))] if own else []
    blocks.append(context(age_text(picture.age), _("Source: FTS. Pledges are recorded and not counted.")))
    blocks += [actions(*_choosers(picture)), actions(*tools(None, may_write=may_write))]
    return Card(text, tuple(blocks))


def checks_block(picture: Picture) -> list[Block]:
    """What FTS says beside the flows: countries, and plans that differ; nothing where there is nothing to check."""
    told = [one for one in picture.checks if one.plan_key is None or one.difference]
    return list(sections("\n".join([_("*Checked against FTS*"), *check_lines(told, CHECKS)]))) if told else []


def country_text(row: Figures, part: tuple[int, int] | None = None) -> str:
    """What came to a country in all, which is more than its plans ask for; `part`: flows on record, and there are."""
    if part is not None:
        line = _("*{country}: {amount} so far*: {have} of the {of} flows that FTS counts are imported. {mix}")
        have, of = map(number_text, part)
        amount = usd(row.funded)
        return line.format(country=escape(row.name), amount=amount, have=have, of=of, mix=mix_text(row)).strip()
    line = _("*{country}: {amount} received in all*, with or without a plan. {mix}")
    return line.format(country=escape(row.name), amount=usd(row.funded), mix=mix_text(row)).strip()


def plans_table(picture: Picture) -> Block:
    """The plans as a table."""
    planned = [plan for plan in picture.plans if plan.key]
    caption = ngettext("{count} plan, in US dollars", "{count} plans, in US dollars", len(planned))
    rows = [(replace(plan.total, name=_called(plan)), plan.moved.get(TOTAL)) for plan in planned]
    return _table(caption.format(count=len(rows)), _("Plan"), rows)


def _called(plan: PlanPicture) -> str:
    """A plan with its code first, so that plans stay apart where their names are cut."""
    return f"{plan.code} {plan.total.name}" if plan.code else plan.total.name


def _table(caption: str, first: str, rows: Sequence[tuple[Figures, Decimal | None]]) -> Block:
    """Rows as a table; how they moved only where there is something to compare with."""
    titles = [first, _("Coverage"), _("Unmet"), _("Funded"), _("Required")]
    moved = any(change is not None for _figures, change in rows)
    cells = [_row(one) + ([money_cell(change, sign=True)] if moved else []) for one, change in rows]
    return data_table(caption, [*titles, _("Change since")] if moved else titles, cells)


def _row(row: Figures) -> list[Block]:
    return [
        name_cell(row_name(row.name), ON_A_PHONE),
        share_cell(row.coverage),
        money_cell(row.unmet),
        money_cell(row.funded),
        money_cell(row.required),
    ]


def plan_card(plan: PlanPicture, *, may_write: bool, beside: Sequence[str] = ()) -> Card:
    """One plan: its figures in four fields, its clusters in a table, how old and how firm it all is.

    `beside` is what else is known of it, in a line each: nothing that is added to its figures.
    """
    title = f"{row_name(plan.total.name)} ({plan.code})" if plan.code else row_name(plan.total.name)
    blocks: list[Block] = [
        header(title),
        fields(*_headline(plan.total)),
        section("\n".join([*_explained(plan), *beside])),
    ]
    if plan.clusters:
        blocks.append(clusters_table(plan))
    blocks += [section(_locations(plan.locations))] if plan.locations else []
    blocks.append(context(age_text(plan.age), _("Source: FTS. Pledges are recorded and not counted.")))
    chooser = cluster_chooser(plan)
    blocks += [actions(chooser)] if chooser else []
    blocks.append(actions(*tools(plan.key, may_write=may_write)))
    return Card(plan_line(plan), tuple(blocks))


def _locations(rows: Sequence[Figures]) -> str:
    """The same money by country: beside the clusters, never added to them."""
    line = _("• {name}: {funded} of {required} ({coverage})")
    lines = [
        line.format(
            name=escape(shorten(row_name(one.name), ON_A_PHONE)),
            funded=usd(one.funded),
            required=usd(one.required),
            coverage=percent(one.coverage),
        )
        for one in rows[:LOCATIONS]
    ]
    left = len(rows) - len(lines)
    if left > 0:
        lines.append(ngettext("{count} more location", "{count} more locations", left).format(count=left))
    return "\n".join([_("*The same money by location*"), *lines])


def plan_line(plan: PlanPicture) -> str:
    """A plan in one sentence, for notifications and screen readers."""
    row = plan.total
    name = row_name(row.name)
    if row.required is None:
        return _("{name}: {funded} funded, requirement not known").format(name=name, funded=usd(row.funded))
    line = _("{name}: {funded} of {required} funded ({coverage}), {unmet} unmet")
    return line.format(
        name=name,
        funded=usd(row.funded),
        required=usd(row.required),
        coverage=percent(row.coverage),
        unmet=usd(row.unmet),
    )


def _headline(row: Figures) -> list[str]:
    shown = [
        (_("Required"), usd(row.required)),
        (_("Funded"), usd(row.funded)),
        (_("Coverage"), percent(row.coverage)),
        (_("Unmet"), usd(row.unmet)),
    ]
    if row.surplus:
        shown.append((_("Surplus"), usd(row.surplus)))
    if row.pledged:
        shown.append((_("Pledged, not counted"), usd(row.pledged)))
    return [f"*{name}*\n{value}" for name, value in shown]


def _explained(plan: PlanPicture) -> list[str]:
    lines = [change_text(plan), mix_text(plan.total)]
    if plan.check is not None:
        lines.append(check_text(plan.check))
    return [line for line in lines if line]


def change_text(plan: PlanPicture) -> str:
    """How the funding moved since the last summary."""
    if plan.moved_since is None:
        return _("No summary has been sent yet, so there is nothing to compare with.")
    change = plan.moved.get(TOTAL)
    day = day_text(plan.moved_since)
    if not change:
        return _("No change of funding since the summary of {day}.").format(day=day)
    return _("*{change}* since the summary of {day}.").format(change=signed(change), day=day)


def mix_text(row: Figures) -> str:
    """How much of the funding is paid and how much only committed."""
    mix = shares(row)
    if mix is None:
        return ""
    return _("{paid} of it is paid, {commitment} committed.").format(paid=percent(mix[0]), commitment=percent(mix[1]))


def age_text(age: Age) -> str:
    """How old figures are, out of how many flows, and how late flows are reported."""
    count = ngettext("{count} flow", "{count} flows", age.flows).format(count=number_text(age.flows))
    if age.flows and age.flows_as_of not in {None, age.as_of}:
        count = _("{flows}, {as_of}").format(flows=count, as_of=as_of_text(age.flows_as_of))
    return " · ".join([as_of_text(age.as_of), count, lag_text(age.lag)])


def clusters_table(plan: PlanPicture) -> Block:
    """The clusters of a plan as a table that adds up to the plan."""
    rows = [(one, plan.moved.get(one.key)) for one in plan.clusters]
    caption = ngettext("{count} cluster, in US dollars", "{count} clusters, in US dollars", len(rows))
    return _table(caption.format(count=len(rows)), _("Cluster"), rows)


def _choosers(picture: Picture) -> list[Block]:
    planned = [plan for plan in picture.plans if plan.key][:CHOICES]
    if not planned:
        return [button(_("Flows"), "funding:open", FigureRef().written())]
    options = [option(shorten(plan.total.name, 75), plan.key, plan.code or None) for plan in planned]
    return [select_menu("funding:plan", _("Open a plan"), options)]


def cluster_chooser(plan: PlanPicture) -> Block | None:
    """Opens a cluster's figure to its flows; nothing where flows cannot be told by cluster."""
    options = [
        option(shorten(row_name(one.name), 75), FigureRef("cluster", mark_of(one.key), plan.key).written())
        for one in plan.clusters[:CHOICES]
    ]
    return select_menu("funding:open-cluster", _("Flows of a cluster"), options) if options else None


def tools(plan_key: str | None, *, may_write: bool) -> list[Block]:
    """What can be done with what is shown: of one plan, or of all."""
    value = ALL_PLANS if plan_key is None else f"{MADE_NO_PLAN}{plan_key}"
    opened = FigureRef(EVERYTHING, "", plan_key)
    buttons = [
        button(_("Flows"), "funding:open", opened.written(), label=_("Flows that make this figure")),
        button(_("Chart"), "funding:chart", value),
        button(_("By donor"), "funding:by:donor", value_of("donor", value, by=BAR)),
        button(_("By agency"), "funding:by:agency", value_of("agency", value, by=BAR)),
        button(_("By cluster"), "funding:by:cluster", value_of("cluster", value, by=BAR)),
        button(_("Gaps"), "funding:gap", value),
        button(_("Files"), "funding:files", value, label=_("Files: workbook, CSV, brief")),
    ]
    if may_write:
        buttons.append(button(_("Report a discrepancy"), "funding:differ", value_of("plan", plan_key or "", by=BAR)))
    if plan_key is None:
        buttons.append(button(_("Pooled funds"), "funding:pooled"))
        buttons.append(button(_("Budget and projects"), "funding:budget"))
    if may_write and plan_key is None:
        buttons.append(button(_("Import a file"), "funding:open-import"))
    return buttons


def read_scope(value: str) -> str | None:
    """The plan that a button of `tools` names; None for all."""
    return value[1:] if value.startswith(MADE_NO_PLAN) else None
