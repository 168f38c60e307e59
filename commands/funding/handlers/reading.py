"""What a reader asks for: the picture, a plan, groups, charts, gaps, old figures, and the flows behind all of them."""

from __future__ import annotations

from commands.funding.handlers.own.lines import own_summary
from commands.funding.handlers.own.secrecy import place_of_ask
from commands.funding.handlers.picture import groups, read_picture, read_plan, rows_of_all, scope_name
from commands.funding.handlers.sources.reading import beside_overview, beside_plan
from commands.funding.handlers.staleness import old_figures, stopped_donors
from commands.funding.rules.opening import EVERYTHING, FigureRef, mark_of
from commands.funding.rules.plan_keys import scope_of
from commands.funding.rules.rights import WRITE
from commands.funding.rules.rows import Figures
from commands.funding.rules.years import present_plans
from commands.funding.views.charts import bar_card, pie_card
from commands.funding.views.flows import PAGE, flow_form, flows_form
from commands.funding.views.gaps import gap_card, stale_card
from commands.funding.views.groups import groups_card
from commands.funding.views.picture import overview_card, plan_card, read_scope, row_name
from commands.funding.views.reading import empty_card
from commands.kit.cards import Block, Card
from commands.kit.pages import Page, page_at, page_number
from commands.kit.pressed import BAR, parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.funding.flows import Figure, flows_behind, history_of
from storage.funding.model import Flow, funding_settings, get_flow
from storage.funding.totals import By, sums
from storage.letters import fits
from storage.subjects import number

TYPED_AT_MOST = 60


def show_start(request: Request) -> Answer:
    """The picture; with the code or a part of the name of a plan, that plan."""
    picture = read_picture(request)
    if not picture.plans and not picture.countries:
        return Answer(say=empty_card(may_import=WRITE.is_met_by(request.who)))
    if not request.text:
        beside = [*own_summary(request), *beside_overview(request)]
        return Answer(say=overview_card(picture, beside, may_write=WRITE.is_met_by(request.who)))
    found = [one for one in picture.plans if fits(request.text, f"{one.code} {one.total.name}")]
    if not found:
        raise Refused(_("I know no plan called “{text}”.").format(text=request.text[:TYPED_AT_MOST]))
    return Answer(say=_plan(request, found[0].key))


def show_plan(request: Request) -> Answer:
    """The plan that was chosen."""
    return Answer(say=_plan(request, request.value))


def _plan(request: Request, key: str) -> Card:
    plan = read_plan(request, key)
    if plan is None:
        raise Refused(_("I do not know this plan any more. Open the funding again."))
    return plan_card(plan, may_write=WRITE.is_met_by(request.who), beside=beside_plan(request, key))


def show_groups(request: Request) -> Answer:
    """By donor, agency or cluster; the value is the way of grouping and the scope."""
    by, key = _by_and_scope(request)
    return Answer(say=groups_card(by.value, scope_name(request, key), groups(request, by, scope_of(key)), key))


def show_pie(request: Request) -> Answer:
    """The same as a chart."""
    by, key = _by_and_scope(request)
    return Answer(say=pie_card(by.value, scope_name(request, key), groups(request, by, scope_of(key)), key))


def _by_and_scope(request: Request) -> tuple[By, str | None]:
    by, scope = parts_of(request.value, 2, BAR)
    if by not in {By.DONOR, By.AGENCY, By.CLUSTER}:
        raise Refused(_("Open the funding again."))
    return By(by), read_scope(scope)


def show_chart(request: Request) -> Answer:
    """Funded and unmet as bars: the clusters of a plan, or the plans."""
    key = read_scope(request.value)
    return Answer(say=bar_card(scope_name(request, key), rows_of(request, key), key))


def rows_of(work: Work, key: str | None) -> list[Figures]:
    """The clusters of a plan, or the plans."""
    if key is None:
        return [plan.total for plan in read_picture(work).plans]
    plan = read_plan(work, key)
    return list(plan.clusters or [plan.total]) if plan else []


def show_gaps(request: Request) -> Answer:
    """Where money is missing, of a plan or of all in the present year."""
    key = read_scope(request.value)
    name, rows = (scope_name(request, key), rows_of(request, key)) if key is not None else _present_gaps(request)
    return Answer(say=gap_card(name, rows, stopped_donors(request, key)))


def _present_gaps(work: Work) -> tuple[str, list[Figures]]:
    """What gaps are looked for in, with its name: the clusters of the present plans, a plan itself without any."""
    plans = read_picture(work).plans
    present = present_plans(plans, work.today.year)
    years = sorted({scope_of(plan.key).year or 0 for plan in present})
    name = _("plans of {years}").format(years=", ".join(map(str, years)))
    return scope_name(work, None) if len(present) == len(plans) else name, rows_of_all(present)


def show_stale(request: Request) -> Answer:
    """Figures older than the mission's limit."""
    limit = funding_settings(request.session, request.mission.id).stale_after_days
    return Answer(say=stale_card(old_figures(request, place_of_ask(request)), limit))


def open_flows(request: Request) -> Answer:
    """The flows behind a figure, from the first page."""
    return Answer(form=_flows(request, FigureRef.read(request.value), 0))


def turn_flows(request: Request) -> Answer:
    """Another page of them."""
    page, opened = parts_of(request.value, 2, BAR)
    return Answer(update=_flows(request, FigureRef.read(opened), page_number(page)))


def _flows(request: Request, opened: FigureRef, number: int) -> Block:
    figure, title = _figure(request, opened)
    found = flows_behind(request.session, request.mission.id, figure, limit=PAGE, offset=number * PAGE)
    page: Page[Flow] = page_at(found.count, number, PAGE)
    if page.number != number:
        found = flows_behind(request.session, request.mission.id, figure, limit=PAGE, offset=page.before)
    return flows_form(title, opened, page.holding(found.flows), found.total)


def _figure(request: Request, opened: FigureRef) -> tuple[Figure, str]:
    scope = scope_of(opened.plan_key)
    title = scope_name(request, opened.plan_key)
    if opened.by == EVERYTHING or opened.by not in set(By):
        return Figure(scope), title
    by = By(opened.by)
    names = [one.name for one in sums(request.session, request.mission.id, by, scope)]
    # A published cluster may be one that no flow names: its figure then has no flows, which the form says.
    name = next((one for one in names if mark_of(one) == opened.mark), None)
    return Figure(scope, by, "?" if name is None else name), f"{row_name(name or '')} · {title}"


def open_flow(request: Request) -> Answer:
    """One flow with its earlier versions."""
    flow = get_flow(request.session, request.mission.id, number(request.value))
    if flow is None:
        raise Refused(_("I do not know this flow any more. Open the figure again."))
    history = history_of(request.session, request.mission.id, flow.country, flow.boundary, flow.fts_id)
    return Answer(form=flow_form(flow, history, may_write=WRITE.is_met_by(request.who)))
