"""What stands between us and Slack may answer anything: each answer is told apart by what can be done about it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bot.delivery.addresses import is_slack_itself, is_slacks
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
def trickle() -> Iterator[str]:
    """A server that sends a file byte by byte for as long as somebody reads it."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _address = listener.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
                while not ended.wait(0.01):
                    connection.sendall(b"x")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
        ended.set()
        thread.join()


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


FOREIGN = [
    "https://files.slack.com.example.org/f",
    "https://example.org/slack.com",
    "https://evilslack.com/f",
    "http://files.slack.com/f",
    "https://files.slack.com:8443/f",
    "https://files.slack.com@example.org/f",
    "https://token@files.slack.com/f",
    "https://files.slack.com:no/f",
    "https://files.slack-gov.com.example.org/f",
    "ftp://files.slack.com/f",
    "file:///x",
    "//files.slack.com/f",
    "",
]


@pytest.mark.parametrize(
    "api", ["https://slack.com/api/", "http://127.0.0.1:9/api/", "https://gateway.example.net/api/"]
)
@pytest.mark.parametrize("url", FOREIGN)
def test_our_token_our_files_and_our_answers_go_to_nobody_but_slack(url: str, api: str) -> None:
    slack = SlackCalls("xoxb-1", api)
    with pytest.raises(Permanent) as caught:
        slack.download(url, 10)
    assert caught.value.code == "foreign_address"
    with pytest.raises(Permanent) as caught:
        slack.respond(url, {"text": "Confidential"})
    assert caught.value.code == "foreign_address"


@pytest.mark.parametrize("url", FOREIGN)
def test_a_file_is_put_only_where_slack_is(url: str) -> None:
    place = json.dumps({"ok": True, "upload_url": url, "file_id": "F1"}).encode()
    with oddity(http("200 OK", place)) as server, pytest.raises(Permanent) as caught:
        SlackCalls("xoxb-1", server.url).upload("minutes.pdf", b"Confidential")
    assert caught.value.code == "foreign_address"


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://files.slack.com/f", "https://slack.com/api/"),
        ("https://files.slack.com:443/f", "https://slack.com/api/"),
        ("https://hooks.slack.com/actions/T1/2/3", "https://www.slack.com/api/"),
        ("https://files.slack-gov.com/f", "https://slack-gov.com/api/"),
        ("https://files.slack.com/f", "https://gateway.example.net/api/"),
        ("https://gateway.example.net/f", "https://gateway.example.net/api/"),
        ("http://slack.test.internal:8065/f", "http://slack.test.internal:8065/api/"),
        ("http://127.0.0.1:8066/f", "http://localhost:8065/api/"),
        ("http://[::1]:8065/f", "http://127.0.0.1:8065/api/"),
    ],
)
def test_slacks_own_addresses_are_known(url: str, api: str) -> None:
    assert is_slacks(url, api)


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://files.slack-gov.com/f", "https://slack.com/api/"),
        ("https://files.slack.com/f", "https://slack-gov.com/api/"),
        ("http://gateway.example.net/f", "https://gateway.example.net/api/"),
        ("http://slack.test.internal:9999/f", "http://slack.test.internal:8065/api/"),
        ("https://files.slack.com/f", "http://127.0.0.1:8065/api/"),
    ],
)
def test_a_neighbour_of_our_slack_is_a_stranger(url: str, api: str) -> None:
    assert not is_slacks(url, api)


@pytest.mark.parametrize(
    ("api", "itself"),
    [
        ("https://slack.com/api/", True),
        ("https://slack-gov.com/api/", True),
        ("https://www.slack.com/api/", True),
        ("https://notslack.com/api/", False),
        ("https://slack.com.example.org/api/", False),
        ("http://127.0.0.1:8065/api/slack.com/", False),
    ],
)
def test_slack_itself_is_told_from_servers_that_are_called_alike(api: str, itself: bool) -> None:
    """Its limits are kept, and its secrets looked at, wherever it really is."""
    assert is_slack_itself(api) is itself


def test_a_file_that_trickles_in_is_given_up() -> None:
    """Each wait is short, all of them together are too long."""
    with trickle() as url, pytest.raises(Transient) as caught:
        SlackCalls("xoxb-1", url, seconds=0.2).download(url, 1_000_000)
    assert caught.value.code == "connection"
    assert caught.value.detail == "TimeoutError"
