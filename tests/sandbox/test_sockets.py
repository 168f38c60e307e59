"""Socket Mode: one socket per envelope, hello and disconnect, patience, retries."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from bot.sandbox.driver import Person, Workspace
from tests.sandbox.foreign_app import APP_TOKEN
from tests.sandbox.helpers import Json, client, refused, until
from tests.waiting import PATIENCE


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    workspace.wire.post("apps/change", app="Foreign", socket_mode=True)
    return workspace.person("focal")


def url(workspace: Workspace) -> str:
    return str(client(workspace.api_url).apps_connections_open(app_token=APP_TOKEN)["url"])


@contextmanager
def opened(workspace: Workspace) -> Iterator[ClientConnection]:
    with connect(url(workspace), proxy=None) as socket:
        assert hear(socket)["type"] == "hello"
        yield socket


def hear(socket: ClientConnection, timeout: float = PATIENCE) -> Json:
    found: Json = json.loads(socket.recv(timeout))
    return found


def take(socket: ClientConnection, payload: Any = None) -> Json:
    """Read one envelope and acknowledge it."""
    envelope = hear(socket)
    answer = {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
    socket.send(json.dumps(answer))
    return envelope


def test_sockets_need_socket_mode_and_a_ticket(workspace: Workspace) -> None:
    with refused("socket_mode_not_enabled"):
        url(workspace)
    workspace.wire.post("apps/change", app="Foreign", socket_mode=True)
    address = url(workspace)
    with connect(address, proxy=None) as socket:
        hello = hear(socket)
        assert hello["num_connections"] == 1
        assert hello["connection_info"]["app_id"] == workspace.apps[0]["id"]
        assert hello["debug_info"]["approximate_connection_time"] == 18060
        assert workspace.apps[0]["connected"]
        with pytest.raises(Exception, match=r"rejected|4001|403"):
            connect(address, proxy=None)
    until(lambda: not workspace.apps[0]["connected"])


def test_each_envelope_goes_to_one_socket(workspace: Workspace, focal: Person) -> None:
    with opened(workspace) as first, opened(workspace) as second:
        for number in range(4):
            focal.says(str(number), in_="#general")
        got = [[take(socket)["payload"]["event"]["text"] for _ in range(2)] for socket in (first, second)]
        assert sorted(text for texts in got for text in texts) == ["0", "1", "2", "3"]
        for socket in (first, second):
            with pytest.raises(TimeoutError):
                hear(socket, 0.1)


def test_an_unacknowledged_envelope_is_sent_again_with_its_attempt(workspace: Workspace, focal: Person) -> None:
    with opened(workspace) as socket:
        focal.says("hello", in_="#general")
        first = hear(socket)
        assert (first["retry_attempt"], first["type"], first["accepts_response_payload"]) == (0, "events_api", False)
        second = take(socket)
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "http_timeout")
        assert second["payload"]["event_id"] == first["payload"]["event_id"]
        assert second["envelope_id"] != first["envelope_id"]


def test_a_closed_socket_gives_its_envelope_to_another(workspace: Workspace, focal: Person) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(opened(workspace)) for _ in range(2)]
        focal.says("hello", in_="#general")
        taken = next(socket for socket in sockets if _has_one(socket))
        taken.close()
        other = next(socket for socket in sockets if socket is not taken)
        assert take(other)["retry_reason"] == "connection_failed"


def _has_one(socket: ClientConnection) -> bool:
    try:
        hear(socket, 0.5)
    except TimeoutError:
        return False
    return True


def test_the_eleventh_socket_is_sent_away(workspace: Workspace, focal: Person) -> None:
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(opened(workspace))
        with connect(url(workspace), proxy=None) as eleventh:
            told = hear(eleventh)
            assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_disconnects(workspace: Workspace, focal: Person, reason: str) -> None:
    with opened(workspace) as socket:
        workspace.wire.post("apps/disconnect", app="Foreign", reason=reason)
        assert hear(socket)["reason"] == reason
        still_there = reason == "warning"
        until(lambda: workspace.apps[0]["connected"] == still_there)


def test_without_a_socket_the_person_is_told(workspace: Workspace, focal: Person) -> None:
    assert focal.runs("/echo x", in_="#general").notice == "/echo failed: Foreign is not connected (dispatch_failed)"
