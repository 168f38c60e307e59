"""What the product is compared with: the same server with an empty Bolt app, or with the signature check alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.app import ANYTHING
from bot.processes.parent import end_with_our_server
from bot.tools.demo.play import SIGNING_SECRET

Environ = dict[str, Any]
SERVED = {
    "bolt": "bot.tools.bench.bare:bolt",
    "signature": "bot.tools.bench.bare:signature",
    "floor": "bot.tools.bench.floor:served",
}


def bolt_app() -> App:
    """A Bolt app that knows nothing yet."""
    us = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-bare", bot_id="B1", bot_user_id="U1")  # noqa: S106 - worth nothing
    return App(
        name="bare",
        signing_secret=SIGNING_SECRET,
        authorize=lambda: us,
        process_before_response=True,
    )


def bolt() -> Callable[..., Iterable[bytes]]:
    """A Bolt app that acknowledges every command and press and does nothing."""
    end_with_our_server()
    app = bolt_app()
    app.command(ANYTHING)(lambda ack: ack())
    app.action(ANYTHING)(lambda ack: ack())
    handler: Callable[..., Iterable[bytes]] = SlackRequestHandler(app, path="/slack/events")
    return handler


def signature() -> Callable[..., Iterable[bytes]]:
    """Only the signature is checked."""
    end_with_our_server()
    verifier = SignatureVerifier(SIGNING_SECRET)

    def answer(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        stamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        # The question whether we are up yet comes without a stamp.
        good = stamp.isdigit() and verifier.is_valid(body, stamp, environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        start("200 OK" if good else "401 Unauthorized", [("content-length", "0")])
        return [b""]

    return answer


def serve(name: str, port: int) -> None:
    """Serve one of them until told to stop, as the product is served."""
    from granian import Granian  # noqa: PLC0415 - only the bench's own processes need it here
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    from bot.requests.limits import ANSWERED_AT_ONCE  # noqa: PLC0415

    Granian(
        SERVED[name],
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=ANSWERED_AT_ONCE,
        log_access=False,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()
