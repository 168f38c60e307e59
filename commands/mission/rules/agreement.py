"""Two pairs of eyes: a role that somebody gives to themselves opens nothing Confidential until another agrees."""

from __future__ import annotations

from collections.abc import Collection

from commands.kit.permission import Who
from storage.grants import MISSION_ITSELF, Grant
from storage.people import Role

MAY_AGREE = frozenset({Role.ADMIN, Role.COORDINATOR})
"""Mission roles whose holders may agree to any role; the head of an agency may to a role in it."""


def may_agree(who: Who, grant: Grant) -> bool:
    """Whether this person may agree: never the holder, nor by a role that itself waits."""
    if who.user_id == grant.user_id or who.person.is_gone:
        return False
    in_mission = (who.roles & MAY_AGREE) - who.waiting
    in_agency = who.agencies.get(grant.agency_id, frozenset()) - who.waiting
    return bool(in_mission) or Role.HEAD_OF_AGENCY in in_agency


def may_decline(who: Who, grant: Grant) -> bool:
    """Whether this person may say no, which takes the role back.

    Only for a role in the mission: whoever may agree to an agency's role also changes the agency's people. An admin's
    role is another admin's to take, so that a mission is never left without one.
    """
    return grant.agency_id == MISSION_ITSELF and grant.role is not Role.ADMIN and may_agree(who, grant)


def to_ask(grants: Collection[Grant], people: Collection[Who]) -> list[tuple[Grant, Who]]:
    """Whom to ask about which grant: everybody who may agree."""
    return [(grant, who) for grant in grants for who in people if may_agree(who, grant)]
