"""What stands between us and Slack may answer anything: each answer is told apart by what can be done about it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.delivery.slack import Permanent, RateLimited, SlackCalls, SlackTrouble, TokenLost, Transient


class Oddity:
    """A server that answers each request with the next prepared bytes; empty bytes close the connection."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.connections = 0
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while self.answers:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        while self.answers:
            request = connection.recv(65536)
            if not request:
                return
            self.requests.append(request)
            answer = self.answers.pop(0)
            connection.sendall(answer)
            if b"Connection: close" in answer or not answer:
                return

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


@contextmanager
def oddity(*answers: bytes) -> Iterator[Oddity]:
    """A server for the length of a test."""
    server = Oddity(*answers)
    try:
        yield server
    finally:
        server.close()


def http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


def meets(answer: bytes, *, seconds: int = 5) -> SlackTrouble:
    with oddity(answer) as server, pytest.raises(SlackTrouble) as caught:
        SlackCalls("xoxb-1", server.url, seconds=seconds).call("chat.postMessage", channel="C1", text="x")
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        http("502 Bad Gateway", PAGE),
        http("200 OK", PAGE),
        http("200 OK", b""),
        http("200 OK", b"[]"),
        http("200 OK", b'{"ok": tr'),
        http("200 OK", b"{}"),
        http("500 Internal Server Error", b'{"ok":false,"error":"internal_error"}'),
        http("200 OK", b'{"ok":false,"error":"internal_error"}'),
        http("200 OK", b'{"ok":false}'),
        http("404 Not Found", PAGE),
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{",
        b"not HTTP at all\r\n\r\n Connection: close",
        b"",
    ],
)
def test_an_answer_that_does_not_say_what_slack_did_leaves_the_outcome_open(answer: bytes) -> None:
    trouble = meets(answer)
    assert isinstance(trouble, Transient)
    assert trouble.uncertain
    assert len(trouble.code) < 40


def test_no_answer_in_time_leaves_the_outcome_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
        with pytest.raises(Transient) as caught:
            SlackCalls("xoxb-1", url, seconds=1).call("auth.test")
    assert caught.value.uncertain
    assert caught.value.code == "timed_out"


def test_a_server_that_is_not_there_has_done_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Transient) as caught:
        SlackCalls("xoxb-1", f"http://127.0.0.1:{port}/api/").call("auth.test")
    assert not caught.value.uncertain


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (http("429 Too Many Requests", b'{"ok":false,"error":"ratelimited"}', "Retry-After: 7"), 7),
        (http("429 Too Many Requests", b""), 30),
        (http("429 Too Many Requests", PAGE, "Retry-After: soon"), 30),
        (http("200 OK", b'{"ok":false,"error":"rate_limited"}', "retry-after: 3"), 3),
        (http("429 Too Many Requests", b"", "Retry-After: 99999999999999"), 3600),
    ],
)
def test_a_limit_says_how_long_to_wait(answer: bytes, seconds: int) -> None:
    trouble = meets(answer)
    assert isinstance(trouble, RateLimited)
    assert trouble.seconds == seconds


def test_refusals_and_lost_tokens_are_told_apart() -> None:
    assert isinstance(meets(http("200 OK", b'{"ok":false,"error":"token_revoked"}')), TokenLost)
    refusal = meets(http("200 OK", b'{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["why"]}}'))
    assert isinstance(refusal, Permanent)
    assert (refusal.code, refusal.detail) == ("invalid_blocks", "why")
    assert isinstance(meets(http("200 OK", b'{"ok":false,"error":"brand_new_error"}')), Permanent)


def test_one_connection_serves_many_calls_and_is_dialled_anew_when_slack_hung_up() -> None:
    fine = http("200 OK", b'{"ok":true}')
    with oddity(fine, fine, http("200 OK", b'{"ok":true}', "Connection: close"), fine) as server:
        slack = SlackCalls("xoxb-1", server.url)
        for _call in range(4):
            assert slack.call("auth.test") == {"ok": True}
        assert server.connections == 2


def test_a_redirect_is_not_followed_with_our_token() -> None:
    elsewhere = http("302 Found", b"", "Location: http://127.0.0.1:9/steal")
    with oddity(elsewhere) as server, pytest.raises(Permanent) as caught:
        SlackCalls("xoxb-1", server.url).download(server.url, 10)
    assert caught.value.code == "http_302"


@pytest.mark.parametrize("url", ["https://files.slack.com.example.org/f", "https://example.org/slack.com", "file:///x"])
def test_our_token_is_shown_to_nobody_but_slack(url: str) -> None:
    for api in ("https://slack.com/api/", "http://127.0.0.1:9/api/"):
        with pytest.raises(Permanent) as caught:
            SlackCalls("xoxb-1", api).download(url, 10)
        assert caught.value.code == "foreign_address"
