"""Which sides there are. Nearly everything is the mission's own; two sides keep their texts to themselves."""

from __future__ import annotations

from enum import StrEnum


class Compartment(StrEnum):
    """On which side a text lies: the mission's, the humanitarian coordinator's or the human-rights adviser's.

    The last is `hrt` and never `hr`, which people read as human resources.
    """

    MISSION = "mission"
    HUM = "hum"
    HRT = "hrt"


class MixedSidesError(ValueError):
    """A text was made out of texts of two sides: nobody may read it, so it is a mistake of whoever made it."""


def joined(*compartments: str) -> Compartment:
    """The side of a text made out of several: the mission's gives way. Raises MixedSidesError."""
    found = {Compartment(one) for one in compartments} - {Compartment.MISSION}
    if len(found) > 1:
        raise MixedSidesError(", ".join(sorted(found)))
    return found.pop() if found else Compartment.MISSION
