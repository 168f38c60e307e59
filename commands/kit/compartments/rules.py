"""Who is inside a side of the wall, and who may be named to it: pure decisions on roles and spheres.

Gesture: say who may.
"""

from __future__ import annotations

from collections.abc import Collection, Set
from enum import StrEnum

from storage.agencies import Sphere
from storage.compartments import Compartment
from storage.people import Role

HEADS = {
    Compartment.HUM: Role.HUMANITARIAN_COORDINATOR,
    Compartment.HRT: Role.HUMAN_RIGHTS_ADVISER,
}
# Whoever answers for soldiers, police or politics is on no side, also not as its head.
BARRED = frozenset({Sphere.UNIFORMED, Sphere.POLITICAL})


class NoDelegate(StrEnum):
    """Why somebody cannot be named to a side."""

    NOT_THE_HEAD = "not_the_head"
    NOT_A_MEMBER = "not_a_member"
    BARRED_SPHERE = "barred_sphere"
    SPHERE_UNKNOWN = "sphere_unknown"


def sides_of(roles: Set[Role], named_to: Set[Compartment], spheres: Set[str]) -> frozenset[Compartment]:
    """The sides that a full member is inside of: as head by a role that counts, or named to it by the head.

    `spheres` are those of every agency in which they hold a role, agreed to or not: one that is barred ends it all, at
    once and for as long as they hold that role.
    """
    if spheres & BARRED:
        return frozenset()
    return frozenset(side for side, role in HEADS.items() if role in roles or side in named_to)


def is_head(roles: Set[Role], inside: Set[Compartment], side: Compartment) -> bool:
    """Whether somebody leads a side: they hold its role, and nothing bars them from it."""
    return side in inside and HEADS[side] in roles


def why_not_named(
    *, by_head: bool, is_full: bool, spheres: Collection[str], removes: bool = False
) -> NoDelegate | None:
    """Why a person cannot be named to a side, or taken off it (`removes`); None where nothing is in the way.

    `spheres` has one entry for each agency in which they hold a role; an agency of which nobody has said yet what it is
    there for (an empty entry) lets nobody in.
    """
    if not by_head:
        return NoDelegate.NOT_THE_HEAD
    if removes:
        return None
    if not is_full:
        return NoDelegate.NOT_A_MEMBER
    if BARRED & set(spheres):
        return NoDelegate.BARRED_SPHERE
    return NoDelegate.SPHERE_UNKNOWN if "" in spheres else None
