"""What the sides behind the wall give out (`model`), and how it is found again (`finding`)."""

from storage.releases.finding import (
    find_release,
    get_release,
    lock_release,
    next_number,
    note_use,
    releases_of,
    uses_of,
)
from storage.releases.model import Audience, Release, ReleaseState, ReleaseUse

__all__ = [
    "Audience",
    "Release",
    "ReleaseState",
    "ReleaseUse",
    "find_release",
    "get_release",
    "lock_release",
    "next_number",
    "note_use",
    "releases_of",
    "uses_of",
]
