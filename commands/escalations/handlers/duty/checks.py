"""What every change of the roster checks: spans, people, and that only one change is made at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from commands.escalations.handlers.duty.roster import read_absences
from commands.escalations.rules.duty import (
    FROM_DAY,
    FROM_TIME,
    PERSON,
    TO_DAY,
    TO_TIME,
    EnteredSpan,
    misfits,
    span_problems,
)
from commands.kit.dates import local_moment
from commands.kit.people import learn_people
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Request
from storage.duty import ensure_posts, lock_posts
from storage.people import granted_roles, people_of


def lock(request: Request) -> None:
    """One change of the roster after the other: two at once could overlap without seeing each other."""
    ensure_posts(request.session, request.mission.id)
    lock_posts(request.session, request.mission.id)


def entered_span(request: Request) -> EnteredSpan:
    """A person and a span as the form has them."""
    ends = [(FROM_DAY, FROM_TIME), (TO_DAY, TO_TIME)]
    starts_at, ends_at = (_moment(request, day, at) for day, at in ends)
    return EnteredSpan(request.fields.person(PERSON), starts_at, ends_at)


def _moment(request: Request, day: str, at: str) -> datetime | None:
    chosen, clock = request.fields.day(day), request.fields.time_of_day(at)
    return None if chosen is None or clock is None else local_moment(chosen, clock, request.zone).astimezone(UTC)


def check_span(request: Request, entered: EnteredSpan, *, on_roster: bool = True) -> None:
    """Refuse a span that cannot be, and people who cannot be there."""
    known = people_of(request.session, request.mission.id, [entered.person] if entered.person else [])
    problems = span_problems(entered, request.now, read_absences(request, known.values()))
    if problems:
        raise RefusedFields(problems)
    check = check_people if on_roster else check_members
    check(request, [entered.person or ""], PERSON)


def check_people(request: Request, users: list[str] | tuple[str, ...], field: str) -> None:
    """Everybody on the roster must be able to answer what comes."""
    known = people_of(request.session, request.mission.id, users)
    roles = {user: granted_roles(request.session, request.mission.id, user) for user in users}
    wrong = misfits(users, roles, {user for user, person in known.items() if person.is_gone or person.is_bot})
    if wrong:
        text = _(
            "{people}: neither in the SRSG office nor duty officer nor coordinator. An admin gives the role first."
        )
        raise Refused(text.format(people=", ".join(name_of_person(request, one) for one in wrong)), field)
    learn_people(request, users)


def check_members(request: Request, users: list[str] | tuple[str, ...], field: str) -> None:
    """Guests, outsiders, apps and people who left hold no post."""
    known = people_of(request.session, request.mission.id, users)
    learn_people(request, users)
    for person in known.values():
        if person.is_guest or person.is_outsider or person.is_gone or person.is_bot:
            raise Refused(_("This person is not a full member of the workspace. Choose somebody else."), field)


def name_of_person(request: Request, user: str) -> str:
    """A person by name, for a sentence beside a field."""
    found = people_of(request.session, request.mission.id, [user]).get(user)
    return found.name if found else user


def today(request: Request) -> date:
    """Today in the mission's zone."""
    return request.today
