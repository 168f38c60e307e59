"""Who is inside a side of the wall now, and who leads it.

Gesture: find people.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands.kit.compartments.rules import HEADS, is_head
from commands.kit.permission import Who, who_is
from storage.compartments import Compartment, delegates_of
from storage.grants import agreed_grants
from storage.people import people_of


def heads_of(session: Session, mission_id: str, side: Compartment) -> list[str]:
    """User ids of whoever leads a side; nobody where the role is not held, or only by people who are barred from it."""
    return [who.user_id for who in _inside(session, mission_id, side) if is_head(who.agreed_roles, who.inside, side)]


def people_inside(session: Session, mission_id: str, side: Compartment) -> list[str]:
    """User ids of everybody on a side: whoever leads it, then those named to it."""
    return [who.user_id for who in _inside(session, mission_id, side)]


def _inside(session: Session, mission_id: str, side: Compartment) -> list[Who]:
    holders = agreed_grants(session, mission_id).get(HEADS[side], [])
    named = [one.user_id for one in delegates_of(session, mission_id, side)]
    known = people_of(session, mission_id, [*holders, *named])
    found = [who_is(session, mission_id, known[user]) for user in dict.fromkeys([*holders, *named]) if user in known]
    return [who for who in found if side in who.inside]
