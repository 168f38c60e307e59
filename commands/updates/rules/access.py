"""Who may know of what in updates, and do what with it. Pure: handlers read the facts, this decides.

* Nobody reads what is above the level they are cleared for; the level of everything is its round's (or its plan's).
* Who is asked, by when, and who has answered is for every member: the board shows it while the round runs.
* What an agency writes, in every version, is for the agency and the coordinators. Everybody else, the office of the
  SRSG too, reads the version that a digest has shown, and no other: `version_for` is the one rule, and every way out
  asks it (the property test of `tests/updates/access` walks all of them).
* Of a Confidential round the digest, and what it shows, is for who has a seat in it: the people of an agency that was
  asked, the humanitarian coordinator and the human-rights adviser, the coordinators, the office of the SRSG. Nobody
  has one by a role that waits.
* An agency's people answer for it, and coordinators by proxy. Coordinators lead rounds and plans.
* An admin does as a coordinator does, but for what is Confidential: of that they administer rounds and plans, and read
  and write no text by being admin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commands.kit.handling import Handling
from commands.kit.permission import ADMIN_OR_COORDINATOR, READ, Who, sees
from storage.people import Role
from storage.updates.returns import Return, ReturnVersion
from storage.updates.rounds import Round, RoundPlan

# They have a seat wherever the cabinet meets, and so in every round.
SEATED = frozenset({Role.SRSG_OFFICE, Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER})


class Act(StrEnum):
    """What may be done with a thing of this room that one knows of.

    `READ_TEXT`: read what an agency wrote. `READ_VERSIONS`: and what it wrote before. `ANSWER`: write it, for one's
    agency or by proxy. `LEAD`: close a round, waive, change a plan.
    """

    READ = READ
    READ_TEXT = "read_text"
    READ_VERSIONS = "read_versions"
    ANSWER = "answer"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Thing:
    """A round, a plan, a return or a digest as its policy sees it.

    `round_id` is its round, `agency_id` the agency that a return is of. `is_out`: a digest has shown it. `is_plan`:
    those who lead alone know of it. `is_digest`: to know of it is to read it. `has_asked`: its round asked an agency
    for which this person speaks.
    """

    handling: str
    round_id: int = 0
    agency_id: int | None = None
    is_out: bool = False
    is_plan: bool = False
    is_digest: bool = False
    has_asked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether every member reads what a digest has shown of it."""
        return self.handling == Handling.UNCLASSIFIED


def may(who: Who, thing: Thing, act: str = READ) -> bool:
    """Whether somebody may do this with a thing; nothing may be done with what one may not know of."""
    if who.person.is_gone or not who.is_member or not sees(who, thing.handling):
        return False
    leads = ADMIN_OR_COORDINATOR.is_met_by(who)
    if thing.is_plan:
        return leads
    held = who.all_roles if thing.is_open else who.all_roles - who.waiting
    writes = leads if thing.is_open else Role.COORDINATOR in held
    answers = writes or (thing.agency_id is not None and who.answers_for(thing.agency_id))
    reads = answers or (thing.is_out and (thing.is_open or thing.has_asked or not held.isdisjoint(SEATED)))
    done = {
        Act.READ: reads or not thing.is_digest,
        Act.READ_TEXT: reads,
        Act.READ_VERSIONS: answers,
        Act.ANSWER: answers,
        Act.LEAD: leads,
    }
    return done[Act.READ] and done[Act(act)]


def version_for(given: Return, *, keeps: bool) -> int:
    """The number of the newest version of a return that somebody reads who may read its text; 0 for none yet.

    `keeps`: they may read every version (`Act.READ_VERSIONS`).
    """
    return given.version if keeps else given.digest_version


def versions_for(given: Return, versions: Sequence[ReturnVersion], *, keeps: bool) -> list[ReturnVersion]:
    """The versions of one return that somebody gets who may read its text: all, or the one that a digest has shown."""
    if keeps:
        return list(versions)
    return [version for version in versions if version.number == version_for(given, keeps=False)]


def titled(one: Round | RoundPlan) -> dict[str, str]:
    """The title for the audit record, which admins read, cleared or not: of what is Confidential it has none."""
    return {"title": one.title} if one.handling == Handling.UNCLASSIFIED else {}
