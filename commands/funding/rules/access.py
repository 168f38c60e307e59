"""Who may know of the mission's own figures and pledges. Pure: handlers read the facts, this decides.

* The public record, its comparisons and discrepancies are for whoever has one of the roles that read (`rights.py`).
* An own figure or pledge that is Confidential lives in one private channel: it is there for somebody who is cleared,
  is a member of that channel, and asks from it; elsewhere it is not there for anybody.
* The funding cell, coordinators and admins write (`rights.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commands.funding.rules.rights import WRITE
from commands.kit.handling import Handling
from commands.kit.permission import READ, Who, sees


class Act(StrEnum):
    """What may be done with an own figure or pledge that one knows of."""

    READ = READ
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Thing:
    """An own figure or pledge: its level, and the channel it lives in where it is Confidential."""

    handling: str
    channel_id: str | None = None


def may(who: Who, place: str | None, thing: Thing, act: str = READ) -> bool:
    """Whether somebody may do this; `place` is the channel that they ask from and are a member of."""
    if who.person.is_gone or not who.is_member or not sees(who, thing.handling):
        return False
    if thing.handling != Handling.UNCLASSIFIED and (thing.channel_id is None or thing.channel_id != place):
        return False
    return act == Act.READ or WRITE.is_met_by(who)
