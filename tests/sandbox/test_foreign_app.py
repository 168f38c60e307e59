"""An ordinary Bolt app runs unchanged, over HTTP and over Socket Mode."""

import copy
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.sandbox.driver import Form, Person, Workspace
from tests.sandbox.foreign_app import APP_TOKEN, SEED, build
from tests.sandbox.helpers import close, until


class Server(ThreadingMixIn, WSGIServer):
    """A threaded WSGI server."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture(scope="module", params=["http", "socket"])
def running(request: pytest.FixtureRequest) -> Iterator[tuple[Workspace, list[Any]]]:
    """The workspace with the app at work, and what the app heard."""
    with Workspace.start(copy.deepcopy(SEED)) as workspace:
        app, heard = build(workspace.api_url)
        stop = _over_http(workspace, app) if request.param == "http" else _over_sockets(workspace, app)
        yield workspace, heard
        stop()


def _over_http(workspace: Workspace, app: App) -> Any:
    handler = SlackRequestHandler(app, path="/slack/events")
    server = make_server("127.0.0.1", 0, handler, server_class=Server, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    workspace.reach("Foreign", f"http://127.0.0.1:{server.server_port}/slack/events")

    def stop() -> None:
        server.shutdown()
        server.server_close()

    return stop


def _over_sockets(workspace: Workspace, app: App) -> Any:
    workspace.wire.post("apps/change", app="Foreign", socket_mode=True)
    handler = SocketModeHandler(app, APP_TOKEN)
    handler.connect()
    return lambda: close(handler)


@pytest.fixture
def focal(running: tuple[Workspace, list[Any]]) -> Person:
    return running[0].person("focal")


@pytest.fixture
def heard(running: tuple[Workspace, list[Any]]) -> list[Any]:
    return running[1]


@pytest.fixture(autouse=True)
def nothing_refused(running: tuple[Workspace, list[Any]]) -> Iterator[None]:
    """Slack would have taken everything the app sent."""
    yield
    assert running[0].refusals == []


def ordering(focal: Person) -> Form:
    focal.runs("/order", in_="#general")
    return focal.sees_form("Order")


def test_a_command_answers_in_its_acknowledgement(focal: Person) -> None:
    assert focal.runs("/echo hi <there>", in_="#general").text == "You said hi <there>"


def test_a_form_is_filled_corrected_and_decided_on(focal: Person, heard: list[Any]) -> None:
    form = ordering(focal)
    assert form.fields[:3] == ["What", "How many", "Size"]
    form.submit()
    assert set(form.errors) == {"What", "Size"}
    form.fill("What", "tea").choose("Size", "Large").choose("Country", "Mali").check("Extras", "Milk", "Sugar")
    form.uncheck("Extras", "Milk").choose("For", "Chief of staff").fill("When", "2026-01-31")
    form.attach("Paper", b"terms", called="terms.txt").submit()
    assert form.errors == {"What": "We have no tea"}
    assert form.fill("What", "coffee").submit() is None
    values = heard[-1]["state"]["values"] if isinstance(heard[-1], dict) else heard[-2]["state"]["values"]
    assert values["extras"]["v"]["selected_options"][0]["value"] == "sugar"
    assert values["country"]["v"]["selected_option"]["value"] == "mali"
    assert values["paper"]["v"]["files"][0]["name"] == "terms.txt"
    focal.direct_message_from("Foreign", "Order: coffee, large").press("Approve")
    assert focal.sees("Approved 42", in_="Foreign").buttons == []


def test_a_second_form_on_top_and_closing(focal: Person, heard: list[Any]) -> None:
    form = ordering(focal).fill("What", "draft")
    form.press("Details")
    below = focal.sees_form("More about it").close()
    assert below is not None
    assert below.value("What") == "draft"
    below.close()
    until(lambda: ("closed", {"values": {}}, False) in heard)


def test_an_ephemeral_is_replaced(focal: Person) -> None:
    reply = focal.runs("/later", in_="#general")
    assert reply.message.is_ephemeral
    reply.press("Replace me")
    assert focal.sees("Replaced", in_="#general").is_ephemeral


def test_home_opens_a_form(focal: Person) -> None:
    assert "Welcome" in focal.home.text
    focal.home.press("Order")
    focal.sees_form("Order").close()


def test_shortcuts(focal: Person) -> None:
    focal.shortcut("New order")
    focal.sees_form("Order").close()
    message = focal.says("quotable", in_="#general")
    message.shortcut("Quote")
    focal.sees("Quoted: quotable", in_="#general")
    assert [reply.text for reply in message.refresh().thread] == ["Quoted: quotable"]


def test_a_mention_is_answered_with_a_reaction(focal: Person) -> None:
    message = focal.says("@Foreign look", in_="#general")
    until(lambda: message.refresh().reactions == {"eyes": 1})


def test_a_file_is_answered_with_a_file(focal: Person) -> None:
    focal.uploads(b"1,2", called="numbers.csv", in_="#general")
    assert focal.sees("receipt.json", in_="#general").files == {"receipt.json": b'{"name": "numbers.csv"}'}
