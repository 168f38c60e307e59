"""Messages: who may post where, what is refused, what is kept."""

import time

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, Workspace
from tests.sandbox.helpers import client, refused, section

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}


@pytest.fixture
def room(shared: Workspace, slack: WebClient) -> str:
    """A fresh channel with the bot, the chief and the focal point."""
    made = slack.conversations_create(name=f"room-{time.time_ns()}")["channel"]["id"]
    users = ",".join(shared.person(who).id for who in ("chief", "focal"))
    slack.conversations_invite(channel=made, users=users)
    return str(made)


def test_posting_needs_membership_or_the_public_scope(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    with refused("not_in_channel"):
        slack.chat_postMessage(channel="#open", text="x")
    workspace.wire.post("apps/change", app="Foreign", scopes=["chat:write", "chat:write.public"])
    assert slack.chat_postMessage(channel="#open", text="x")["ok"]
    with refused("channel_not_found"):
        slack.chat_postMessage(channel="#closed", text="x")
    with refused("channel_not_found"):
        slack.chat_postMessage(channel="C0", text="x")


def test_an_empty_message_is_refused(slack: WebClient, room: str) -> None:
    with refused("no_text"):
        slack.chat_postMessage(channel=room, text=" ")
    assert slack.chat_postMessage(channel=room, blocks=[{"type": "divider"}], text="")["ok"]


def test_block_kit_is_checked_with_pointers(slack: WebClient, room: str) -> None:
    with refused("invalid_blocks") as answer:
        slack.chat_postMessage(channel=room, text="x", blocks=[section("x" * 3001)])
    pointed = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["response_metadata"]["messages"] == [pointed]
    assert slack.chat_postMessage(channel=room, text="x", blocks=[section("x" * 3000)])["ok"]


def test_blocks_that_are_no_list_are_refused(slack: WebClient, room: str) -> None:
    for broken in ("{", '{"type": "divider"}'):
        with refused("invalid_blocks_format"):
            slack.api_call("chat.postMessage", params={"channel": room, "text": "x", "blocks": broken})


def test_more_than_fifty_blocks_are_refused(slack: WebClient, room: str) -> None:
    with refused("invalid_blocks"):
        slack.chat_postMessage(channel=room, text="x", blocks=[{"type": "divider"}] * 51)
    assert slack.chat_postMessage(channel=room, text="x", blocks=[{"type": "divider"}] * 50)["ok"]


def test_a_hundred_attachments_and_no_more(slack: WebClient, room: str) -> None:
    with refused("too_many_attachments"):
        slack.chat_postMessage(channel=room, text="x", attachments=[{"text": "a"}] * 101)
    assert slack.chat_postMessage(channel=room, text="x", attachments=[{"text": "a"}] * 100)["ok"]


def test_markdown_stands_alone(slack: WebClient, room: str) -> None:
    with refused("markdown_text_conflict"):
        slack.api_call("chat.postMessage", json={"channel": room, "text": "x", "markdown_text": "**x**"})
    with refused("msg_too_long"):
        slack.api_call("chat.postMessage", json={"channel": room, "markdown_text": "x" * 12_001})
    assert slack.api_call("chat.postMessage", json={"channel": room, "markdown_text": "**x**"})["ok"]


def test_long_text_is_cut_with_a_warning(slack: WebClient, room: str) -> None:
    answer = slack.chat_postMessage(channel=room, text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000
    with refused("msg_too_long"):
        slack.chat_update(channel=room, ts=answer["ts"], text="x" * 4001)


def test_metadata_is_checked_and_comes_back_when_asked(slack: WebClient, room: str) -> None:
    for broken in ({"event_type": "x"}, {"event_payload": {}}, {"event_type": 1, "event_payload": {}}):
        with refused("invalid_metadata_schema"):
            slack.chat_postMessage(channel=room, text="x", metadata=broken)
    with refused("invalid_metadata_format"):
        slack.chat_postMessage(channel=room, text="x", metadata="{")
    with refused("metadata_too_large"):
        slack.chat_postMessage(
            channel=room, text="x", metadata={"event_type": "x", "event_payload": {"a": "x" * 40_000}}
        )
    slack.chat_postMessage(channel=room, text="op", metadata={"event_type": "op", "event_payload": {"op_id": "7"}})
    assert "metadata" not in slack.conversations_history(channel=room, limit=1)["messages"][0]
    told = slack.conversations_history(channel=room, limit=1, include_all_metadata=True)["messages"][0]
    assert told["metadata"]["event_payload"] == {"op_id": "7"}


def test_text_is_escaped_and_links_are_wrapped(slack: WebClient, room: str, focal: Person) -> None:
    sent = f"a < b & c <@{focal.id}> https://example.org/x. &amp; done"
    kept = slack.chat_postMessage(channel=room, text=sent)["message"]["text"]
    assert kept == f"a &lt; b &amp; c <@{focal.id}> <https://example.org/x>. &amp; done"


def test_blocks_get_ids(slack: WebClient, room: str) -> None:
    blocks = [{"type": "divider"}, {"type": "actions", "elements": [BUTTON, BUTTON]}]
    kept = slack.chat_postMessage(channel=room, text="x", blocks=blocks)["message"]["blocks"]
    actions = [element["action_id"] for element in kept[1]["elements"]]
    assert len({kept[0]["block_id"], kept[1]["block_id"]}) == 2
    assert len(set(actions)) == 2


def test_times_rise_and_are_unique(slack: WebClient, room: str) -> None:
    times = [slack.chat_postMessage(channel=room, text=str(number))["ts"] for number in range(20)]
    assert times == sorted(set(times))


def test_threads(slack: WebClient, room: str) -> None:
    parent = slack.chat_postMessage(channel=room, text="parent")["ts"]
    reply = slack.chat_postMessage(channel=room, text="reply", thread_ts=parent)["ts"]
    slack.chat_postMessage(channel=room, text="loud", thread_ts=parent, reply_broadcast=True)
    with refused("cannot_reply_to_message"):
        slack.chat_postMessage(channel=room, text="x", thread_ts="1.000001")
    with refused("cannot_reply_to_message"):
        slack.chat_postMessage(channel=room, text="x", thread_ts=reply)
    shown = slack.conversations_history(channel=room)["messages"]
    assert [one["text"] for one in shown[:2]] == ["loud", "parent"]
    assert shown[1]["reply_count"] == 2
    assert [one["text"] for one in slack.conversations_replies(channel=room, ts=parent)["messages"]] == [
        "parent",
        "reply",
        "loud",
    ]
    with refused("thread_not_found"):
        slack.conversations_replies(channel=room, ts="1.000001")


def test_replies_outlive_their_parent(slack: WebClient, room: str) -> None:
    parent = slack.chat_postMessage(channel=room, text="parent")["ts"]
    slack.chat_postMessage(channel=room, text="reply", thread_ts=parent)
    slack.chat_delete(channel=room, ts=parent)
    shown = slack.conversations_replies(channel=room, ts=parent)["messages"]
    assert [one.get("subtype") for one in shown] == ["tombstone", None]
    with refused("message_not_found"):
        slack.chat_delete(channel=room, ts=parent)


def test_updating_without_blocks_drops_them(slack: WebClient, room: str) -> None:
    ts = slack.chat_postMessage(channel=room, text="x", blocks=[section("x")])["ts"]
    slack.chat_update(channel=room, ts=ts, text="now plain")
    shown = slack.conversations_history(channel=room, limit=1)["messages"][0]
    assert "blocks" not in shown
    assert shown["edited"]["user"] == slack.auth_test()["user_id"]


def test_only_own_messages_can_be_changed(slack: WebClient, room: str, focal: Person) -> None:
    theirs = focal.says("mine", in_=room).ts
    with refused("cant_update_message"):
        slack.chat_update(channel=room, ts=theirs, text="x")
    with refused("cant_delete_message"):
        slack.chat_delete(channel=room, ts=theirs)
    with refused("message_not_found"):
        slack.chat_update(channel=room, ts="1.000001", text="x")


def test_ephemerals_reach_one_person_and_no_history(slack: WebClient, room: str, focal: Person, chief: Person) -> None:
    whispered = slack.chat_postEphemeral(channel=room, user=focal.id, text="for you")["message_ts"]
    assert focal.sees("for you", in_=room).is_ephemeral
    chief.sees_no("for you", in_=room)
    assert "for you" not in [one["text"] for one in slack.conversations_history(channel=room)["messages"]]
    with refused("message_not_found"):
        slack.chat_update(channel=room, ts=whispered, text="x")
    with refused("user_not_in_channel"):
        slack.chat_postEphemeral(channel=room, user="U0", text="x")


def test_history_has_bounds_and_cursors(slack: WebClient, room: str) -> None:
    times = [slack.chat_postMessage(channel=room, text=str(number))["ts"] for number in range(4)]
    between = slack.conversations_history(channel=room, oldest=times[0], latest=times[3])["messages"]
    assert [one["text"] for one in between] == ["2", "1"]
    inclusive = slack.conversations_history(channel=room, oldest=times[0], latest=times[3], inclusive=True)["messages"]
    assert [one["text"] for one in inclusive] == ["3", "2", "1", "0"]
    first = slack.conversations_history(channel=room, limit=2)
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    assert [one["text"] for one in slack.conversations_history(channel=room, limit=2, cursor=cursor)["messages"]] == [
        "1",
        "0",
    ]
    with refused("invalid_ts_oldest"):
        slack.conversations_history(channel=room, oldest="yesterday")


def test_history_is_for_members(shared: Workspace, slack: WebClient, chief: Person) -> None:
    found = chief.find_channel("open")
    assert found is not None
    with refused("not_in_channel"):
        slack.conversations_history(channel=found["id"])


def test_permalinks(slack: WebClient, room: str) -> None:
    ts = slack.chat_postMessage(channel=room, text="x")["ts"]
    link = slack.chat_getPermalink(channel=room, message_ts=ts)["permalink"]
    assert link == f"https://foreign.slack.com/archives/{room}/p{ts.replace('.', '')}"
    with refused("message_not_found"):
        slack.chat_getPermalink(channel=room, message_ts="1.000001")


def test_direct_messages_by_user_id(slack: WebClient, focal: Person) -> None:
    slack.chat_postMessage(channel=focal.id, text="hello you")
    assert focal.direct_message_from("Foreign").text == "hello you"


def test_a_closed_messages_tab_takes_no_direct_messages(workspace: Workspace) -> None:
    workspace.wire.post("apps/change", app="Foreign", messages=False)
    with refused("messages_tab_disabled"):
        client(workspace.api_url).chat_postMessage(channel=workspace.person("focal").id, text="x")


def test_scheduling(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    workspace.clock.set("2030-01-01T08:00:00Z")
    workspace.clock.freeze()
    now = int(workspace.clock.now)
    with refused("time_in_past"):
        slack.chat_scheduleMessage(channel="#general", text="x", post_at=now - 1)
    with refused("time_too_far"):
        slack.chat_scheduleMessage(channel="#general", text="x", post_at=now + 121 * 86400)
    with refused("invalid_time"):
        slack.api_call("chat.scheduleMessage", params={"channel": "#general", "text": "x", "post_at": "soon"})
    kept = slack.chat_scheduleMessage(channel="#general", text="in an hour", post_at=now + 3600)
    gone = slack.chat_scheduleMessage(channel="#general", text="never", post_at=now + 3600)
    slack.chat_deleteScheduledMessage(channel=kept["channel"], scheduled_message_id=gone["scheduled_message_id"])
    with refused("invalid_scheduled_message_id"):
        slack.chat_deleteScheduledMessage(channel=kept["channel"], scheduled_message_id=gone["scheduled_message_id"])
    listed = slack.chat_scheduledMessages_list()["scheduled_messages"]
    assert [one["text"] for one in listed] == ["in an hour"]
    workspace.clock.advance(3601)
    assert workspace.person("focal").sees("in an hour", in_="#general")
    assert slack.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_thirty_scheduled_messages_in_five_minutes(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    at = int(workspace.clock.now) // 300 * 300 + 900
    for number in range(30):
        slack.chat_scheduleMessage(channel="#general", text=str(number), post_at=at)
    with refused("restricted_too_many"):
        slack.chat_scheduleMessage(channel="#general", text="x", post_at=at)
    assert slack.chat_scheduleMessage(channel="#general", text="x", post_at=at + 300)["ok"]


def test_a_custom_name_needs_its_scope(workspace: Workspace) -> None:
    slack = client(workspace.api_url)
    assert "username" not in slack.chat_postMessage(channel="#general", text="x", username="Duty")["message"]
    workspace.wire.post("apps/change", app="Foreign", scopes=["chat:write", "chat:write.customize"])
    assert slack.chat_postMessage(channel="#general", text="x", username="Duty")["message"]["username"] == "Duty"
