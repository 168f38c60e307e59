"""Short forms: what a person writes when they act on an escalation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.escalations.rules.access import level_of
from commands.escalations.rules.acts import Act
from commands.escalations.views.case import Case
from commands.escalations.views.notes import EscalationNotes
from commands.escalations.views.words import fitted, name_of, quoted, severity_name
from commands.kit.cards import Block, context, option, section
from commands.kit.forms import date_input, field_block, modal, person_select, radio, select, text_input, time_input
from commands.kit.handling import Handling
from commands.kit.words import _
from storage.escalations.model import Escalation, Severity

TEXT, DAY, TIME, INTO, SEVERITY, REFERENCE = "text", "day", "time", "into", "severity", "reference"
TASK, OWNER, DUE = "task", "owner", "due"
# Of a Strictly Confidential matter nothing but a reference may be written.
REFERENCE_LENGTH = 80
QUESTION_SHOWN = 2500
TASK_LENGTH = 1500


def act_form(matter: Case, act: Act) -> Block:
    """The form of an act that needs words: deciding, returning, asking back, answering."""
    title, label, hint, submit = _texts(act)
    blocks = [_about(matter)]
    if act is Act.ANSWER:
        blocks.append(section(quoted(matter.this.question, QUESTION_SHOWN)))
    blocks.append(_text_field(matter, label, hint))
    if act is Act.DECIDE and not matter.is_pointer:
        blocks += _follow_up_fields(matter)
    return _form(matter, act, title, blocks, submit)


def _follow_up_fields(matter: Case) -> list[Block]:
    """Who does what by when: an action of the cabinet's list."""
    plain = _("It stands on the cabinet's list of actions, which every member may read.")
    secret = _("It stands on the cabinet's list of actions; its owner and cleared coordinators read it.")
    hint = plain if level_of(matter.this) is Handling.UNCLASSIFIED else secret
    words = text_input(long=True, most=TASK_LENGTH, placeholder=_("Empty: the words of the decision"))
    return [
        field_block(OWNER, _("Who carries it out"), person_select(), hint=hint, optional=True),
        field_block(DUE, _("By when"), date_input(), optional=True),
        field_block(TASK, _("What is to be done"), words, optional=True),
    ]


def _texts(act: Act) -> tuple[str, str, str, str]:
    """Title, label, hint and what stands on the button."""
    return {
        Act.DECIDE: (
            _("Decide"),
            _("The decision"),
            _("The raiser and those concerned read this. Say who does what by when."),
            _("Decide"),
        ),
        Act.RETURN: (
            _("Return"),
            _("Why it goes back"),
            _("The raiser reads this. Say what the level below can do, and when to come again."),
            _("Return it"),
        ),
        Act.ASK: (
            _("Ask back"),
            _("Your question"),
            _("The raiser and those concerned are asked. Until they answer, the clock for the decision stands still."),
            _("Ask"),
        ),
        Act.ANSWER: (_("Answer"), _("Your answer"), _("Whoever asked is told at once."), _("Answer")),
    }[act]


def _about(matter: Case) -> Block:
    this = matter.this
    what = "" if matter.is_pointer or matter.withheld else f": {fitted(this.summary, 150)}"
    return context(f"*{name_of(this)}*, {severity_name(this.severity)}{what}")


def _text_field(matter: Case, label: str, hint: str, *, optional: bool = False) -> Block:
    if matter.is_pointer:
        hint = _("Strictly Confidential: write the reference of the answer, never its text.")
        return field_block(TEXT, label, text_input(most=REFERENCE_LENGTH), hint=hint, optional=optional)
    return field_block(TEXT, label, text_input(long=True), hint=hint, optional=optional)


def _form(matter: Case, act: Act, title: str, blocks: Sequence[Block], submit: str) -> Block:
    notes = EscalationNotes(matter.this.id)
    return modal(f"escalations:{act}", title, blocks, submit=submit, close=_("Back"), notes=notes)


def pause_form(matter: Case) -> Block:
    """Until when it is put on hold, and why."""
    zone = matter.zone.key
    blocks = [
        _about(matter),
        field_block(DAY, _("Until the day"), date_input()),
        field_block(
            TIME,
            _("At"),
            time_input(),
            hint=_("Time of {zone}; when it is left empty, the start of the working day.").format(zone=zone),
            optional=True,
        ),
        _text_field(
            matter, _("What it waits for"), _("The raiser reads this. The clock for the decision stands still.")
        ),
    ]
    return _form(matter, Act.PAUSE, _("Put on hold"), blocks, _("Put on hold"))


def severity_form(matter: Case) -> Block:
    """The new severity and the reason."""
    others = [one for one in Severity if one != matter.this.severity]
    choices = [option(severity_name(one), one.value) for one in others]
    blocks = [
        _about(matter),
        field_block(SEVERITY, _("New severity"), radio(choices, initial=others[0].value)),
        _text_field(matter, _("Reason"), _("The raiser and those concerned read this. The times begin anew.")),
    ]
    return _form(matter, Act.SEVERITY, _("New severity"), blocks, _("Change it"))


def merge_form(matter: Case, others: Sequence[Escalation]) -> Block:
    """Which open escalation goes on for both; those that resemble this one first."""
    choices = [option(_choice(one), str(one.id)) for one in others]
    blocks = [
        _about(matter),
        field_block(
            INTO,
            _("The one that goes on"),
            select(choices),
            hint=_("This one is closed. Its raiser, and those it concerns, follow the other one from now on."),
        ),
    ]
    return _form(matter, Act.MERGE, _("Merge"), blocks, _("Merge"))


def _choice(one: Escalation) -> str:
    if one.handling == Handling.STRICTLY_CONFIDENTIAL:
        return name_of(one)
    return f"{name_of(one)}: {one.summary}"


def own_line_form(matter: Case, line: str, today: date) -> Block:
    """That it was taken to the line outside the mission: when, and under which reference."""
    blocks = [
        _about(matter),
        section(_("You record only that it was done: nothing of what you wrote to *{line}*.").format(line=line)),
        field_block(DAY, _("Sent on"), date_input(initial=today)),
        field_block(REFERENCE, _("Reference"), text_input(most=REFERENCE_LENGTH)),
    ]
    return _form(matter, Act.OWN_LINE, _("Own line"), blocks, _("Record it"))
