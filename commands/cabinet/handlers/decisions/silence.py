"""The silence procedure: absent agencies are asked, answer or stay silent, and the decision stands or does not."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.access import BINDING, DECISION, MEETING
from commands.cabinet.handlers.agenda.carry_over import carry_over
from commands.cabinet.handlers.changes import answer_changed, decision_changed
from commands.cabinet.handlers.decisions.cards import (
    entry_of,
    show_silence,
    silence_subject,
    speakers_of,
)
from commands.cabinet.handlers.things import decision_of, series_of
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.silence import Reply, after_reply, after_silence, decision_state, silence_ends
from commands.cabinet.views.decisions.cards import Entry
from commands.cabinet.views.decisions.silence import (
    REASON,
    object_form,
    objection_card,
    silence_card,
    unasked_card,
)
from commands.cabinet.views.notes import ObjectionNotes
from commands.kit.access import find, may, note_shown
from commands.kit.dates import read_calendar
from commands.kit.permission import waits_text
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.times.polite import own_calendar, polite_moment
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from storage.agencies import Agency, agencies_by_id
from storage.cabinet.decisions import (
    RUNNING,
    Answered,
    Binding,
    Decision,
    DecisionState,
    bindings_of,
    get_binding,
    get_decision,
    lock_decision,
    running_bindings,
)
from storage.outbox import Sent
from storage.people import people_of
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer

# What hears whether a question to an absent agency arrived.
ASKED = "cabinet:asked"


def ask_absent(work: Work, decision: Decision, absent: list[Binding]) -> None:
    """Start the silence procedure of a decision for the agencies that were not there."""
    entry = entry_of(work, decision, people=True)
    series = series_of(work, entry.meeting)
    calendar = read_calendar(work)
    for binding in absent:
        agency = entry.agencies[binding.agency_id]
        binding.asked = speakers_of(work, agency, decision.handling)
        if not binding.asked:
            binding.state = Answered.UNREACHED
            continue
        binding.state = Answered.ASKED
        binding.asked_at = calendar.next_working(work.now)
        binding.due_at = silence_ends(work.now, series.silence_hours, calendar, working=series.silence_working)
        _set_clock(work, binding)
    work.session.flush()
    for binding in absent:
        _send(work, entry, binding)
    _tell_of_unasked(work, entry, [entry.agencies[one.agency_id] for one in absent if not one.asked])


def _tell_of_unasked(work: Work, entry: Entry, agencies: Sequence[Agency]) -> None:
    """Agencies have people, but none of them may be asked: the secretary names somebody who may, and asks again."""
    codes = [agency.code for agency in agencies if agency.people]
    if codes:
        with work.speaking_to(entry.meeting.secretary):
            card = unasked_card(entry, codes, work.command)
        tell(work, entry.meeting.secretary, card, key=Key.of("unasked", entry.decision.id))


def _send(work: Work, entry: Entry, binding: Binding) -> None:
    calendar = read_calendar(work)
    known = people_of(work.session, work.mission.id, binding.asked)
    for user in binding.asked:
        # Their morning, unless that would leave them no time of the procedure.
        own = own_calendar(calendar, known.get(user))
        when = polite_moment(work.now, own, before=binding.due_at or work.now)
        subject = silence_subject(binding, user)
        with work.speaking_to(user):
            card = silence_card(entry, binding)
        tell(
            work, user, card, key=Key.of(subject, str(binding.due_at)), subject=subject, not_before=when, on_done=ASKED
        )


def delivered(work: Work, subject: Subject, _outcome: Sent) -> None:
    """Slack took the question: an agency that could not be asked before has its time from now on."""
    binding, decision, user = _asked(work, subject)
    if binding is None or decision is None or binding.state != Answered.UNREACHED or user in binding.asked:
        return
    series = series_of(work, entry_of(work, decision).meeting)
    binding.asked, binding.state, binding.asked_at = [user], Answered.ASKED, work.now
    binding.due_at = silence_ends(work.now, series.silence_hours, read_calendar(work), working=series.silence_working)
    _set_clock(work, binding)
    conclude(work, decision, binding)


def not_delivered(work: Work, subject: Subject, reason: str) -> None:
    """Slack refused the question for good: silence of somebody who was never asked is no consent."""
    binding, decision, user = _asked(work, subject)
    if binding is None or decision is None or binding.state not in RUNNING:
        return
    binding.asked = [one for one in binding.asked if one != user]
    work.record("silence.not-delivered", ("decision", decision.id), agency=binding.agency_id, reason=reason)
    if not binding.asked:
        binding.state = Answered.UNREACHED
        cancel_timers(work.session, work.mission.id, Subject.of("silence", binding.id))
    conclude(work, decision, binding)


def _asked(work: Work, subject: Subject) -> tuple[Binding | None, Decision | None, str]:
    """What a question was about, held, and who was asked."""
    binding = get_binding(work.session, work.mission.id, subject.number())
    decision = lock_decision(work.session, work.mission.id, binding.decision_id) if binding else None
    return binding, decision, subject.ids[1]


def _set_clock(work: Work, binding: Binding) -> None:
    assert binding.due_at is not None
    set_timer(
        work.session,
        work.mission.id,
        key=Key.of("silence", binding.id, binding.due_at),
        verb="cabinet:silence",
        subject=Subject.of("silence", binding.id),
        due_at=binding.due_at,
    )


def agree(request: Request) -> Answer:
    """No objection."""
    _reply(request, request.value, Reply.AGREE, "")
    return NOTHING_TO_SAY


def more_time(request: Request) -> Answer:
    """The agency needs more time: once, as long again."""
    _reply(request, request.value, Reply.MORE_TIME, "")
    return NOTHING_TO_SAY


def open_objection(request: Request) -> Answer:
    """The form that asks for the reason."""
    binding, decision = _found(request, request.value)
    _refuse_strangers(request, decision, binding)
    if binding.state not in RUNNING:
        raise Refused(_over(binding))
    return Answer(form=object_form(entry_of(request, decision), binding))


def take_objection(request: Request) -> Answer:
    """The agency objects: the decision does not stand for it, and comes back to the cabinet."""
    reason = request.fields.text(REASON)
    if not reason:
        raise Refused(_("Say why; the cabinet has to answer it."), REASON)
    _reply(request, request.noted(ObjectionNotes).binding, Reply.OBJECT, reason)
    return NOTHING_TO_SAY


def _reply(request: Request, binding_id: object, reply: Reply, reason: str) -> None:
    binding, decision = _found(request, binding_id)
    _refuse_strangers(request, decision, binding)
    state = after_reply(Answered(binding.state), reply)
    if state is None:
        raise Refused(_over(binding))
    binding.state, binding.reason = state, reason
    binding.answered_by, binding.answered_at = request.who.user_id, request.now
    request.record(f"silence.{reply.value}", ("decision", decision.id), agency=binding.agency_id)
    cancel_timers(request.session, request.mission.id, Subject.of("silence", binding.id))
    if state is Answered.MORE_TIME and binding.due_at is not None:
        series = series_of(request, entry_of(request, decision).meeting)
        calendar = read_calendar(request)
        binding.due_at = silence_ends(binding.due_at, series.silence_hours, calendar, working=series.silence_working)
        _set_clock(request, binding)
    conclude(request, decision, binding)
    if state is Answered.OBJECTED:
        _tell_leads(request, decision, binding)
        carry_over(request, entry_of(request, decision).meeting.series_id)


def _found(request: Request, binding_id: object) -> tuple[Binding, Decision]:
    """What binds an agency, with its decision, held for an answer. Raises Refused."""
    binding = find(request, BINDING, binding_id)
    decision = decision_of(request, binding, lock=True)
    note_shown(request, DECISION, [decision])
    return binding, decision


def _refuse_strangers(request: Request, decision: Decision, binding: Binding) -> None:
    agency = agencies_by_id(request.session, request.mission.id, [binding.agency_id])[binding.agency_id]
    if request.who.user_id in speakers_of(request, agency, decision.handling):
        return
    if agency.id in request.who.waiting_agencies:
        raise Refused(waits_text(agency.code))
    raise Refused(_("Only the head of {agency} or an alternate can answer for it.").format(agency=agency.code))


def _over(binding: Binding) -> str:
    if binding.state == Answered.SILENT:
        return _("The time is over: silence counted as no objection. Propose an item if it must come back.")
    return _("Your agency has answered already.")


def end_silence(work: Work, subject: Subject) -> None:
    """The time of a silence procedure is over."""
    binding = get_binding(work.session, work.mission.id, subject.number())
    decision = lock_decision(work.session, work.mission.id, binding.decision_id) if binding else None
    if binding is None or decision is None:
        return
    work.session.refresh(binding)
    state = after_silence(Answered(binding.state))
    if state == binding.state or binding.due_at is None or binding.due_at > work.now:
        return
    binding.state = state
    work.record("silence.stands", ("decision", decision.id), agency=binding.agency_id)
    conclude(work, decision, binding)


def conclude(work: Work, decision: Decision, binding: Binding) -> None:
    """Bring a decision and what is shown of it up to date after an answer or its absence."""
    work.session.flush()
    states = [one.state for one in bindings_of(work.session, [decision.id])[decision.id]]
    state: DecisionState = decision_state(states)
    if decision.state != state:
        decision.state, decision.stood_at = state, work.now if state is DecisionState.STANDS else None
        work.record(f"decision.{state.value}", ("decision", decision.id))
    answer_changed(work, binding)


def follow_agency(work: Work, subject: Subject) -> None:
    """An agency's people changed: who does not speak for it any more is offered no answer."""
    for binding in running_bindings(work.session, work.mission.id, subject.number()):
        decision = get_decision(work.session, work.mission.id, binding.decision_id)
        if decision is not None:
            show_silence(work, entry_of(work, decision, people=True), binding)


def _tell_leads(work: Work, decision: Decision, binding: Binding) -> None:
    entry = entry_of(work, decision)
    for user in sorted({entry.meeting.chair, entry.meeting.secretary}):
        with work.speaking_to(user):
            tell(work, user, objection_card(entry, binding), key=Key.of("objection", binding.id, user))


def ask_again(request: Request) -> Answer:
    """An agency that nobody could be asked for has somebody now."""
    binding, decision = _found(request, request.value)
    entry = entry_of(request, decision)
    if not may(request, request.who, MEETING, entry.meeting, Act.RECORD):
        raise Refused(_("Only the chair and the secretary of the meeting can ask again."))
    if binding.state != Answered.UNREACHED:
        raise Refused(_("This agency has been asked already."))
    ask_absent(request, decision, [binding])
    if binding.state == Answered.UNREACHED:
        agency = entry.agencies[binding.agency_id].code
        raise Refused(
            _("{agency} still has nobody to ask. Give it a head with {command}.").format(
                agency=agency, command=f"`{request.command('agency')} focal {agency}`"
            )
        )
    decision_changed(request, decision)
    return NOTHING_TO_SAY
