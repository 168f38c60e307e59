"""Entering a plan step by step; what was entered waits in storage, because Slack's own notes are too small for it."""

from __future__ import annotations

from typing import Any

from commands.kit.cards import Block
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened
from commands.updates.handlers.facts import facts_for
from commands.updates.handlers.making import drop_pending, make_rounds_of
from commands.updates.handlers.schedule import list_view, next_rounds
from commands.updates.rules.audience import chosen
from commands.updates.rules.drafting import Facts
from commands.updates.rules.plan_data import STEPS, check_step, data_of, fill, fresh
from commands.updates.views.plan_form import Planning, plan_form, read_step
from commands.updates.views.plans import preview_blocks
from storage.form_drafts import drop_form, load_form, save_form
from storage.updates.rounds import RoundPlan, get_plan

NEXT_ROUNDS = 3


def form_name(plan_id: int) -> str:
    """What the unfinished form of a plan is kept under."""
    return f"plan:{plan_id}"


def open_new(request: Request) -> Answer:
    """The form of a new plan, or the unfinished one."""
    today = request.now.astimezone(request.zone).date()
    return _open(request, 0, fresh(today, request.mission.cabinet_channel or ""))


def open_edit(request: Request) -> Answer:
    """The form of a plan, or the unfinished change of it."""
    plan = get_plan(request.session, request.mission.id, int(request.value)) if request.value.isdigit() else None
    if plan is None:
        raise Refused(_("I do not know this plan any more. Open the schedule again."))
    return _open(request, plan.id, data_of(plan))


def _open(request: Request, plan_id: int, data: dict[str, Any]) -> Answer:
    kept = load_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id))
    note = ""
    if kept is not None and kept.get("version") == data.get("version"):
        data, note = {**data, **kept}, _("It goes on where you stopped. Nothing is saved before the last step.")
    view = _view(request, plan_id, "what", data, facts_for(request, data), note)
    return opened(request, view)


def take(request: Request) -> Answer:
    """A step was sent: the next one, or the whole plan saved."""
    plan_id, step, data = _entered(request)
    facts = facts_for(request, data)
    mistakes = check_step(step, data, facts)
    if mistakes:
        raise RefusedFields(mistakes)
    save_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id), data, request.now)
    if step == STEPS[-1]:
        return _save(request, plan_id, data, facts)
    return Answer(update=_view(request, plan_id, STEPS[STEPS.index(step) + 1], data, facts))


def go_back(request: Request) -> Answer:
    """The step before; what was entered on this one is kept, right or wrong."""
    plan_id, step, data = _entered(request)
    save_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id), data, request.now)
    before = STEPS[max(STEPS.index(step) - 1, 0)]
    return Answer(update=_view(request, plan_id, before, data, facts_for(request, data)))


def keep(request: Request) -> Answer:
    """Somebody types: what was entered waits for the next time, even when the form never comes back."""
    plan_id, _step, data = _entered(request)
    save_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id), data, request.now)
    return NOTHING_TO_SAY


def _entered(request: Request) -> tuple[int, str, dict[str, Any]]:
    plan_id, step = int(request.notes.get("plan") or 0), str(request.notes.get("step") or STEPS[0])
    kept = load_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id))
    if kept is None:
        plan = get_plan(request.session, request.mission.id, plan_id) if plan_id else None
        today = request.now.astimezone(request.zone).date()
        kept = data_of(plan) if plan is not None else fresh(today, request.mission.cabinet_channel or "")
    return plan_id, step, read_step(step, request.fields, kept)


def _view(request: Request, plan_id: int, step: str, data: dict[str, Any], facts: Facts, note: str = "") -> Block:
    preview = _preview(request, data, facts) if step == STEPS[-1] else ()
    return plan_form(Planning(plan_id, step, data, facts.agencies, request.mission.zone, note, preview))


def _preview(request: Request, data: dict[str, Any], facts: Facts) -> list[Block]:
    plan = RoundPlan(questions=[])
    fill(plan, data)
    by_id = {agency.id: agency for agency in facts.agencies}
    return preview_blocks(
        plan,
        chosen(plan.audience, facts.agencies),
        by_id,
        next_rounds(request, plan, facts.calendar, NEXT_ROUNDS),
        facts.calendar,
    )


def _save(request: Request, plan_id: int, data: dict[str, Any], facts: Facts) -> Answer:
    for step in STEPS:
        if check_step(step, data, facts):
            # Something that was right has become wrong, for example a channel that was archived meanwhile.
            return Answer(update=_view(request, plan_id, step, data, facts, _("Please look at this step again.")))
    plan = get_plan(request.session, request.mission.id, plan_id) if plan_id else None
    if plan is not None and plan.version != data.get("version"):
        note = _(
            "Somebody else has changed this plan meanwhile. What you entered is here; "
            "save it once more to replace theirs."
        )
        renewed = {**data, "version": plan.version}
        save_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id), renewed, request.now)
        return Answer(update=_view(request, plan_id, STEPS[-1], renewed, facts, note))
    plan = plan or RoundPlan(
        mission_id=request.mission.id, created_by=request.who.user_id, created_at=request.now, questions=[], version=0
    )
    fill(plan, data)
    plan.version, plan.updated_at = plan.version + 1, request.now
    request.session.add(plan)
    request.session.flush()
    drop_form(request.session, request.mission.id, request.who.user_id, form_name(plan_id))
    request.record("plan.saved", ("plan", plan.id), title=plan.title, version=plan.version)
    drop_pending(request, plan)
    make_rounds_of(request, plan, facts.calendar)
    return Answer(update=list_view(request))
