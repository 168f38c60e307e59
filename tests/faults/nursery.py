"""Starts and kills the product's processes quickly: everything is imported once, and each process is a fork of that.

Reads commands on standard input, `web`, `worker` or `kill PID`, and answers each with a line. Runs on a clock that goes
faster than the wall's, so that leases of dead workers run out within the test.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import psycopg  # noqa: F401 - imported before the forks, like everything else that takes time

from bot.app import Product, bolt_app, build
from bot.observe import configure_logs
from bot.requests.web import Web
from bot.rooms import find_rooms
from bot.settings import read_settings
from bot.worker import Worker

FASTER = 60
# Our forks watch one end; the other is held by this process alone, and closed with it.
WATCHED, HELD = os.pipe()


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    """Without an access log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent names it so
        """Say nothing."""


def fast_clock(start: float) -> datetime:
    """The present moment of a clock that began with the wall's and goes faster."""
    return datetime.fromtimestamp(start, UTC) + timedelta(seconds=(time.time() - start) * FASTER)


def product() -> Product:
    """The product on the fast clock."""
    start = float(os.environ["FAST_CLOCK_START"])
    return build(read_settings(for_slack=True), now=lambda: fast_clock(start))


def web() -> None:
    """Serve until killed."""
    made = product()
    port = int(os.environ["PORT"])
    make_server("127.0.0.1", port, Web(made, bolt_app(made)), server_class=Server, handler_class=Quiet).serve_forever()


def worker() -> None:
    """Work until killed."""
    Worker(product(), pace=timedelta(0)).start()
    threading.Event().wait()


def end_with_nursery() -> None:
    """End when nobody holds the other end of the pipe any more."""
    os.read(WATCHED, 1)
    os._exit(1)


def fork(run: str) -> int:
    """A process of its own; its id."""
    child = os.fork()
    if child:
        return child
    os.close(HELD)
    threading.Thread(target=end_with_nursery, daemon=True).start()
    try:
        {"web": web, "worker": worker}[run]()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def main() -> None:
    """Obey until standard input ends; then end every process that is left."""
    find_rooms()  # imports every room once, for all the forks
    configure_logs(os.environ.get("LOG_LEVEL", "ERROR"), "console")
    alive: set[int] = set()
    for line in sys.stdin:
        word, _blank, rest = line.strip().partition(" ")
        if word == "kill":
            pid = int(rest)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            alive.discard(pid)
        else:
            pid = fork(word)
            alive.add(pid)
        print(pid, flush=True)  # noqa: T201 - the answer to whoever started us
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
