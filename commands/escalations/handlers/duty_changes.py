"""Changing who is on duty: shifts, hand-over, stand-ins."""

from __future__ import annotations

from datetime import date, datetime, time

from commands.escalations.handlers.duty import ahead, opened, own_shifts, roster_view
from commands.escalations.handlers.duty_checks import check_people, check_span, lock, span_wish, today
from commands.escalations.handlers.duty_telling import tell_off_duty, tell_on_duty
from commands.escalations.handlers.roster import read_roster
from commands.escalations.rules.duty import (
    AT,
    EVERY_FIELD,
    FIRST,
    LAST,
    PEOPLE,
    PERSON,
    SHIFT,
    RotationWish,
    SpanWish,
    rotation_problems,
    shift_in_the_way,
)
from commands.escalations.rules.roster import Rotation, TurnKind
from commands.escalations.views.duty import span_text
from commands.escalations.views.duty_forms import hand_over_form, rotation_form, stand_in_form
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.duty import DutyTurn, get_turn


def open_rotation(ask: Ask) -> Answer:
    """The form for shifts."""
    return opened(ask, rotation_form(today(ask), ask.mission.work_start, ask.now, ask.zone))


def open_hand_over(ask: Ask) -> Answer:
    """The form for handing over, for whoever has a shift."""
    mine = own_shifts(read_roster(ask), ask.who.user_id, ask.now)
    if not mine:
        raise Refused(_("You have no shift to hand over."))
    return opened(ask, hand_over_form(mine, ask.zone, ask.now))


def open_stand_in(ask: Ask) -> Answer:
    """The form for a stand-in."""
    return opened(ask, stand_in_form(ask.now, ask.zone))


def save_rotation(ask: Ask) -> Answer:
    """Add shifts, unless one of them overlaps with the roster."""
    lock(ask)
    fields = ask.fields
    every = int(fields.choice(EVERY_FIELD) or 1)
    wish = RotationWish(
        tuple(fields.people(PEOPLE)), fields.day(FIRST), fields.day(LAST), every, fields.time_of_day(AT)
    )
    problems = rotation_problems(wish, today(ask))
    if problems:
        raise RefusedFields(problems)
    check_people(ask, wish.people, PEOPLE)
    rotation = Rotation(wish.people, wish.first or date.max, wish.last or date.max, every, wish.at or time(), ask.zone)
    met = shift_in_the_way(rotation, ahead(read_roster(ask), ask.now))
    if met is not None:
        span = span_text(met.starts_at, met.ends_at, ask.zone)
        text = _("This overlaps with a shift that is entered: {span}. Take that away first, or enter other days.")
        raise Refused(text.format(span=span), FIRST)
    made = [_add_turn(ask, *span, TurnKind.SHIFT) for span in rotation.spans()]
    ask.record("duty.shifts", ("mission", ask.mission.id), people=list(wish.people), shifts=len(made))
    tell_on_duty(ask, made)
    return Answer(update=roster_view(ask, _("The shifts are entered.")))


def save_hand_over(ask: Ask) -> Answer:
    """Give one's shift, from now on, to somebody else."""
    lock(ask)
    mine = {str(turn.id): turn for turn in own_shifts(read_roster(ask), ask.who.user_id, ask.now)}
    turn = mine.get(ask.fields.choice(SHIFT) or "")
    if turn is None:
        raise Refused(_("This shift is not yours any more. Open the roster again."), SHIFT)
    person = ask.fields.person(PERSON)
    if person == ask.who.user_id:
        raise Refused(_("That is you. Choose somebody else."), PERSON)
    check_span(ask, SpanWish(person, max(turn.starts_at, ask.now), turn.ends_at))
    return _stand_in(ask, person or "", max(turn.starts_at, ask.now), turn.ends_at, TurnKind.HAND_OVER)


def save_stand_in(ask: Ask) -> Answer:
    """Put somebody before the roster for a while."""
    lock(ask)
    wish = span_wish(ask)
    check_span(ask, wish)
    return _stand_in(ask, wish.person or "", wish.starts_at or ask.now, wish.ends_at or ask.now, TurnKind.STAND_IN)


def _stand_in(ask: Ask, person: str, starts_at: datetime, ends_at: datetime, kind: TurnKind) -> Answer:
    freed = [turn.person for turn in read_roster(ask).turns if turn.meets(starts_at, ends_at)]
    made = _add_turn(ask, person, starts_at, ends_at, kind)
    ask.record(f"duty.{kind}", ("duty_turn", made.id), person=person)
    tell_on_duty(ask, [made])
    tell_off_duty(ask, made, [one for one in dict.fromkeys(freed) if one != person])
    return Answer(update=roster_view(ask, _("Saved. Those concerned are told.")))


def take_turn_away(ask: Ask) -> Answer:
    """Take a shift or a stand-in off the roster; the part of it that is past stays on record."""
    lock(ask)
    turn = get_turn(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    if turn is None or turn.ends_at <= ask.now:
        return opened(ask, roster_view(ask, _("That was taken away already.")))
    tell_off_duty(ask, turn, [turn.user_id])
    ask.record("duty.removed", ("duty_turn", turn.id), person=turn.user_id, kind=turn.kind)
    if turn.starts_at >= ask.now:
        ask.session.delete(turn)
    else:
        turn.ends_at = ask.now
    ask.session.flush()
    return opened(ask, roster_view(ask, _("Taken away.")))


def _add_turn(ask: Ask, person: str, starts_at: datetime, ends_at: datetime, kind: TurnKind) -> DutyTurn:
    turn = DutyTurn(
        mission_id=ask.mission.id,
        user_id=person,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind.value,
        entered_by=ask.who.user_id,
        entered_at=ask.now,
    )
    ask.session.add(turn)
    ask.session.flush()
    return turn
