"""The clock of an escalation in words: where it stands, what is due when, and what happens next to whom."""

from __future__ import annotations

from commands.escalations.views.case import Case
from commands.escalations.views.history import step_title
from commands.escalations.views.words import at_text, left_text, places_text, quoted
from commands.kit.cards import mention
from commands.kit.dates import both_times
from commands.kit.words import _
from storage.escalations.model import NextKind, State

OUTCOME_SHOWN = 1500


def state_lines(matter: Case) -> list[str]:
    """Where it stands and what is due, one line each."""
    return {
        State.QUEUED: _queued,
        State.RAISED: _raised,
        State.ACKNOWLEDGED: _acknowledged,
        State.WAITING: _waiting,
        State.DECIDED: _closed,
        State.RETURNED: _closed,
        State.WITHDRAWN: _closed,
        State.MERGED: _closed,
    }[State(matter.this.state)](matter)


def _queued(matter: Case) -> list[str]:
    this = matter.this
    when = both_times(this.next_at or this.ack_due_at, matter.zone)
    return [_("*Waits for duty hours.* It will be seen {when}.").format(when=when)]


def _raised(matter: Case) -> list[str]:
    this = matter.this
    due = _("*Not acknowledged yet.* Acknowledgement due {when}: {left}.")
    again = _("*Open again, nobody is on it.* Acknowledgement due {when}: {left}.")
    text = again if this.reopened else due
    when, left = both_times(this.ack_due_at, matter.zone), left_text(this.ack_due_at, matter.now)
    lines = [text.format(when=when, left=left)]
    if this.told_at is not None:
        who = step_title(matter, this.step)
        lines.append(_("Last told: {who}, {when}.").format(who=who, when=at_text(this.told_at, matter.zone)))
    return lines


def _acknowledged(matter: Case) -> list[str]:
    this = matter.this
    acknowledged = this.acknowledged_at or this.touched_at
    text = _("*Acknowledged* {when} by {person}. Decision due {due}: {left}.")
    line = text.format(
        when=at_text(acknowledged, matter.zone),
        person=mention(this.holder or this.raised_by),
        due=both_times(this.decide_due_at, matter.zone),
        left=left_text(this.decide_due_at, matter.now),
    )
    return [line, *_before_the_srsg(matter)]


def _before_the_srsg(matter: Case) -> list[str]:
    since = matter.this.with_srsg_at
    return [_("*With the SRSG* since {when}.").format(when=at_text(since, matter.zone))] if since else []


def _waiting(matter: Case) -> list[str]:
    this = matter.this
    until = at_text(this.paused_until or matter.now, matter.zone)
    person = mention(this.holder or this.raised_by)
    if not this.question:
        return [_("*On hold* until {when}, by {person}.").format(when=until, person=person), *_before_the_srsg(matter)]
    line = _("*{person} waits for an answer*, until {when} at the latest.").format(person=person, when=until)
    shown = [] if matter.withheld else [quoted(this.question, OUTCOME_SHOWN)]
    return [line, *shown, *_before_the_srsg(matter)]


def _closed(matter: Case) -> list[str]:
    this = matter.this
    when, person = at_text(this.closed_at or matter.now, matter.zone), mention(this.closed_by or this.raised_by)
    line = {
        State.DECIDED: _("*Decided* {when} by {person}."),
        State.RETURNED: _("*Returned to the level below* {when} by {person}."),
        State.WITHDRAWN: _("*Withdrawn* {when} by {person}."),
        State.MERGED: _("*Merged* into E-{number} {when} by {person}."),
    }[State(this.state)].format(when=when, person=person, number=matter.merged_into or "?")
    if not this.outcome or matter.withheld:
        return [line]
    return [line, quoted(this.outcome, OUTCOME_SHOWN)]


def next_line(matter: Case) -> str:
    """The one next step: when, what, and whom it will reach. Empty for what is closed."""
    this = matter.this
    if not this.is_open or this.next_kind is None or this.next_at is None:
        return ""
    text = {
        NextKind.OPEN: _("Next, {when}: {who} is told ({people})."),
        NextKind.CLIMB: _("Next, {when}, unless somebody acknowledges: {who} is told ({people})."),
        NextKind.END: _("Next, {when}, unless somebody acknowledges: {people} is told again."),
        NextKind.STALE: _("Next, {when}, if nothing happens: {people} is asked “Are you still on it?”"),
        NextKind.REOPEN: _("Next, {when}, without an answer to “Are you still on it?”: {who} is told ({people})."),
        NextKind.OVERDUE: _("Next, {when}, unless it is decided: {people} is told that the decision is overdue."),
        NextKind.WAKE: _("Next, {when}: {people} is told that the wait is over."),
    }[NextKind(this.next_kind)]
    step = -1 if this.next_step is None else this.next_step
    return text.format(
        when=at_text(this.next_at, matter.zone), who=step_title(matter, step), people=places_text(this.next_for)
    )
