"""How fast the sandbox is and how much memory it takes: ``python -m bot.sandbox.bench``.

The sandbox runs in a process of its own; the person, the app and the caller share this one. Every phase is bounded,
so that a measurement ends within twenty seconds on a slow machine too, and says how far it came. The app is as bare as
an app can be: it acknowledges. Figures of one machine say little of another, so the same app is also asked directly,
and ``command_cost_ratio`` tells what the sandbox adds.
"""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PEOPLE_AT_ONCE = 8
_SERVE = ("-m", "bot", "--with-parent", "sandbox", "--port", "0")
_SCOPES = ["chat:write", "chat:write.public", "commands"]


def measure(*, commands: int = 1000, messages: int = 10_000, seconds: float = 4.0) -> dict[str, float]:
    """Measure slash commands, posts and memory.

    Args:
        commands: how many slash commands each of the two rounds runs at most, one by one and then by eight people.
        messages: how many messages are posted at most.
        seconds: how long each round of commands may take; posting may take twice as long.

    Returns:
        Figures by name; the unit is the end of the name (``_ms``, ``_mb``, ``_per_second``, ``_ratio``). Memory is
        the sandbox's resident set and left out where the system does not tell it.
    """
    with _sandbox() as (process, port), _app() as app_port:
        link = _Link(port)
        token = link.post("/sandbox/apps", _bench_app(app_port))["bot_token"]
        bare = _timed(lambda: _ask_app(app_port), commands // 4, seconds / 4)
        alone = _timed(link.command, commands, seconds)
        together = _together(port, commands, seconds)
        before = _memory(process.pid)
        posts = _timed(lambda: link.say(token), messages, 2 * seconds)
        return {
            **_figures("command", alone),
            "commands_of_eight_people_per_second": together,
            "command_cost_ratio": round(median(alone) / median(bare), 2),
            **_figures("post", posts),
            "messages": len(posts),
            **_grown(before, _memory(process.pid), len(posts)),
        }


def _figures(name: str, times: list[float]) -> dict[str, float]:
    return {
        f"{name}s_per_second": round(len(times) / sum(times)),
        f"{name}_p50_ms": round(median(times) * 1000, 2),
        f"{name}_p99_ms": round(quantiles(times, n=100)[98] * 1000, 2),
    }


def _grown(before: float | None, after: float | None, messages: int) -> dict[str, float]:
    if before is None or after is None:
        return {}
    kilobytes = round((after - before) * 1024 / messages, 2)
    return {"memory_before_mb": before, "memory_after_mb": after, "kilobytes_per_message": kilobytes}


def _timed(what: Callable[[], None], most: int, seconds: float) -> list[float]:
    """How long each of up to ``most`` turns took, until the time is over; two at least."""
    ends = time.perf_counter() + seconds
    times: list[float] = []
    while len(times) < 2 or (len(times) < most and time.perf_counter() < ends):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return times


def _together(port: int, commands: int, seconds: float) -> float:
    links = [_Link(port) for _ in range(PEOPLE_AT_ONCE)]
    began = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
        done = list(pool.map(lambda link: len(_timed(link.command, commands // PEOPLE_AT_ONCE, seconds)), links))
    return round(sum(done) / (time.perf_counter() - began))


class _Link:
    """A connection to the sandbox that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)
        self._person = "member"
        self._number = 0

    def post(self, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
        """Post JSON and read the answer, which must be good."""
        headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {token}"}
        self._connection.request("POST", path, json.dumps(body), headers)
        answer: dict[str, Any] = json.loads(self._connection.getresponse().read())
        if not answer["ok"]:
            raise RuntimeError(f"{path} answered {answer}")
        return answer

    def command(self) -> None:
        """A person runs a command and the app acknowledges it."""
        asked = {"as": self._person, "channel": "#general", "text": "/bench"}
        if not self.post("/sandbox/command", asked)["acknowledged"]:
            raise RuntimeError("the command was not acknowledged")

    def say(self, token: str) -> None:
        """The app posts a message with a block."""
        self._number += 1
        words = f"Message {self._number} of a day on which *much* is said"
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]
        self.post("/api/chat.postMessage", {"channel": "#general", "text": words, "blocks": blocks}, token)


def _bench_app(port: int) -> dict[str, Any]:
    url = f"http://127.0.0.1:{port}/"
    return {"name": "Bench", "scopes": _SCOPES, "request_url": url, "commands": [{"command": "/bench"}]}


def _ask_app(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/", "command=%2Fbench", {"Content-Type": "application/x-www-form-urlencoded"})
    connection.getresponse().read()
    connection.close()


@contextmanager
def _app() -> Iterator[int]:
    """An app that acknowledges everything; its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Acknowledge)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Acknowledge(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent names it so
        """A measurement needs no access log."""


@contextmanager
def _sandbox() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A sandbox in a process of its own, and its port."""
    # It ends when its standard input does, which it does with us.
    process = subprocess.Popen(  # noqa: S603 - this interpreter, fixed words
        [sys.executable, *_SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        if found is None:
            raise RuntimeError("the sandbox did not start")
        yield process, int(found.group(1))
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _memory(process: int) -> float | None:
    """The resident set in megabytes."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    return round(int(found.group(1)) / 1024, 1) if found else None


if __name__ == "__main__":
    for name, value in measure().items():
        sys.stdout.write(f"{name:40} {value:g}\n")
