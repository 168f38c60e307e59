"""Files, reactions, pins, bookmarks, canvases, user groups, people."""

import httpx
import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, RefusedError, Workspace
from tests.sandbox.foreign_app import SCOPES
from tests.sandbox.helpers import client, refused, until
from tests.sandbox.recorder import Recorder

MORE = ["bookmarks:read", "bookmarks:write", "canvases:read", "canvases:write", "usergroups:read", "usergroups:write"]
TOKEN = {"Authorization": "Bearer xoxb-foreign"}


@pytest.fixture
def slack(workspace: Workspace) -> WebClient:
    workspace.wire.post("apps/change", app="Foreign", scopes=[*SCOPES, *MORE, "users.profile:read", "team:read"])
    return client(workspace.api_url)


@pytest.fixture
def general(workspace: Workspace) -> str:
    found = workspace.person("focal").find_channel("general")
    assert found is not None
    return str(found["id"])


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def test_uploading_and_reading_back(slack: WebClient, general: str, focal: Person) -> None:
    done = slack.files_upload_v2(content="a,b\n", filename="list.csv", channel=general, initial_comment="The list")
    file = slack.files_info(file=done["files"][0]["id"])["file"]
    assert (file["name"], file["mimetype"], file["size"]) == ("list.csv", "text/csv", 4)
    assert httpx.get(file["url_private"], headers=TOKEN).content == b"a,b\n"
    assert "Sign in" in httpx.get(file["url_private"]).text
    assert focal.sees("The list", in_="#general").files == {"list.csv": b"a,b\n"}
    assert [one["name"] for one in slack.files_list()["files"]] == ["list.csv"]


def test_an_upload_of_the_wrong_size_is_no_file(slack: WebClient, general: str) -> None:
    told = slack.files_getUploadURLExternal(filename="x.txt", length=4)
    assert httpx.post(told["upload_url"], content=b"12345").status_code == 400
    with refused("file_not_found"):
        slack.files_completeUploadExternal(files=[{"id": told["file_id"]}], channel_id=general)
    assert httpx.post(told["upload_url"], content=b"1234").status_code == 200
    assert slack.files_completeUploadExternal(files=[{"id": told["file_id"]}], channel_id=general)["ok"]
    with refused("alt_txt_too_large"):
        slack.files_getUploadURLExternal(filename="x.png", length=1, alt_txt="x" * 1001)
    with refused("invalid_arguments"):
        slack.files_getUploadURLExternal(filename="x.png", length=0)


def test_files_go_where_the_app_is(slack: WebClient, workspace: Workspace) -> None:
    chief = workspace.person("chief")
    for name, code in (("open", "not_in_channel"), ("closed", "channel_not_found")):
        told = slack.files_getUploadURLExternal(filename="x.txt", length=1)
        httpx.post(told["upload_url"], content=b"1")
        found = chief.find_channel(name)
        assert found is not None
        with refused(code):
            slack.files_completeUploadExternal(files=[{"id": told["file_id"]}], channel_id=found["id"])


def test_a_persons_file_is_told_and_private_ones_are_not_seen(
    workspace: Workspace, slack: WebClient, app: Recorder, focal: Person
) -> None:
    focal.uploads(b"shared", called="shared.txt", in_="#general")
    event = until(lambda: app.events("file_shared"))[0]
    file = slack.files_info(file=event["file_id"])["file"]
    assert httpx.get(file["url_private_download"], headers=TOKEN).content == b"shared"
    secret = workspace.person("chief").uploads(b"secret", called="secret.txt", in_="#closed").raw["files"][0]
    with refused("file_not_found"):
        slack.files_info(file=secret["id"])
    assert httpx.get(secret["url_private"], headers=TOKEN).status_code == 404
    with pytest.raises(RefusedError, match="file_not_found"):
        workspace.wire.download(secret["id"], focal.id)
    with refused("cant_delete_file"):
        slack.files_delete(file=event["file_id"])


def test_deleting_a_file_leaves_a_tombstone(slack: WebClient, general: str, focal: Person) -> None:
    id_ = slack.files_upload_v2(content="x", filename="x.txt", channel=general)["files"][0]["id"]
    slack.files_delete(file=id_)
    with refused("file_deleted"):
        slack.files_info(file=id_)
    assert focal.messages(in_="#general")[-1].raw["files"][0]["mode"] == "tombstone"


def test_reactions(slack: WebClient, general: str, focal: Person) -> None:
    ts = slack.chat_postMessage(channel=general, text="x")["ts"]
    place = {"channel": general, "timestamp": ts}
    slack.reactions_add(name="eyes", **place)
    focal.sees("x", in_="#general").react("eyes")
    assert slack.reactions_get(**place)["message"]["reactions"][0]["count"] == 2
    with refused("already_reacted"):
        slack.reactions_add(name="eyes", **place)
    with refused("invalid_name"):
        slack.reactions_add(name="not an emoji", **place)
    slack.reactions_remove(name="eyes", **place)
    with refused("no_reaction"):
        slack.reactions_remove(name="eyes", **place)
    with refused("message_not_found"):
        slack.reactions_add(name="eyes", channel=general, timestamp="1.000001")
    for number in range(49):
        slack.reactions_add(name=f"e{number}", **place)
    with refused("too_many_reactions"):
        slack.reactions_add(name="one_more", **place)


def test_pins(slack: WebClient, general: str) -> None:
    ts = slack.chat_postMessage(channel=general, text="x")["ts"]
    with refused("not_pinned"):
        slack.pins_remove(channel=general, timestamp=ts)
    slack.pins_add(channel=general, timestamp=ts)
    with refused("already_pinned"):
        slack.pins_add(channel=general, timestamp=ts)
    assert [one["message"]["ts"] for one in slack.pins_list(channel=general)["items"]] == [ts]
    with refused("no_item_specified"):
        slack.pins_add(channel=general)
    with refused("message_not_found"):
        slack.pins_add(channel=general, timestamp="1.000001")


def test_bookmarks(slack: WebClient, general: str) -> None:
    link = {"channel_id": general, "title": "Board", "type": "link"}
    with refused("invalid_link"):
        slack.bookmarks_add(**link, link="nowhere")
    with refused("invalid_link"):
        slack.bookmarks_add(**link, link="https://example.org/" + "x" * 2048)
    with refused("invalid_bookmark_type"):
        slack.bookmarks_add(channel_id=general, title="x", type="folder", link="https://example.org")
    made = slack.bookmarks_add(**link, link="https://example.org")["bookmark"]
    slack.bookmarks_edit(channel_id=general, bookmark_id=made["id"], title="Return board")
    assert [one["title"] for one in slack.bookmarks_list(channel_id=general)["bookmarks"]] == ["Return board"]
    slack.bookmarks_remove(channel_id=general, bookmark_id=made["id"])
    with refused("not_found"):
        slack.bookmarks_remove(channel_id=general, bookmark_id=made["id"])


def test_canvases(slack: WebClient, general: str, workspace: Workspace) -> None:
    content = {"type": "markdown", "markdown": "# Agenda\n\nFirst item"}
    made = slack.conversations_canvases_create(channel_id=general, document_content=content)["canvas_id"]
    shown = slack.conversations_info(channel=general)["channel"]
    assert shown["properties"]["canvas"] == {"file_id": made, "is_empty": False}
    with refused("channel_canvas_already_exists"):
        slack.conversations_canvases_create(channel_id=general, document_content=content)
    more = {"type": "markdown", "markdown": "Second item"}
    change = {"operation": "insert_at_end", "document_content": more}
    with refused("invalid_arguments"):
        slack.canvases_edit(canvas_id=made, changes=[change, change])
    slack.canvases_edit(canvas_id=made, changes=[change])
    found = slack.canvases_sections_lookup(canvas_id=made, criteria={"contains_text": "second"})["sections"]
    swap = {"operation": "replace", "section_id": found[0]["id"], "document_content": content}
    slack.canvases_edit(canvas_id=made, changes=[swap])
    with refused("canvas_too_large"):
        big = {"type": "markdown", "markdown": "x" * (1024**2 + 1)}
        slack.canvases_edit(canvas_id=made, changes=[{"operation": "insert_at_end", "document_content": big}])
    shown = workspace.wire.get(f"channels/{general}", **{"as": "focal"})["canvas"]
    assert shown["markdown"].count("# Agenda") == 2
    slack.canvases_delete(canvas_id=made)
    with refused("canvas_not_found"):
        slack.canvases_delete(canvas_id=made)


def test_user_groups(slack: WebClient, focal: Person) -> None:
    made = slack.usergroups_create(name="Focal points", handle="focal-points")["usergroup"]
    with refused("handle_already_exists"):
        slack.usergroups_create(name="Others", handle="focal-points")
    with refused("name_already_exists"):
        slack.usergroups_create(name="Focal points")
    with refused("bad_handle"):
        slack.usergroups_create(name="Third", handle="Not a handle")
    slack.usergroups_users_update(usergroup=made["id"], users=[focal.id])
    assert slack.usergroups_users_list(usergroup=made["id"])["users"] == [focal.id]
    with refused("invalid_users"):
        slack.usergroups_users_update(usergroup=made["id"], users=["U0"])
    with refused("no_such_subteam"):
        slack.usergroups_users_list(usergroup="S0")
    slack.usergroups_disable(usergroup=made["id"])
    assert slack.usergroups_list()["usergroups"] == []
    assert len(slack.usergroups_list(include_disabled=True)["usergroups"]) == 1


def test_people(slack: WebClient, workspace: Workspace, focal: Person) -> None:
    user = slack.users_info(user=focal.id, include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["profile"]["email"]) == ("fr-FR", "UTC", "focal@example.org")
    assert "locale" not in slack.users_info(user=focal.id)["user"]
    chief = slack.users_info(user=workspace.person("chief").id)["user"]
    assert chief["is_admin"]
    assert chief["tz_offset"] == 7200
    assert slack.users_info(user=workspace.person("outsider").id)["user"]["is_restricted"]
    assert slack.users_lookupByEmail(email="FOCAL@example.org")["user"]["id"] == focal.id
    with refused("users_not_found"):
        slack.users_lookupByEmail(email="nobody@example.org")
    with refused("user_not_found"):
        slack.users_info(user="U0")
    workspace.wire.post("people/change", person="focal", deleted=True)
    assert slack.users_info(user=focal.id)["user"]["deleted"]
    workspace.wire.post("apps/change", app="Foreign", scopes=["users:read"])
    assert "email" not in slack.users_info(user=focal.id)["user"]["profile"]


def test_strangers_and_pages_of_people(slack: WebClient, workspace: Workspace) -> None:
    workspace.wire.post("people", handle="stranger", team="T9")
    members, cursor = [], ""
    while True:
        page = slack.users_list(limit=2, cursor=cursor)
        members += page["members"]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(members) == 4, "a stranger with no channel in common is not among them"
    workspace.person("chief").invites("stranger", to="#general")
    assert [one["team_id"] for one in slack.users_list()["members"] if one.get("is_stranger")] == ["T9"]


def test_team_and_bot(slack: WebClient) -> None:
    assert slack.team_info()["team"]["domain"] == "foreign"
    assert slack.bots_info(bot=slack.auth_test()["bot_id"])["bot"]["name"] == "Foreign"
    with refused("bot_not_found"):
        slack.bots_info(bot="B0")
