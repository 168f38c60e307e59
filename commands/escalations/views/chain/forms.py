"""The forms of a chain: one step, and what happens after the last."""

from __future__ import annotations

from collections.abc import Sequence

from commands.escalations.rules.chain_edit import (
    AT_END,
    HOURS,
    LABEL,
    LONGEST_LABEL,
    MOST_REPEATS,
    PERSON,
    REPEAT_FROM,
    REPEAT_TIMES,
    SEVERITIES,
    STAND_IN,
    WAIT,
    WAYS,
    WHO,
    ZONE,
    roles_offered,
    who_of,
)
from commands.escalations.rules.chains import ChainPlan, Step
from commands.escalations.rules.lengths import write_length
from commands.escalations.views.chain.overview import whom
from commands.escalations.views.duty.overview import post_name
from commands.escalations.views.notes import ChainNotes
from commands.escalations.views.words import severity_name
from commands.kit.cards import Block, actions, button, option
from commands.kit.forms import checkboxes, external_select, field_block, modal, person_select, radio, select, text_input
from commands.kit.names.roles import role_name
from commands.kit.pressed import value_of
from commands.kit.times.zones import zone_option
from commands.kit.words import _, ngettext
from storage.duty import Post
from storage.escalations.chains import AtEnd, StepHours, StepWho
from storage.escalations.model import Severity

EMAIL = "email"


def step_form(step: Step, posts: Sequence[Post], place: int | None, version: int, language: str) -> Block:
    """One step, as it is now or to be added."""
    severities = [option(severity_name(one), one.value) for one in Severity]
    chosen = sorted(step.severities) or [one.value for one in Severity]
    hours = [
        option(_("At any hour"), StepHours.ANY.value),
        option(_("Only in duty hours"), StepHours.DUTY.value),
        option(_("Only outside duty hours"), StepHours.OFF_DUTY.value),
    ]
    zone = external_select(
        "escalations:chain-zone",
        initial=zone_option(step.zone, language) if step.zone else None,
        placeholder=_("The mission's zone"),
    )
    wait = text_input(initial=write_length(step.wait) if step.wait else None, most=20, placeholder="30 min")
    by_email = checkboxes([option(_("Also by e-mail"), EMAIL)], initial=[EMAIL] if step.by_email else [])
    label = text_input(initial=step.label or None, most=LONGEST_LABEL)
    person = person_select(initial=step.value if step.who is StepWho.PERSON else None)
    blocks = [
        field_block(WHO, _("Whom it reaches"), select(_who_options(posts), initial=who_of(step))),
        field_block(PERSON, _("The person"), person, optional=True, hint=_("Only for “A person”.")),
        field_block(
            WAIT,
            _("How long it waits for an acknowledgement"),
            wait,
            optional=True,
            hint=_("Empty: an equal share of the time for acknowledging. Routine and urgent ones count duty hours."),
        ),
        field_block(SEVERITIES, _("For which severities"), checkboxes(severities, initial=chosen)),
        field_block(HOURS, _("When it is told"), radio(hours, initial=step.hours.value)),
        field_block(ZONE, _("Zone of those hours"), zone, optional=True),
        field_block(
            WAYS, _("Second way"), by_email, optional=True, hint=_("It says that one waits, never what it is.")
        ),
        field_block(LABEL, _("What the step is called"), label, optional=True),
        actions(button(_("Back to the chain"), "escalations:chain-show")),
    ]
    title = _("Add a step") if place is None else _("Change step {number}").format(number=place + 1)
    notes = ChainNotes(version, place)
    return modal("escalations:chain-step", title, blocks, submit=_("Save"), close=_("Close"), notes=notes)


def _who_options(posts: Sequence[Post]) -> list[Block]:
    roster = StepWho.DUTY_ROSTER.value
    found = [option(_("Duty officer, by the roster"), f"{roster}:")]
    found += [option(_("Post: {post}").format(post=post_name(post)), value_of(roster, post.code)) for post in posts]
    found += [
        option(_("Role: {role}").format(role=role_name(role)), value_of(StepWho.ROLE, role)) for role in roles_offered()
    ]
    found.append(option(_("Head of the agency concerned"), f"{StepWho.AGENCY_HEAD}:"))
    return [*found, option(_("A person"), StepWho.PERSON.value)]


def end_form(plan: ChainPlan, posts: dict[str, str], version: int) -> Block:
    """What happens after the last step."""
    steps = [
        option(_("Step {number}: {who}").format(number=number + 1, who=_plain(whom(step, posts))), str(number))
        for number, step in enumerate(plan.steps)
    ]
    times = [option(_("never"), "0")]
    times += [
        option(ngettext("once", "{count} times", count).format(count=count), str(count))
        for count in range(1, MOST_REPEATS + 1)
    ]
    ends = [
        option(_("The coordinators' channel"), AtEnd.COORDINATORS.value),
        option(_("A person"), AtEnd.PERSON.value),
    ]
    blocks = [
        field_block(REPEAT_FROM, _("After the last step, go back to"), select(steps, initial=str(plan.repeat_from))),
        field_block(REPEAT_TIMES, _("How often"), select(times, initial=str(plan.repeat_times))),
        field_block(AT_END, _("In the end, tell"), radio(ends, initial=plan.at_end.value)),
        field_block(
            STAND_IN,
            _("The person"),
            person_select(initial=plan.stand_in),
            optional=True,
            hint=_("Only for “A person”. When they cannot be reached, the channel is told."),
        ),
        actions(button(_("Back to the chain"), "escalations:chain-show")),
    ]
    notes = ChainNotes(version)
    return modal("escalations:chain-end", _("Repeat and end"), blocks, submit=_("Save"), close=_("Close"), notes=notes)


def _plain(text: str) -> str:
    """A person's mention is nothing in a plain text."""
    return _("a person") if text.startswith("<@") else text
