"""Starting the processes of the Procfile: web, worker, and both in one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import Product, bolt_app, build
from bot.delivery import PACE
from bot.observe import configure_logs
from bot.settings import read_settings
from bot.web import Web
from bot.worker import Worker

# Enough that sixteen people can open a form at once while Slack takes 300 ms to draw each.
WEB_THREADS = 8
# Longer than what a worker takes to finish or give back, and still within ten seconds.
SECONDS_TO_END = 9
WITH_WORKER = "RAPPORTEUR_WITH_WORKER"

log = structlog.get_logger()


def product_from_environment() -> Product:
    """Read the settings and put the product together. Raises SettingsError."""
    settings = read_settings(for_slack=True)
    configure_logs(settings.log_level, settings.log_format)
    return build(settings)


def application() -> Web:
    """What the HTTP server's process runs; with a worker beside it when `run` started it."""
    product = product_from_environment()
    web = Web(product, None if product.settings.uses_socket_mode else bolt_app(product))
    if product.settings.uses_socket_mode:
        _connect_socket(product)
    if os.environ.get(WITH_WORKER):
        worker = Worker(product, pace=pace_of(product))
        worker.start()
        _at_the_end(worker.stop)
    return web


def _at_the_end(what: Callable[[], None]) -> None:
    """Do something when this process ends. The server's process is a child of ours, and those skip `atexit`."""
    Finalize(None, what, exitpriority=0)


def pace_of(product: Product) -> timedelta:
    """One post a second per channel; a server that is not Slack's own sets its limits by answering 429."""
    return PACE if "slack.com" in product.settings.slack_api_url else timedelta(0)


def _connect_socket(product: Product) -> None:
    token = product.settings.slack_app_token.get_secret_value()
    handler = SocketModeHandler(bolt_app(product), token, web_client=socket_client(product, token))
    handler.connect()  # type: ignore[no-untyped-call]
    _at_the_end(lambda: close_socket(handler))


def close_socket(handler: Any) -> None:
    """Close a Socket Mode connection.

    The SDK waits without end for its receiving thread, which may have begun anew meanwhile; told first, it does not.
    """
    handler.client.current_session_runner.event.set()
    handler.client.current_app_monitor.event.set()
    handler.close()


def socket_client(product: Product, token: str) -> Any:
    """The client that asks where the socket is; it must ask the server we are set to."""
    from slack_sdk import WebClient  # noqa: PLC0415 - only Socket Mode needs it here

    return WebClient(token=token, base_url=product.settings.slack_api_url)


def serve_web(*, with_worker: bool = False) -> None:
    """Serve HTTP until told to stop."""
    from granian import Granian  # noqa: PLC0415 - the worker does without a server
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    settings = read_settings(for_slack=True)
    if with_worker:
        os.environ[WITH_WORKER] = "1"
    Granian(
        "bot.serve:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=WEB_THREADS,
        workers_kill_timeout=SECONDS_TO_END,
        log_access=False,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


def run_worker() -> None:
    """Work until SIGTERM or SIGINT."""
    product = product_from_environment()
    worker = Worker(product, pace=pace_of(product))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    worker.start()
    log.info("worker started")
    stop.wait()
    worker.stop()
    product.database.dispose()
