"""What an app's own settings change: interactivity, its Messages tab, how it is distributed."""

import pytest

from bot.sandbox.driver import Person, RefusedError, Workspace
from bot.sandbox.manifest import read_manifest
from tests.sandbox.helpers import client, plain, refused
from tests.sandbox.recorder import Recorder

GO = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def test_an_app_without_interactivity_hears_no_button(workspace: Workspace, focal: Person, app: Recorder) -> None:
    client(workspace.api_url).chat_postMessage(channel="#general", text="Choose", blocks=[GO])
    focal.sees("Choose", in_="#general").press("Go")
    workspace.wire.post("apps/change", app="Foreign", interactive=False)
    focal.sees("Choose", in_="#general").press("Go")
    assert "Foreign is not configured to handle interactive responses" in focal.notices[-1]
    assert len(app.payloads("block_actions")) == 1
    assert focal.runs("/echo x", in_="#general").notice is None, "commands do not depend on it"


def test_a_read_only_app_takes_no_messages(workspace: Workspace, focal: Person) -> None:
    client(workspace.api_url).chat_postMessage(channel=focal.id, text="hello")
    focal.says("hello back", in_="Foreign")
    workspace.wire.post("apps/change", app="Foreign", read_only=True)
    with pytest.raises(RefusedError, match="turned off"):
        focal.says("anybody?", in_="Foreign")


def test_a_distributed_app_reads_history_slowly(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    for number in range(20):
        channel = slack.chat_postMessage(channel="#general", text=str(number))["channel"]
    assert len(slack.conversations_history(channel=channel, limit=100)["messages"]) == 20
    workspace.clock.freeze()
    workspace.wire.post("apps/change", app="Foreign", distributed=True)
    workspace.wire.post("limits", strict=True)
    page = slack.conversations_history(channel=channel, limit=100)
    assert (len(page["messages"]), page["has_more"]) == (15, True)
    with refused("ratelimited"):
        slack.conversations_history(channel=channel)
    workspace.clock.advance(60)
    assert slack.conversations_history(channel=channel)["ok"]


def test_closed_methods_are_deprecated(workspace: Workspace) -> None:
    with refused("method_deprecated"):
        client(workspace.api_url).api_call("files.upload", params={"content": "x"})


def test_a_manifest_decides_what_reaches_the_app() -> None:
    bare = read_manifest({"display_information": {"name": "Bare"}})
    assert (bare["interactive"], bare["home"], bare["messages"], bare["read_only"]) == (False, False, True, False)
    full = {
        "display_information": {"name": "Full"},
        "features": {"app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": True}},
        "settings": {"interactivity": {"is_enabled": True}},
    }
    told = read_manifest(full)
    assert (told["interactive"], told["home"], told["read_only"]) == (True, True, True)
