"""Acts that need words: deciding, returning, asking back, answering, holding, severity, merging, one's own line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from commands.escalations.handlers import acting
from commands.escalations.handlers.access import ESCALATION
from commands.escalations.handlers.cards import gather
from commands.escalations.handlers.chain.next_step import pace_of, read_times
from commands.escalations.handlers.changing import (
    change_severity,
    close,
    hold,
    merge,
    put_on_hold,
    settle,
    take_off_hold,
)
from commands.escalations.handlers.finding import readable, ready
from commands.escalations.handlers.follow_up import follow_up
from commands.escalations.handlers.telling import note
from commands.escalations.handlers.viewers import viewer_of
from commands.escalations.rules.access import level_of, may_read
from commands.escalations.rules.acts import OWN_LINE_ROLES, Act, may_do
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
from commands.escalations.views.notes import EscalationNotes
from commands.kit.access import find_if_any
from commands.kit.dates import calendar_of, local_moment
from commands.kit.handling import Handling
from commands.kit.pressed import choice_in, parts_of
from commands.kit.refused import Refused
from commands.kit.times.local import local_texts
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.escalations.model import ActKind, Escalation, Severity, State, open_escalations
from storage.people import Role

LONGEST_HOLD = timedelta(days=60)
MERGE_CHOICES = 100


def open_act(request: Request) -> Answer:
    """The form of the act whose button was pressed; its verb says which."""
    act = choice_in(Act, parts_of(request.verb, 3)[1])
    this = ready(request, act, request.value)
    return Answer(form=act_form(gather(request, this), act))


def open_more(request: Request) -> Answer:
    """A line of the menu: `act:id`."""
    verb, request.value = parts_of(request.value, 2)
    chosen = _MORE.get(verb)
    if chosen is None:
        raise Refused(_("This belongs to an older message. Open it again from the newest card."))
    return chosen(request)


def open_pause(request: Request) -> Answer:
    """Until when, and why."""
    this = ready(request, Act.PAUSE, request.value)
    return Answer(form=pause_form(gather(request, this)))


def open_severity(request: Request) -> Answer:
    """Which severity, and why."""
    this = ready(request, Act.SEVERITY, request.value)
    return Answer(form=severity_form(gather(request, this, withheld=not readable(request, this))))


def open_merge(request: Request) -> Answer:
    """Into which open escalation."""
    this = ready(request, Act.MERGE, request.value)
    others = _merge_targets(request, this)
    if not others:
        raise Refused(_("There is no other open escalation that this one could be merged into."))
    return Answer(form=merge_form(gather(request, this), others[:MERGE_CHOICES]))


def _merge_targets(request: Request, this: Escalation) -> list[Escalation]:
    """What the person may read and act on and is not less protected than this one; what resembles it first."""
    alike = set(this.source.get("resembles", ()))
    found = []
    for one in open_escalations(request.session, request.mission.id):
        viewer = viewer_of(request, request.who, one)
        lower = level_of(this) is Handling.CONFIDENTIAL and level_of(one) is Handling.UNCLASSIFIED
        if one.id != this.id and not lower and may_do(Act.DECIDE, one, viewer) and may_read(viewer, one):
            found.append(one)
    return sorted(found, key=lambda one: (one.number not in alike, -one.number))


def open_own_line(request: Request) -> Answer:
    """When, and under which reference."""
    this = ready(request, Act.OWN_LINE, request.value)
    return Answer(form=own_line_form(gather(request, this), own_line_name(_own_line(request)), request.today))


def _own_line(request: Request) -> Role:
    return next(role for role in sorted(OWN_LINE_ROLES) if role in request.who.roles)


_MORE: dict[str, Callable[[Request], Answer]] = {
    Act.WITH_SRSG: acting.put_before_srsg,
    Act.RESUME: acting.end_hold,
    Act.PAUSE: open_pause,
    Act.SEVERITY: open_severity,
    Act.MERGE: open_merge,
}


def _written(request: Request, this: Escalation, field: str = TEXT) -> str:
    """What was typed. Raises Refused when nothing was, or more than a reference where only that may be written."""
    text = request.fields.text(field)
    if not text:
        raise Refused(_("Please write something here."), field)
    if this.handling == Handling.STRICTLY_CONFIDENTIAL and (len(text) > REFERENCE_LENGTH or "\n" in text):
        raise Refused(_("Strictly Confidential: only a reference may be written here."), field)
    return text


def _done(request: Request, *changed: Escalation) -> Answer:
    for this in changed:
        settle(request, this)
    return Answer(close_all=True)


def decide(request: Request) -> Answer:
    """The decision closes it."""
    this = ready(request, Act.DECIDE, request.noted(EscalationNotes).escalation)
    text = _written(request, this)
    follow_up(request, this, text)
    close(request, this, State.DECIDED, text)
    return _done(request, this)


def give_back(request: Request) -> Answer:
    """It goes back to the level below, with a reason."""
    this = ready(request, Act.RETURN, request.noted(EscalationNotes).escalation)
    close(request, this, State.RETURNED, _written(request, this))
    return _done(request, this)


def ask_back(request: Request) -> Answer:
    """A question to the raiser; whoever asks has it, and the clock stands still."""
    this = ready(request, Act.ASK, request.noted(EscalationNotes).escalation)
    text = _written(request, this)
    hold(request, this)
    until = pace_of(request, this.severity).after(request.now, read_times(request, this.severity).stale)
    put_on_hold(request, this, until, text)
    note(request, this, ActKind.ASKED, text)
    return _done(request, this)


def answer(request: Request) -> Answer:
    """The answer to the question that is open."""
    this = ready(request, Act.ANSWER, request.noted(EscalationNotes).escalation)
    text = _written(request, this)
    if this.state == State.WAITING:
        take_off_hold(request, this)
    this.question = ""
    note(request, this, ActKind.ANSWERED, text)
    return _done(request, this)


def pause(request: Request) -> Answer:
    """It waits for a day."""
    this = ready(request, Act.PAUSE, request.noted(EscalationNotes).escalation)
    until = _hold_ends(request)
    text = _written(request, this)
    hold(request, this)
    put_on_hold(request, this, until)
    this.local_times = {**this.local_times, **local_texts(request.zone, paused_until=until)}
    note(request, this, ActKind.PAUSED, text, until=until.isoformat())
    return _done(request, this)


def _hold_ends(request: Request) -> datetime:
    day = request.fields.day(DAY)
    if day is None:
        raise Refused(_("Choose the day."), DAY)
    until = local_moment(day, request.fields.time_of_day(TIME) or _day_begins(request, day), request.zone)
    if until <= request.now:
        raise Refused(_("This moment has passed. Choose a later one."), DAY)
    if until > request.now + LONGEST_HOLD:
        raise Refused(_("A hold lasts 60 days at most. Return it to the level below instead."), DAY)
    return until


def _day_begins(request: Request, day: date) -> time:
    return calendar_of(request.mission, ()).week_on(day).start


def set_severity(request: Request) -> Answer:
    """Another severity, with the reason."""
    this = ready(request, Act.SEVERITY, request.noted(EscalationNotes).escalation)
    severity = request.fields.choice(SEVERITY)
    if severity not in set(Severity) or severity == this.severity:
        raise Refused(_("Choose another severity than the present one."), SEVERITY)
    change_severity(request, this, Severity(str(severity)), _written(request, this))
    return _done(request, this)


def merge_into(request: Request) -> Answer:
    """This one is closed and the other goes on for both."""
    this = ready(request, Act.MERGE, request.noted(EscalationNotes).escalation)
    chosen = request.fields.choice(INTO) or ""
    target = find_if_any(request, ESCALATION, chosen)
    if target is None or target.id not in {one.id for one in _merge_targets(request, this)}:
        raise Refused(_("That one cannot take this in any more. Choose another."), INTO)
    into = ready(request, Act.DECIDE, target.id)
    merge(request, this, into)
    return _done(request, this, into)


def record_own_line(request: Request) -> Answer:
    """The humanitarian coordinator or the human-rights adviser went to their own line: that it was done, no text."""
    this = ready(request, Act.OWN_LINE, request.noted(EscalationNotes).escalation)
    day, reference = request.fields.day(DAY), request.fields.text(REFERENCE)
    today = request.today
    if day is None or day > today:
        raise Refused(_("Choose the day on which it was sent."), DAY)
    if not reference or len(reference) > REFERENCE_LENGTH:
        raise Refused(_("Give the reference under which it can be found."), REFERENCE)
    at = local_moment(day, _day_begins(request, day), request.zone) if day < today else request.now
    note(request, this, ActKind.OWN_LINE, line=_own_line(request), sent_at=at.isoformat(), reference=reference)
    return Answer(close_all=True)
