"""Channels: names, membership, invitations, archiving, cursors."""

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, Workspace
from tests.sandbox.helpers import client, refused


def channel_id(workspace: Workspace, name: str) -> str:
    found = workspace.person("chief").find_channel(name)
    assert found is not None
    return str(found["id"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("Upper", "invalid_name_specials"),
        ("with space", "invalid_name_specials"),
        ("general", "name_taken"),
    ],
)
def test_impossible_names_are_refused(slack: WebClient, name: str, code: str) -> None:
    with refused(code):
        slack.conversations_create(name=name)


def test_possible_names_are_taken(slack: WebClient) -> None:
    for name in ("x" * 80, "a_b-c-9", "étude"):
        assert slack.conversations_create(name=name)["channel"]["name"] == name


def test_an_archived_channel_keeps_its_name(slack: WebClient) -> None:
    made = slack.conversations_create(name="old")["channel"]["id"]
    slack.conversations_archive(channel=made)
    with refused("name_taken"):
        slack.conversations_create(name="old")


def test_creating_needs_the_scope_of_the_kind(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    workspace.wire.post("apps/change", app="Foreign", scopes=["channels:manage", "channels:read"])
    assert slack.conversations_create(name="fine")["ok"]
    with refused("missing_scope") as answer:
        slack.conversations_create(name="closed-one", is_private=True)
    assert answer["needed"] == "groups:write"


def test_private_channels_are_invisible_to_who_is_not_in(shared: Workspace, slack: WebClient, focal: Person) -> None:
    closed = channel_id(shared, "closed")
    with refused("channel_not_found"):
        slack.conversations_info(channel=closed)
    listed = slack.conversations_list(types="public_channel,private_channel")["channels"]
    assert closed not in [one["id"] for one in listed]
    assert focal.find_channel("#closed") is None
    own = slack.conversations_create(name="own-private", is_private=True)["channel"]["id"]
    assert slack.conversations_info(channel=own)["channel"]["is_private"]


def test_invitations_say_who_cannot_come(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    bot = slack.auth_test()["user_id"]
    stranger = workspace.wire.post("people", handle="stranger", team="T9")["person"]["id"]
    single = workspace.wire.post("people", handle="single", guest="single")["person"]["id"]
    focal = workspace.person("focal").id
    made = slack.conversations_create(name="here")["channel"]["id"]
    other = slack.conversations_create(name="there")["channel"]["id"]
    for users, code in [
        (bot, "cant_invite_self"),
        ("U0", "user_not_found"),
        (stranger, "no_external_invite_permission"),
        (",".join(f"U{n}" for n in range(101)), "too_many_users"),
    ]:
        with refused(code):
            slack.conversations_invite(channel=made, users=users)
    slack.conversations_invite(channel=made, users=f"{focal},{single}")
    with refused("ura_max_channels"):
        slack.conversations_invite(channel=other, users=single)
    with refused("already_in_channel"):
        slack.conversations_invite(channel=made, users=focal)


def test_one_bad_guest_stops_all_unless_forced(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    focal = workspace.person("focal").id
    made = slack.conversations_create(name="here")["channel"]["id"]
    with refused("user_not_found") as answer:
        slack.conversations_invite(channel=made, users=f"{focal},U0")
    assert answer["errors"] == [{"user": "U0", "ok": False, "error": "user_not_found"}]
    assert focal not in slack.conversations_members(channel=made)["members"]
    slack.conversations_invite(channel=made, users=f"{focal},U0", force=True)
    assert focal in slack.conversations_members(channel=made)["members"]


def test_who_is_outside_cannot_invite_or_describe(shared: Workspace, slack: WebClient, focal: Person) -> None:
    outside = channel_id(shared, "open")
    with refused("not_in_channel"):
        slack.conversations_invite(channel=outside, users=focal.id)
    with refused("not_in_channel"):
        slack.conversations_setTopic(channel=outside, topic="x")


def test_archiving_ejects_the_bot_which_cannot_come_back(slack: WebClient) -> None:
    made = slack.conversations_create(name="ends")["channel"]["id"]
    slack.conversations_archive(channel=made)
    assert slack.conversations_info(channel=made)["channel"]["is_archived"]
    assert not slack.conversations_info(channel=made)["channel"]["is_member"]
    with refused("not_in_channel"):
        slack.conversations_unarchive(channel=made)
    with refused("already_archived"):
        slack.conversations_archive(channel=made)
    with refused("is_archived"):
        slack.chat_postMessage(channel=made, text="too late")


def test_the_general_channel_stays(shared: Workspace, slack: WebClient, focal: Person) -> None:
    general = channel_id(shared, "general")
    with refused("cant_archive_general"):
        slack.conversations_archive(channel=general)
    with refused("cant_leave_general"):
        slack.conversations_leave(channel=general)
    with refused("cant_kick_from_general"):
        slack.conversations_kick(channel=general, user=focal.id)


def test_kicking(shared: Workspace, slack: WebClient, focal: Person) -> None:
    made = slack.conversations_create(name="kicks")["channel"]["id"]
    with refused("cant_kick_self"):
        slack.conversations_kick(channel=made, user=slack.auth_test()["user_id"])
    with refused("not_in_channel"):
        slack.conversations_kick(channel=made, user=focal.id)
    slack.conversations_invite(channel=made, users=focal.id)
    slack.conversations_kick(channel=made, user=focal.id)
    assert focal.id not in slack.conversations_members(channel=made)["members"]


def test_topic_and_purpose_have_250_characters(slack: WebClient) -> None:
    made = slack.conversations_create(name="topics")["channel"]["id"]
    with refused("too_long"):
        slack.conversations_setTopic(channel=made, topic="x" * 251)
    with refused("too_long"):
        slack.conversations_setPurpose(channel=made, purpose="x" * 251)
    assert slack.conversations_setTopic(channel=made, topic="x" * 250)["channel"]["topic"]["value"] == "x" * 250


def test_opening_direct_messages(slack: WebClient, focal: Person, chief: Person) -> None:
    with refused("users_list_not_supplied"):
        slack.conversations_open(users="")
    with refused("too_many_users"):
        slack.conversations_open(users=",".join(f"U{n}" for n in range(9)))
    with refused("user_not_found"):
        slack.conversations_open(users="U0")
    first = slack.conversations_open(users=focal.id)["channel"]["id"]
    assert slack.conversations_open(users=focal.id).data["already_open"]
    assert slack.conversations_open(users=focal.id)["channel"]["id"] == first
    with refused("missing_scope"):
        slack.conversations_open(users=f"{focal.id},{chief.id}")


def test_renaming_is_for_the_creator(shared: Workspace, slack: WebClient) -> None:
    made = slack.conversations_create(name="before")["channel"]["id"]
    with refused("name_taken"):
        slack.conversations_rename(channel=made, name="general")
    assert slack.conversations_rename(channel=made, name="after")["channel"]["previous_names"] == ["before"]
    with refused("not_authorized"):
        slack.conversations_rename(channel=channel_id(shared, "general"), name="mine")


def test_joining_public_channels_only(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    workspace.wire.post("apps/change", app="Foreign", scopes=["channels:join", "channels:read", "groups:read"])
    with refused("channel_not_found"):
        slack.conversations_join(channel=channel_id(workspace, "closed"))
    assert slack.conversations_join(channel=channel_id(workspace, "open"))["channel"]["is_member"]
    assert slack.conversations_join(channel=channel_id(workspace, "open"))["warning"] == "already_in_channel"


def test_pages_follow_cursors_and_may_be_short(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    for number in range(5):
        made = slack.conversations_create(name=f"page-{number}")["channel"]["id"]
        if number % 2:
            slack.conversations_archive(channel=made)
    seen: list[str] = []
    sizes, cursor = [], ""
    while True:
        page = slack.conversations_list(limit=3, cursor=cursor, exclude_archived=True)
        seen += [one["name"] for one in page["channels"]]
        sizes.append(len(page["channels"]))
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == ["general", "open", "page-0", "page-2", "page-4"]
    assert any(size < 3 for size in sizes[:-1]) or sizes[-1] < 3
    with refused("invalid_cursor"):
        slack.conversations_list(cursor="nonsense")
    with refused("invalid_limit"):
        slack.conversations_list(limit=5000)
    with refused("invalid_types"):
        slack.conversations_list(types="telegram")


def test_members_come_by_page(shared: Workspace, slack: WebClient) -> None:
    page = slack.conversations_members(channel=channel_id(shared, "general"), limit=1)
    assert len(page["members"]) == 1
    assert page["response_metadata"]["next_cursor"]
