"""Faults on request and rate limits."""

import http.client
import time

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.sandbox.driver import RefusedError, Workspace
from bot.sandbox.faults import Fault, Faults
from tests.sandbox.helpers import client, refused


def texts(workspace: Workspace) -> list[str]:
    return [message.text for message in workspace.person("focal").messages(in_="#general")]


@pytest.fixture
def fresh(workspace: Workspace) -> WebClient:
    return client(workspace.api_url)


def test_an_error_code_as_often_as_asked(workspace: Workspace, fresh: WebClient) -> None:
    workspace.fault("chat.postMessage", "error", count=2, error="fatal_error", skip=1)
    assert fresh.chat_postMessage(channel="#general", text="passes")["ok"]
    for _ in range(2):
        with refused("fatal_error"):
            fresh.chat_postMessage(channel="#general", text="x")
    assert fresh.chat_postMessage(channel="#general", text="passes again")["ok"]
    assert workspace.refusals == []


@pytest.mark.parametrize("status", [500, 503, 429])
def test_http_errors(workspace: Workspace, fresh: WebClient, status: int) -> None:
    workspace.fault("chat.*", str(status), seconds=7)
    with pytest.raises(SlackApiError) as caught:
        fresh.chat_postMessage(channel="#general", text="x")
    assert caught.value.response.status_code == status
    if status == 429:
        assert caught.value.response.headers["Retry-After"] == "7"
        assert caught.value.response["error"] == "ratelimited"
    assert fresh.chat_postMessage(channel="#general", text="y")["ok"]
    assert texts(workspace) == ["y"]


def test_a_connection_cut_before_or_after_the_work(workspace: Workspace, fresh: WebClient) -> None:
    for kind in ("cut_before", "cut_after"):
        workspace.fault("chat.postMessage", kind)
        with pytest.raises(http.client.RemoteDisconnected):
            fresh.chat_postMessage(channel="#general", text=kind)
    assert texts(workspace) == ["cut_after"]


def test_the_default_client_doubles_a_message_that_was_cut_after(workspace: Workspace) -> None:
    workspace.fault("chat.postMessage", "cut_after")
    WebClient("xoxb-foreign", base_url=workspace.api_url).chat_postMessage(channel="#general", text="twice")
    assert texts(workspace) == ["twice", "twice"]


def test_a_fault_of_every_method_leaves_deliveries_alone() -> None:
    faults = Faults()
    faults.add(Fault("*", "cut_before"))
    assert faults.take("delivery:event", "A1") is None
    assert faults.take("chat.update", "A1") is not None
    faults.add(Fault("delivery:*", "drop"))
    assert faults.take("chat.update", "A1") is None
    assert faults.take("delivery:event", "A1") is not None


def test_a_slow_answer(workspace: Workspace, fresh: WebClient) -> None:
    workspace.fault("auth.test", "slow", seconds=0.3)
    began = time.monotonic()
    fresh.auth_test()
    assert time.monotonic() - began >= 0.3


def test_faults_that_do_not_exist_are_refused_and_can_be_forgotten(workspace: Workspace, fresh: WebClient) -> None:
    with pytest.raises(RefusedError, match="invalid_fault"):
        workspace.fault("chat.postMessage", "duplicate")
    with pytest.raises(RefusedError, match="invalid_fault"):
        workspace.fault("delivery:event", "500")
    workspace.fault("*", "500")
    assert len(workspace.wire.get("faults")["faults"]) == 1
    workspace.wire.post("faults/clear")
    assert fresh.auth_test()["ok"]


def test_one_message_a_second_per_channel_when_strict(workspace: Workspace, fresh: WebClient) -> None:
    workspace.clock.freeze()
    other = fresh.conversations_create(name="other")["channel"]["id"]
    workspace.wire.post("limits", strict=True)
    fresh.chat_postMessage(channel="#general", text="1")
    with refused("ratelimited"):
        fresh.chat_postMessage(channel="#general", text="2")
    assert fresh.chat_postMessage(channel=other, text="elsewhere")["ok"]
    workspace.clock.advance(1)
    assert fresh.chat_postMessage(channel="#general", text="3")["ok"]


@pytest.mark.parametrize(
    ("method", "calls"), [("conversations.list", 20), ("users.getPresence", 50), ("users.info", 100)]
)
def test_tiers_when_strict(workspace: Workspace, fresh: WebClient, method: str, calls: int) -> None:
    workspace.clock.freeze()
    workspace.wire.post("limits", strict=True)
    params = {"user": workspace.person("focal").id} if method.startswith("users.") else {}
    for _ in range(calls):
        fresh.api_call(method, params=params)
    with pytest.raises(SlackApiError) as caught:
        fresh.api_call(method, params=params)
    wait = int(caught.value.response.headers["Retry-After"])
    workspace.clock.advance(wait)
    assert fresh.api_call(method, params=params)["ok"]


def test_no_limits_unless_strict(shared: Workspace, slack: WebClient) -> None:
    for number in range(30):
        slack.chat_postMessage(channel="#general", text=str(number))
        slack.conversations_list()
