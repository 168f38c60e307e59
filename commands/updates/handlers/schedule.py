"""The list of plans; pausing and resuming them."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit.dates import NoWorkingTimeError, WorkCalendar, read_calendar
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.making import drop_pending, make_rounds_of
from commands.updates.rules.calendar import Occasion, occasions
from commands.updates.views.plans import Planned, plans_form
from storage.rounds import PlanState, RoundPlan, all_plans, get_plan

# Three rounds of the longest rhythm, twelve weeks, lie within this time.
SEARCHED = timedelta(weeks=40)


def show_schedule(ask: Ask) -> Answer:
    """Every plan, with its next round."""
    in_modal = ask.view is not None and ask.view.kind == "modal"
    return Answer(update=list_view(ask)) if in_modal else Answer(form=list_view(ask))


def list_view(ask: Ask) -> Block:
    """The list as it is now."""
    calendar = read_calendar(ask)
    found = [Planned(plan, _next_due(ask, plan, calendar)) for plan in all_plans(ask.session, ask.mission.id)]
    return plans_form(found, ask.zone)


def _next_due(ask: Ask, plan: RoundPlan, calendar: WorkCalendar) -> datetime | None:
    found = next_rounds(ask, plan, calendar)
    return found[0].due if found else None


def next_rounds(ask: Ask, plan: RoundPlan, calendar: WorkCalendar, count: int = 1) -> list[Occasion]:
    """The next rounds of a plan; none when every day it names is free."""
    try:
        return occasions(plan, calendar, ask.now, ask.now + SEARCHED)[:count]
    except NoWorkingTimeError:
        return []


def pause(ask: Ask) -> Answer:
    """No new rounds; the open one goes on."""
    plan = _plan(ask)
    plan.state, plan.updated_at, plan.version = PlanState.PAUSED, ask.now, plan.version + 1
    drop_pending(ask, plan)
    ask.record("plan.paused", ("plan", plan.id), title=plan.title)
    return Answer(update=list_view(ask))


def resume(ask: Ask) -> Answer:
    """New rounds from now on; what was skipped meanwhile is not made up for."""
    plan = _plan(ask)
    plan.state, plan.updated_at, plan.version = PlanState.ACTIVE, ask.now, plan.version + 1
    ask.session.flush()
    make_rounds_of(ask, plan, read_calendar(ask))
    ask.record("plan.resumed", ("plan", plan.id), title=plan.title)
    return Answer(update=list_view(ask))


def _plan(ask: Ask) -> RoundPlan:
    plan = get_plan(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    if plan is None:
        raise Refused(_("I do not know this plan any more. Open the schedule again."))
    return plan
