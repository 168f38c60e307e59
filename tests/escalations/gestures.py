"""What the room's gestures need to be made: an escalation to name."""

from __future__ import annotations

from tests.escalations.acts import raises
from tests.world import World

WORDS = {"/escalate show": "E-1"}


def two_are_open(world: World) -> None:
    """Two escalations, which can be merged."""
    for summary in ("The northern road is closed", "Water is short at the new site"):
        raises(world, summary, agency="WFP")


STATES = (two_are_open,)

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("forms", "escalations:anyway"),
    ("forms", "escalations:merge"),
    ("actions", "escalations:merge"),
    ("actions", "escalations:join"),
    ("actions", "escalations:page"),
    ("actions", "escalations:resume"),
    ("forms", "escalations:duty-add"),
    ("forms", "escalations:duty-hand"),
    ("forms", "escalations:duty-stand-in"),
    # The people of an agency do not change on the way.
    ("timer", "escalations:agency"),
}
