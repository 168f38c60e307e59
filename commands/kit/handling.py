"""Where a text may go. One function decides, and every message passes it.

Levels follow ST/SGB/2007/6. Strictly Confidential text never enters Slack at all: the product keeps a pointer instead.
Confidential text goes to people who are cleared for it, and to private channels whose members all are. What lies on a
side of the wall goes, whatever its level, to people inside that side and to its own channel.

Gesture: say who may.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from storage.compartments import Compartment
from storage.people import Role


class Handling(StrEnum):
    """The UN's three levels of classification."""

    UNCLASSIFIED = "unclassified"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


# Admins keep the machine running and are not cleared by that: there is no override.
CLEARED_ROLES = frozenset(
    {
        Role.COORDINATOR,
        Role.SRSG_OFFICE,
        Role.HUMANITARIAN_COORDINATOR,
        Role.HUMAN_RIGHTS_ADVISER,
        Role.HEAD_OF_AGENCY,
        Role.FOCAL_POINT,
        Role.ALTERNATE,
    }
)


@dataclass(frozen=True, slots=True)
class Clearance:
    """What decides whether a person may see something: roles, sides, and how they belong to the workspace."""

    user_id: str
    roles: frozenset[Role] = frozenset()
    is_guest: bool = False
    is_outsider: bool = False
    is_ourselves: bool = False
    is_gone: bool = False
    inside: frozenset[Compartment] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text would go: a person (one member), or a channel with everybody who can read it.

    `members` is None when the product could not read the membership. `side` is the side whose own channel it is.
    """

    is_private: bool
    members: tuple[Clearance, ...] | None
    is_shared: bool = False
    is_archived: bool = False
    names: tuple[str, ...] = field(default=())
    is_direct: bool = False
    side: Compartment = Compartment.MISSION

    @staticmethod
    def person(clearance: Clearance) -> Place:
        """A direct message."""
        return Place(is_private=True, members=(clearance,), is_direct=True)


class Verdict(StrEnum):
    """Why a text may go, or what forbids it."""

    ALLOWED = "allowed"
    NEVER_IN_SLACK = "never_in_slack"
    PUBLIC_CHANNEL = "public_channel"
    SHARED_OUTSIDE = "shared_outside"
    UNKNOWN_MEMBERS = "unknown_members"
    NOT_CLEARED = "not_cleared"
    NO_WAY = "no_way"
    NOT_INSIDE = "not_inside"


def may_see(clearance: Clearance, handling: Handling, compartment: Compartment = Compartment.MISSION) -> bool:
    """Whether one person may read a text of this level and side."""
    if clearance.is_ourselves:
        return handling is not Handling.STRICTLY_CONFIDENTIAL
    if not is_inside(clearance, compartment):
        return False
    if handling is Handling.UNCLASSIFIED:
        return True
    if handling is Handling.STRICTLY_CONFIDENTIAL or clearance.is_guest or clearance.is_outsider or clearance.is_gone:
        return False
    return bool(clearance.roles & CLEARED_ROLES)


def is_inside(clearance: Clearance, compartment: Compartment) -> bool:
    """Whether one person is on this side, which no clearance and no other role gives; everybody is on the mission's."""
    if compartment is Compartment.MISSION or clearance.is_ourselves:
        return True
    if clearance.is_guest or clearance.is_outsider or clearance.is_gone:
        return False
    return compartment in clearance.inside


def may_go(handling: Handling, place: Place, compartment: Compartment = Compartment.MISSION) -> Verdict:
    """Whether a text of this level and side may be sent to this place."""
    if handling is Handling.STRICTLY_CONFIDENTIAL:
        return Verdict.NEVER_IN_SLACK
    if handling is Handling.UNCLASSIFIED and compartment is Compartment.MISSION:
        return Verdict.ALLOWED
    if not place.is_private or place.is_shared:
        return Verdict.SHARED_OUTSIDE if place.is_shared else Verdict.PUBLIC_CHANNEL
    if place.members is None:
        return Verdict.UNKNOWN_MEMBERS
    if compartment is not Compartment.MISSION and not _is_of(place, compartment):
        return Verdict.NOT_INSIDE
    cleared = all(may_see(member, handling, compartment) for member in place.members)
    return Verdict.ALLOWED if cleared else Verdict.NOT_CLEARED


def _is_of(place: Place, compartment: Compartment) -> bool:
    """Whether this is the side's one channel, or a person's messages, and everybody who reads there is inside."""
    inside = all(is_inside(member, compartment) for member in place.members or ())
    return inside and (place.is_direct or place.side is compartment)


def highest(*levels: Handling) -> Handling:
    """The level of a text made out of several: the highest of them."""
    order = list(Handling)
    return max(levels, key=order.index, default=Handling.UNCLASSIFIED)
