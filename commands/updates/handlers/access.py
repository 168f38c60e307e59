"""The kinds of things that updates keep, each loaded for a person; `rules/access.py` decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from commands.kit.access import Kept, Kind, Loader
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who, refusal_text, waits_text
from commands.kit.words import _
from commands.kit.work import Request, Work
from commands.updates.rules.access import Act, Thing
from commands.updates.rules.access import may as may_do
from storage.agencies import get_agency
from storage.updates.digests import RoundDigest, get_digest
from storage.updates.returns import Return, get_return, lock_return, rounds_that_asked
from storage.updates.rounds import Round, RoundPlan, get_plan, get_round, lock_plan, lock_round

T = TypeVar("T", bound=Kept)


def thing_of_round(_work: Work, this: Round) -> Thing:
    """A round as its policy sees it."""
    return Thing(this.handling, this.id)


def thing_of_return(work: Work, given: Return) -> Thing:
    """A return as its policy sees it; its round has been read already wherever returns are."""
    this = get_round(work.session, work.mission.id, given.round_id)
    assert this is not None, "a return has a round"
    return return_of(given, this)


def return_of(given: Return, this: Round) -> Thing:
    """The same with its round at hand, for lists."""
    return Thing(this.handling, this.id, agency_id=given.agency_id, is_out=this.digested_at is not None)


def thing_of_plan(_work: Work, plan: RoundPlan) -> Thing:
    """A plan as its policy sees it."""
    return Thing(plan.handling, is_plan=True)


def thing_of_digest(_work: Work, digest: RoundDigest) -> Thing:
    """A digest as its policy sees it: it is there once it has been sent."""
    return Thing(digest.handling, digest.round_id, is_out=True, is_digest=True)


def _asked(work: Work, who: Who) -> frozenset[int]:
    """The rounds that asked an agency for which this person speaks; read once in a unit of work."""
    return work.once(
        ("updates that asked", who.user_id), lambda: rounds_that_asked(work.session, work.mission.id, who.speaks_for)
    )


def _for(work: Work, who: Who, thing: Thing) -> Thing:
    """The thing with whether this person has a seat in its round, where that decides."""
    if thing.is_open or not thing.is_out or not who.agencies:
        return thing
    return replace(thing, has_asked=thing.round_id in _asked(work, who))


def _kind(
    name: str,
    load: Loader[T],
    lock: Loader[T] | None,
    thing: Callable[[Work, T], Thing],
    unknown: Callable[[Request], str],
    who_may: Callable[[Request, T, str], str] | None = None,
) -> Kind[T]:
    def allows(work: Work, who: Who, row: T, act: str) -> bool:
        return may_do(who, _for(work, who, thing(work, row)), act)

    def level(work: Work, row: T) -> str:
        return thing(work, row).handling

    return Kind(name, load, allows, level, unknown, who_may or _coordinators, lock)


def _coordinators(request: Request, _row: object, _act: str) -> str:
    return refusal_text(request.session, request.mission.id, ADMIN_OR_COORDINATOR)


def not_shown_yet(request: Request, given: Return) -> str:
    """Why somebody does not read an agency's update."""
    agency = get_agency(request.session, request.mission.id, given.agency_id)
    return _("The update of {agency} can be read once a digest has shown it.").format(
        agency=agency.code if agency is not None else ""
    )


def _its_people(request: Request, given: Return, act: str) -> str:
    if act == Act.READ_TEXT:
        return not_shown_yet(request, given)
    agency = get_agency(request.session, request.mission.id, given.agency_id)
    assert agency is not None, "a return has an agency"
    if agency.id in request.who.waiting_agencies:
        return waits_text(agency.code)
    return _("You are not among the people who answer for {agency}. An admin can add you with {command}.").format(
        agency=agency.code, command=f"`{request.command('agency')} focal {agency.code}`"
    )


ROUND = _kind(
    "round", get_round, lock_round, thing_of_round, lambda _request: _("I do not know this round. Open the list again.")
)
RETURN = _kind(
    "return",
    get_return,
    lock_return,
    thing_of_return,
    lambda request: _("I do not know this update any more. Open it again with {command}.").format(
        command=f"`{request.command('update')}`"
    ),
    _its_people,
)
PLAN = _kind(
    "plan",
    get_plan,
    lock_plan,
    thing_of_plan,
    lambda _request: _("I do not know this plan any more. Open the schedule again."),
)
DIGEST = _kind("digest", get_digest, None, thing_of_digest, lambda _request: _("I do not know this digest."))
