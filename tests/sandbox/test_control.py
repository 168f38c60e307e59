"""The control interface: what each person sees, the live socket, the clock."""

import json
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from bot.sandbox.driver import RefusedError, Workspace
from tests.sandbox.helpers import client


def names(found: dict[str, Any]) -> set[str]:
    return {one["name"] for one in found["channels"]}


def test_boot_shows_each_person_their_own(shared: Workspace) -> None:
    nobody = shared.wire.get("boot")
    assert "me" not in nobody
    assert nobody["workspace"]["name"] == "Foreign"
    chief, focal, guest = (shared.wire.get("boot", **{"as": who}) for who in ("chief", "focal", "outsider"))
    assert chief["me"]["is_admin"]
    assert {"general", "closed", "open"} <= names(chief)
    assert {"general", "open"} <= names(focal)
    assert "closed" not in names(focal)
    assert not names(guest) & {"general", "closed", "open"}
    assert "xoxb" not in json.dumps(chief)


def test_errors_are_sentences_with_codes(shared: Workspace) -> None:
    for path, status, code in (
        ("channels", 400, "missing_as"),
        ("channels?as=nobody", 404, "user_not_found"),
        ("channels/closed?as=focal", 404, "channel_not_found"),
    ):
        answer = httpx.get(f"{shared.url}/sandbox/{path}")
        assert (answer.status_code, answer.json()["error"]) == (status, code)
        assert answer.json()["message"]


def test_who_may_not_do_it_is_refused(shared: Workspace) -> None:
    focal, chief, guest = (shared.person(who) for who in ("focal", "chief", "outsider"))
    with pytest.raises(RefusedError, match="not_in_channel"):
        focal.says("x", in_="#open")
    with pytest.raises(RefusedError, match="user_is_restricted"):
        guest.wire.post("channel/create", **{"as": guest.id}, name="guests")
    mine = chief.says("mine", in_="#general")
    for path in ("edit", "delete"):
        with pytest.raises(RefusedError, match="not_own_message"):
            shared.wire.post(path, **{"as": focal.id}, channel=mine.channel, ts=mine.ts, text="x")


def test_the_live_socket_pushes_what_a_person_may_see(workspace: Workspace) -> None:
    focal, chief = workspace.person("focal"), workspace.person("chief")
    url = f"{workspace.url.replace('http', 'ws')}/sandbox/live?as={focal.id}&log=1"
    with connect(url, proxy=None) as socket:
        assert json.loads(socket.recv(5))["type"] == "hello"
        chief.says("behind closed doors", in_="#closed")
        chief.says("for all", in_="#general")
        client(workspace.api_url).auth_test()
        heard: list[dict[str, Any]] = []
        while not any(one["type"] == "log" and one["entry"]["kind"] == "auth.test" for one in heard):
            heard.append(json.loads(socket.recv(5)))
    texts = [one["message"]["text"] for one in heard if one["type"] == "message"]
    assert texts == ["for all"]
    assert [one["unread"] for one in heard if one["type"] == "unread"] == [1]


def test_the_live_socket_catches_up(workspace: Workspace) -> None:
    focal, chief = workspace.person("focal"), workspace.person("chief")
    seq = workspace.wire.get("boot", **{"as": "focal"})["seq"]
    chief.says("missed", in_="#general")
    url = f"{workspace.url.replace('http', 'ws')}/sandbox/live?as={focal.id}&after={seq}"
    with connect(url, proxy=None) as socket:
        kinds = [json.loads(socket.recv(5))["type"] for _ in range(2)]
    assert kinds[0] == "hello"
    assert kinds[1] in {"message", "unread"}


def test_unread_marks_and_mentions(workspace: Workspace) -> None:
    focal, chief = workspace.person("focal"), workspace.person("chief")
    chief.says("one", in_="#general")
    chief.says("@focal two", in_="#general")
    channel = focal.find_channel("general")
    assert channel is not None
    assert (channel["unread"], channel["mentions"]) == (2, 1)
    focal.reads("#general")
    assert focal.unread("#general") == 0
    chief.says("three", in_="#general")
    assert focal.unread("#general") == 1


def test_the_clock_moves_messages_and_never_runs_back(workspace: Workspace) -> None:
    focal = workspace.person("focal")
    workspace.clock.set("2031-03-30T00:59:00Z")
    workspace.clock.freeze()
    first, second = focal.says("a", in_="#general"), focal.says("b", in_="#general")
    assert first.ts.startswith("1932598740.")
    assert second.ts > first.ts
    with pytest.raises(RefusedError, match="time_in_past"):
        workspace.clock.set("2030-01-01T00:00:00Z")
    with pytest.raises(RefusedError, match="invalid_argument"):
        workspace.clock.scale(0)
    workspace.clock.freeze(frozen=False)
    workspace.clock.scale(10_000)
    begun = workspace.clock.now
    while workspace.clock.now < begun + 600:
        pass


def test_typed_names_become_mentions(shared: Workspace) -> None:
    focal, chief = shared.person("focal"), shared.person("chief")
    said = focal.says('@chief @"Chief of staff" #open @nobody a<b', in_="#general")
    (channel,) = [one["id"] for one in focal.channels() if one["name"] == "open"]
    assert said.raw["text"] == f"<@{chief.id}> <@{chief.id}> <#{channel}|open> @nobody a&lt;b"
    assert said.text == "@Chief of staff @Chief of staff #open @nobody a<b"


def test_a_file_that_could_run_as_a_page_is_only_given_to_keep(shared: Workspace) -> None:
    focal = shared.person("focal")
    message = focal.uploads(b"<script>alert(1)</script>", called="page.html", in_="#general")
    answer = httpx.get(f"{shared.url}/sandbox/files/{message.raw['files'][0]['id']}", params={"as": focal.id})
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_failure_tells_what_the_person_saw(workspace: Workspace) -> None:
    focal = workspace.person("focal")
    focal.says("here I am", in_="#general")
    with pytest.raises(AssertionError) as caught:
        focal.sees("nowhere", in_="#general", timeout=0.1)
    assert "Focal point: here I am" in str(caught.value)
