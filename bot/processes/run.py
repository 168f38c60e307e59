"""What the processes of the Procfile run: web, worker, and both in one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Any

import structlog

from bot.app import Product, bolt_app, build
from bot.delivery.addresses import is_slack_itself
from bot.delivery.dispatch import PACE
from bot.delivery.version import user_agent
from bot.observe import configure_logs
from bot.processes.parent import end_with_our_server
from bot.requests.door import Door
from bot.requests.limits import ANSWERED_AT_ONCE
from bot.requests.web import Web
from bot.settings import read_settings

# Within the ten seconds that whoever tells a process to end waits for it.
SECONDS_TO_END = 9.5

log = structlog.get_logger()


def product_from_environment() -> Product:
    """Read the settings and put the product together. Raises SettingsError."""
    settings = read_settings(for_slack=True)
    configure_logs(settings.log_level, settings.log_format)
    return build(settings)


def application() -> Door:
    """What the HTTP server's process runs."""
    end_with_our_server()
    return Door(_web(product_from_environment()))


def application_with_worker() -> Door:
    """The same with a worker beside it in one process."""
    from bot.worker import Worker  # noqa: PLC0415 - a web process alone needs no clock

    end_with_our_server()
    product = product_from_environment()
    web = _web(product)
    worker = Worker(product, pace=pace_of(product))
    worker.start()
    _at_the_end(worker.stop)
    return Door(web)


def _web(product: Product) -> Web:
    web = Web(product, None if product.settings.uses_socket_mode else bolt_app(product))
    if product.settings.uses_socket_mode:
        _connect_socket(product)
    return web


def _at_the_end(what: Callable[[], None]) -> None:
    """Do something when this process ends. The server's process is a child of ours, and those skip `atexit`."""
    Finalize(None, what, exitpriority=0)


def pace_of(product: Product) -> timedelta:
    """One post a second per channel; a server that is not Slack's own sets its limits by answering 429."""
    return PACE if is_slack_itself(product.settings.slack_api_url) else timedelta(0)


def _connect_socket(product: Product) -> None:
    from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415 - seldom needed, slow to load

    token = product.settings.slack_app_token.get_secret_value()
    handler = SocketModeHandler(
        bolt_app(product), token, web_client=socket_client(product, token), concurrency=ANSWERED_AT_ONCE
    )
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

    client = WebClient(token=token, base_url=product.settings.slack_api_url)
    # The SDK puts its own name in front, by which nobody would find us.
    client.headers["User-Agent"] = user_agent()
    return client


def run_worker() -> None:
    """Work until SIGTERM or SIGINT."""
    from bot.worker import Worker  # noqa: PLC0415 - a web process alone needs no clock

    product = product_from_environment()
    worker = Worker(product, pace=pace_of(product))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    worker.start()
    log.info("worker started")
    stop.wait()
    # A file behind a writer that stands still keeps whoever waits for it, and whoever closes it, longer than that.
    at_last = threading.Timer(SECONDS_TO_END, _leave)
    at_last.daemon = True
    at_last.start()
    worker.stop()
    product.database.dispose()


def _leave() -> None:
    """End as a killed process does: what is in hand waits for its lease to run out."""
    log.warning("the database keeps us waiting, what is in hand waits for its lease to run out")
    os._exit(0)
