"""Whether what a file lacks can be withdrawn by it: it must be whole, sound and not older than the record."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from commands.funding.rules.imports.answers import standing_of
from storage.base import Json

# Under this name an import keeps the day of the newest file that was imported about the same, where that is newer.
NEWER_FILE = "newer_file"
# And what was searched for on FTS's website, where the file holds only what that found.
SEARCH = "search"


class Hindrance(StrEnum):
    """Why nothing can be withdrawn by a file."""

    PART = "part"
    SEARCH = "search"
    OLDER = "older"
    REFUSED = "refused"


def hindrance(counts: Json, options: Json | None) -> Hindrance | None:
    """What stands in the way, by what an import keeps; None where the person decides."""
    standing = standing_of(options or {})
    if standing is not None and not standing.is_complete:
        return Hindrance.PART
    if (options or {}).get(SEARCH) is not None:
        return Hindrance.SEARCH
    if newer_file(options):
        return Hindrance.OLDER
    return Hindrance.REFUSED if counts.get("refused") else None


def newer_file(options: Json | None) -> date | None:
    """The day of a newer file that is on record about the same; None where this one is the newest."""
    kept = (options or {}).get(NEWER_FILE)
    return date.fromisoformat(kept) if kept else None
