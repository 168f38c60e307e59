"""What outlives a restart, seeds and their mistakes, ports in use."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.sandbox.driver import Workspace
from bot.sandbox.server import PortInUseError, listen
from bot.sandbox.store.seed import SeedError, read_seed
from tests.sandbox.foreign_app import SEED
from tests.sandbox.helpers import client
from tests.waiting import PATIENCE


def test_stopping_and_starting_keeps_everything(tmp_path: Path) -> None:
    with Workspace.start(SEED, data=tmp_path) as workspace:
        slack, focal = client(workspace.api_url), workspace.person("focal")
        ids = (workspace.apps[0]["id"], focal.id)
        ts = slack.chat_postMessage(channel="#general", text="the parent")["ts"]
        slack.chat_postMessage(channel="#general", text="reply", thread_ts=ts)
        made = slack.conversations_create(name="kept-channel")["channel"]["id"]
        focal.uploads(b"bytes", called="kept.txt", in_="#general", comment="a file")
        unread = workspace.person("chief").unread("#general")
        at = int(workspace.clock.now) + 3600
        slack.chat_scheduleMessage(channel="#general", text="scheduled", post_at=at)
    with Workspace.start(SEED, data=tmp_path) as workspace:
        slack, focal = client(workspace.api_url), workspace.person("focal")
        assert (workspace.apps[0]["id"], focal.id) == ids
        assert [one.text for one in focal.sees("the parent", in_="#general").thread] == ["reply"]
        assert focal.sees("a file", in_="#general").files == {"kept.txt": b"bytes"}
        assert slack.conversations_info(channel=made)["channel"]["name"] == "kept-channel"
        assert workspace.person("chief").unread("#general") == unread
        assert slack.chat_postMessage(channel="#general", text="later")["ts"] > ts
        workspace.clock.advance(3601)
        assert focal.sees("scheduled", in_="#general")


def test_reset_goes_back_to_the_seed(tmp_path: Path) -> None:
    with Workspace.start(SEED, data=tmp_path) as workspace:
        client(workspace.api_url).chat_postMessage(channel="#general", text="gone")
        workspace.reset()
        assert workspace.person("focal").messages(in_="#general") == []
        assert client(workspace.api_url).auth_test()["ok"]


def test_seeds_are_yaml_or_json_with_a_manifest_beside(tmp_path: Path) -> None:
    manifest = {
        "display_information": {"name": "From manifest"},
        "features": {
            "bot_user": {"display_name": "robot"},
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": "/go", "description": "Go", "usage_hint": "[far]", "should_escape": False}],
            "shortcuts": [{"name": "Now", "type": "global", "callback_id": "now", "description": "Now"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"socket_mode_enabled": True, "event_subscriptions": {"bot_events": ["app_mention"]}},
    }
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(manifest))
    document = {
        "people": [{"handle": "one"}],
        "apps": [{"manifest": "manifest.yaml", "scopes": ["chat:write", "commands"]}],
    }
    for name, text in (("s.yaml", yaml.safe_dump(document)), ("s.json", json.dumps(document))):
        (tmp_path / name).write_text(text)
        (app,) = read_seed(tmp_path / name).apps
        assert (app.name, app.display_name, app.socket_mode, app.home) == ("From manifest", "robot", True, True)
        assert (app.commands[0].usage_hint, app.events, app.shortcuts[0].name) == ("[far]", ["app_mention"], "Now")
        assert app.scopes == ["chat:write", "commands"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"people": []}, "people"),
        ({"people": [{"handle": "one", "tz": "Mars/Base"}]}, "people.0.tz"),
        ({"people": [{"handle": "one"}, {"handle": "one"}]}, "used twice: one"),
        ({"people": [{"handle": "Has Space"}]}, "people.0.handle"),
        ({"channels": [{"name": "x", "members": ["nobody"]}]}, "no such person or app: nobody"),
        ({"apps": [{"name": "a", "bot_token": "wrong"}]}, "apps.0.bot_token"),
        ({"apps": [{"name": "a", "commands": [{"command": "go"}]}]}, "apps.0.commands.0.command"),
        ({"apps": [{"name": "a", "colour": "red"}]}, "apps.0.colour"),
        ({"planets": []}, "planets"),
    ],
)
def test_mistakes_in_a_seed_name_their_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(SeedError) as caught:
        read_seed({"people": [{"handle": "one"}], **change})
    assert place in str(caught.value)


def test_a_seed_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("people: [")
    for path in (broken, tmp_path / "absent.yaml"):
        with pytest.raises(SeedError, match="cannot be read"):
            read_seed(path)


def test_the_default_seed_is_good() -> None:
    assert read_seed(None).apps


def test_a_port_in_use_is_one_clear_line() -> None:
    taken = listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    with pytest.raises(PortInUseError, match=f"port {port} on 127.0.0.1 is in use"):
        listen("127.0.0.1", port)
    code = f"from bot.sandbox.server import serve; serve(port={port})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False)
    taken.close()
    assert done.returncode == 2
    assert done.stderr.startswith(f"sandbox: port {port}")
    assert done.stderr.count("\n") == 1
