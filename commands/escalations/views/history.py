"""The history of an escalation in sentences: one for each act, for its thread and its page."""

from __future__ import annotations

from commands.escalations.views.case import Case
from commands.escalations.views.words import (
    at_text,
    missed_reason,
    name_of,
    place_name,
    places_text,
    quoted,
    severity_name,
    step_name,
)
from commands.kit.cards import Block, Card, actions, button, context, escape, mention, section, shorten
from commands.kit.dates import both_times
from commands.kit.words import _
from storage.base import Json
from storage.escalations.model import ActKind, EscalationAct
from storage.escalations.notices import Way
from storage.people import Role

TEXT_SHOWN = 2500


def act_card(matter: Case, act: EscalationAct, *, may_answer: bool = False) -> Card:
    """An act, told once. `may_answer`: its reader can answer a question with a button beside it."""
    text = act_text(matter, act)
    blocks: list[Block] = [section(f"*{name_of(matter.this)}*  {text}")]
    if may_answer:
        blocks.append(actions(button(_("Answer"), "escalations:answer", str(matter.this.id), style="primary")))
    return Card(f"{name_of(matter.this)}: {text}", tuple(blocks), matter.level)


def act_text(matter: Case, act: EscalationAct) -> str:
    """An act in one sentence, with what was written where its reader may read it."""
    sentence = _sentence(matter, act)
    if not act.text:
        return sentence
    if matter.withheld:
        return sentence + "\n" + _("_What was written is Confidential; your roles do not let you read it here._")
    return f"{sentence}\n{quoted(act.text, TEXT_SHOWN)}"


def _sentence(matter: Case, act: EscalationAct) -> str:
    by, details = mention(act.by), act.details
    kind = ActKind(act.kind)
    if kind in _PRODUCT:
        return _PRODUCT[kind](matter, details)
    plain = {
        ActKind.RAISED: _("Raised by {person}."),
        ActKind.ACKNOWLEDGED: _("Acknowledged by {person}."),
        ActKind.TAKEN_OVER: _("Taken over by {person}."),
        ActKind.STILL_ON_IT: _("{person} is still on it."),
        ActKind.ASKED: _("{person} asks back:"),
        ActKind.ANSWERED: _("{person} answers:"),
        ActKind.WITH_SRSG: _("{person} has put it before the SRSG."),
        ActKind.JOINED: _("{person} has joined it."),
        ActKind.DECIDED: _("*Decided* by {person}:"),
        ActKind.RETURNED: _("*Returned to the level below* by {person}:"),
        ActKind.WITHDRAWN: _("*Withdrawn* by {person}."),
    }
    if kind in plain:
        return plain[kind].format(person=by)
    return _with_details(matter, kind, by, details)


def _with_details(matter: Case, kind: ActKind, by: str, details: Json) -> str:
    if kind is ActKind.SEVERITY:
        text = _("{person} changed the severity: {before} → *{after}*.")
        return text.format(person=by, before=severity_name(details["before"]), after=severity_name(details["after"]))
    if kind is ActKind.PAUSED:
        return _("Put on hold by {person} until {when}:").format(person=by, when=_moment(matter, details["until"]))
    if kind is ActKind.MERGED:
        if details.get("other_in"):
            return _("E-{number} was merged into this one by {person}.").format(number=details["other_in"], person=by)
        return _("*Merged* into E-{number} by {person}.").format(number=details["into"], person=by)
    return _("{person} took it to their own line ({line}) on {when}; reference {reference}.").format(
        person=by,
        line=own_line_name(details["line"]),
        when=_moment(matter, details["sent_at"]),
        reference=escape(details["reference"]),
    )


def own_line_name(role: str) -> str:
    """The line outside the mission that a role answers to."""
    return {
        Role.HUMANITARIAN_COORDINATOR: _("Emergency Relief Coordinator"),
        Role.HUMAN_RIGHTS_ADVISER: _("High Commissioner for Human Rights"),
    }[Role(role)]


def _queued(matter: Case, details: Json) -> str:
    return _("It came outside duty hours and will be seen {when}.").format(when=_moment(matter, details["until"]))


def _told(matter: Case, details: Json) -> str:
    who = step_title(matter, int(details["step"]))
    if details.get("way") == Way.EMAIL:
        return _("Told by e-mail: {who} ({people}).").format(who=who, people=places_text(details["to"]))
    return _("Told: {who} ({people}).").format(who=who, people=places_text(details["to"]))


def _not_delivered(matter: Case, details: Json) -> str:
    return missed_text(matter, int(details["step"]), str(details["place"]), str(details["reason"]))


def _asked_still(_matter: Case, details: Json) -> str:
    text = _("Nothing has happened for a while: {person} is asked “Are you still on it?”")
    return text.format(person=mention(details["holder"]))


def _overdue(_matter: Case, details: Json) -> str:
    return _("*The decision is overdue.* Told: {people}.").format(people=places_text(details["to"]))


def _reopened(_matter: Case, details: Json) -> str:
    person = mention(details["holder"])
    if details.get("reason"):
        text = _("*Open again*: {person} can no longer be reached ({reason}).")
        return text.format(person=person, reason=missed_reason(details["reason"]))
    return _("*Open again*: {person} did not say that they are still on it.").format(person=person)


def _resumed(_matter: Case, details: Json) -> str:
    return {
        "date": _("The hold is over; the clock runs again."),
        "no_answer": _("No answer has come to the question; the clock runs again."),
        "answer": _("The answer is here; the clock runs again."),
    }.get(str(details.get("why")), _("The clock runs again."))


# What the product does by itself, sentence by kind.
_PRODUCT = {
    ActKind.QUEUED: _queued,
    ActKind.TOLD: _told,
    ActKind.NOT_DELIVERED: _not_delivered,
    ActKind.ASKED_STILL: _asked_still,
    ActKind.REOPENED: _reopened,
    ActKind.RESUMED: _resumed,
    ActKind.OVERDUE: _overdue,
}


def step_title(matter: Case, number: int) -> str:
    """A step of its chain by name, or the end of the chain."""
    return step_name(matter.chain.steps[number]) if 0 <= number < len(matter.chain.steps) else _("end of the chain")


def missed_text(matter: Case, step: int, place: str, reason: str) -> str:
    """Whom a step did not reach, and why."""
    who = step_title(matter, step)
    if not place:
        return _("Not delivered to {who}: {reason}.").format(who=who, reason=missed_reason(reason))
    return _("Not delivered to {who} ({person}): {reason}.").format(
        who=who, person=place_name(place), reason=missed_reason(reason)
    )


def _moment(matter: Case, iso: str) -> str:
    return both_times(matter.now.fromisoformat(iso), matter.zone)


def history_blocks(matter: Case, limit: int) -> list[Block]:
    """The newest acts, oldest of them first."""
    shown = list(matter.acts)[-limit:]
    lines = [f"{at_text(act.at, matter.zone)}  {act_text(matter, act)}" for act in shown]
    blocks: list[Block] = [section(shorten(line, 3000)) for line in lines]
    left = len(matter.acts) - len(shown)
    if left > 0:
        blocks.insert(0, context(_("{count} earlier lines are in the thread of the card.").format(count=left)))
    return blocks
