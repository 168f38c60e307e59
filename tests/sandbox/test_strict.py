"""What stricter servers refuse too: unknown arguments, odd bodies, acknowledgements with the wrong content."""

from typing import Any

import httpx
import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, Workspace
from tests.sandbox.helpers import Json, client, modal, plain, refused, slips, text_input
from tests.sandbox.recorder import Recorder

TOKEN = {"Authorization": "Bearer xoxb-foreign"}
GO = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def post(workspace: Workspace, method: str, **more: Any) -> Json:
    answer = httpx.post(workspace.api_url + method, **more).json()
    assert isinstance(answer, dict)
    return answer


def test_unknown_arguments_are_noted_and_refused_when_strict(workspace: Workspace, fresh: WebClient) -> None:
    said = {"channel": "#general", "text": "x"}
    fresh.api_call("chat.postMessage", json={**said, "colour": "red", "team_id": "T0FOREIGN"})
    assert slips(workspace) == ["Slack's chat.postMessage has no argument colour and ignores it"]
    workspace.wire.post("limits", strict=True)
    with refused("invalid_arguments") as answer:
        fresh.api_call("chat.postMessage", json={**said, "colour": "red"})
    assert answer["response_metadata"]["messages"] == ["[ERROR] unexpected argument: colour"]
    assert fresh.api_call("chat.postMessage", json={**said, "team_id": "T0FOREIGN"})["ok"]


@pytest.mark.parametrize(
    ("name", "code"), [("users[0]", "invalid_array_arg"), ("te xt", "invalid_arg_name"), ("text", None)]
)
def test_names_of_arguments_are_checked(shared: Workspace, name: str, code: str | None) -> None:
    answer = post(shared, "chat.postMessage", headers=TOKEN, data={"channel": "#general", "text": "x", name: "y"})
    assert answer.get("error") == code


@pytest.mark.parametrize(
    ("kind", "error", "warning"),
    [
        ("application/x-www-form-urlencoded", None, None),
        ("application/x-www-form-urlencoded; charset=utf-8", None, "superfluous_charset"),
        ("application/x-www-form-urlencoded; charset=utf-7", "invalid_charset", None),
        ("multipart/form-data", "invalid_form_data", None),
    ],
)
def test_charsets_and_forms_are_checked(shared: Workspace, kind: str, error: str | None, warning: str | None) -> None:
    answer = post(shared, "api.test", content="a=b", headers={"Content-Type": kind})
    assert (answer.get("error"), answer.get("warning")) == (error, warning)


def test_a_body_without_a_type_is_refused(shared: Workspace) -> None:
    request = httpx.Request("POST", shared.api_url + "api.test", content=b"x")
    with httpx.Client() as web:
        assert web.send(request).json()["error"] == "missing_post_type"


def test_a_deep_body_is_no_json_one_can_read(shared: Workspace) -> None:
    body = "[" * 100_000
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert post(shared, "api.test", content=body, headers=headers)["error"] == "invalid_json"


def test_a_token_comes_in_the_header_or_in_a_form(shared: Workspace) -> None:
    assert post(shared, "auth.test", data={"token": "xoxb-foreign"})["ok"]
    assert post(shared, "auth.test", params={"token": "xoxb-foreign"})["error"] == "invalid_auth"
    assert post(shared, "auth.test", json={"token": "xoxb-foreign"})["error"] == "not_authed"


def test_acknowledgements_of_buttons_are_empty(
    workspace: Workspace, fresh: WebClient, focal: Person, app: Recorder
) -> None:
    fresh.chat_postMessage(channel="#general", text="Choose", blocks=[GO])
    focal.sees("Choose", in_="#general").press("Go")
    assert slips(workspace) == []
    app.answer = lambda _: (200, {"text": "thanks"})
    focal.sees("Choose", in_="#general").press("Go")
    assert slips(workspace) == ["Slack does not read what acknowledges block_actions; answer with an empty body"]


def test_json_that_is_not_called_json_is_text(focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (200, '{"text": "hello"}')
    assert focal.runs("/echo x", in_="#general").text == '{"text": "hello"}'
    app.answer = lambda _: (200, {"text": "hello"})
    assert focal.runs("/echo x", in_="#general").text == "hello"


@pytest.mark.parametrize(("kind", "shown"), [("ephemeral", True), ("in_channel", True), ("public", False)])
def test_a_response_type_is_one_of_two(focal: Person, app: Recorder, kind: str, shown: bool) -> None:
    app.answer = lambda _: (200, {"text": "hello", "response_type": kind})
    assert (focal.runs("/echo x", in_="#general").notice is None) == shown


@pytest.mark.parametrize(
    ("body", "usable"),
    [
        ({"response_action": "errors", "errors": {"b": "Too short"}}, True),
        ({"response_action": "errors", "errors": {"b": ""}}, False),
        ({"response_action": "errors", "errors": {"b": 1}}, False),
        ({"response_action": "explode"}, False),
        ({"response_action": "update"}, False),
        ("fine", False),
        ({}, True),
    ],
)
def test_acknowledgements_of_forms(workspace: Workspace, focal: Person, app: Recorder, body: Any, usable: bool) -> None:
    focal.runs("/order", in_="#general")
    trigger = app.payloads("/order")[0]["trigger_id"]
    client(workspace.api_url).views_open(trigger_id=trigger, view=modal(text_input()))
    app.answer = lambda _: (200, body)
    form = focal.sees_form("Form")
    form.fill("B", "x")
    form.submit()
    assert [entry["refused"] for entry in workspace.refusals] == ([] if usable else [workspace.refusals[0]["refused"]])
    assert (focal.notices == []) == usable


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"options": [{"text": plain("Mali"), "value": "ml"}]}, 1),
        ({"option_groups": [{"label": plain("A"), "options": [{"text": plain("Mali"), "value": "ml"}]}]}, 1),
        ({"options": []}, 0),
        ({"options": [{"text": plain("x" * 76), "value": "ml"}]}, None),
        ({"options": [{"text": {"type": "mrkdwn", "text": "*Mali*"}, "value": "ml"}]}, None),
        ({"options": [{"text": plain("Mali"), "value": "x" * 151}]}, None),
        ({"options": [], "option_groups": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_offered_options_are_checked(
    workspace: Workspace, fresh: WebClient, focal: Person, app: Recorder, answer: Any, shown: int | None
) -> None:
    country = {"type": "external_select", "action_id": "a", "min_query_length": 0}
    block = {"type": "actions", "block_id": "b", "elements": [country]}
    ts = fresh.chat_postMessage(channel="#general", text="x", blocks=[block])["ts"]
    app.answer = lambda _: (200, answer)
    place = {"type": "message", "channel": "#general", "ts": ts}
    told = workspace.wire.post("options", **{"as": focal.id}, container=place, block_id="b", action_id="a", query="m")
    groups = [group["options"] for group in told.get("option_groups", [])]
    found = [option for options in [*groups, told.get("options", [])] for option in options]
    assert len(found) == (shown or 0)
    assert bool(told["notice"]) == (shown is None)
    assert bool(workspace.refusals) == (shown is None)


def test_a_response_url_takes_json_that_is_called_json(workspace: Workspace, focal: Person, app: Recorder) -> None:
    focal.runs("/echo x", in_="#general")
    url = app.payloads("/echo")[0]["response_url"]
    bare = httpx.post(url, content='{"text": "x"}', headers={"Content-Type": "text/plain"})
    assert (bare.status_code, bare.json()["error"]) == (400, "invalid_payload")
    assert httpx.post(url, data={"payload": '{"text": "form"}'}).text == "ok"
    assert httpx.post(url, json={"text": "json"}).text == "ok"
    assert httpx.post(url, json={"text": "x", "response_type": "loud"}).status_code == 400


def test_long_texts_are_cut_only_in_channel(fresh: WebClient, focal: Person, workspace: Workspace) -> None:
    long = "x" * 40_001
    at = int(workspace.clock.now) + 600
    with refused("msg_too_long"):
        fresh.chat_postEphemeral(channel="#general", user=focal.id, text=long)
    with refused("msg_too_long"):
        fresh.chat_scheduleMessage(channel="#general", post_at=at, text=long)
    with refused("msg_too_long"):
        fresh.chat_meMessage(channel="#general", text=long)
    assert fresh.chat_meMessage(channel="#general", text="waves")["ok"]


def test_replies_need_a_thread_wherever_they_go(fresh: WebClient, focal: Person, workspace: Workspace) -> None:
    parent = fresh.chat_postMessage(channel="#general", text="parent")["ts"]
    general = next(one["id"] for one in fresh.conversations_list()["channels"] if one["is_general"])
    with refused("cannot_reply_to_message"):
        fresh.chat_postEphemeral(channel=general, user=focal.id, text="x", thread_ts="1.000001")
    assert fresh.chat_postEphemeral(channel=general, user=focal.id, text="x", thread_ts=parent)["ok"]
    upload = fresh.files_getUploadURLExternal(filename="a.txt", length=1)
    httpx.post(upload["upload_url"], content=b"a")
    files = [{"id": upload["file_id"]}]
    with refused("posting_to_channel_denied"):
        fresh.files_completeUploadExternal(files=files, channel_id=general, thread_ts="1.000001")
    assert fresh.files_completeUploadExternal(files=files, channel_id=general, thread_ts=parent)["ok"]


def test_an_archived_channel_keeps_its_messages_as_they_are(fresh: WebClient) -> None:
    made = fresh.conversations_create(name="old")["channel"]["id"]
    ts = fresh.chat_postMessage(channel=made, text="x")["ts"]
    assert fresh.chat_update(channel=made, ts=ts, text="y")["ok"]
    fresh.conversations_archive(channel=made)
    with refused("is_inactive"):
        fresh.chat_update(channel=made, ts=ts, text="z")


def test_bots_do_not_post_as_users(fresh: WebClient) -> None:
    with refused("as_user_not_supported"):
        fresh.chat_postMessage(channel="#general", text="x", as_user=True)
    ts = fresh.chat_postMessage(channel="#general", text="x", as_user=False)
    with refused("as_user_not_supported"):
        fresh.chat_update(channel=ts["channel"], ts=ts["ts"], text="y", as_user=True)


def test_a_scheduled_message_is_fixed_in_its_last_minute(fresh: WebClient, workspace: Workspace) -> None:
    workspace.clock.freeze()
    kept = fresh.chat_scheduleMessage(channel="#general", text="x", post_at=int(workspace.clock.now) + 120)
    workspace.clock.advance(90)
    place = {"channel": kept["channel"], "scheduled_message_id": kept["scheduled_message_id"]}
    with refused("invalid_scheduled_message_id"):
        fresh.chat_deleteScheduledMessage(**place)


def test_a_scheduled_message_with_metadata_is_never_posted(fresh: WebClient, workspace: Workspace) -> None:
    at = int(workspace.clock.now) + 120
    metadata = {"event_type": "op", "event_payload": {"op_id": "7"}}
    fresh.chat_scheduleMessage(channel="#general", text="marked", post_at=at, metadata=metadata)
    fresh.chat_scheduleMessage(channel="#general", text="plain", post_at=at)
    workspace.clock.advance(121)
    chief = workspace.person("chief")
    chief.sees("plain", in_="#general")
    chief.sees_no("marked", in_="#general")


def test_strangers_are_seen_only_where_a_channel_is_shared(fresh: WebClient, workspace: Workspace) -> None:
    workspace.wire.post("people", handle="partner", team="T9", email="partner@example.org")
    partner = workspace.person("partner").id
    with refused("user_not_visible"):
        fresh.users_info(user=partner)
    with refused("user_not_visible"):
        fresh.conversations_open(users=[partner])
    with refused("users_not_found"):
        fresh.users_lookupByEmail(email="partner@example.org")
    with refused("channel_not_found"):
        fresh.chat_postMessage(channel=partner, text="x")
    workspace.person("chief").invites("partner", to="#general")
    told = fresh.users_info(user=partner)["user"]
    assert (told["team_id"], told["is_stranger"]) == ("T9", True)
    assert fresh.conversations_open(users=[partner])["channel"]["id"]


def test_direct_messages_are_with_people(fresh: WebClient, focal: Person) -> None:
    me = fresh.auth_test()["user_id"]
    with refused("not_enough_users"):
        fresh.conversations_open(users=[me])
    once = fresh.conversations_open(users=[focal.id])["channel"]["id"]
    assert fresh.conversations_open(users=[focal.id, focal.id, me])["channel"]["id"] == once


def test_marks_and_emoji_have_their_shapes(fresh: WebClient, workspace: Workspace) -> None:
    scopes = [*workspace.wire.get("boot")["apps"][0].get("scopes", []), "channels:manage", "bookmarks:write"]
    workspace.wire.post("apps/change", app="Foreign", scopes=[*scopes, "chat:write", "channels:read"])
    posted = fresh.chat_postMessage(channel="#general", text="x")
    with refused("invalid_timestamp"):
        fresh.conversations_mark(channel=posted["channel"], ts="yesterday")
    assert fresh.conversations_mark(channel=posted["channel"], ts=posted["ts"])["ok"]
    link: Json = {"channel_id": posted["channel"], "title": "Map", "type": "link", "link": "https://example.org"}
    with refused("invalid_emoji"):
        fresh.bookmarks_add(**link, emoji="map")
    assert fresh.bookmarks_add(**link, emoji=":world_map:")["ok"]
