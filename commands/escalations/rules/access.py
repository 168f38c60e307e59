"""Who may know of an escalation, and who may read its texts. Pure: handlers read the facts, this decides.

* The raiser, those it concerns (who joined it, and the people of agencies concerned) and the office know of it. The
  office is the SRSG's, the coordinators, duty officers, and everybody whom a step of its chain has reached.
* Its texts are for those of them who are cleared for its level; the others know number, state and times.
* Who has left the workspace knows of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.handling import Clearance, Handling, may_see
from storage.escalations.model import Escalation
from storage.people import Role

OFFICE_ROLES = frozenset({Role.SRSG_OFFICE, Role.COORDINATOR, Role.DUTY_OFFICER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as an escalation sees them. `told`: a step of its chain has reached them."""

    clearance: Clearance
    agencies: frozenset[int] = frozenset()
    told: bool = False

    @property
    def user_id(self) -> str:
        """Slack's id."""
        return self.clearance.user_id


def is_office(viewer: Viewer) -> bool:
    """Whether the person belongs to the office, by role or because the chain brought it to them."""
    return viewer.told or bool(viewer.clearance.roles & OFFICE_ROLES)


def is_concerned(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person joined it or answers for an agency concerned."""
    joined = any(one.user_id == viewer.user_id for one in this.people)
    return joined or bool(viewer.agencies & set(this.agency_ids))


def level_of(this: Escalation) -> Handling:
    """The level of what its messages carry: of a Strictly Confidential matter that is the pointer only."""
    return Handling.UNCLASSIFIED if this.handling == Handling.UNCLASSIFIED else Handling.CONFIDENTIAL


def may_know(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person may know that it exists: the raiser, those concerned and the office."""
    if viewer.clearance.is_gone:
        return False
    return viewer.user_id == this.raised_by or is_concerned(viewer, this) or is_office(viewer)


def may_read(viewer: Viewer, this: Escalation) -> bool:
    """Whether the person may read its texts too."""
    return may_know(viewer, this) and may_see(viewer.clearance, level_of(this))
