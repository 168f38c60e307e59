"""What this room leaves in the database and is to forget: an uploaded list that nobody saves."""

from __future__ import annotations

from storage.agency_imports import start_import
from tests.world import World


def leave_rows(world: World) -> None:
    """Leave a row of everything that the room forgets."""
    with world.database() as session:
        start_import(session, world.mission_id, "list.csv", {}, {}, world.user_id("Chief of staff"), world.now)
