"""Owing, and no longer owing: what rooms call when they ask agencies for something and when one of them has answered.

Gesture: remind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.kit.dates import read_calendar
from commands.kit.owed.rules import Step, may_become, next_step, told_at
from commands.kit.owed.telling import reachable, refresh, want
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Work
from storage.agencies import Agency, AgencyState, agencies_by_id
from storage.compartments import Compartment
from storage.obligations import (
    SETTLED,
    Obligation,
    ObligationState,
    add_obligation,
    lock_obligation,
    obligations_about,
)
from storage.subjects import Subject

__all__ = ["Asking", "end_all", "owe", "settle", "still_owed"]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked: the thing, until when, which room settles it and by which buttons (`room:owed-OFFER`)."""

    subject: Subject
    due_at: datetime
    room: str
    offers: Sequence[str] = ("answer", "nil")
    is_urgent: bool = False
    compartment: Compartment = Compartment.MISSION


def owe(work: Work, asking: Asking, agencies: Iterable[Agency]) -> int:
    """Let agencies owe something from now on; returns how many did not yet. Whoever answers for each is told.

    What is urgent comes at once; anything else with the person's message of the next working morning. A suspended
    agency owes nothing.
    """
    calendar = read_calendar(work)
    new = [agency for agency in agencies if agency.state == AgencyState.ACTIVE and _add(work, asking, agency)]
    for agency in new:
        for user in told_at(Step.BEFORE, agency, *reachable(work, agency, asking.compartment)):
            want(work, user, asking.compartment, calendar, at_once=asking.is_urgent)
    refresh(work, new, asking.compartment)
    return len(new)


def _add(work: Work, asking: Asking, agency: Agency) -> bool:
    first = next_step(work.now, asking.due_at, 0, read_calendar(work))
    return add_obligation(
        work.session,
        work.mission.id,
        asking.subject,
        agency.id,
        room=asking.room,
        offers=list(asking.offers),
        compartment=asking.compartment,
        is_urgent=asking.is_urgent,
        asked_at=work.now,
        due_at=asking.due_at,
        state=ObligationState.OWED,
        next_at=first[1] if first else None,
    )


def settle(
    work: Work, obligation_id: int, state: ObligationState, *, reason: str = "", for_agency: bool = False
) -> Obligation:
    """End an obligation: answered, nil, declined, waived or missed. Raises Refused when it ended before.

    `for_agency`: somebody who does not speak for the agency enters it for them. No reminder goes out any more.
    """
    found = lock_obligation(work.session, work.mission.id, obligation_id)
    if found is None:
        raise Refused(_("There is nothing here that you may see."))
    if not may_become(found, state):
        raise Refused(_("This was answered already."))
    _end(work, found, state, reason)
    found.on_behalf_of = str(found.agency_id) if for_agency else None
    agency = agencies_by_id(work.session, work.mission.id, [found.agency_id])
    refresh(work, agency.values(), Compartment(found.compartment))
    return found


def end_all(work: Work, subject: Subject, state: ObligationState, *, reason: str = "") -> list[Obligation]:
    """Nobody owes this any more: it was withdrawn (`waived`) or closed without them (`missed`). Returns who did."""
    ended = [one for one in obligations_about(work.session, work.mission.id, subject) if still_owed(one)]
    for one in ended:
        _end(work, one, state, reason)
    agencies = agencies_by_id(work.session, work.mission.id, {one.agency_id for one in ended})
    for side in {Compartment(one.compartment) for one in ended}:
        refresh(work, agencies.values(), side)
    return ended


def still_owed(obligation: Obligation) -> bool:
    """Whether nothing was heard yet."""
    return obligation.state not in SETTLED


def _end(work: Work, obligation: Obligation, state: ObligationState, reason: str) -> None:
    obligation.state, obligation.reason, obligation.by = state, reason, work.actor
    obligation.settled_at, obligation.next_at = work.now, None
    obligation.version += 1
    work.session.flush()
