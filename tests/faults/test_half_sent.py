"""Connections that never finish what they began: they hold no thread, nobody waits for them, and they are told."""

from __future__ import annotations

import json
import selectors
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.requests.limits import CONNECTIONS_AT_ONCE
from tests.databases import sqlite_url
from tests.faults.processes import a_mission_of_today, a_process, answers
from tests.signing import signed
from tests.waiting import PATIENCE, wait_until

BODY = json.dumps({"type": "url_verification", "challenge": "c-1"}).encode()
LINE = b"POST /slack/events HTTP/1.1\r\nHost: example.org\r\n"
# How far they come: nothing, half a line of headers, no body, half a body, half a body in chunks.
BEGINNINGS = [
    b"",
    LINE,
    LINE + b"Content-Length: 100\r\n\r\n",
    LINE + b"Content-Length: 100\r\n\r\ncommand=%2Fupdate",
    LINE + b"Transfer-Encoding: chunked\r\n\r\n8\r\ncommand=\r\n",
]
HEADERS_WHOLE_FROM = 2


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a web process listens to Slack."""
    folder: Path = tmp_path_factory.mktemp("half")
    with a_mission_of_today(sqlite_url(folder)) as (_world, environment), a_process("web", environment):
        wait_until(lambda: answers(environment), "the web side answers")
        yield int(environment["PORT"])


def speaks(port: int) -> httpx.Response:
    """A whole request, signed as Slack signs."""
    return httpx.post(f"http://127.0.0.1:{port}/slack/events", content=BODY, headers=signed(BODY), timeout=PATIENCE)


@contextmanager
def half_sent(port: int, count: int) -> Iterator[list[socket.socket]]:
    """Connections that have said a part of a request, each another part, and then nothing."""
    with ExitStack() as stack:
        opened = []
        for number in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            one.sendall(BEGINNINGS[number % len(BEGINNINGS)])
            opened.append(one)
        yield opened


def begun(connections: list[socket.socket]) -> list[socket.socket]:
    """Those of them whose headers are whole, so that a body is waited for."""
    return [one for number, one in enumerate(connections) if number % len(BEGINNINGS) >= HEADERS_WHOLE_FROM]


def shut(connections: list[socket.socket]) -> int:
    """How many of them the server has shut, or said something to."""
    with selectors.DefaultSelector() as waiting:
        for one in connections:
            waiting.register(one, selectors.EVENT_READ)
        return len(waiting.select(0))


@pytest.mark.parametrize("count", [8, 80, 800])
def test_a_whole_request_waits_for_no_half_one(port: int, count: int) -> None:
    assert count < CONNECTIONS_AT_ONCE
    with half_sent(port, count) as connections:
        answer = speaks(port)
        assert (answer.status_code, "c-1" in answer.text) == (200, True)
        assert shut(connections) < count, "they were shut before anybody else was answered: this shows nothing"
        waited_for = begun(connections)
        wait_until(lambda: shut(waited_for) == len(waited_for), "the server answers every one of them")
        assert all(one.recv(100).startswith(b"HTTP/1.1 408 ") for one in waited_for)
