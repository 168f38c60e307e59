"""An ad-hoc round: one form, a look at what was asked already, and it is under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta

from commands.kit.access import readable
from commands.kit.cards import Block
from commands.kit.dates import NoWorkingTimeError, WorkCalendar, local_moment, read_calendar
from commands.kit.entry.drafts import UnreadableDraftError, drop_draft, load_draft, save_draft
from commands.kit.handling import Handling
from commands.kit.refused import Refused, RefusedFields
from commands.kit.similar.likeness import LOOK_BACK, Asked, alike
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.facts import facts_for
from commands.updates.handlers.life import begin
from commands.updates.handlers.participants import nobody_to_ask
from commands.updates.handlers.returns.shown import read_answers
from commands.updates.rules.answers import Value
from commands.updates.rules.audience import ALL, chosen
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
    all_questions,
    check_audience,
    check_channel,
    check_due,
    check_questions,
    check_title,
    due_moment,
)
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.questions import Question, items_for, questions_of
from commands.updates.views.adhoc import Ahead, Earlier, adhoc_form, confirm_form
from commands.updates.views.audience import offered
from storage.agencies import all_agencies
from storage.updates.returns import Return, returns_of_rounds
from storage.updates.rounds import Round, rounds_since

FORM = "round"
DIGEST_AFTER = timedelta(minutes=15)
DUE_AT = time(16)


def open_form(request: Request) -> Answer:
    """The form, with what was left in it last time; words behind the command are the title."""
    note = ""
    entry = _fresh(request)
    try:
        kept = load_draft(request, FORM, RoundEntry)
        if kept is not None:
            entry, note = kept, _("This is what you entered last time.")
    except UnreadableDraftError as odd:
        note = odd.text
    if request.text:
        entry = replace(entry, title=request.text)
    return Answer(form=form_of(request, entry, note))


def _fresh(request: Request) -> RoundEntry:
    """What most rounds are: everybody is asked, until the end of the next working day."""
    calendar = read_calendar(request)
    today = local_moment(request.now.astimezone(calendar.zone).date(), DUE_AT, calendar.zone)
    try:
        day = calendar.shift_days(today, 1).astimezone(calendar.zone).date()
    except NoWorkingTimeError:
        day = None
    return RoundEntry(audience=(ALL,), day=day, time=DUE_AT, channel=request.mission.cabinet_channel)


def form_of(request: Request, entry: RoundEntry, note: str = "") -> Block:
    """The form with what was entered."""
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return adhoc_form(entry, agencies, request.mission.zone, note)


def entered(request: Request) -> RoundEntry:
    """What the form holds, with the questions that were built so far."""
    fields = request.fields
    try:
        kept = load_draft(request, FORM, RoundEntry) or RoundEntry()
    except UnreadableDraftError:
        kept = RoundEntry()
    return RoundEntry(
        built=kept.built,
        used=kept.used,
        title=fields.text(TITLE),
        questions=fields.text(QUESTIONS),
        audience=tuple(fields.choices(AUDIENCE)),
        day=fields.day(DAY),
        time=fields.time_of_day(TIME),
        channel=fields.channel(CHANNEL),
        handling=Handling(fields.choice(HANDLING) or Handling.UNCLASSIFIED),
    )


def keep(request: Request) -> Answer:
    """Somebody types, or closes the form: what was entered waits for the next time, even when it never comes back."""
    if not request.fields.values:  # a form that was closed need not say what was in it
        return NOTHING_TO_SAY
    save_draft(request, FORM, entered(request))
    return NOTHING_TO_SAY


def take(request: Request) -> Answer:
    """The form was sent: show who will be asked what and when, and what was asked already, before anybody is."""
    entry = entered(request)
    facts = facts_for(request, entry)
    _refuse_mistakes(entry, facts)
    save_draft(request, FORM, entry)
    asked = chosen(entry.audience, facts.agencies)
    this = _round(request, entry, facts.calendar, all_questions(entry))
    alone = nobody_to_ask(request, asked)
    return Answer(form=confirm_form(Ahead(this, asked, alone, facts.calendar, _already_asked(request, entry, facts))))


def take_anyway(request: Request) -> Answer:
    """Somebody saw what will happen, and sends the request."""
    entry = load_draft(request, FORM, RoundEntry)
    if entry is None:
        raise Refused(_("This round is under way already."))
    facts = facts_for(request, entry)
    _refuse_mistakes(entry, facts)
    this = _round(request, entry, facts.calendar, all_questions(entry))
    drop_draft(request, FORM)
    begin(request, this)
    return Answer(close_all=True)


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
    returns = [one for one in returns_of_rounds(request.session, rounds) if one.agency_id in codes]
    asked = {number: frozenset(one.agency_id for one in returns if one.round_id == number) for number in rounds}
    earlier = [
        Asked((this.id, one), one.text, this.opens_at, asked[this.id])
        for this in rounds.values()
        for one in questions_of(this.questions)
    ]
    new = all_questions(entry)
    found = alike([one.text for one in new], list(codes), earlier, request.now)
    texts = read_answers(request, returns) if found else {}
    read = [(one, texts.get(one.id, {})) for one in returns]
    return [_earlier(like.earlier.what[1], new[like.new], rounds[like.earlier.what[0]], read, codes) for like in found]


def _earlier(
    question: Question,
    new: Question,
    this: Round,
    returns: Sequence[tuple[Return, Mapping[str, Value]]],
    codes: dict[int, str],
) -> Earlier:
    answers = [
        (codes[one.agency_id], item, texts[item.key])
        for one, texts in returns
        if one.round_id == this.id
        for item in items_for([question], one.sectors)
        if item.key in texts
    ]
    return Earlier(this, question, new, answers)


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
