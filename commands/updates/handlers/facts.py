"""Reading what the checks of a round or a plan need to know."""

from __future__ import annotations

from commands.kit.dates import read_calendar
from commands.kit.handling import Handling
from commands.kit.places import not_usable, why_not
from commands.kit.work import Request
from commands.updates.rules.drafting import CHANNEL, HANDLING, Data, Facts
from storage.agencies import all_agencies


def facts_for(request: Request, data: Data) -> Facts:
    """The agencies, the calendar, the moment, and what is wrong with the chosen channel."""
    return Facts(
        agencies=all_agencies(request.session, request.mission.id),
        calendar=read_calendar(request),
        now=request.now,
        channel_trouble=_channel_trouble(request, data),
    )


def _channel_trouble(request: Request, data: Data) -> str | None:
    channel = data.get(CHANNEL)
    if not channel:
        return None
    level = Handling(str(data.get(HANDLING) or Handling.UNCLASSIFIED.value))
    return not_usable(request, channel) or why_not(request, level, channel)
