"""Where a text may go. One function decides, and every message passes it.

Levels follow ST/SGB/2007/6. Strictly Confidential text never enters Slack at all: the product keeps a pointer instead.
Confidential text goes to people who are cleared for it, and to private channels whose members all are.

Gesture: say who may.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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
    """What decides whether a person may see something: roles, and whether they belong to the workspace in full."""

    user_id: str
    roles: frozenset[Role] = frozenset()
    is_guest: bool = False
    is_outsider: bool = False
    is_ourselves: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text would go: a person (one member), or a channel with everybody who can read it.

    `members` is None when the product could not read the membership.
    """

    is_private: bool
    members: tuple[Clearance, ...] | None
    is_shared: bool = False
    is_archived: bool = False
    names: tuple[str, ...] = field(default=())

    @staticmethod
    def person(clearance: Clearance) -> Place:
        """A direct message."""
        return Place(is_private=True, members=(clearance,))


class Verdict(StrEnum):
    """Why a text may go, or what forbids it."""

    ALLOWED = "allowed"
    NEVER_IN_SLACK = "never_in_slack"
    PUBLIC_CHANNEL = "public_channel"
    SHARED_OUTSIDE = "shared_outside"
    UNKNOWN_MEMBERS = "unknown_members"
    NOT_CLEARED = "not_cleared"
    NO_WAY = "no_way"


def may_see(clearance: Clearance, handling: Handling) -> bool:
    """Whether one person may read a text of this level."""
    if clearance.is_ourselves:
        return handling is not Handling.STRICTLY_CONFIDENTIAL
    if handling is Handling.UNCLASSIFIED:
        return True
    if handling is Handling.STRICTLY_CONFIDENTIAL or clearance.is_guest or clearance.is_outsider or clearance.is_gone:
        return False
    return bool(clearance.roles & CLEARED_ROLES)


def may_go(handling: Handling, place: Place) -> Verdict:
    """Whether a text of this level may be sent to this place."""
    if handling is Handling.STRICTLY_CONFIDENTIAL:
        return Verdict.NEVER_IN_SLACK
    if handling is Handling.UNCLASSIFIED:
        return Verdict.ALLOWED
    if not place.is_private or place.is_shared:
        return Verdict.SHARED_OUTSIDE if place.is_shared else Verdict.PUBLIC_CHANNEL
    if place.members is None:
        return Verdict.UNKNOWN_MEMBERS
    cleared = all(may_see(member, handling) for member in place.members)
    return Verdict.ALLOWED if cleared else Verdict.NOT_CLEARED


def highest(*levels: Handling) -> Handling:
    """The level of a text made out of several: the highest of them."""
    order = list(Handling)
    return max(levels, key=order.index, default=Handling.UNCLASSIFIED)
