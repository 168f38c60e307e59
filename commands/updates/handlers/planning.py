"""Entering a plan step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from commands.kit.access import find
from commands.kit.cards import Block
from commands.kit.dates import read_calendar
from commands.kit.entry import steps
from commands.kit.entry.step_pages import Page
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.updates.handlers.access import PLAN
from commands.updates.handlers.facts import facts_for
from commands.updates.handlers.making import drop_pending, make_rounds_of
from commands.updates.handlers.schedule import list_view, next_rounds
from commands.updates.rules.access import Act, titled
from commands.updates.rules.audience import chosen
from commands.updates.rules.drafting import Facts, Mistakes
from commands.updates.rules.plan_data import STEPS, PlanEntry, check_step, entry_of, fill, fresh
from commands.updates.views.notes import PlanNotes
from commands.updates.views.plan_form import Planning, plan_page, read_step
from commands.updates.views.plans import preview_blocks
from storage.subjects import Subject, number
from storage.updates.rounds import RoundPlan

NEXT_ROUNDS = 3


def form_of(plan_id: int) -> steps.StepForm[PlanEntry]:
    """The form of a plan, 0 for a new one."""
    return steps.StepForm(
        verb="updates:plan",
        draft=str(Subject.of("plan", plan_id)),
        kind=PlanEntry,
        steps=STEPS,
        begin=partial(_stored, plan_id),
        read=read_step,
        check=_check,
        page=partial(_page, plan_id),
        save=partial(_save, plan_id),
        hears_closing=True,
    )


def _noted(request: Request) -> steps.StepForm[PlanEntry]:
    return form_of(request.noted(PlanNotes).plan)


def open_new(request: Request) -> Answer:
    """The form of a new plan, or the unfinished one."""
    return steps.open_steps(request, form_of(0))


def open_edit(request: Request) -> Answer:
    """The form of a plan, or the unfinished change of it."""
    plan_id = number(request.value)
    if not plan_id:
        raise Refused(_("I do not know this plan any more. Open the schedule again."))
    return steps.open_steps(request, form_of(plan_id))


def take(request: Request) -> Answer:
    """A step was sent: the next one, or the whole plan saved."""
    return steps.take(request, _noted(request))


def go_back(request: Request) -> Answer:
    """The step before."""
    return steps.go_back(request, _noted(request))


def keep(request: Request) -> Answer:
    """Somebody types."""
    return steps.keep(request, _noted(request))


def _stored(plan_id: int, request: Request) -> PlanEntry:
    if not plan_id:
        return fresh(request.today, request.mission.cabinet_channel)
    return entry_of(find(request, PLAN, plan_id, Act.LEAD, lock=True))


def _check(request: Request, entry: PlanEntry) -> Callable[[str], Mistakes]:
    return partial(check_step, entry, facts_for(request, entry))


def _page(plan_id: int, request: Request, step: str, entry: PlanEntry) -> Page:
    facts = facts_for(request, entry)
    preview = _preview(request, entry, facts) if step == STEPS[-1] else ()
    return plan_page(Planning(plan_id, entry, facts.agencies, request.mission.zone, preview), step)


def _preview(request: Request, entry: PlanEntry, facts: Facts) -> list[Block]:
    plan = RoundPlan(questions=[])
    fill(plan, entry)
    return preview_blocks(
        plan,
        chosen(plan.audience, facts.agencies),
        {agency.id: agency for agency in facts.agencies},
        next_rounds(request, plan, facts.calendar, NEXT_ROUNDS),
        facts.calendar,
    )


def _save(plan_id: int, request: Request, entry: PlanEntry) -> Answer:
    plan = find(request, PLAN, plan_id, Act.LEAD, lock=True) if plan_id else None
    plan = plan or RoundPlan(
        mission_id=request.mission.id, created_by=request.who.user_id, created_at=request.now, questions=[], version=0
    )
    fill(plan, entry)
    plan.version, plan.updated_at = plan.version + 1, request.now
    request.session.add(plan)
    request.session.flush()
    request.record("plan.saved", ("plan", plan.id), version=plan.version, **titled(plan))
    drop_pending(request, plan)
    make_rounds_of(request, plan, read_calendar(request))
    return Answer(update=list_view(request))
