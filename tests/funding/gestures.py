"""What the room's gestures need to be made: a file to import, amounts."""

from __future__ import annotations

from tests.funding.samples import FLOWS, flows_csv

FILES = {"funding:import": ("flows.csv", flows_csv(FLOWS))}
TEXTS = {"amount": "2 000 000", "ours": "2 000 000"}

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("options", "funding:agency"),
    ("actions", "funding:imports"),
    ("actions", "funding:sheet"),
    ("actions", "funding:questions"),
    ("forms", "funding:questions"),
    ("options", "funding:own-plan"),
    ("actions", "funding:summaries"),
    ("forms", "funding:differ"),
    ("actions", "funding:snooze"),
    ("forms", "funding:pledge"),
    ("forms", "funding:line"),
    ("timer", "funding:period"),
}
