"""Commands, buttons, selects and response URLs, as an app hears them."""

import httpx
import pytest

from bot.sandbox.driver import Person, RefusedError, Workspace
from tests.sandbox.helpers import Json, client, plain, section
from tests.sandbox.recorder import Recorder

SELECT = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": plain("Pick one"),
    "options": [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}],
}
GO = {"type": "button", "action_id": "go", "value": "42", "text": plain("Go")}
MENU = {"type": "overflow", "action_id": "menu", "options": [{"text": plain("Mute"), "value": "mute"}] * 1}
BLOCKS = [section("Choose"), {"type": "actions", "block_id": "acts", "elements": [SELECT, GO, MENU]}]


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def posted(workspace: Workspace) -> Json:
    return client(workspace.api_url).chat_postMessage(channel="#general", text="Choose", blocks=BLOCKS).data


def test_a_command_has_all_its_fields(workspace: Workspace, focal: Person, app: Recorder) -> None:
    focal.runs("/echo  hello & <you>", in_="#general")
    told = app.payloads("/echo")[0]
    general = focal.find_channel("general")
    assert general is not None
    assert told["text"] == "hello & <you>"
    assert (told["user_id"], told["user_name"]) == (focal.id, "focal")
    assert (told["channel_id"], told["channel_name"]) == (general["id"], "general")
    assert (told["team_id"], told["team_domain"]) == ("T0FOREIGN", "foreign")
    assert told["is_enterprise_install"] == "false"
    assert told["response_url"].startswith(workspace.url)
    assert told["trigger_id"]
    assert told["api_app_id"]


def test_commands_answer_to_one_or_to_all(workspace: Workspace, focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (200, "just for you")
    assert focal.runs("/echo x", in_="#general").message.is_ephemeral
    app.answer = lambda _: (200, {"response_type": "in_channel", "text": "for all", "blocks": [section("for *all*")]})
    assert not focal.runs("/echo x", in_="#general").message.is_ephemeral
    assert workspace.person("chief").sees("for *all*", in_="#general")


def test_an_answer_slack_cannot_show_is_said_and_logged(workspace: Workspace, focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (200, {"text": "x", "blocks": [section("x" * 3001)]})
    assert "cannot be shown" in str(focal.runs("/echo x", in_="#general").notice)
    assert workspace.refusals[-1]["refused"] == "invalid_blocks"


def test_unknown_commands_and_threads_are_refused(workspace: Workspace, focal: Person, app: Recorder) -> None:
    with pytest.raises(RefusedError, match="unknown_command"):
        focal.runs("/nothing", in_="#general")
    message = focal.says("x", in_="#general")
    with pytest.raises(RefusedError, match="not_in_thread"):
        workspace.wire.post("command", **{"as": focal.id}, channel="#general", text="/echo", thread_ts=message.ts)
    assert app.payloads("/echo") == []


def test_a_button_says_where_and_what(workspace: Workspace, focal: Person, app: Recorder) -> None:
    ts = posted(workspace)["ts"]
    message = focal.sees("Choose", in_="#general")
    message.choose("Pick one", "Two")
    message.press("Go")
    first, second = app.payloads("block_actions")
    assert first["actions"][0]["selected_option"]["value"] == "2"
    action = second["actions"][0]
    assert (action["block_id"], action["action_id"], action["value"], action["type"]) == ("acts", "go", "42", "button")
    assert second["state"]["values"]["acts"]["pick"]["selected_option"]["value"] == "2"
    assert second["container"]["message_ts"] == second["message"]["ts"] == ts
    assert second["channel"]["name"] == "general"
    assert second["user"] == {"id": focal.id, "username": "focal", "name": "focal", "team_id": "T0FOREIGN"}


def test_an_overflow_menu_gives_its_option(workspace: Workspace, focal: Person, app: Recorder) -> None:
    posted(workspace)
    focal.sees("Choose", in_="#general").press("Mute")
    assert app.payloads("block_actions")[0]["actions"][0]["selected_option"]["value"] == "mute"


def test_choices_that_are_not_offered_are_refused(workspace: Workspace, focal: Person, app: Recorder) -> None:
    ts = posted(workspace)["ts"]
    container = {"type": "message", "channel": "#general", "ts": ts}
    with pytest.raises(RefusedError, match="invalid_value"):
        workspace.wire.post(
            "action", **{"as": focal.id}, container=container, block_id="acts", action_id="pick", value="3"
        )
    assert app.payloads("block_actions") == []


def test_an_external_select_asks_and_shows_at_most_a_hundred(
    workspace: Workspace, focal: Person, app: Recorder
) -> None:
    select = {"type": "external_select", "action_id": "ask", "min_query_length": 2, "placeholder": plain("Ask")}
    blocks = [{"type": "actions", "block_id": "b", "elements": [select]}]
    client(workspace.api_url).chat_postMessage(channel="#general", text="Ask", blocks=blocks)
    message = focal.sees("Ask", in_="#general")
    app.answer = lambda _: (200, {"options": [{"text": plain("Mali"), "value": "ml"}]})
    assert message.options("Ask", "m") == []
    assert message.options("Ask", "ma")[0]["value"] == "ml"
    (told,) = app.payloads("block_suggestion")
    assert (told["value"], told["action_id"], told["block_id"]) == ("ma", "ask", "b")
    app.answer = lambda _: (200, {"options": [{"text": plain(str(n)), "value": str(n)} for n in range(101)]})
    assert message.options("Ask", "all") == []


def test_a_response_url_works_five_times_in_thirty_minutes(workspace: Workspace, focal: Person, app: Recorder) -> None:
    focal.runs("/echo x", in_="#general")
    url = app.payloads("/echo")[0]["response_url"]
    for number in range(5):
        assert httpx.post(url, json={"text": f"use {number}"}).text == "ok"
    used = httpx.post(url, json={"text": "six"})
    assert (used.status_code, used.json()["error"]) == (404, "used_url")
    assert [message.is_ephemeral for message in focal.messages(in_="#general")] == [True] * 5
    focal.runs("/echo x", in_="#general")
    url = app.payloads("/echo")[1]["response_url"]
    workspace.clock.advance(30 * 60 + 1)
    assert httpx.post(url, json={"text": "late"}).json()["error"] == "expired_url"


def test_a_response_url_replaces_and_deletes_ephemerals(workspace: Workspace, focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (200, {"text": "Sure?", "blocks": [{"type": "actions", "elements": [GO]}]})
    reply = focal.runs("/echo x", in_="#general")
    app.answer = lambda _: (200, None)
    reply.press("Go")
    told = app.payloads("block_actions")[0]
    assert told["container"]["is_ephemeral"]
    assert "message" not in told
    httpx.post(told["response_url"], json={"text": "Done", "replace_original": True})
    assert [message.text for message in focal.messages(in_="#general")] == ["Done"]
    httpx.post(told["response_url"], json={"delete_original": True})
    assert focal.messages(in_="#general") == []


def test_a_response_url_checks_the_message(workspace: Workspace, focal: Person, app: Recorder) -> None:
    focal.runs("/echo x", in_="#general")
    url = app.payloads("/echo")[0]["response_url"]
    bad = httpx.post(url, json={"blocks": [{"type": "header"}], "text": "x"})
    assert (bad.status_code, bad.json()["error"]) == (400, "invalid_blocks")
    assert httpx.post(url, json={"text": "fine", "response_type": "in_channel"}).text == "ok"
    assert workspace.person("chief").sees("fine", in_="#general")


def test_shortcuts_of_both_kinds(workspace: Workspace, focal: Person, app: Recorder) -> None:
    focal.shortcut("New order")
    message = focal.says("quote me", in_="#general")
    message.shortcut("Quote")
    (told,) = app.payloads("shortcut")
    assert (told["callback_id"], "channel" in told) == ("new_order", False)
    (told,) = app.payloads("message_action")
    assert (told["callback_id"], told["message"]["text"]) == ("quote", "quote me")
    assert told["response_url"]
    with pytest.raises(RefusedError, match="shortcut_not_found"):
        focal.shortcut("Quote")
