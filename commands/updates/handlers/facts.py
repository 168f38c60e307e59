"""Reading what the checks of a round or a plan need to know."""

from __future__ import annotations

from commands.kit.dates import read_calendar
from commands.kit.places import not_usable, why_not
from commands.kit.work import Request
from commands.updates.rules.drafting import Asked, Facts
from storage.agencies import all_agencies


def facts_for(request: Request, asked: Asked) -> Facts:
    """The agencies, the calendar, the moment, and what is wrong with the chosen channel."""
    return Facts(
        agencies=all_agencies(request.session, request.mission.id),
        calendar=read_calendar(request),
        now=request.now,
        channel_trouble=_channel_trouble(request, asked),
    )


def _channel_trouble(request: Request, asked: Asked) -> str | None:
    if not asked.channel:
        return None
    return not_usable(request, asked.channel) or why_not(request, asked.handling, asked.channel)
