"""The list of plans; pausing and resuming them."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit.access import find, readable
from commands.kit.cards import Block
from commands.kit.dates import NoWorkingTimeError, WorkCalendar, read_calendar
from commands.kit.pages import Page, page_at, page_number
from commands.kit.work import Answer, Request, opened
from commands.updates.handlers.access import PLAN
from commands.updates.handlers.making import drop_pending, make_rounds_of
from commands.updates.rules.access import Act, titled
from commands.updates.rules.calendar import Occasion, occasions
from commands.updates.views.plans import PAGE, Planned, plans_form
from storage.updates.rounds import PlanState, RoundPlan, all_plans

# Three rounds of the longest rhythm, twelve weeks, lie within this time.
SEARCHED = timedelta(weeks=40)


def show_schedule(request: Request) -> Answer:
    """Plans, each with its next round; the value is the page."""
    return opened(request, list_view(request, page_number(request.value)))


def list_view(request: Request, number: int = 0, *, around: RoundPlan | None = None) -> Block:
    """A page of the list as it is now; the one with the plan `around` on it, where that is given."""
    plans = readable(request, PLAN, all_plans(request.session, request.mission.id))
    if around is not None:
        number = plans.index(around) // PAGE
    page: Page[Planned] = page_at(len(plans), number, PAGE)
    calendar = read_calendar(request)
    shown = [Planned(plan, _next_due(request, plan, calendar)) for plan in plans[page.before :][: page.size]]
    return plans_form(page.holding(shown), request.zone)


def _next_due(request: Request, plan: RoundPlan, calendar: WorkCalendar) -> datetime | None:
    found = next_rounds(request, plan, calendar)
    return found[0].due if found else None


def next_rounds(request: Request, plan: RoundPlan, calendar: WorkCalendar, count: int = 1) -> list[Occasion]:
    """The next rounds of a plan; none when every day it names is free."""
    try:
        return occasions(plan, calendar, request.now, request.now + SEARCHED)[:count]
    except NoWorkingTimeError:
        return []


def pause(request: Request) -> Answer:
    """No new rounds; the open one goes on."""
    plan = _plan(request)
    plan.state, plan.updated_at, plan.version = PlanState.PAUSED, request.now, plan.version + 1
    drop_pending(request, plan)
    request.record("plan.paused", ("plan", plan.id), **titled(plan))
    return Answer(update=list_view(request, around=plan))


def resume(request: Request) -> Answer:
    """New rounds from now on; what was skipped meanwhile is not made up for."""
    plan = _plan(request)
    plan.state, plan.updated_at, plan.version = PlanState.ACTIVE, request.now, plan.version + 1
    request.session.flush()
    make_rounds_of(request, plan, read_calendar(request))
    request.record("plan.resumed", ("plan", plan.id), **titled(plan))
    return Answer(update=list_view(request, around=plan))


def _plan(request: Request) -> RoundPlan:
    return find(request, PLAN, request.value, Act.LEAD)
