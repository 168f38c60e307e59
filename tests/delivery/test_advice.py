"""What doctor says of a call that failed, against servers that answer so; and how our requests name themselves."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.app import build
from bot.clock.heartbeat import heartbeat
from bot.delivery.slack import SlackCalls, SlackTrouble, Transient
from bot.delivery.version import user_agent, version
from bot.settings import SLACK_OWN_API, Settings
from bot.tools.advice import advise
from bot.tools.doctor import Finding, examine
from commands.mission.rules.health import Known, judge
from storage.machine import get_facts
from storage.missions import get_mission
from storage.outbox.report import OutboxReport
from tests.databases import sqlite_url

TOKEN = "Slack accepts the bot token"
SCOPES = "every scope of the manifest is granted"
NOW = datetime(2035, 3, 5, 7, 0, tzinfo=UTC)
AUTH = {"ok": True, "team_id": "T1", "user_id": "U1"}


class Answering(BaseHTTPRequestHandler):
    """Says the same to everybody, and keeps how they named themselves."""

    status = 200
    kind = "application/json"
    body = b"{}"
    more: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        type(self).named += (str(self.headers.get("User-Agent")),)
        self.send_response(self.status)
        for name, value in (("Content-Type", self.kind), ("Content-Length", str(len(self.body))), *self.more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent names it so
        """Tests need no access log."""


@contextmanager
def a_server(status: int, body: bytes, *more: tuple[str, str]) -> Iterator[tuple[str, type[Answering]]]:
    """Something at an address of its own that answers so."""
    made = type("Made", (Answering,), {"status": status, "body": body, "more": more})
    with ThreadingHTTPServer(("127.0.0.1", 0), made) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/", made
        server.shutdown()


def said(code: str) -> bytes:
    return json.dumps({"ok": False, "error": code}).encode()


def settings_for(url: str, database_url: str) -> Settings:
    """With Slack at this address."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token="xoxb-1",  # type: ignore[arg-type]
        slack_signing_secret="s",  # type: ignore[arg-type]
        slack_api_url=url,
        database_url=database_url,
    )


def looked_at(url: str, folder: Path) -> dict[str, Finding]:
    """What doctor finds with Slack at this address."""
    return {found.what: found for found in examine(settings_for(url, sqlite_url(folder)))}


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, b"<html>Internal Server Error</html>", ["trouble of its own (http_500)", "slack-status.com"]),
        (503, b"", ["trouble of its own (http_503)", "slack-status.com"]),
        (200, said("internal_error"), ["trouble of its own (internal_error)", "slack-status.com"]),
        (200, b"<html>Welcome to the hotel</html>", ["does not speak Slack's API (http_200)", "SLACK_API_URL"]),
        (404, b"not found", ["does not speak Slack's API (http_404)", "SLACK_API_URL"]),
        (302, b"", ["does not speak Slack's API (http_302)", "SLACK_API_URL"]),
        (200, said("ratelimited"), ["Try again in 30 s"]),
        (200, said("invalid_auth"), ["does not know this token (invalid_auth)", "Copy the Bot User OAuth Token"]),
        (200, said("account_inactive"), ["taken out of the workspace", "workspace is gone", "install the app again"]),
        (200, said("token_revoked"), ["taken out of the workspace", "install the app again"]),
        (200, said("token_expired"), ["switch token rotation off", "install the app again"]),
        (200, said("org_login_required"), ["wait until that is done"]),
        (200, said("access_denied"), ["Slack refused with access_denied"]),
    ],
)
def test_the_advice_fits_the_answer(tmp_path: Path, status: int, body: bytes, words: list[str]) -> None:
    with a_server(status, body) as (url, _made):
        found = looked_at(url, tmp_path)[TOKEN]
    assert found.well is False
    for word in words:
        assert word in found.advice
    if "install the app again" not in words:
        assert "install" not in found.advice


def test_where_nothing_listens_the_line_is_named(tmp_path: Path) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{sock.getsockname()[1]}/api/"
        advice = looked_at(url, tmp_path)[TOKEN].advice
    assert "no line to 127.0.0.1 (ConnectionRefusedError)" in advice


def test_a_name_that_nobody_knows_is_an_address_that_is_wrong(tmp_path: Path) -> None:
    advice = looked_at("http://slack.invalid/api/", tmp_path)[TOKEN].advice
    assert "The name slack.invalid is not known here" in advice


def test_a_page_in_slacks_place_is_a_proxys(monkeypatch: pytest.MonkeyPatch) -> None:
    """With Slack's own address: the proxy of this machine answers, or refuses the line."""
    with a_server(407, b"") as (url, made):
        made.do_CONNECT = made.do_POST  # type: ignore[attr-defined]
        monkeypatch.setenv("HTTPS_PROXY", url.removesuffix("/api/"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(SlackTrouble) as caught:
            SlackCalls("xoxb-1", SLACK_OWN_API, seconds=5).call("auth.test")
        assert made.named == (user_agent(),)
    assert "The proxy opened no line to slack.com" in advise(caught.value, SLACK_OWN_API)
    assert "407" in advise(caught.value, SLACK_OWN_API)


def test_a_sign_in_page_in_slacks_place_is_not_the_tokens_fault() -> None:
    advice = advise(Transient("not_slack", "http_302", uncertain=True), SLACK_OWN_API)
    assert "a proxy, or the sign-in page of the network" in advice
    assert "install" not in advice


def test_scopes_that_slack_does_not_list_are_unknown(tmp_path: Path) -> None:
    body = json.dumps(AUTH).encode()
    with a_server(200, body) as (url, _made):
        assert looked_at(url, tmp_path)[SCOPES].well is None
        assert str(looked_at(url, tmp_path)[SCOPES]).startswith("?     every scope")
    with a_server(200, body, ("X-OAuth-Scopes", "chat:write, users:read")) as (url, _made):
        assert looked_at(url, tmp_path)[SCOPES].well is False
    with a_server(200, body, ("X-OAuth-Scopes", "")) as (url, _made):
        assert looked_at(url, tmp_path)[SCOPES].well is False


@pytest.mark.parametrize(
    ("status", "body", "more", "scopes", "slack"),
    [
        (200, json.dumps(AUTH).encode(), (), "scopes_untold", "auth_good"),
        (200, json.dumps(AUTH).encode(), (("X-OAuth-Scopes", ""),), "scopes_missing", "auth_good"),
        (500, b"<html>", (), "scopes_unknown", "auth_away"),
        (200, said("account_inactive"), (), "scopes_unknown", "cut_off"),
    ],
)
def test_health_says_the_same_as_doctor(
    database_url: str, status: int, body: bytes, more: tuple[tuple[str, str], ...], scopes: str, slack: str
) -> None:
    with a_server(200, json.dumps(AUTH).encode()) as (url, _made):
        heartbeat(build(settings_for(url, database_url), now=lambda: NOW), "w1")
    later = NOW + timedelta(minutes=11)
    with a_server(status, body, *more) as (url, _made):
        product = build(settings_for(url, database_url), now=lambda: later)
        heartbeat(product, "w1")
    with product.database.reading() as session:
        mission = get_mission(session, "T1")
        known = Known(later, get_facts(session, "T1"), {}, OutboxReport(), paused_reason=mission.paused_reason)
    found = {one.what for one in judge(known)}
    assert {scopes, slack} <= found
    product.database.dispose()


def test_every_request_names_us() -> None:
    assert user_agent().startswith(f"Rapporteur/{version()} (+python 3.")
    with a_server(200, json.dumps(AUTH).encode()) as (url, made):
        calls = SlackCalls("xoxb-1", url)
        made.do_GET = made.do_POST  # type: ignore[attr-defined]
        calls.call("auth.test")
        calls.respond(f"{url}respond", {"text": "x"})
        calls.download(f"{url}file", 100)
        calls._put(f"{url}upload", b"content")
        assert made.named == (user_agent(),) * 4
