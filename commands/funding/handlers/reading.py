"""What a reader asks for: the picture, a plan, groups, charts, gaps, old figures, and the flows behind all of them."""

from __future__ import annotations

from commands.funding.handlers.own import own_summary
from commands.funding.handlers.picture import groups, read_picture, read_plan, rows_of_all, scope_name
from commands.funding.handlers.secrecy import place_of_ask
from commands.funding.handlers.staleness import old_figures, stopped_donors
from commands.funding.rules.opening import EVERYTHING, Opened, mark_of
from commands.funding.rules.plan_keys import scope_of
from commands.funding.rules.rights import WRITE
from commands.funding.rules.rows import Figures
from commands.funding.views.charts import bar_card, pie_card
from commands.funding.views.flows import PAGE, flow_form, flows_form
from commands.funding.views.gaps import gap_card, stale_card
from commands.funding.views.groups import groups_card
from commands.funding.views.picture import overview_card, plan_card, read_scope, row_name
from commands.funding.views.reading import empty_card
from commands.kit.refused import Refused
from commands.kit.say import Block, Card
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.funding import funding_settings, get_flow
from storage.funding_flows import Figure, flows_behind, history_of
from storage.funding_totals import By, sums

TYPED_AT_MOST = 60


def show_start(ask: Ask) -> Answer:
    """The picture; with the code or a part of the name of a plan, that plan."""
    picture = read_picture(ask)
    if not picture.plans and not picture.countries:
        return Answer(say=empty_card(may_import=WRITE.is_met_by(ask.who)))
    if not ask.text:
        return Answer(say=overview_card(picture, own_summary(ask), may_write=WRITE.is_met_by(ask.who)))
    wanted = ask.text.casefold()
    found = [one for one in picture.plans if wanted in f"{one.code} {one.total.name}".casefold()]
    if not found:
        raise Refused(_("I know no plan called “{text}”.").format(text=ask.text[:TYPED_AT_MOST]))
    return Answer(say=_plan(ask, found[0].key))


def show_plan(ask: Ask) -> Answer:
    """The plan that was chosen."""
    return Answer(say=_plan(ask, ask.value))


def _plan(ask: Ask, key: str) -> Card:
    plan = read_plan(ask, key)
    if plan is None:
        raise Refused(_("I do not know this plan any more. Open the funding again."))
    return plan_card(plan, may_write=WRITE.is_met_by(ask.who))


def show_groups(ask: Ask) -> Answer:
    """By donor, agency or cluster; the value is the way of grouping and the scope."""
    by, key = _by_and_scope(ask)
    return Answer(say=groups_card(by.value, scope_name(ask, key), groups(ask, by, scope_of(key)), key))


def show_pie(ask: Ask) -> Answer:
    """The same as a chart."""
    by, key = _by_and_scope(ask)
    return Answer(say=pie_card(by.value, scope_name(ask, key), groups(ask, by, scope_of(key)), key))


def _by_and_scope(ask: Ask) -> tuple[By, str | None]:
    by, _bar, scope = ask.value.partition("|")
    if by not in {By.DONOR, By.AGENCY, By.CLUSTER}:
        raise Refused(_("Open the funding again."))
    return By(by), read_scope(scope)


def show_chart(ask: Ask) -> Answer:
    """Funded and unmet as bars: the clusters of a plan, or the plans."""
    key = read_scope(ask.value)
    return Answer(say=bar_card(scope_name(ask, key), rows_of(ask, key), key))


def rows_of(work: Work, key: str | None) -> list[Figures]:
    """The clusters of a plan, or the plans."""
    if key is None:
        return [plan.total for plan in read_picture(work).plans]
    plan = read_plan(work, key)
    return list(plan.clusters or [plan.total]) if plan else []


def show_gaps(ask: Ask) -> Answer:
    """Where money is missing, of a plan or of all."""
    key = read_scope(ask.value)
    return Answer(say=gap_card(scope_name(ask, key), rows_with_gaps(ask, key), stopped_donors(ask, key)))


def rows_with_gaps(work: Work, key: str | None) -> list[Figures]:
    """What gaps are looked for in: the clusters of a plan or of all plans, a plan itself where it has none."""
    return rows_of(work, key) if key is not None else rows_of_all(read_picture(work))


def show_stale(ask: Ask) -> Answer:
    """Figures older than the mission's limit."""
    limit = funding_settings(ask.session, ask.mission.id).stale_after_days
    return Answer(say=stale_card(old_figures(ask, place_of_ask(ask)), limit))


def open_flows(ask: Ask) -> Answer:
    """The flows behind a figure, from the first page."""
    return Answer(form=_flows(ask, Opened.read(ask.value), 0))


def turn_flows(ask: Ask) -> Answer:
    """Another page of them."""
    page, _bar, opened = ask.value.partition("|")
    return Answer(update=_flows(ask, Opened.read(opened), int(page) if page.isdigit() else 0))


def _flows(ask: Ask, opened: Opened, page: int) -> Block:
    figure, title = _figure(ask, opened)
    found = flows_behind(ask.session, ask.mission.id, figure, limit=PAGE, offset=page * PAGE)
    return flows_form(title, opened, found.flows, found.count, found.total, page)


def _figure(ask: Ask, opened: Opened) -> tuple[Figure, str]:
    scope = scope_of(opened.plan_key)
    title = scope_name(ask, opened.plan_key)
    if opened.by == EVERYTHING or opened.by not in set(By):
        return Figure(scope), title
    by = By(opened.by)
    names = [one.name for one in sums(ask.session, ask.mission.id, by, scope)]
    # A published cluster may be one that no flow names: its figure then has no flows, which the form says.
    name = next((one for one in names if mark_of(one) == opened.mark), None)
    return Figure(scope, by, "?" if name is None else name), f"{row_name(name or '')} · {title}"


def open_flow(ask: Ask) -> Answer:
    """One flow with its earlier versions."""
    flow = get_flow(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    if flow is None:
        raise Refused(_("I do not know this flow any more. Open the figure again."))
    history = history_of(ask.session, ask.mission.id, flow.country, flow.boundary, flow.fts_id)
    return Answer(form=flow_form(flow, history, may_write=WRITE.is_met_by(ask.who)))
