"""Recording a decision: who owns it, by when, whom it binds; and the reservations entered to it."""

from __future__ import annotations

from commands.cabinet.handlers.acting import begin_action
from commands.cabinet.handlers.attendance import read_roll
from commands.cabinet.handlers.decision_cards import entry_of, show_decision
from commands.cabinet.handlers.owners import due_text, owner_trouble, usual_due
from commands.cabinet.handlers.running import allow, settle, the_form
from commands.cabinet.handlers.silence import ask_absent
from commands.cabinet.handlers.which import decision_of, item_of, members_of, opened, series_of
from commands.cabinet.rules.deciding import Outcome
from commands.cabinet.rules.quorum import presence_of
from commands.cabinet.rules.silence import decision_state
from commands.cabinet.views.attendance import Roll
from commands.cabinet.views.decisions import (
    BOUND,
    DUE,
    OWNER,
    OWNER_AGENCY,
    RESERVATION,
    TEXT,
    decision_form,
    reservation_form,
)
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.agencies import Agency, agencies_by_id, get_agency
from storage.cabinet_actions import Action
from storage.cabinet_attendance import Presence
from storage.cabinet_items import Item
from storage.cabinet_meetings import Meeting
from storage.cabinet_records import Answered, Binding, Decision, Reservation, next_number
from storage.people import Role

RESERVING = (Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER)


def open_decision(ask: Ask, item: Item, *, text: str = "", link: str = "", came_from: str = "run") -> Answer:
    """The form that records a decision on an item."""
    meeting = allow(ask, item, Outcome.DECIDE)
    _refuse_without_quorum(read_roll(ask, meeting), ask)
    agency = get_agency(ask.session, ask.mission.id, item.owner_agency_id) if item.owner_agency_id else None
    form = decision_form(item, usual_due(ask), text=text, link=link, came_from=came_from, owner_agency=agency)
    return opened(ask, form)


def _refuse_without_quorum(roll: Roll, ask: Ask) -> None:
    if not roll.quorum.is_reached:
        raise Refused(
            _(
                "There is no quorum: {represented} of {members} member agencies are represented, {needed} are needed. "
                "Record attendance with {command}, or defer the item."
            ).format(
                represented=roll.quorum.represented,
                members=roll.quorum.members,
                needed=roll.quorum.needed,
                command=f"`{ask.command('cabinet')} attend`",
            )
        )


def take_decision(ask: Ask) -> Answer | None:
    """The decision is recorded; absent agencies are asked; its owner has an action."""
    item = item_of(ask, ask.notes.get("item"))
    meeting = allow(ask, item, Outcome.DECIDE)
    roll = read_roll(ask, meeting)
    _refuse_without_quorum(roll, ask)
    decision = _read_decision(ask, item, meeting)
    bound = _bound(ask, meeting)
    ask.session.add(decision)
    ask.session.flush()
    absent = _bind(ask, decision, bound, roll)
    ask_absent(ask, decision, absent)
    settle(ask, item, Outcome.DECIDE, "")
    _conclude(ask, decision, [*absent], bound)
    _make_its_action(ask, decision)
    ask.record("decision.record", ("decision", decision.id), reference=decision.reference, bound=len(bound))
    show_decision(ask, decision)
    return Answer(update=the_form(ask, meeting)) if ask.notes.get("from") == "run" else None


def _conclude(ask: Ask, decision: Decision, absent: list[Binding], bound: list[Agency]) -> None:
    states = [one.state for one in absent] + [Answered.PRESENT.value] * (len(bound) - len(absent))
    decision.state = decision_state(states)
    decision.stood_at = None if absent else ask.now


def _bind(ask: Ask, decision: Decision, bound: list[Agency], roll: Roll) -> list[Binding]:
    """Write down whom it binds. Returns those that were not represented."""
    bindings = []
    for agency in bound:
        represented = presence_of(roll.attendance, agency.id) is Presence.REPRESENTED
        state = Answered.PRESENT if represented else Answered.UNREACHED
        bindings.append(
            Binding(
                mission_id=ask.mission.id,
                decision_id=decision.id,
                agency_id=agency.id,
                state=state,
                asked=[],
                reason="",
            )
        )
    ask.session.add_all(bindings)
    ask.session.flush()
    return [one for one in bindings if one.state != Answered.PRESENT]


def _bound(ask: Ask, meeting: Meeting) -> list[Agency]:
    chosen = [int(value) for value in ask.fields.choices(BOUND)]
    if not chosen:
        return members_of(ask, series_of(ask, meeting))
    found = agencies_by_id(ask.session, ask.mission.id, chosen)
    return sorted(found.values(), key=lambda agency: agency.code_key)


def _read_decision(ask: Ask, item: Item, meeting: Meeting) -> Decision:
    wrong: dict[str, str] = {}
    text, due = ask.fields.text(TEXT), ask.fields.day(DUE)
    owner, agency_id = ask.fields.person(OWNER), ask.fields.choice(OWNER_AGENCY)
    if not text:
        wrong[TEXT] = _("Write down what is decided.")
    if trouble := due_text(ask, due):
        wrong[DUE] = trouble
    if owner is None:
        wrong[OWNER] = _("Name the one person who is accountable.")
    elif trouble := owner_trouble(ask, owner, item.handling):
        wrong[OWNER] = trouble
    agency = get_agency(ask.session, ask.mission.id, int(agency_id)) if agency_id else None
    if agency is None:
        wrong[OWNER_AGENCY] = _("Name the one agency that is accountable.")
    if wrong or due is None or owner is None or agency is None:
        raise RefusedFields(wrong)
    year = ask.now.astimezone(ask.zone).year
    return Decision(
        mission_id=ask.mission.id,
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        item_id=item.id,
        year=year,
        number=next_number(ask.session, ask.mission.id, year),
        text=text,
        text_key=f"{item.title}\n{text}".casefold(),
        owner=owner,
        owner_agency_id=agency.id,
        due_on=due,
        state="stands",
        handling=item.handling,
        source_link=str(ask.notes.get("link") or ""),
        decided_by=ask.who.user_id,
        decided_at=ask.now,
    )


def _make_its_action(ask: Ask, decision: Decision) -> None:
    begin_action(
        ask,
        Action(
            mission_id=ask.mission.id,
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


def open_reservation(ask: Ask) -> Answer:
    """The form of a reservation."""
    decision = decision_of(ask, ask.value)
    _reserving_role(ask)
    return Answer(form=reservation_form(entry_of(ask, decision)))


def _reserving_role(ask: Ask) -> Role:
    role = next((role for role in RESERVING if ask.who.has(role)), None)
    if role is None:
        raise Refused(_("Only the humanitarian coordinator and the human-rights adviser can enter a reservation."))
    return role


def take_reservation(ask: Ask) -> None:
    """A reservation stands with the decision from now on, for ever."""
    decision = decision_of(ask, ask.notes.get("decision"))
    role = _reserving_role(ask)
    text = ask.fields.text(RESERVATION)
    if not text:
        raise Refused(_("Write the reservation."), RESERVATION)
    ask.session.add(
        Reservation(
            mission_id=ask.mission.id,
            decision_id=decision.id,
            role=role,
            text=text,
            entered_by=ask.who.user_id,
            entered_at=ask.now,
        )
    )
    ask.session.flush()
    ask.record("decision.reserve", ("decision", decision.id), role=role.value)
    show_decision(ask, decision)
