"""An ad-hoc round: one form, a look at what was asked already, and it is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from commands.kit.access import readable
from commands.kit.dates import WorkCalendar
from commands.kit.entry.drafts import UnreadableDraftError, drop_draft, load_draft, save_draft
from commands.kit.handling import Handling
from commands.kit.refused import Refused, RefusedFields
from commands.kit.similar.likeness import LOOK_BACK, Asked, alike
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.updates.handlers.access import RETURN, ROUND
from commands.updates.handlers.facts import facts_for
from commands.updates.handlers.life import begin
from commands.updates.rules.access import Act
from commands.updates.rules.audience import chosen
from commands.updates.rules.drafting import (
    AUDIENCE,
    CHANNEL,
    DAY,
    HANDLING,
    QUESTIONS,
    TIME,
    TITLE,
    Facts,
    RoundEntry,
    check_audience,
    check_channel,
    check_due,
    check_questions,
    check_title,
    due_moment,
)
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from commands.updates.rules.questions import Question, items_for, questions_of
from commands.updates.views.adhoc import Earlier, adhoc_form, already_asked_form, begun_card
from commands.updates.views.audience import offered
from storage.agencies import all_agencies
from storage.updates.returns import Return, ReturnState, returns_of, returns_of_rounds
from storage.updates.rounds import Round, rounds_since

FORM = "round"
DIGEST_AFTER = timedelta(minutes=15)


def open_form(request: Request) -> Answer:
    """The form, with what was left in it last time."""
    note = ""
    entry = RoundEntry(channel=request.mission.cabinet_channel)
    try:
        kept = load_draft(request, FORM, RoundEntry)
        if kept is not None:
            entry, note = kept, _("This is what you entered last time.")
    except UnreadableDraftError as odd:
        note = odd.text
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return Answer(form=adhoc_form(entry, agencies, request.mission.zone, note))


def _entered(request: Request) -> RoundEntry:
    fields = request.fields
    return RoundEntry(
        title=fields.text(TITLE),
        questions=fields.text(QUESTIONS),
        audience=tuple(fields.choices(AUDIENCE)),
        day=fields.day(DAY),
        time=fields.time_of_day(TIME),
        channel=fields.channel(CHANNEL),
        handling=Handling(fields.choice(HANDLING) or Handling.UNCLASSIFIED),
    )


def keep(request: Request) -> Answer:
    """Somebody types: what was entered waits for the next time, even when the form never comes back."""
    save_draft(request, FORM, _entered(request))
    return NOTHING_TO_SAY


def take(request: Request) -> Answer:
    """The form was sent: show what was asked already, or begin."""
    entry = _entered(request)
    facts = facts_for(request, entry)
    _refuse_mistakes(entry, facts)
    save_draft(request, FORM, entry)
    earlier = _already_asked(request, entry, facts)
    if earlier:
        return Answer(form=already_asked_form(earlier, request.zone))
    return _begin(request, entry, facts)


def take_anyway(request: Request) -> Answer:
    """Somebody saw what was asked already and asks anyway."""
    entry = load_draft(request, FORM, RoundEntry)
    if entry is None:
        raise Refused(_("This round is under way already."))
    facts = facts_for(request, entry)
    _refuse_mistakes(entry, facts)
    return _begin(request, entry, facts)


def _refuse_mistakes(entry: RoundEntry, facts: Facts) -> None:
    mistakes = {
        **check_title(entry),
        **check_questions(entry),
        **check_audience(entry, facts),
        **check_due(entry, facts),
        **check_channel(entry, facts),
    }
    if mistakes:
        raise RefusedFields(mistakes)


def _already_asked(request: Request, entry: RoundEntry, facts: Facts) -> list[Earlier]:
    """Questions alike that were put to these agencies in the last days, with their answers."""
    rounds = {
        this.id: this
        for this in readable(request, ROUND, rounds_since(request.session, request.mission.id, request.now - LOOK_BACK))
    }
    codes = {agency.id: agency.code for agency in chosen(entry.audience, facts.agencies)}
    returns = readable(request, RETURN, returns_of_rounds(request.session, rounds), Act.READ_TEXT)
    returns = [one for one in returns if one.agency_id in codes]
    asked = {number: frozenset(one.agency_id for one in returns if one.round_id == number) for number in rounds}
    earlier = [
        Asked((this.id, one), one.text, this.opens_at, asked[this.id])
        for this in rounds.values()
        for one in questions_of(this.questions)
    ]
    new = read_lines(entry.questions)
    found = alike([one.text for one in new], list(codes), earlier, request.now)
    return [
        _earlier(like.earlier.what[1], new[like.new], rounds[like.earlier.what[0]], returns, codes) for like in found
    ]


def _earlier(
    question: Question, new: Question, this: Round, returns: Sequence[Return], codes: dict[int, str]
) -> Earlier:
    answers = [
        (codes[one.agency_id], item, one.answers[item.key])
        for one in returns
        if one.round_id == this.id and one.state == ReturnState.SUBMITTED
        for item in items_for([question], one.sectors)
        if item.key in one.answers
    ]
    return Earlier(this, question, new, answers)


def _begin(request: Request, entry: RoundEntry, facts: Facts) -> Answer:
    this = _round(request, entry, facts.calendar, read_lines(entry.questions))
    drop_draft(request, FORM)
    begin(request, this)
    returns = returns_of(request.session, this.id)
    alone = sum(not one.has_contact for one in returns)
    return Answer(say=begun_card(this, len(returns), alone, request.zone), close_all=True)


def _round(request: Request, entry: RoundEntry, calendar: WorkCalendar, questions: Sequence[Question]) -> Round:
    due = due_moment(entry, calendar)
    if due is None:
        raise Refused(_("Choose the day and the time."), DAY)
    return Round(
        mission_id=request.mission.id,
        title=entry.title,
        questions=[question.as_json() for question in questions],
        audience=list(entry.audience),
        ladder=[step.as_json() for step in DEFAULT_LADDER],
        handling=entry.handling,
        opens_at=request.now,
        due_at=due,
        closes_at=calendar.shift_days(due, 2),
        digest_at=due + DIGEST_AFTER,
        digest_channel=entry.channel,
        created_by=request.who.user_id,
        created_at=request.now,
    )


def offer_audience(request: Request) -> Answer:
    """Whom a round can ask, for what is typed."""
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return Answer(options=tuple(offered(request.query, agencies)))
