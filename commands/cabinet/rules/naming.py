"""Channel names that Slack takes: lower case, at most 80 characters, in Latin letters whatever the title's script."""

from __future__ import annotations

from datetime import date

from commands.kit.names.latin import latin

# The longest suffix that a taken name gets, and the day, must still fit.
TITLE_LIMIT = 60


def channel_name(title: str, fallback: str, day: date | None = None) -> str:
    """The name of a series' channel, or with `day` of one meeting's: `cabinet-2026-11-26`.

    `fallback` stands where nothing of the title can be written in Latin letters.
    """
    base = latin(title)[:TITLE_LIMIT].strip("-") or fallback
    return f"{base}-{day.isoformat()}" if day else base
