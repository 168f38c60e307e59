"""The kinds of things the cabinet keeps, each loaded for a person: the facts are read here, `rules/access.py`
decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from commands.cabinet.handlers.things import (
    decision_of,
    thing_of_action,
    thing_of_decision,
    thing_of_item,
    thing_of_meeting,
    thing_of_minutes,
    thing_of_series,
)
from commands.cabinet.rules.access import Act, Thing
from commands.cabinet.rules.access import may as may_do
from commands.cabinet.rules.seats import STANDING_ROLES
from commands.kit.access import Kept, Kind, Loader
from commands.kit.cards import mention
from commands.kit.handling import Handling, may_see
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who, clearance_from, who_is
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.cabinet.actions import get_action, lock_action
from storage.cabinet.decisions import Binding, Decision, bindings_of, get_binding, get_decision, lock_decision
from storage.cabinet.items import get_item
from storage.cabinet.meetings import get_meeting, lock_meeting
from storage.cabinet.minutes import get_minutes, lock_minutes
from storage.cabinet.reading import Reader, seats_held
from storage.cabinet.series import Series, get_series, lock_series
from storage.people import Role, get_person

T = TypeVar("T", bound=Kept)


def reader_of(work: Work, who: Who) -> Reader:
    """Somebody with what decides how far they read; read once in a unit of work."""
    return work.once(("reader", who.user_id), lambda: _read(work, who))


def _read(work: Work, who: Who) -> Reader:
    clearance, roles = clearance_from(who), who.agreed_roles
    coordinates = Role.COORDINATOR in roles
    everywhere = coordinates or not roles.isdisjoint(STANDING_ROLES)
    seats = seats_held(work.session, work.mission.id, who.speaks_for, () if everywhere else roles)
    levels = () if who.person.is_gone else (level.value for level in Handling if may_see(clearance, level))
    return Reader(
        user_id=who.user_id,
        levels=frozenset(levels),
        is_full=not (who.person.is_guest or who.person.is_outsider or who.person.is_gone),
        leads_all=ADMIN_OR_COORDINATOR.is_met_by(who),
        coordinates=coordinates,
        sits_everywhere=everywhere,
        agencies=seats.agencies,
        headed=frozenset(one for one in seats.agencies if Role.HEAD_OF_AGENCY in who.agencies[one]),
        seats=seats.named,
    )


def sits_now(request: Request, series: Series) -> bool:
    """Whether the person who asks sits in a series as it has just been changed: read anew, not as it was before."""
    return may_do(_read(request, request.who), thing_of_series(request, series), Act.TAKE_PART)


def who_of(work: Work, user: str) -> Who | None:
    """Somebody who did not ask themselves, as far as the mission has met them."""
    person = get_person(work.session, work.mission.id, user)
    return who_is(work.session, work.mission.id, person) if person is not None else None


def _may_with_decision(work: Work, who: Who, decision: Decision, act: str) -> bool:
    reader, thing = reader_of(work, who), thing_of_decision(work, decision)
    if may_do(reader, thing, act) or not reader.agencies:
        return may_do(reader, thing, act)
    bound = frozenset(one.agency_id for one in bindings_of(work.session, [decision.id])[decision.id])
    return may_do(reader, replace(thing, agencies=bound), act)


def _may_with_binding(work: Work, who: Who, binding: Binding, act: str) -> bool:
    thing = replace(thing_of_decision(work, decision_of(work, binding)), agencies=frozenset([binding.agency_id]))
    return may_do(reader_of(work, who), thing, act)


def _who_may(request: Request, thing: Thing, act: str) -> str:
    whose = thing.meeting if thing.meeting is not None else thing.series
    if whose is None:
        return _("Only its owner and the coordinators can do this.")
    text = {
        Act.LEAD: _("Only the chair ({chair}), the secretary ({secretary}) or a coordinator can do this."),
        Act.RECORD: _(
            "Only the chair ({chair}) and the secretary ({secretary}) of this meeting record what it decides."
        ),
        Act.CHANGE: _("Only whoever proposed this item, its owner and the secretary can change it."),
        Act.ATTEND: _(
            "Only agencies that sit in this meeting say how they take part. Its secretary ({secretary}) enters guests "
            "and observers."
        ),
    }.get(Act(act), _("Only those who sit in this meeting can do this. Ask its secretary ({secretary})."))
    return text.format(chair=mention(whose.chair), secretary=mention(whose.secretary))


def _kind(
    name: str,
    load: Loader[T],
    lock: Loader[T] | None,
    thing: Callable[[Work, T], Thing],
    unknown: Callable[[Request], str],
    level: Callable[[T], str],
    allows: Callable[[Work, Who, T, str], bool] | None = None,
) -> Kind[T]:
    def judged(work: Work, who: Who, row: T, act: str) -> bool:
        return may_do(reader_of(work, who), thing(work, row), act)

    def who_may(request: Request, row: T, act: str) -> str:
        return _who_may(request, thing(request, row), act)

    return Kind(name, load, allows or judged, lambda _work, row: level(row), unknown, who_may, lock)


def _command(request: Request, words: str) -> str:
    return f"`{request.command('cabinet')}{words}`"


SERIES = _kind(
    "series",
    get_series,
    lock_series,
    thing_of_series,
    lambda _request: _("I do not know this series any more. Open the list again."),
    lambda series: series.handling,
)
MEETING = _kind(
    "meeting",
    get_meeting,
    lock_meeting,
    thing_of_meeting,
    lambda _request: _("I do not know this meeting, or you do not sit in it. Look at your meetings again."),
    lambda meeting: meeting.handling,
)
ITEM = _kind(
    "item",
    get_item,
    None,
    thing_of_item,
    lambda _request: _("I do not know this item, or it is not for you. Open the agenda again."),
    lambda item: item.handling,
)
DECISION = _kind(
    "decision",
    get_decision,
    lock_decision,
    thing_of_decision,
    lambda _request: _("I do not know this decision, or it is not for you. Open it again from the log."),
    lambda decision: decision.handling,
    _may_with_decision,
)
BINDING = _kind(
    "binding",
    get_binding,
    None,
    lambda work, binding: thing_of_decision(work, decision_of(work, binding)),
    DECISION.unknown,
    lambda _binding: Handling.UNCLASSIFIED.value,
    _may_with_binding,
)
ACTION = _kind(
    "action",
    get_action,
    lock_action,
    thing_of_action,
    lambda request: _("I do not know this action, or it is not for you. Open the list again with {command}.").format(
        command=_command(request, " actions")
    ),
    lambda action: action.handling,
)
MINUTES = _kind(
    "minutes",
    get_minutes,
    lock_minutes,
    thing_of_minutes,
    lambda request: _(
        "I do not know these minutes, or they are not for you yet. Open them again with {command}."
    ).format(command=_command(request, " minutes")),
    lambda minutes: minutes.meeting.handling,
)
