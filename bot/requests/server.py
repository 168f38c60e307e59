"""The HTTP server. It starts the process that answers (`bot.processes.run:application`), and loads nothing of it."""

from __future__ import annotations

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from bot.requests.limits import CONNECTIONS_AT_ONCE, MILLISECONDS_FOR_HEADERS
from bot.settings import read_settings

# Longer than what a worker takes to finish or give back, and still within ten seconds.
SECONDS_TO_END = 9


def serve_web(*, with_worker: bool = False) -> None:
    """Serve HTTP until told to stop."""
    settings = read_settings(for_slack=True)
    Granian(
        "bot.processes.run:application_with_worker" if with_worker else "bot.processes.run:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=MILLISECONDS_FOR_HEADERS),
        backpressure=CONNECTIONS_AT_ONCE,
        backlog=CONNECTIONS_AT_ONCE,
        workers_kill_timeout=SECONDS_TO_END,
        log_access=False,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()
