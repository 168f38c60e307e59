"""The chain in plain words, and a test run of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.lists import format_list

from commands.escalations.rules.chain_edit import MOST_STEPS
from commands.escalations.rules.chains import ChainPlan, Step
from commands.escalations.rules.next_step import wait_after
from commands.escalations.rules.rehearsal import Line
from commands.escalations.rules.times import Times
from commands.escalations.views.notes import ChainNotes
from commands.escalations.views.words import length_text, places_text, severity_name, step_name
from commands.kit.cards import Block, actions, button, confirm, context, divider, escape, mention, section, select_menu
from commands.kit.cards import option as choice
from commands.kit.dates import short_text, zone_text
from commands.kit.forms import modal
from commands.kit.pressed import value_of
from commands.kit.words import _, current_locale, ngettext, pgettext
from storage.escalations.chains import AtEnd, StepHours, StepWho
from storage.escalations.model import Severity


@dataclass(frozen=True, slots=True)
class ChainPage:
    """The chain with what its words need: the mission's times, titles of its own posts by code, a note."""

    plan: ChainPlan
    version: int
    is_own: bool
    times: Mapping[Severity, Times] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def chain_form(page: ChainPage) -> Block:
    """The chain, step by step, with the buttons that change it."""
    plan = page.plan
    blocks = [section(f"*{page.note}*")] if page.note else []
    intro = _(
        "Who is told of an escalation, until somebody acknowledges it. Running escalations keep the chain they have."
    )
    blocks += [section(intro), actions(*_tools(page)), divider()]
    for number, step in enumerate(plan.steps):
        blocks += [section(step_line(page, number)), actions(*_step_tools(plan, number, step, page))]
    blocks += [divider(), section("\n".join(end_lines(plan)))]
    return modal("escalations:chain", _("Chain"), blocks, close=_("Close"), notes=ChainNotes(page.version))


def step_line(page: ChainPage, number: int) -> str:
    """One step in words: `2. If nobody acknowledges within 30 min: *deputy* (urgent only)`."""
    step = page.plan.steps[number]
    who = f"*{whom(step, page.posts)}*"
    words = _("{number}. At once: {who}").format(number=1, who=who)
    if number:
        text = _("{number}. If nobody acknowledges within {length}: {who}")
        words = text.format(number=number + 1, length=_patience(page, number - 1), who=who)
    conditions = _conditions(step)
    return f"{words} ({' · '.join(conditions)})" if conditions else words


def _patience(page: ChainPage, number: int) -> str:
    """How long a step is waited for: its own wait, else what its share comes to for each severity it is for."""
    step = page.plan.steps[number]
    if step.wait or not page.times:
        return length_text(step.wait)
    shares = [
        _("{length} ({severity})").format(
            length=length_text(wait_after(page.plan, number, severity, times)), severity=severity_name(severity).lower()
        )
        for severity, times in page.times.items()
        if step.is_for(severity)
    ]
    return format_list(shares, style="or", locale=current_locale())


def whom(step: Step, posts: Mapping[str, str]) -> str:
    """Whom a step reaches; the mission's own posts by their titles."""
    own = posts.get(step.value) if step.who is StepWho.DUTY_ROSTER else None
    return escape(own) if own and not step.label else step_name(step)


def _conditions(step: Step) -> list[str]:
    found = []
    if step.severities:
        names = [severity_name(one).lower() for one in Severity if one in step.severities]
        found.append(_("only {severities}").format(severities=format_list(names, locale=current_locale())))
    if step.hours is not StepHours.ANY:
        hours = _("in duty hours") if step.hours is StepHours.DUTY else _("outside duty hours")
        found.append(f"{hours}, {step.zone}" if step.zone else hours)
    if step.by_email:
        found.append(_("also by e-mail"))
    return found


def end_lines(plan: ChainPlan) -> list[str]:
    """What happens after the last step."""
    lines = []
    if plan.repeat_times and plan.steps:
        text = ngettext(
            "*Then* it goes back to step {step}, once.",
            "*Then* it goes back to step {step}, up to {count} times.",
            plan.repeat_times,
        )
        lines.append(text.format(step=plan.repeat_from + 1, count=plan.repeat_times))
    if plan.at_end is AtEnd.PERSON and plan.stand_in:
        text = _("*In the end* {person} is told, again and again until somebody acknowledges.")
        lines.append(text.format(person=mention(plan.stand_in)))
    else:
        lines.append(_("*In the end* the coordinators' channel is told, again and again until somebody acknowledges."))
    return lines


def _tools(page: ChainPage) -> list[Block]:
    tools = []
    if len(page.plan.steps) < MOST_STEPS:
        tools.append(button(_("Add a step"), "escalations:chain-add", style="primary"))
    tools += [
        button(_("Repeat and end"), "escalations:chain-end"),
        button(_("Test run"), "escalations:chain-test", Severity.URGENT),
    ]
    if page.is_own:
        sure = confirm(
            _("Use the usual chain?"),
            _("Your own steps are given up: duty officer, deputy, chief of staff and SRSG take their place."),
            _("Use the usual one"),
            _("Keep ours"),
            danger=True,
        )
        tools.append(button(_("Back to the usual chain"), "escalations:chain-usual", confirm=sure))
    return tools


def _step_tools(plan: ChainPlan, number: int, step: Step, page: ChainPage) -> list[Block]:
    value = value_of(number, page.version)
    name = _("step {number}").format(number=number + 1)
    tools = [_tool(_("Change"), "escalations:chain-change", number, value, name)]
    if number:
        tools.append(_tool(pgettext("step of a chain", "Earlier"), "escalations:chain-earlier", number, value, name))
    if number + 1 < len(plan.steps):
        tools.append(_tool(pgettext("step of a chain", "Later"), "escalations:chain-later", number, value, name))
    if len(plan.steps) > 1:
        sure = confirm(
            _("Remove the step?"),
            _("Step {number} ({who}) is not told any more. Running escalations keep it.").format(
                number=number + 1, who=whom(step, page.posts)
            ),
            _("Remove"),
            _("Keep it"),
            danger=True,
        )
        tools.append(button(_("Remove"), f"escalations:chain-remove:{number}", value, confirm=sure))
    return tools


def _tool(text: str, verb: str, number: int, value: str, name: str) -> Block:
    return button(text, f"{verb}:{number}", value, label=f"{text}: {name}")


def rehearsal_form(
    page: ChainPage,
    severity: str,
    lines: Sequence[Line],
    start: datetime,
    zone: ZoneInfo,
    *,
    queued: bool,
    silent: Sequence[int] = (),
) -> Block:
    """What would happen if an escalation of a severity were raised at a moment and nobody acknowledged.

    `silent` are the steps for this severity that reach nobody now.
    """
    choices = [choice(severity_name(one), one.value) for one in Severity]
    head = _("*If it were raised {when} and nobody acknowledged:*").format(when=short_text(start, zone))
    rows = [_line_text(line, page, zone) for line in lines]
    if queued:
        rows.insert(0, _("• It waits for duty hours; whoever raises it reads when it will be seen."))
    blocks = [
        actions(
            select_menu("escalations:chain-test", _("Severity"), choices, initial=severity),
            button(_("Back to the chain"), "escalations:chain-show"),
        ),
        section("\n".join([head, *rows])),
        context(_("Times: {zone}. Leave, roster and roles are those known now.").format(zone=zone_text(start, zone))),
    ]
    if silent:
        steps = ", ".join(f"{number + 1} ({whom(page.plan.steps[number], page.posts)})" for number in silent)
        text = _("*Reaches nobody now:* step {steps}. Name a holder of the post, or give somebody the role.")
        blocks.insert(2, section(text.format(steps=steps)))
    return modal("escalations:chain", _("Test run"), blocks, close=_("Close"), notes=ChainNotes(page.version))


def _line_text(line: Line, page: ChainPage, zone: ZoneInfo) -> str:
    when, people = short_text(line.at, zone), places_text(line.people)
    if line.step >= len(page.plan.steps):
        return _("• {when} · end of the chain: {people}, and again until somebody acknowledges").format(
            when=when, people=people
        )
    who = whom(page.plan.steps[line.step], page.posts)
    return _("• {when} · {who}: {people}").format(when=when, who=who, people=people)
