"""Agencies offered while somebody types."""

from __future__ import annotations

from commands.cabinet.views.record_words import agency_option
from commands.kit.names.agencies import agency_name
from commands.kit.work import Answer, Request
from storage.agencies import all_agencies

OFFERED_AT_MOST = 100


def offer(request: Request) -> Answer:
    """The active agencies whose code or name holds what is typed."""
    wanted = request.query.strip().casefold()
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    fitting = [one for one in agencies if wanted in f"{one.code} · {agency_name(one)}".casefold()]
    fitting.sort(key=lambda one: (not one.code_key.startswith(wanted), one.code_key))
    return Answer(options=tuple(agency_option(one) for one in fitting[:OFFERED_AT_MOST]))
