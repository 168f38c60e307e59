"""What the room's gestures need to be made: a list to import, an agency to name, one that is suspended."""

from __future__ import annotations

from storage.agencies import AgencyState, find_agency
from tests.agencies.test_import_stories import LIST
from tests.world import World

WORDS = {f"/agency {word}": "WFP" for word in ("show", "edit", "focal", "suspend")} | {"/agency resume": "IOM"}
TEXTS = {"code": "NORTH", "name": "Northern Roads Authority"}
LONG = "\n".join([LIST, *(f",Q{number} Trust,NGO,," for number in range(150))])
FILES = {"agencies:import": ("list.csv", LONG.encode())}


def an_agency_is_suspended(world: World) -> None:
    """IOM has stopped working here."""
    with world.database() as session:
        agency = find_agency(session, world.mission_id, "IOM")
        assert agency is not None
        agency.state = AgencyState.SUSPENDED


STATES = (an_agency_is_suspended,)

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("actions", "agencies:history"),
    ("actions", "agencies:page"),
    ("actions", "agencies:unanswered"),
    ("command", "/agency resume"),
    ("forms", "agencies:add"),
}
