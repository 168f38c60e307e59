"""Entering a plan step by step; what was entered waits in storage, because Slack's own notes are too small for it."""

from __future__ import annotations

from typing import Any

from commands.kit.refused import Refused, RefusedFields
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.facts import facts_for
from commands.updates.handlers.making import drop_pending, make_rounds_of
from commands.updates.handlers.schedule import list_view, next_rounds
from commands.updates.rules.audience import chosen
from commands.updates.rules.drafting import Facts
from commands.updates.rules.plan_data import STEPS, check_step, data_of, fill, fresh
from commands.updates.views.plan_form import Planning, plan_form, read_step
from commands.updates.views.plans import preview_blocks
from storage.form_drafts import drop_form, load_form, save_form
from storage.rounds import RoundPlan, get_plan

NEXT_ROUNDS = 3


def form_name(plan_id: int) -> str:
    """What the unfinished form of a plan is kept under."""
    return f"plan:{plan_id}"


def open_new(ask: Ask) -> Answer:
    """The form of a new plan, or the unfinished one."""
    today = ask.now.astimezone(ask.zone).date()
    return _open(ask, 0, fresh(today, ask.mission.cabinet_channel or ""))


def open_edit(ask: Ask) -> Answer:
    """The form of a plan, or the unfinished change of it."""
    plan = get_plan(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    if plan is None:
        raise Refused(_("I do not know this plan any more. Open the schedule again."))
    return _open(ask, plan.id, data_of(plan))


def _open(ask: Ask, plan_id: int, data: dict[str, Any]) -> Answer:
    kept = load_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id))
    note = ""
    if kept is not None and kept.get("version") == data.get("version"):
        data, note = {**data, **kept}, _("It goes on where you stopped. Nothing is saved before the last step.")
    view = _view(ask, plan_id, "what", data, facts_for(ask, data), note)
    in_modal = ask.view is not None and ask.view.kind == "modal"
    return Answer(update=view) if in_modal else Answer(form=view)


def take(ask: Ask) -> Answer:
    """A step was sent: the next one, or the whole plan saved."""
    plan_id, step, data = _entered(ask)
    facts = facts_for(ask, data)
    mistakes = check_step(step, data, facts)
    if mistakes:
        raise RefusedFields(mistakes)
    save_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id), data, ask.now)
    if step == STEPS[-1]:
        return _save(ask, plan_id, data, facts)
    return Answer(update=_view(ask, plan_id, STEPS[STEPS.index(step) + 1], data, facts))


def go_back(ask: Ask) -> Answer:
    """The step before; what was entered on this one is kept, right or wrong."""
    plan_id, step, data = _entered(ask)
    save_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id), data, ask.now)
    before = STEPS[max(STEPS.index(step) - 1, 0)]
    return Answer(update=_view(ask, plan_id, before, data, facts_for(ask, data)))


def keep(ask: Ask) -> None:
    """Somebody types: what was entered waits for the next time, even when the form never comes back."""
    plan_id, _step, data = _entered(ask)
    save_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id), data, ask.now)


def _entered(ask: Ask) -> tuple[int, str, dict[str, Any]]:
    plan_id, step = int(ask.notes.get("plan") or 0), str(ask.notes.get("step") or STEPS[0])
    kept = load_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id))
    if kept is None:
        plan = get_plan(ask.session, ask.mission.id, plan_id) if plan_id else None
        today = ask.now.astimezone(ask.zone).date()
        kept = data_of(plan) if plan is not None else fresh(today, ask.mission.cabinet_channel or "")
    return plan_id, step, read_step(step, ask.fields, kept)


def _view(ask: Ask, plan_id: int, step: str, data: dict[str, Any], facts: Facts, note: str = "") -> Block:
    preview = _preview(ask, data, facts) if step == STEPS[-1] else ()
    return plan_form(Planning(plan_id, step, data, facts.agencies, ask.mission.zone, note, preview))


def _preview(ask: Ask, data: dict[str, Any], facts: Facts) -> list[Block]:
    plan = RoundPlan(questions=[])
    fill(plan, data)
    by_id = {agency.id: agency for agency in facts.agencies}
    return preview_blocks(
        plan,
        chosen(plan.audience, facts.agencies),
        by_id,
        next_rounds(ask, plan, facts.calendar, NEXT_ROUNDS),
        facts.calendar,
    )


def _save(ask: Ask, plan_id: int, data: dict[str, Any], facts: Facts) -> Answer:
    for step in STEPS:
        if check_step(step, data, facts):
            # Something that was right has become wrong, for example a channel that was archived meanwhile.
            return Answer(update=_view(ask, plan_id, step, data, facts, _("Please look at this step again.")))
    plan = get_plan(ask.session, ask.mission.id, plan_id) if plan_id else None
    if plan is not None and plan.version != data.get("version"):
        note = _(
            "Somebody else has changed this plan meanwhile. What you entered is here; "
            "save it once more to replace theirs."
        )
        renewed = {**data, "version": plan.version}
        save_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id), renewed, ask.now)
        return Answer(update=_view(ask, plan_id, STEPS[-1], renewed, facts, note))
    plan = plan or RoundPlan(
        mission_id=ask.mission.id, created_by=ask.who.user_id, created_at=ask.now, questions=[], version=0
    )
    fill(plan, data)
    plan.version, plan.updated_at = plan.version + 1, ask.now
    ask.session.add(plan)
    ask.session.flush()
    drop_form(ask.session, ask.mission.id, ask.who.user_id, form_name(plan_id))
    ask.record("plan.saved", ("plan", plan.id), title=plan.title, version=plan.version)
    drop_pending(ask, plan)
    make_rounds_of(ask, plan, facts.calendar)
    return Answer(update=list_view(ask))
