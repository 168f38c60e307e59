"""Acts that need words: deciding, returning, asking back, answering, holding, severity, merging, one's own line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from commands.escalations.handlers import acting
from commands.escalations.handlers.cards import gather
from commands.escalations.handlers.changing import (
    change_severity,
    close,
    hold,
    merge,
    put_on_hold,
    settle,
    take_off_hold,
)
from commands.escalations.handlers.finding import ready, viewer_of
from commands.escalations.handlers.planning import pace_of, read_times
from commands.escalations.handlers.telling import note
from commands.escalations.rules.acts import OWN_LINE_ROLES, Act, level_of, may_do, may_read
from commands.escalations.views.forms import (
    DAY,
    INTO,
    REFERENCE,
    REFERENCE_LENGTH,
    SEVERITY,
    TEXT,
    TIME,
    act_form,
    merge_form,
    own_line_form,
    pause_form,
    severity_form,
)
from commands.escalations.views.history import own_line_name
from commands.kit.dates import local_moment
from commands.kit.handling import Handling
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.escalations import ActKind, Escalation, Severity, State, get_escalation, open_escalations
from storage.people import Role

LONGEST_HOLD = timedelta(days=60)
MERGE_CHOICES = 100


def open_act(ask: Ask) -> Answer:
    """The form of the act whose button was pressed; its verb says which."""
    act = Act(ask.verb.split(":")[1])
    this = ready(ask, act, ask.value)
    return Answer(form=act_form(gather(ask, this), act))


def open_more(ask: Ask) -> Answer | None:
    """A line of the menu: `act:id`."""
    verb, _colon, ask.value = ask.value.partition(":")
    chosen = _MORE.get(verb)
    if chosen is None:
        raise Refused(_("This belongs to an older message. Open it again from the newest card."))
    return chosen(ask)


def open_pause(ask: Ask) -> Answer:
    """Until when, and why."""
    return Answer(form=pause_form(gather(ask, ready(ask, Act.PAUSE, ask.value))))


def open_severity(ask: Ask) -> Answer:
    """Which severity, and why."""
    return Answer(form=severity_form(gather(ask, ready(ask, Act.SEVERITY, ask.value))))


def open_merge(ask: Ask) -> Answer:
    """Into which open escalation."""
    this = ready(ask, Act.MERGE, ask.value)
    others = _merge_targets(ask, this)
    if not others:
        raise Refused(_("There is no other open escalation that this one could be merged into."))
    return Answer(form=merge_form(gather(ask, this), others[:MERGE_CHOICES]))


def _merge_targets(ask: Ask, this: Escalation) -> list[Escalation]:
    """What the person may read and act on and is not less protected than this one; what resembles it first."""
    alike = set(this.source.get("resembles", ()))
    found = []
    for one in open_escalations(ask.session, ask.mission.id):
        viewer = viewer_of(ask, ask.who, one)
        lower = level_of(this) is Handling.CONFIDENTIAL and level_of(one) is Handling.UNCLASSIFIED
        if one.id != this.id and not lower and may_do(Act.DECIDE, one, viewer) and may_read(viewer, one):
            found.append(one)
    return sorted(found, key=lambda one: (one.number not in alike, -one.number))


def open_own_line(ask: Ask) -> Answer:
    """When, and under which reference."""
    this = ready(ask, Act.OWN_LINE, ask.value)
    return Answer(
        form=own_line_form(gather(ask, this), own_line_name(_own_line(ask)), ask.now.astimezone(ask.zone).date())
    )


def _own_line(ask: Ask) -> Role:
    return next(role for role in sorted(OWN_LINE_ROLES) if role in ask.who.roles)


_MORE: dict[str, Callable[[Ask], Answer | None]] = {
    Act.WITH_SRSG: acting.put_before_srsg,
    Act.RESUME: acting.end_hold,
    Act.PAUSE: open_pause,
    Act.SEVERITY: open_severity,
    Act.MERGE: open_merge,
}


def _written(ask: Ask, this: Escalation, field: str = TEXT) -> str:
    """What was typed. Raises Refused when nothing was, or more than a reference where only that may be written."""
    text = ask.fields.text(field)
    if not text:
        raise Refused(_("Please write something here."), field)
    if this.handling == Handling.STRICTLY_CONFIDENTIAL and (len(text) > REFERENCE_LENGTH or "\n" in text):
        raise Refused(_("Strictly Confidential: only a reference may be written here."), field)
    return text


def _done(ask: Ask, *changed: Escalation) -> Answer:
    for this in changed:
        settle(ask, this)
    return Answer(close_all=True)


def decide(ask: Ask) -> Answer:
    """The decision closes it."""
    this = ready(ask, Act.DECIDE, ask.notes.get("escalation"))
    close(ask, this, State.DECIDED, _written(ask, this))
    return _done(ask, this)


def give_back(ask: Ask) -> Answer:
    """It goes back to the level below, with a reason."""
    this = ready(ask, Act.RETURN, ask.notes.get("escalation"))
    close(ask, this, State.RETURNED, _written(ask, this))
    return _done(ask, this)


def ask_back(ask: Ask) -> Answer:
    """A question to the raiser; whoever asks has it, and the clock stands still."""
    this = ready(ask, Act.ASK, ask.notes.get("escalation"))
    text = _written(ask, this)
    hold(ask, this)
    until = pace_of(ask, this.severity).after(ask.now, read_times(ask, this.severity).stale)
    put_on_hold(ask, this, until, text)
    note(ask, this, ActKind.ASKED, text)
    return _done(ask, this)


def answer(ask: Ask) -> Answer:
    """The answer to the question that is open."""
    this = ready(ask, Act.ANSWER, ask.notes.get("escalation"))
    text = _written(ask, this)
    if this.state == State.WAITING:
        take_off_hold(ask, this)
    this.question = ""
    note(ask, this, ActKind.ANSWERED, text)
    return _done(ask, this)


def pause(ask: Ask) -> Answer:
    """It waits for a day."""
    this = ready(ask, Act.PAUSE, ask.notes.get("escalation"))
    until = _hold_ends(ask)
    text = _written(ask, this)
    hold(ask, this)
    put_on_hold(ask, this, until)
    note(ask, this, ActKind.PAUSED, text, until=until.isoformat())
    return _done(ask, this)


def _hold_ends(ask: Ask) -> datetime:
    day = ask.fields.day(DAY)
    if day is None:
        raise Refused(_("Choose the day."), DAY)
    until = local_moment(day, ask.fields.time_of_day(TIME) or ask.mission.work_start, ask.zone)
    if until <= ask.now:
        raise Refused(_("This moment has passed. Choose a later one."), DAY)
    if until > ask.now + LONGEST_HOLD:
        raise Refused(_("A hold lasts 60 days at most. Return it to the level below instead."), DAY)
    return until


def set_severity(ask: Ask) -> Answer:
    """Another severity, with the reason."""
    this = ready(ask, Act.SEVERITY, ask.notes.get("escalation"))
    severity = ask.fields.choice(SEVERITY)
    if severity not in set(Severity) or severity == this.severity:
        raise Refused(_("Choose another severity than the present one."), SEVERITY)
    change_severity(ask, this, Severity(str(severity)), _written(ask, this))
    return _done(ask, this)


def merge_into(ask: Ask) -> Answer:
    """This one is closed and the other goes on for both."""
    this = ready(ask, Act.MERGE, ask.notes.get("escalation"))
    chosen = ask.fields.choice(INTO) or ""
    target = get_escalation(ask.session, ask.mission.id, int(chosen)) if chosen.isdecimal() else None
    if target is None or target.id not in {one.id for one in _merge_targets(ask, this)}:
        raise Refused(_("That one cannot take this in any more. Choose another."), INTO)
    into = ready(ask, Act.DECIDE, target.id)
    merge(ask, this, into)
    return _done(ask, this, into)


def record_own_line(ask: Ask) -> Answer:
    """The humanitarian coordinator or the human-rights adviser went to their own line: that it was done, no text."""
    this = ready(ask, Act.OWN_LINE, ask.notes.get("escalation"))
    day, reference = ask.fields.day(DAY), ask.fields.text(REFERENCE)
    today = ask.now.astimezone(ask.zone).date()
    if day is None or day > today:
        raise Refused(_("Choose the day on which it was sent."), DAY)
    if not reference or len(reference) > REFERENCE_LENGTH:
        raise Refused(_("Give the reference under which it can be found."), REFERENCE)
    at = local_moment(day, ask.mission.work_start, ask.zone) if day < today else ask.now
    note(ask, this, ActKind.OWN_LINE, line=_own_line(ask), sent_at=at.isoformat(), reference=reference)
    return Answer(close_all=True)
