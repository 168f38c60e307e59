"""Actions: the form that makes one, its card, its details, the lists, and the forms of its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from commands.cabinet.rules.actions import Move, is_overdue
from commands.cabinet.views.notes import ListNotes, MoveNotes
from commands.cabinet.views.record_words import action_state_name, code_of
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    context,
    divider,
    escape,
    mention,
    moment,
    section,
    sections,
    shorten,
)
from commands.kit.dates import day_text, when_text
from commands.kit.forms import external_select, field_block, modal, person_select, text_input
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_note
from commands.kit.pages import latest_lines
from commands.kit.words import _
from storage.agencies import Agency
from storage.audit import AuditEntry
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Decision

TEXT, OWNER, OWNER_AGENCY, DUE, LEVEL = "text", "owner", "owner_agency", "due", "level"
EVIDENCE, WHY = "evidence", "why"
TEXT_LIMIT = 1500
NOTE_LIMIT = 1000
HISTORY_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Task:
    """An action with everything its card says."""

    action: Action
    agencies: Mapping[int, Agency]
    decision: Decision | None
    today: date
    zone: ZoneInfo


def state_text(task: Task) -> str:
    """Where it stands, in one word or two."""
    return _("*overdue*") if is_overdue(task.action, task.today) else action_state_name(task.action.state)


def who_and_when(task: Task) -> str:
    """Who does it by when, and where it stands."""
    action = task.action
    code = code_of(action.owner_agency_id, task.agencies)
    who = mention(action.owner) + (f" ({escape(code)})" if code else "")
    return _("{who} · due {day} · {state}").format(who=who, day=day_text(action.due_on), state=state_text(task))


def action_title(task: Task) -> str:
    """What it is: an action, or what a decision asks for."""
    if task.decision is not None and task.action.carries_out:
        return _("Carry out decision {reference}").format(reference=task.decision.reference)
    return _("Action {number}").format(number=task.action.id)


def action_card(task: Task) -> Card:
    """An action in the meeting's channel, edited in place."""
    action = task.action
    blocks = [
        section(f"*{action_title(task)}*\n{escape(shorten(action.text, TEXT_LIMIT))}"),
        context(who_and_when(task)),
        *level_note(action.handling),
        actions(button(_("Open"), "cabinet:action", str(action.id), label=_("Open the action"))),
    ]
    return Card(f"{action_title(task)}: {shorten(action.text, 200)}", tuple(blocks), Handling(action.handling))


def owner_card(task: Task, given_by: str) -> Card:
    """What the owner is told, edited in place as it goes on."""
    action = task.action
    intro = _("You are accountable for this.")
    if given_by != action.owner:
        intro = _("{person} made you accountable for this.").format(person=mention(given_by))
    blocks = [
        section(f"*{action_title(task)}*\n{escape(shorten(action.text, TEXT_LIMIT))}"),
        context(f"{intro} {who_and_when(task)}"),
        *level_note(action.handling),
        actions(*_owner_buttons(action)),
    ]
    return Card(f"{action_title(task)}: {shorten(action.text, 200)}", tuple(blocks), Handling(action.handling))


def _owner_buttons(action: Action) -> list[Block]:
    value = str(action.id)
    open_it = button(_("Open"), "cabinet:action", value)
    if action.state not in {"open", "in_progress"}:
        return [open_it]
    return [
        button(_("Done…"), "cabinet:finish", value, style="primary"),
        button(_("Hand over…"), "cabinet:hand-over", value),
        open_it,
    ]


def action_details(
    task: Task,
    possible: Sequence[Move],
    history: Sequence[AuditEntry],
    channel_link: str,
    *,
    came_from: str = "",
    linked: Sequence[Block] = (),
) -> Block:
    """Everything about one action, with what this person may do."""
    action = task.action
    blocks: list[Block] = [
        section(f"*{action_title(task)}*"),
        *sections(escape(action.text)),
        context(who_and_when(task)),
        *level_note(action.handling),
    ]
    if action.evidence:
        blocks.append(section(f"*{_('Evidence')}*\n{escape(action.evidence)}"))
    if action.note:
        blocks.append(section(f"*{_('Note')}*\n{escape(action.note)}"))
    blocks += linked
    links = [f"<{escape(action.source_link)}|{_('The message it comes from')}>"] if action.source_link else []
    links += [channel_link] if channel_link else []
    if links:
        blocks.append(context(" · ".join(links)))
    buttons = [_move_button(move, action) for move in possible if move is not Move.SNOOZE]
    if came_from:
        buttons.append(button(_("Back to the list"), "cabinet:actions", came_from))
    if buttons:
        blocks.append(actions(*buttons))
    lines = [line for entry in history if (line := _history_line(entry, task.zone))]
    if lines:
        blocks += [divider(), *sections("\n".join(latest_lines(lines, HISTORY_SHOWN)))]
    return modal("cabinet:nothing", _("Action"), blocks, close=_("Close"), notes=ListNotes(came_from))


def _move_button(move: Move, action: Action) -> Block:
    text = {
        Move.START: _("I have begun"),
        Move.FINISH: _("Done…"),
        Move.VERIFY: _("Verified"),
        Move.RETURN: _("Return…"),
        Move.CANCEL: _("Cancel…"),
        Move.HAND_OVER: _("Hand over…"),
        Move.SNOOZE: _("Remind me tomorrow"),
    }[move]
    style = {Move.FINISH: "primary", Move.VERIFY: "primary", Move.CANCEL: "danger"}.get(move)
    return button(text, f"cabinet:{move.value}", str(action.id), style=style)


def _history_line(entry: AuditEntry, zone: ZoneInfo) -> str:
    said = {
        "action.begin": _("recorded it"),
        "action.start": _("began"),
        "action.finish": _("reported it done"),
        "action.verify": _("verified it"),
        "action.return": _("returned it"),
        "action.cancel": _("cancelled it"),
        "action.hand-over": _("handed it over"),
        "action.snooze": _("put the reminder off"),
        "action.head": _("the head of agency was told"),
    }.get(entry.verb)
    if said is None:
        return ""
    who = mention(entry.actor) if entry.actor.startswith(("U", "W")) else _("Rapporteur")
    return f"{moment(entry.at, when_text(entry.at, zone))} · {who}: {said}"


def finish_form(task: Task, came_from: str) -> Block:
    """What proves that it was done."""
    evidence = field_block(
        EVIDENCE,
        _("Evidence"),
        text_input(long=True, most=NOTE_LIMIT),
        hint=_("What was done and where it can be seen: a link, a reference, a date. The secretary verifies it."),
    )
    return _move_form(task, Move.FINISH, _("Action done"), [evidence], came_from)


def why_form(task: Task, move: Move, came_from: str) -> Block:
    """Why an action is returned or cancelled."""
    title = _("Return action") if move is Move.RETURN else _("Cancel action")
    hint = (
        _("The owner is told; it goes on where it was.")
        if move is Move.RETURN
        else _("The owner is told, and nobody is reminded of it any more.")
    )
    field = field_block(WHY, _("Reason"), text_input(long=True, most=NOTE_LIMIT), hint=hint)
    return _move_form(task, move, title, [field], came_from)


def hand_over_form(task: Task, came_from: str) -> Block:
    """Who takes it over, and from when on."""
    agency = task.agencies.get(task.action.owner_agency_id or 0)
    initial = agency_option(agency) if agency else None
    fields = [
        field_block(OWNER, _("New accountable person"), person_select()),
        field_block(OWNER_AGENCY, _("Agency"), external_select("cabinet:agency", initial=initial), optional=True),
        field_block(WHY, _("Reason"), text_input(long=True, most=NOTE_LIMIT)),
    ]
    return _move_form(task, Move.HAND_OVER, _("Hand over"), fields, came_from)


def _move_form(task: Task, move: Move, title: str, fields: Sequence[Block], came_from: str) -> Block:
    about = section(f"*{action_title(task)}*\n{escape(shorten(task.action.text, 600))}")
    notes = MoveNotes(task.action.id, came_from)
    blocks = [about, *level_note(task.action.handling), *fields]
    return modal(f"cabinet:{move.value}", title, blocks, submit=_("Save"), close=_("Close"), notes=notes)


def told_card(task: Task, what: Move, by: str) -> Card:
    """What the owner is told of what somebody else did with their action."""
    said = {
        Move.RETURN: _("{person} returned this to you"),
        Move.CANCEL: _("{person} cancelled this"),
        Move.HAND_OVER: _("{person} handed this over to somebody else"),
        Move.VERIFY: _("{person} verified this"),
    }[what].format(person=mention(by))
    note = f": {escape(task.action.note)}" if task.action.note and what is not Move.VERIFY else "."
    blocks = (
        section(f"*{action_title(task)}*\n{escape(shorten(task.action.text, 600))}"),
        section(f"{said}{note}"),
        *level_note(task.action.handling),
        actions(button(_("Open"), "cabinet:action", str(task.action.id))),
    )
    return Card(f"{action_title(task)}: {shorten(task.action.text, 150)}", blocks, Handling(task.action.handling))


def to_verify_card(task: Task) -> Card:
    """What the secretary is told when an action was reported done."""
    by = mention(task.action.done_by or task.action.owner)
    blocks = (
        section(f"*{action_title(task)}*\n{escape(shorten(task.action.text, 600))}"),
        section(_("{person} reports it done: {evidence}").format(person=by, evidence=escape(task.action.evidence))),
        *level_note(task.action.handling),
        actions(
            button(_("Verified"), "cabinet:verify", str(task.action.id), style="primary"),
            button(_("Return…"), "cabinet:return", str(task.action.id)),
        ),
    )
    text = _("Reported done: {text}").format(text=shorten(task.action.text, 150))
    return Card(text, blocks, Handling(task.action.handling))


def settled_card(task: Task) -> Card:
    """The same, once somebody has verified or returned it."""
    blocks = (
        section(f"*{action_title(task)}*\n{escape(shorten(task.action.text, 600))}"),
        context(who_and_when(task)),
        *level_note(task.action.handling),
    )
    return Card(f"{action_title(task)}: {shorten(task.action.text, 150)}", blocks, Handling(task.action.handling))
