"""What a walk through the room does not come to."""

from __future__ import annotations

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("timer", "updates:addendum"),
    ("actions", "updates:back"),
    ("forms", "updates:conflict"),
    ("timer", "updates:late-chase"),
    ("actions", "updates:read"),
    ("forms", "updates:unsent"),
    # The people of an agency do not change on the way; everybody was asked less than an hour ago.
    ("timer", "updates:agency"),
    ("actions", "updates:nudge"),
    ("actions", "updates:new"),
    ("actions", "updates:text"),
}
