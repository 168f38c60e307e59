"""Reading what the checks of a round or a plan need to know."""

from __future__ import annotations

from commands.kit.dates import read_calendar
from commands.kit.handling import Handling
from commands.kit.places import not_usable, why_not
from commands.kit.work import Ask
from commands.updates.rules.drafting import CHANNEL, HANDLING, Data, Facts
from storage.agencies import all_agencies


def facts_for(ask: Ask, data: Data) -> Facts:
    """The agencies, the calendar, the moment, and what is wrong with the chosen channel."""
    return Facts(
        agencies=all_agencies(ask.session, ask.mission.id),
        calendar=read_calendar(ask),
        now=ask.now,
        channel_trouble=_channel_trouble(ask, data),
    )


def _channel_trouble(ask: Ask, data: Data) -> str | None:
    channel = data.get(CHANNEL)
    if not channel:
        return None
    level = Handling(str(data.get(HANDLING) or Handling.UNCLASSIFIED.value))
    return not_usable(ask, channel) or why_not(ask, level, channel)
