"""What the sandbox's tests share: refusals, a recording app over HTTP, a raw socket."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

Json = dict[str, Any]
Answerer = Callable[[Json], tuple[int, Any]]


def client(api_url: str, token: str = "xoxb-foreign") -> WebClient:
    """Slack's own client, without retries."""
    return WebClient(token, base_url=api_url, retry_handlers=[])


@contextmanager
def refused(code: str) -> Iterator[Json]:
    """The call inside must be refused with this code; what Slack answered is filled in."""
    answer: Json = {}
    with pytest.raises(SlackApiError) as caught:
        yield answer
    answer.update(caught.value.response.data)
    assert answer["error"] == code, answer


def close(handler: Any) -> None:
    """Close a Socket Mode handler of Bolt.

    Slack's client waits without end for its receiving thread, which may have begun anew in the meantime; told first,
    the thread does not begin anew.
    """
    handler.client.current_session_runner.event.set()
    handler.client.current_app_monitor.event.set()
    handler.close()


def until(condition: Callable[[], Any], timeout: float = 5.0) -> Any:
    """Wait until a condition holds; its value."""
    ends = time.monotonic() + timeout
    while not (found := condition()):
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.01)
    return found


class Recorder:
    """An app that writes down every request and answers as it is told."""

    def __init__(self) -> None:
        self.heard: list[Json] = []
        self.answer: Answerer = lambda _: (200, None)
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
                if status >= 500 and payload.get("no_retry"):
                    self.send_header("X-Slack-No-Retry", "1")
                for name, value in getattr(recorder, "headers", {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/plain" if isinstance(said, str) else "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Stay silent."""

        self.headers: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

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

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _payload(body: bytes, content_type: str) -> Json:
    if content_type.startswith("application/json"):
        return json.loads(body)
    fields = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return json.loads(fields["payload"]) if "payload" in fields else fields


def section(words: str) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def plain(words: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": words}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}


def text_input(block: str = "b", action: str = "a", **more: Any) -> Json:
    """A text input in its block; ``more`` goes to the block."""
    element = {"type": "plain_text_input", "action_id": action, **more.pop("element", {})}
    return {"type": "input", "block_id": block, "label": plain(block.title()), "element": element, **more}
