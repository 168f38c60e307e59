"""How calls arrive: bodies, tokens, scopes, required arguments."""

import httpx
import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Workspace
from tests.sandbox.helpers import client, refused

TOKEN = {"Authorization": "Bearer xoxb-foreign"}


def post(workspace: Workspace, method: str, **more: object) -> dict[str, object]:
    return httpx.post(workspace.api_url + method, **more).json()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"channel": "#general", "text": "form"}},
        {"files": {"channel": (None, "#general"), "text": (None, "multipart")}},
        {"json": {"channel": "#general", "text": "json"}},
        {"data": {"channel": "#general", "blocks": '[{"type": "divider"}]', "text": "blocks as text"}},
    ],
)
def test_form_multipart_and_json_are_read(shared: Workspace, body: dict[str, object]) -> None:
    assert post(shared, "chat.postMessage", headers=TOKEN, **body)["ok"]


def test_get_is_read_too(shared: Workspace) -> None:
    answer = httpx.get(shared.api_url + "auth.test", headers=TOKEN).json()
    assert answer["team"] == "Foreign"


def test_json_is_not_read_where_slack_reads_none(shared: Workspace) -> None:
    user = shared.person("chief").id
    assert post(shared, "users.info", headers=TOKEN, json={"user": user})["error"] == "invalid_arguments"
    assert post(shared, "users.info", headers=TOKEN, data={"user": user})["ok"]


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        ("{", "application/json", "invalid_json"),
        ("[1]", "application/json", "json_not_object"),
        ("x", "text/plain", "invalid_post_type"),
    ],
)
def test_unreadable_bodies_are_refused(shared: Workspace, content: str, kind: str, code: str) -> None:
    answer = post(shared, "chat.postMessage", content=content, headers=TOKEN | {"Content-Type": kind})
    assert answer["error"] == code


def test_json_without_a_charset_is_warned_of(shared: Workspace) -> None:
    bare = post(shared, "api.test", content="{}", headers={"Content-Type": "application/json"})
    full = post(shared, "api.test", content="{}", headers={"Content-Type": "application/json; charset=utf-8"})
    assert bare["warning"] == "missing_charset"
    assert "warning" not in full


def test_unknown_methods_are_refused(slack: WebClient) -> None:
    with refused("unknown_method"):
        slack.api_call("chat.postTelegram")


def test_missing_arguments_are_named(slack: WebClient) -> None:
    with refused("invalid_arguments") as answer:
        slack.api_call("chat.postMessage", params={"text": "x"})
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-foreign", "not_allowed_token_type")],
)
def test_tokens_are_checked(shared: Workspace, token: str, code: str) -> None:
    with refused(code):
        client(shared.api_url, token).auth_test()


def test_an_app_token_opens_sockets_and_a_bot_token_does_not(shared: Workspace) -> None:
    with refused("not_allowed_token_type"):
        client(shared.api_url).apps_connections_open(app_token="xoxb-foreign")


@pytest.mark.parametrize("state", ["token_revoked", "token_expired"])
def test_dead_tokens_say_why(workspace: Workspace, state: str) -> None:
    workspace.wire.post("apps/token", app="Foreign", state=state)
    with refused(state):
        client(workspace.api_url).auth_test()
    workspace.wire.post("apps/token", app="Foreign", state="")
    assert client(workspace.api_url).auth_test()["ok"]


def test_an_uninstalled_app_is_inactive(workspace: Workspace) -> None:
    workspace.wire.post("apps/uninstall", app="Foreign")
    with refused("account_inactive"):
        client(workspace.api_url).auth_test()


def test_a_missing_scope_is_named(slack: WebClient) -> None:
    with refused("missing_scope") as answer:
        slack.bookmarks_list(channel_id="C1")
    assert answer["needed"] == "bookmarks:read"
    assert "chat:write" in answer["provided"].split(",")


def test_user_only_methods_refuse_bots(slack: WebClient) -> None:
    with refused("not_allowed_token_type"):
        slack.api_call("dnd.setSnooze", params={"num_minutes": "5"})


def test_scopes_come_with_the_answer(slack: WebClient) -> None:
    assert "chat:write" in slack.auth_test().headers["x-oauth-scopes"]


def test_a_team_id_is_accepted_everywhere(slack: WebClient) -> None:
    assert slack.api_call("auth.test", params={"team_id": "T0FOREIGN"})["ok"]


def test_blocks_validate_needs_no_token_and_points(shared: Workspace) -> None:
    bad = post(shared, "blocks.validate", data={"blocks": '[{"type": "header"}]'})
    assert bad["error"] == "invalid_blocks"
    assert bad["errors"][0]["pointer"].startswith("/0")  # type: ignore[index]
    assert post(shared, "blocks.validate", data={"blocks": '[{"type": "divider"}]'})["ok"]
    assert post(shared, "blocks.validate", data={})["error"] == "invalid_arguments"
