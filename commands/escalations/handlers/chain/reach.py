"""Whom a step reaches at this moment, and why it does not reach the others it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from commands.escalations.handlers.duty.roster import named_for_post, named_on_duty
from commands.escalations.rules.access import level_of
from commands.escalations.rules.chains import CHIEF_OF_STAFF, DEPUTY, ON_DUTY, SRSG, ChainPlan, Step
from commands.kit.contacts import local_days, on_leave
from commands.kit.handling import may_see
from commands.kit.permission import clearance_of, holders_of
from commands.kit.places import not_usable
from commands.kit.work import Work
from storage.agencies import agencies_by_id, leaves_of
from storage.duty import Post, posts_of
from storage.escalations.chains import AtEnd, StepWho
from storage.escalations.model import Escalation
from storage.people import Person, Role, all_grants, people_of

# Why somebody is not told; the codes stand in the record of the step.
LEFT, AWAY, NOT_CLEARED, RAISED_IT, NOBODY, OTHER_HOURS = "left", "away", "not_cleared", "raised_it", "nobody", "hours"


@dataclass(frozen=True, slots=True)
class Reached:
    """`people` are told; `missed` pairs a user id (or nothing) with the reason."""

    people: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()


def reach_of(work: Work, this: Escalation, step: Step) -> Reached:
    """Whom a step reaches now."""
    return reaches_of(work, this, [step])[0]


def reaches_of(work: Work, this: Escalation, steps: Sequence[Step]) -> list[Reached]:
    """Whom each of these steps reaches now, with few statements for all of them."""
    sources = _Sources(work)
    named = [list(dict.fromkeys(_named(sources, this, step))) for step in steps]
    everybody = list(dict.fromkeys(user for users in named for user in users))
    known = people_of(work.session, work.mission.id, everybody)
    days = local_days(everybody, known, work.now, work.zone)
    away = on_leave(leaves_of(work.session, work.mission.id, everybody), days)
    reasons = {user: _why_not(work, this, user, known.get(user), is_away=user in away) for user in everybody}
    return [_reached(users, reasons) for users in named]


def _reached(named: Sequence[str], reasons: Mapping[str, str]) -> Reached:
    if not named:
        return Reached(missed=(("", NOBODY),))
    return Reached(
        people=tuple(user for user in named if not reasons[user]),
        missed=tuple((user, reasons[user]) for user in named if reasons[user]),
    )


def _why_not(work: Work, this: Escalation, user: str, person: Person | None, *, is_away: bool) -> str:
    if user == this.raised_by:
        return RAISED_IT
    if person is not None and person.is_gone:
        return LEFT
    if is_away:
        return AWAY
    return "" if _is_cleared(work, this, person) else NOT_CLEARED


def _is_cleared(work: Work, this: Escalation, person: Person | None) -> bool:
    level = level_of(this)
    if level == "unclassified":
        return True
    return person is not None and may_see(clearance_of(work.session, work.mission.id, person), level)


@dataclass
class _Sources:
    """Where the steps of one chain find their people, each read once."""

    work: Work

    @cached_property
    def grants(self) -> dict[Role, list[str]]:
        return all_grants(self.work.session, self.work.mission.id)

    @cached_property
    def posts(self) -> list[Post]:
        return posts_of(self.work.session, self.work.mission.id)


def _named(sources: _Sources, this: Escalation, step: Step) -> list[str]:
    if step.who is StepWho.PERSON:
        return [step.value]
    if step.who is StepWho.AGENCY_HEAD:
        agencies = agencies_by_id(sources.work.session, sources.work.mission.id, this.agency_ids)
        return [user for agency in agencies.values() for user in agency.holders(Role.HEAD_OF_AGENCY)]
    if step.who is StepWho.ROLE:
        return sources.grants.get(Role(step.value), [])
    return _on_the_roster(sources, step.value)


def _on_the_roster(sources: _Sources, value: str) -> list[str]:
    """Who is on duty, or who answers for a post. Where neither roster nor post names anybody, the roles do."""
    work = sources.work
    named = named_on_duty(work) if value == ON_DUTY else named_for_post(work, value, sources.posts)
    if named:
        return named
    return {
        DEPUTY: sources.grants.get(Role.DUTY_OFFICER, [])[1:],
        CHIEF_OF_STAFF: sources.grants.get(Role.COORDINATOR, []),
        SRSG: sources.grants.get(Role.SRSG_OFFICE, []),
    }.get(value, [])


def end_of(work: Work, this: Escalation, chain: ChainPlan, *, failed: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Whom the end of the chain reaches: its stand-in, else the coordinator channel, else whoever can act at all.

    `failed` are places that a message of this escalation did not reach.
    """
    if chain.at_end is AtEnd.PERSON and chain.stand_in:
        stand_in = reach_of(work, this, Step(StepWho.PERSON, chain.stand_in)).people
        if stand_in and not failed & set(stand_in):
            return stand_in
    channel = work.mission.coordinator_channel
    if channel and f"channel:{channel}" not in failed and not_usable(work, channel) is None:
        return (f"channel:{channel}",)
    for role in (Role.COORDINATOR, Role.ADMIN):
        holders = [user for user in holders_of(work.session, work.mission.id, frozenset({role})) if user not in failed]
        there = _present(work, this, holders)
        if there:
            return there
    return (this.raised_by,)


def _present(work: Work, this: Escalation, users: list[str]) -> tuple[str, ...]:
    """Those who have not left; an end is told that something waits, its text only to whoever is cleared."""
    known = people_of(work.session, work.mission.id, users)
    return tuple(user for user in users if user != this.raised_by and not (user in known and known[user].is_gone))


def why_gone(work: Work, this: Escalation, user: str | None) -> str:
    """Why somebody can no longer be reached about this escalation, empty when they can; leave releases no holder."""
    known = people_of(work.session, work.mission.id, [user]).get(user) if user else None
    if known is None:
        return "" if user else NOBODY
    if known.is_gone:
        return LEFT
    return "" if _is_cleared(work, this, known) else NOT_CLEARED
