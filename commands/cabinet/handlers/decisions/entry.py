"""Recording a decision: who owns it, by when, whom it binds; and the reservations entered to it."""

from __future__ import annotations

from commands.cabinet.handlers.access import DECISION, ITEM
from commands.cabinet.handlers.actions.life import begin_action
from commands.cabinet.handlers.actions.owners import due_text, owner_trouble, usual_due
from commands.cabinet.handlers.changes import decision_changed
from commands.cabinet.handlers.decisions.cards import entry_of
from commands.cabinet.handlers.decisions.silence import ask_absent
from commands.cabinet.handlers.meetings.attendance import read_roll
from commands.cabinet.handlers.meetings.items import allow, settle, the_form
from commands.cabinet.handlers.series.seats import member_agencies
from commands.cabinet.handlers.things import series_of
from commands.cabinet.rules.deciding import Outcome
from commands.cabinet.rules.quorum import presence_of
from commands.cabinet.rules.silence import decision_state
from commands.cabinet.views.decisions.cards import (
    BOUND,
    DUE,
    OWNER,
    OWNER_AGENCY,
    RESERVATION,
    TEXT,
    decision_form,
    reservation_form,
)
from commands.cabinet.views.meetings.attendance import Roll
from commands.cabinet.views.notes import DecisionNotes, ReservationNotes
from commands.kit.access import find
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened
from storage.agencies import Agency, agencies_by_id, get_agency
from storage.cabinet.actions import Action
from storage.cabinet.attendance import Presence
from storage.cabinet.decisions import Answered, Binding, Decision, Reservation, next_number
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.letters import folded
from storage.people import Role

RESERVING = (Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER)


def open_decision(request: Request, item: Item, *, text: str = "", link: str = "", came_from: str = "run") -> Answer:
    """The form that records a decision on an item."""
    meeting = allow(request, item, Outcome.DECIDE)
    _refuse_without_quorum(read_roll(request, meeting), request)
    agency = get_agency(request.session, request.mission.id, item.owner_agency_id) if item.owner_agency_id else None
    form = decision_form(item, usual_due(request), text=text, link=link, came_from=came_from, owner_agency=agency)
    return opened(request, form)


def _refuse_without_quorum(roll: Roll, request: Request) -> None:
    if not roll.quorum.is_reached:
        raise Refused(
            _(
                "There is no quorum: {represented} of {members} member agencies are represented, {needed} are needed. "
                "Record attendance with {command}, or defer the item."
            ).format(
                represented=roll.quorum.represented,
                members=roll.quorum.members,
                needed=roll.quorum.needed,
                command=f"`{request.command('cabinet')} attend`",
            )
        )


def take_decision(request: Request) -> Answer:
    """The decision is recorded; absent agencies are asked; its owner has an action."""
    item = find(request, ITEM, request.noted(DecisionNotes).item)
    meeting = allow(request, item, Outcome.DECIDE)
    roll = read_roll(request, meeting)
    _refuse_without_quorum(roll, request)
    decision = _read_decision(request, item, meeting)
    bound = _bound(request, meeting)
    request.session.add(decision)
    request.session.flush()
    absent = _bind(request, decision, bound, roll)
    ask_absent(request, decision, absent)
    settle(request, item, Outcome.DECIDE, "")
    _conclude(request, decision, [*absent], bound)
    _make_its_action(request, decision)
    request.record("decision.record", ("decision", decision.id), reference=decision.reference, bound=len(bound))
    decision_changed(request, decision)
    return (
        Answer(update=the_form(request, meeting)) if request.noted(DecisionNotes).came_from == "run" else NOTHING_TO_SAY
    )


def _conclude(request: Request, decision: Decision, absent: list[Binding], bound: list[Agency]) -> None:
    states = [one.state for one in absent] + [Answered.PRESENT.value] * (len(bound) - len(absent))
    decision.state = decision_state(states)
    decision.stood_at = None if absent else request.now


def _bind(request: Request, decision: Decision, bound: list[Agency], roll: Roll) -> list[Binding]:
    """Write down whom it binds. Returns those that were not represented."""
    bindings = []
    for agency in bound:
        represented = presence_of(roll.attendance, agency.id) is Presence.REPRESENTED
        state = Answered.PRESENT if represented else Answered.UNREACHED
        bindings.append(
            Binding(
                mission_id=request.mission.id,
                decision_id=decision.id,
                agency_id=agency.id,
                state=state,
                asked=[],
                reason="",
            )
        )
    request.session.add_all(bindings)
    request.session.flush()
    return [one for one in bindings if one.state != Answered.PRESENT]


def _bound(request: Request, meeting: Meeting) -> list[Agency]:
    chosen = [int(value) for value in request.fields.choices(BOUND)]
    if not chosen:
        return member_agencies(request, series_of(request, meeting), people=False)
    found = agencies_by_id(request.session, request.mission.id, chosen, people=False)
    return sorted(found.values(), key=lambda agency: agency.code_key)


def _read_decision(request: Request, item: Item, meeting: Meeting) -> Decision:
    wrong: dict[str, str] = {}
    text, due = request.fields.text(TEXT), request.fields.day(DUE)
    owner, agency_id = request.fields.person(OWNER), request.fields.choice(OWNER_AGENCY)
    if not text:
        wrong[TEXT] = _("Write down what is decided.")
    if trouble := due_text(request, due):
        wrong[DUE] = trouble
    if owner is None:
        wrong[OWNER] = _("Name the one person who is accountable.")
    elif trouble := owner_trouble(request, owner, item.handling):
        wrong[OWNER] = trouble
    agency = get_agency(request.session, request.mission.id, int(agency_id)) if agency_id else None
    if agency is None:
        wrong[OWNER_AGENCY] = _("Name the one agency that is accountable.")
    if wrong or due is None or owner is None or agency is None:
        raise RefusedFields(wrong)
    year = request.now.astimezone(request.zone).year
    return Decision(
        mission_id=request.mission.id,
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        item_id=item.id,
        year=year,
        number=next_number(request.session, request.mission.id, year),
        text=text,
        text_key=folded(f"{item.title}\n{text}"),
        owner=owner,
        owner_agency_id=agency.id,
        due_on=due,
        state="stands",
        handling=item.handling,
        source_link=request.noted(DecisionNotes).link,
        decided_by=request.who.user_id,
        decided_at=request.now,
    )


def _make_its_action(request: Request, decision: Decision) -> None:
    begin_action(
        request,
        Action(
            mission_id=request.mission.id,
            series_id=decision.series_id,
            meeting_id=decision.meeting_id,
            item_id=decision.item_id,
            decision_id=decision.id,
            carries_out=True,
            text=decision.text,
            owner=decision.owner,
            owner_agency_id=decision.owner_agency_id,
            due_on=decision.due_on,
            handling=decision.handling,
        ),
    )


def open_reservation(request: Request) -> Answer:
    """The form of a reservation."""
    decision = find(request, DECISION, request.value)
    _reserving_role(request)
    return Answer(form=reservation_form(entry_of(request, decision)))


def _reserving_role(request: Request) -> Role:
    role = next((role for role in RESERVING if request.who.has(role)), None)
    if role is None:
        raise Refused(_("Only the humanitarian coordinator and the human-rights adviser can enter a reservation."))
    return role


def take_reservation(request: Request) -> Answer:
    """A reservation stands with the decision from now on, for ever."""
    decision = find(request, DECISION, request.noted(ReservationNotes).decision, lock=True)
    role = _reserving_role(request)
    text = request.fields.text(RESERVATION)
    if not text:
        raise Refused(_("Write the reservation."), RESERVATION)
    request.session.add(
        Reservation(
            mission_id=request.mission.id,
            decision_id=decision.id,
            role=role,
            text=text,
            entered_by=request.who.user_id,
            entered_at=request.now,
        )
    )
    request.session.flush()
    request.record("decision.reserve", ("decision", decision.id), role=role.value)
    decision_changed(request, decision)
    return NOTHING_TO_SAY
