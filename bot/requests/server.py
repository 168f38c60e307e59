"""The HTTP server. It starts the process that answers (`bot.processes.run:application`), and loads nothing of it."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bot.requests.limits import ANSWERED_AT_ONCE
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
        interface=Interfaces.WSGI,
        blocking_threads=ANSWERED_AT_ONCE,
        workers_kill_timeout=SECONDS_TO_END,
        log_access=False,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()
