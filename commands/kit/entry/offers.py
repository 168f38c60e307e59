"""Choices that are offered while somebody types, where a list may be longer than the hundred that Slack shows.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Iterable

from commands.kit.cards import Block
from commands.kit.entry.choices import MOST_OPTIONS
from commands.kit.names.agencies import agencies_fitting, agency_option
from commands.kit.work import Answer, Request
from storage.agencies import all_agencies
from storage.letters import fits


def offer_agencies(request: Request) -> Answer:
    """The mission's active agencies for what is typed; nothing typed gives the first hundred."""
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    found = agencies_fitting(request.query, agencies)[:MOST_OPTIONS]
    return Answer(options=tuple(agency_option(one) for one in found))


def offered(query: str, options: Iterable[Block]) -> Answer:
    """Those choices whose text holds every word of `query`, as many as Slack shows."""
    found = [one for one in options if fits(query, str(one["text"]["text"]))]
    return Answer(options=tuple(found[:MOST_OPTIONS]))
