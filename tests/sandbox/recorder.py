"""Apps that write down all they hear and answer as they are told: one over HTTP, one over Socket Mode."""

import json
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.sandbox.helpers import Json

Answerer = Callable[[Json], tuple[int, Any]]


class Heard:
    """What an app heard, in order, and how it answers: a status and a body."""

    def __init__(self) -> None:
        self.heard: list[Json] = []
        self.answer: Answerer = lambda _: (200, None)

    def events(self, kind: str) -> list[Json]:
        """The inner events of one kind."""
        payloads = [one["payload"] for one in list(self.heard)]
        return [
            one["event"] for one in payloads if one.get("type") == "event_callback" and one["event"]["type"] == kind
        ]

    def payloads(self, kind: str) -> list[Json]:
        """The interaction payloads of one kind, or the slash commands of one name."""
        payloads = [one["payload"] for one in list(self.heard)]
        return [one for one in payloads if kind in {one.get("type"), one.get("command")}]

    def retries(self) -> list[tuple[str | None, str | None]]:
        """Number and reason of each delivery; None for a first one."""
        names = ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")
        return [(one["headers"].get(names[0]), one["headers"].get(names[1])) for one in list(self.heard)]

    def close(self) -> None:
        """Stop listening."""


class Recorder(Heard):
    """Over HTTP; ``headers`` go with every answer."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: dict[str, str] = {}
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                payload = _payload(body, self.headers["content-type"])
                recorder.heard.append({"payload": payload, "headers": dict(self.headers), "body": body})
                status, said = recorder.answer(payload)
                content = b"" if said is None else said.encode() if isinstance(said, str) else json.dumps(said).encode()
                self.send_response(status)
                for name, value in recorder.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/plain" if isinstance(said, str) else "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class SocketRecorder(Heard):
    """Over one socket; an answer with another status than 200 is no acknowledgement."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(url, proxy=None))
        assert json.loads(self._socket.recv(5))["type"] == "hello"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            for text in self._socket:
                envelope = json.loads(text)
                if "envelope_id" in envelope:
                    threading.Thread(target=self._take, args=(envelope,), daemon=True).start()
        except ConnectionClosed:
            return

    def _take(self, envelope: Json) -> None:
        number = envelope.get("retry_attempt")
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": envelope["retry_reason"]} if number else {}
        self.heard.append({"payload": envelope["payload"], "headers": headers})
        status, said = self.answer(envelope["payload"])
        if status == 200:
            answer = {"envelope_id": envelope["envelope_id"]} | ({"payload": said} if said else {})
            with suppress(ConnectionClosed):
                self._socket.send(json.dumps(answer))

    def close(self) -> None:
        """Close the socket."""
        self._open.close()


def _payload(body: bytes, content_type: str) -> Json:
    if content_type.startswith("application/json"):
        return json.loads(body)
    fields = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return json.loads(fields["payload"]) if "payload" in fields else fields
