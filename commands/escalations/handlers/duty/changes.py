"""Changing who is on duty: shifts, hand-over, stand-ins."""

from __future__ import annotations

from datetime import date, datetime, time

from commands.escalations.handlers.duty.checks import check_people, check_span, entered_span, lock, today
from commands.escalations.handlers.duty.messages import correct_duties, tell_off_duty, tell_on_duty
from commands.escalations.handlers.duty.overview import ahead, own_shifts, roster_view
from commands.escalations.handlers.duty.roster import read_roster
from commands.escalations.rules.duty import (
    AT,
    EVERY_FIELD,
    FIRST,
    LAST,
    PEOPLE,
    PERSON,
    SHIFT,
    EnteredRotation,
    EnteredSpan,
    rotation_problems,
    shift_in_the_way,
)
from commands.escalations.rules.roster import Rotation, TurnKind
from commands.escalations.views.duty.forms import hand_over_form, rotation_form, stand_in_form
from commands.escalations.views.duty.overview import span_text
from commands.kit.dates import calendar_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.times.local import local_texts
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.duty import DutyTurn, get_turn, turns_after
from storage.subjects import number


def open_rotation(request: Request) -> Answer:
    """The form for shifts."""
    begins = calendar_of(request.mission, ()).week_on(today(request)).start
    return opened(request, rotation_form(today(request), begins, request.now, request.zone))


def open_hand_over(request: Request) -> Answer:
    """The form for handing over, for whoever has a shift."""
    mine = own_shifts(read_roster(request), request.who.user_id, request.now)
    if not mine:
        raise Refused(_("You have no shift to hand over."))
    return opened(request, hand_over_form(mine, request.zone, request.now))


def open_stand_in(request: Request) -> Answer:
    """The form for a stand-in."""
    return opened(request, stand_in_form(request.now, request.zone))


def save_rotation(request: Request) -> Answer:
    """Add shifts, unless one of them overlaps with the roster."""
    lock(request)
    fields = request.fields
    every = number(fields.choice(EVERY_FIELD)) or 1
    entered = EnteredRotation(
        tuple(fields.people(PEOPLE)), fields.day(FIRST), fields.day(LAST), every, fields.time_of_day(AT)
    )
    problems = rotation_problems(entered, today(request))
    if problems:
        raise RefusedFields(problems)
    check_people(request, entered.people, PEOPLE)
    rotation = Rotation(
        entered.people, entered.first or date.max, entered.last or date.max, every, entered.at or time(), request.zone
    )
    met = shift_in_the_way(rotation, ahead(read_roster(request), request.now))
    if met is not None:
        span = span_text(met.starts_at, met.ends_at, request.zone)
        text = _("This overlaps with a shift that is entered: {span}. Take that away first, or enter other days.")
        raise Refused(text.format(span=span), FIRST)
    made = [_add_turn(request, *span, TurnKind.SHIFT) for span in rotation.spans()]
    request.record("duty.shifts", ("mission", request.mission.id), people=list(entered.people), shifts=len(made))
    tell_on_duty(request, made)
    return Answer(update=roster_view(request, _("The shifts are entered.")))


def save_hand_over(request: Request) -> Answer:
    """Give one's shift, from now on, to somebody else."""
    lock(request)
    mine = {str(turn.id): turn for turn in own_shifts(read_roster(request), request.who.user_id, request.now)}
    turn = mine.get(request.fields.choice(SHIFT) or "")
    if turn is None:
        raise Refused(_("This shift is not yours any more. Open the roster again."), SHIFT)
    person = request.fields.person(PERSON)
    if person == request.who.user_id:
        raise Refused(_("That is you. Choose somebody else."), PERSON)
    check_span(request, EnteredSpan(person, max(turn.starts_at, request.now), turn.ends_at))
    return _stand_in(request, person or "", max(turn.starts_at, request.now), turn.ends_at, TurnKind.HAND_OVER)


def save_stand_in(request: Request) -> Answer:
    """Put somebody before the roster for a while."""
    lock(request)
    entered = entered_span(request)
    check_span(request, entered)
    return _stand_in(
        request,
        entered.person or "",
        entered.starts_at or request.now,
        entered.ends_at or request.now,
        TurnKind.STAND_IN,
    )


def _stand_in(request: Request, person: str, starts_at: datetime, ends_at: datetime, kind: TurnKind) -> Answer:
    freed = [turn.person for turn in read_roster(request).turns if turn.meets(starts_at, ends_at)]
    made = _add_turn(request, person, starts_at, ends_at, kind)
    request.record(f"duty.{kind}", ("duty_turn", made.id), person=person)
    met = [one for one in turns_after(request.session, request.mission.id, starts_at) if one.starts_at < ends_at]
    correct_duties(request, [one.id for one in met if one.id != made.id])
    tell_on_duty(request, [made])
    tell_off_duty(request, made, [one for one in dict.fromkeys(freed) if one != person])
    return Answer(update=roster_view(request, _("Saved. Those concerned are told.")))


def take_turn_away(request: Request) -> Answer:
    """Take a shift or a stand-in off the roster; the part of it that is past stays on record."""
    lock(request)
    turn = get_turn(request.session, request.mission.id, number(request.value))
    if turn is None or turn.ends_at <= request.now:
        return opened(request, roster_view(request, _("That was taken away already.")))
    tell_off_duty(request, turn, [turn.user_id])
    request.record("duty.removed", ("duty_turn", turn.id), person=turn.user_id, kind=turn.kind)
    if turn.starts_at >= request.now:
        request.session.delete(turn)
    else:
        turn.ends_at = request.now
    request.session.flush()
    correct_duties(request, [number(request.value)])
    return opened(request, roster_view(request, _("Taken away.")))


def _add_turn(request: Request, person: str, starts_at: datetime, ends_at: datetime, kind: TurnKind) -> DutyTurn:
    turn = DutyTurn(
        mission_id=request.mission.id,
        user_id=person,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind.value,
        local_times=local_texts(request.zone, starts_at=starts_at, ends_at=ends_at),
        entered_by=request.who.user_id,
        entered_at=request.now,
    )
    request.session.add(turn)
    request.session.flush()
    return turn
