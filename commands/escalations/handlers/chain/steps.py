"""The mission's chain: shown in words, changed step by step, tried out. What runs keeps the chain it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from commands.escalations.handlers.chain.next_step import pace_of, read_times
from commands.escalations.handlers.chain.reach import end_of, reach_of
from commands.escalations.rules.chain_edit import (
    AT_END,
    HOURS,
    LABEL,
    MOST_STEPS,
    PERSON,
    REPEAT_FROM,
    REPEAT_TIMES,
    SEVERITIES,
    STAND_IN,
    WAIT,
    WAYS,
    WHO,
    ZONE,
    ChainAct,
    EnteredStep,
    ended,
    moved,
    put_step,
    step_of,
    step_problems,
    without,
)
from commands.escalations.rules.chains import DEFAULT_CHAIN, ON_DUTY, ChainPlan, Step, copied
from commands.escalations.rules.rehearsal import rehearse
from commands.escalations.views.chain.forms import EMAIL, end_form, step_form
from commands.escalations.views.chain.overview import ChainPage, chain_form, rehearsal_form
from commands.escalations.views.notes import ChainNotes
from commands.kit.people import learn_people
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.times.zones import is_zone
from commands.kit.words import _, current_language
from commands.kit.work import Answer, Request, Work, opened
from storage.duty import Post, ensure_posts
from storage.escalations.chains import AtEnd, Chain, ChainStep, StepWho, chain_to_change
from storage.escalations.model import Escalation, Severity
from storage.people import people_of
from storage.subjects import number


def show_chain(request: Request) -> Answer:
    """The chain as it is."""
    return opened(request, chain_form(_page(request)))


def _page(request: Request, note: str = "") -> ChainPage:
    chain = chain_to_change(request.session, request.mission.id)
    titles = {post.code: post.title for post in _posts(request) if post.title}
    times = {severity: read_times(request, severity) for severity in Severity}
    if chain is None or not chain.steps:
        return ChainPage(DEFAULT_CHAIN, 0, is_own=False, times=times, posts=titles, note=note)
    return ChainPage(copied(chain), chain.version, is_own=True, times=times, posts=titles, note=note)


def _posts(request: Request) -> list[Post]:
    return ensure_posts(request.session, request.mission.id)


def open_step(request: Request) -> Answer:
    """The form for a new step."""
    page = _page(request)
    if len(page.plan.steps) >= MOST_STEPS:
        raise Refused(_("A chain has at most {most} steps.").format(most=MOST_STEPS))
    return opened(
        request, step_form(Step(StepWho.DUTY_ROSTER, ON_DUTY), _posts(request), None, page.version, current_language())
    )


def change_step(request: Request) -> Answer:
    """The form for the step whose button was pressed."""
    page = _page(request)
    place = _place(request, page)
    return opened(request, step_form(page.plan.steps[place], _posts(request), place, page.version, current_language()))


def open_end(request: Request) -> Answer:
    """The form for what follows the last step."""
    page = _page(request)
    return opened(request, end_form(page.plan, dict(page.posts), page.version))


def save_step(request: Request) -> Answer:
    """Change or add a step."""
    page = _page(request)
    _same_version(request, page, WHO)
    fields = request.fields
    entered = EnteredStep(
        who=fields.choice(WHO) or "",
        person=fields.person(PERSON),
        wait=fields.text(WAIT),
        severities=fields.choices(SEVERITIES),
        hours=fields.choice(HOURS) or "",
        zone=fields.choice(ZONE) or "",
        by_email=EMAIL in fields.choices(WAYS),
        label=fields.text(LABEL),
    )
    problems = step_problems(entered) | _reach_problems(request, entered)
    if problems:
        raise RefusedFields(problems)
    plan = put_step(page.plan, step_of(entered), request.noted(ChainNotes).place)
    return _save(request, plan, ChainAct.STEP, _("Saved. Escalations raised from now on take this chain."))


def _reach_problems(request: Request, entered: EnteredStep) -> dict[str, str]:
    """What is wrong with a zone, a post or a person that the mission does not have."""
    problems: dict[str, str] = {}
    if entered.zone and not is_zone(entered.zone):
        problems[ZONE] = _("I do not know this time zone. Choose one from the list.")
    kind, value = parts_of(entered.who, 2)
    if kind == StepWho.DUTY_ROSTER and value and value not in {post.code for post in _posts(request)}:
        problems[WHO] = _("I do not know this post. Choose one from the list.")
    if kind == StepWho.PERSON and entered.person:
        problems |= _person_problem(request, entered.person, PERSON)
    return problems


def _person_problem(request: Request, user: str, field: str) -> dict[str, str]:
    known = people_of(request.session, request.mission.id, [user]).get(user)
    learn_people(request, [user])
    if known is not None and (known.is_bot or known.is_gone or known.is_guest or known.is_outsider):
        return {field: _("This person is not a full member of the workspace. Choose somebody else.")}
    return {}


def save_end(request: Request) -> Answer:
    """Change what follows the last step."""
    page = _page(request)
    _same_version(request, page, REPEAT_FROM)
    at_end = AtEnd(request.fields.choice(AT_END) or AtEnd.COORDINATORS)
    stand_in = request.fields.person(STAND_IN)
    if at_end is AtEnd.PERSON:
        problem = _person_problem(request, stand_in, STAND_IN) if stand_in else {STAND_IN: _("Choose the person.")}
        if problem:
            raise RefusedFields(problem)
    plan = ended(
        page.plan,
        repeat_from=number(request.fields.choice(REPEAT_FROM)),
        repeat_times=number(request.fields.choice(REPEAT_TIMES)),
        at_end=at_end,
        stand_in=stand_in,
    )
    return _save(request, plan, ChainAct.END, _("Saved. Escalations raised from now on take this chain."))


def earlier(request: Request) -> Answer:
    """Move a step one place up."""
    return _rearrange(request, lambda plan, place: moved(plan, place, -1), ChainAct.MOVED)


def later(request: Request) -> Answer:
    """Move a step one place down."""
    return _rearrange(request, lambda plan, place: moved(plan, place, 1), ChainAct.MOVED)


def remove(request: Request) -> Answer:
    """Take a step away; the last one stays."""
    page = _page(request)
    if len(page.plan.steps) < 2:
        raise Refused(_("A chain needs one step at least. Change this one instead."))
    return _rearrange(request, without, ChainAct.REMOVED)


def _rearrange(request: Request, change: Callable[[ChainPlan, int], ChainPlan], what: ChainAct) -> Answer:
    page = _page(request)
    place = _place(request, page)
    return _save(request, change(page.plan, place), what, _("Saved."))


def use_usual(request: Request) -> Answer:
    """Retire the mission's own chain: the usual one takes its place."""
    chain = chain_to_change(request.session, request.mission.id)
    if chain is not None:
        chain.is_retired, chain.is_default = True, False
        request.record("chain.usual", ("chain", chain.id), before=copied(chain).as_json())
        request.session.flush()
    return opened(request, chain_form(_page(request, _("The usual chain is in use again."))))


def _place(request: Request, page: ChainPage) -> int:
    """The step of a button, if the chain is still the one it was drawn from."""
    step, version = parts_of(request.value, 2)
    place = int(step) if step.isdecimal() and len(step) < 3 else -1
    if version != str(page.version) or not 0 <= place < len(page.plan.steps):
        raise Refused(_changed(request))
    return place


def _same_version(request: Request, page: ChainPage, field: str) -> None:
    if request.noted(ChainNotes).version != page.version:
        raise Refused(_changed(request), field)


def _changed(request: Request) -> str:
    command = f"{request.command('escalate')} chain"
    return _("Somebody changed the chain meanwhile. Open it again: {command}.").format(command=command)


def _save(request: Request, plan: ChainPlan, what: ChainAct, note: str) -> Answer:
    chain = chain_to_change(request.session, request.mission.id)
    if chain is None:
        chain = Chain(mission_id=request.mission.id, name="", is_default=True, version=0)
        request.session.add(chain)
    before = copied(chain).as_json() if chain.id else DEFAULT_CHAIN.as_json()
    chain.repeat_from, chain.repeat_times = plan.repeat_from, plan.repeat_times
    chain.at_end, chain.stand_in = plan.at_end, plan.stand_in
    chain.version = (chain.version or 0) + 1
    chain.updated_at, chain.updated_by = request.now, request.who.user_id
    chain.steps.clear()
    request.session.flush()
    chain.steps += [_row(request, number, step) for number, step in enumerate(plan.steps)]
    request.session.flush()
    request.record(f"chain.{what.value}", ("chain", chain.id), before=before, after=plan.as_json())
    return Answer(update=chain_form(_page(request, note)))


def _row(request: Request, number: int, step: Step) -> ChainStep:
    return ChainStep(
        mission_id=request.mission.id,
        position=number,
        label=step.label,
        who=step.who.value,
        who_value=step.value,
        wait_minutes=int(step.wait.total_seconds() // 60),
        severities=sorted(step.severities),
        hours=step.hours.value,
        zone=step.zone,
        by_email=step.by_email,
    )


def try_out(request: Request) -> Answer:
    """What would happen now to an escalation of the chosen severity that nobody acknowledges."""
    severity = request.value if request.value in set(Severity) else Severity.URGENT.value
    page = _page(request)
    pace = pace_of(request, severity)
    lines = rehearse(
        page.plan,
        severity,
        pace,
        read_times(request, severity),
        request.now,
        lambda when: _reached(request, page.plan, severity, when),
    )
    reached, _end = _reached(request, page.plan, severity, request.now)
    steps = [number for number, step in enumerate(page.plan.steps) if step.is_for(severity) and not reached[number]]
    # Without an agency nobody is its head: that is no gap of the chain.
    silent = [number for number in steps if page.plan.steps[number].who is not StepWho.AGENCY_HEAD]
    queued = not pace.is_on(request.now)
    view = rehearsal_form(page, severity, lines, request.now, request.zone, queued=queued, silent=silent)
    return opened(request, view)


def _reached(
    request: Request, plan: ChainPlan, severity: str, when: datetime
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Whom each step and the end would reach at a moment, for a matter that nobody in the chain raised."""
    then = Work(request.session, request.mission, when, prefix=request.prefix)
    matter = Escalation(mission_id=request.mission.id, severity=severity, raised_by="", handling="unclassified")
    steps = tuple(reach_of(then, matter, step).people for step in plan.steps)
    return steps, end_of(then, matter, plan)
