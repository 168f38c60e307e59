"""Delivery: signatures, patience, retries, and which app hears what, over HTTP and over Socket Mode."""

import time

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.driver import Person, Workspace
from bot.sandbox.workspace import SLACKS_PATIENCE
from tests.sandbox.foreign_app import SECRET
from tests.sandbox.helpers import Json, client, until
from tests.sandbox.recorder import Heard, Recorder


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def subscribe(workspace: Workspace, *events: str, scopes: tuple[str, ...] = ()) -> None:
    more: Json = {"scopes": list(scopes)} if scopes else {}
    workspace.wire.post("apps/change", app="Foreign", events=list(events), **more)


def test_requests_are_signed_with_the_real_time(workspace: Workspace, focal: Person, app: Recorder) -> None:
    workspace.clock.advance(30 * 86400)
    began = int(time.time())
    focal.runs("/echo hello", in_="#general")
    heard = app.heard[0]
    headers = {name.lower(): value for name, value in heard["headers"].items()}
    assert SignatureVerifier(SECRET).is_valid_request(heard["body"], headers)
    assert not SignatureVerifier("another").is_valid_request(heard["body"], headers)
    assert began <= int(headers["x-slack-request-timestamp"]) <= time.time()


def test_a_late_answer_is_told_to_the_person(workspace: Workspace, focal: Person, heard: Heard) -> None:
    heard.answer = lambda _: (time.sleep(SLACKS_PATIENCE + 0.3), (200, None))[1]
    reply = focal.runs("/echo x", in_="#general")
    assert reply.notice == "/echo failed: the app did not answer in time (operation_timeout)"
    heard.answer = lambda _: (200, None)
    assert focal.runs("/echo x", in_="#general").notice is None
    assert len(heard.payloads("/echo")) == 2, "a command is never sent again"


def test_an_error_and_an_absent_app_are_told(workspace: Workspace, focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (500, None)
    assert (
        focal.runs("/echo x", in_="#general").notice
        == "/echo failed: the app answered with status 500 (dispatch_failed)"
    )
    app.close()
    assert (
        focal.runs("/echo x", in_="#general").notice == "/echo failed: the app could not be reached (dispatch_failed)"
    )
    assert not workspace.apps[0]["connected"]


def test_events_are_retried_at_once_after_one_and_after_five_minutes(
    workspace: Workspace, focal: Person, app: Recorder
) -> None:
    app.answer = lambda _: (503, None)
    workspace.clock.freeze()
    focal.says("hello", in_="#general")
    until(lambda: len(app.heard) == 2)
    for seconds, deliveries in ((59, 2), (2, 3), (299, 3), (2, 4), (3600, 4)):
        workspace.clock.advance(seconds)
        workspace.settles()
        until(lambda wanted=deliveries: len(app.heard) >= wanted)
        assert len(app.heard) == deliveries
    assert app.retries() == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({one["payload"]["event_id"] for one in app.heard}) == 1


def test_an_app_may_ask_for_no_retry(workspace: Workspace, focal: Person, app: Recorder) -> None:
    app.answer = lambda _: (500, None)
    app.headers = {"X-Slack-No-Retry": "1"}
    focal.says("hello", in_="#general")
    until(lambda: app.heard)
    workspace.settles()
    workspace.clock.advance(600)
    workspace.settles()
    assert len(app.heard) == 1


def test_a_success_is_not_repeated(workspace: Workspace, focal: Person, heard: Heard) -> None:
    focal.says("hello", in_="#general")
    until(lambda: heard.heard)
    workspace.clock.advance(600)
    workspace.settles()
    assert len(heard.heard) == 1


def test_an_app_that_fails_nearly_always_loses_its_subscriptions(
    workspace: Workspace, focal: Person, app: Recorder
) -> None:
    app.answer = lambda _: (500, None)
    app.headers = {"X-Slack-No-Retry": "1"}
    for number in range(100):
        focal.says(str(number), in_="#general")
    until(lambda: len(app.heard) == 100)
    workspace.settles()
    focal.says("unheard", in_="#general")
    workspace.settles()
    assert len(app.heard) == 100


def test_subscription_scope_and_membership_decide(workspace: Workspace, focal: Person, heard: Heard) -> None:
    chief = workspace.person("chief")
    chief.says("not in here", in_="#open")
    subscribe(workspace, "app_mention")
    focal.says("not subscribed", in_="#general")
    subscribe(workspace, "message.channels", scopes=("chat:write",))
    focal.says("no scope", in_="#general")
    subscribe(workspace, "message.channels", scopes=("channels:history",))
    focal.says("heard", in_="#general")
    until(lambda: heard.heard)
    workspace.settles()
    assert [event["text"] for event in heard.events("message")] == ["heard"]


def test_an_event_says_for_whom_it_is(workspace: Workspace, focal: Person, heard: Heard) -> None:
    message = focal.says("hello", in_="#general")
    told = until(lambda: heard.heard)[0]["payload"]
    bot = client(workspace.api_url).auth_test()["user_id"]
    assert told["authorizations"][0]["user_id"] == bot
    assert told["authorizations"][0]["is_bot"]
    assert told["event"]["ts"] == message.ts
    assert told["event"]["channel_type"] == "channel"
    assert (told["team_id"], told["type"]) == ("T0FOREIGN", "event_callback")


def test_a_mention_comes_as_a_second_event(workspace: Workspace, focal: Person, heard: Heard) -> None:
    focal.says("hello @Foreign", in_="#general")
    until(lambda: heard.events("app_mention"))
    (mention,), (message,) = heard.events("app_mention"), heard.events("message")
    assert mention["ts"] == message["ts"]
    focal.says("hello", in_="#general")
    workspace.settles()
    assert len(heard.events("app_mention")) == 1


def test_own_messages_come_back_marked(workspace: Workspace, heard: Heard) -> None:
    client(workspace.api_url).chat_postMessage(channel="#general", text="mine")
    event = until(lambda: heard.events("message"))[0]
    assert event["bot_id"]
    assert event["user"] == client(workspace.api_url).auth_test()["user_id"]


def test_edits_and_deletions_are_told(workspace: Workspace, focal: Person, heard: Heard) -> None:
    message = focal.says("first", in_="#general")
    place = {"as": focal.id, "channel": message.channel, "ts": message.ts}
    workspace.wire.post("edit", **place, text="second")
    workspace.wire.post("delete", **place)
    until(lambda: len(heard.events("message")) == 3)
    changed, deleted = (
        next(event for event in heard.events("message") if event.get("subtype") == kind)
        for kind in ("message_changed", "message_deleted")
    )
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("second", "first")
    assert deleted["deleted_ts"] == message.ts


def test_the_life_of_channels_and_people_is_told(workspace: Workspace, focal: Person, heard: Heard) -> None:
    wanted = [
        "member_joined_channel", "member_left_channel", "channel_created", "channel_rename", "channel_archive",
        "channel_unarchive", "team_join", "user_change", "reaction_added", "reaction_removed", "pin_added",
        "pin_removed",
    ]  # fmt: skip
    subscribe(workspace, *wanted)
    slack, chief = client(workspace.api_url), workspace.person("chief")
    made = slack.conversations_create(name="life")["channel"]["id"]
    slack.conversations_invite(channel=made, users=focal.id)
    slack.conversations_kick(channel=made, user=focal.id)
    slack.conversations_rename(channel=made, name="living")
    slack.conversations_archive(channel=made)
    workspace.wire.post("channel/unarchive", **{"as": chief.id}, channel=made)
    workspace.wire.post("people", handle="new")
    workspace.wire.post("people/change", person="new", tz="Africa/Juba")
    message = focal.says("x", in_="#general")
    message.react("eyes").react("eyes", remove=True)
    slack.pins_add(channel=message.channel, timestamp=message.ts)
    slack.pins_remove(channel=message.channel, timestamp=message.ts)
    until(lambda: {one["payload"]["event"]["type"] for one in list(heard.heard)} == set(wanted))
    assert heard.events("user_change")[0]["user"]["tz"] == "Africa/Juba"
    assert heard.events("member_joined_channel")[0]["channel"] == made
    assert heard.events("channel_rename")[0]["channel"]["name"] == "living"


def test_private_channels_have_events_of_their_own(workspace: Workspace, heard: Heard) -> None:
    subscribe(workspace, "group_rename", "group_archive", "channel_archive", "channel_rename")
    slack = client(workspace.api_url)
    made = slack.conversations_create(name="secret", is_private=True)["channel"]["id"]
    slack.conversations_rename(channel=made, name="secrets")
    slack.conversations_archive(channel=made)
    until(lambda: len(heard.heard) >= 1)
    workspace.settles()
    assert {one["payload"]["event"]["type"] for one in heard.heard} >= {"group_rename"}
    assert heard.events("channel_rename") == heard.events("channel_archive") == []


def test_an_uninstalled_app_hears_its_end(workspace: Workspace, focal: Person, heard: Heard) -> None:
    subscribe(workspace, "tokens_revoked", "app_uninstalled", "message.channels")
    workspace.wire.post("apps/uninstall", app="Foreign")
    until(lambda: heard.events("tokens_revoked") and heard.events("app_uninstalled"))
    focal.says("anyone?", in_="#general")
    workspace.settles()
    assert heard.events("message") == []


def test_an_url_proves_itself(workspace: Workspace, app: Recorder) -> None:
    app.answer = lambda payload: (200, {"challenge": payload.get("challenge")})
    assert workspace.wire.post("apps/verify", app="Foreign")["verified"]
    app.answer = lambda _: (200, "hello")
    assert workspace.wire.post("apps/verify", app="Foreign")["reason"] == "challenge_failed"


@pytest.mark.parametrize(("kind", "copies"), [("duplicate", 2), ("delay", 1), ("drop", 0), (None, 1)])
def test_deliveries_can_be_disturbed(
    workspace: Workspace, focal: Person, heard: Heard, kind: str | None, copies: int
) -> None:
    if kind:
        workspace.fault("delivery:command", kind, seconds=0.2)
    reply = focal.runs("/echo x", in_="#general")
    workspace.settles()
    until(lambda: len(heard.payloads("/echo")) >= copies)
    assert len(heard.payloads("/echo")) == copies
    assert bool(reply.notice) == (kind == "drop")


def test_events_can_be_reordered(workspace: Workspace, focal: Person, heard: Heard) -> None:
    workspace.fault("delivery:event", "reorder")
    focal.says("first", in_="#general")
    focal.says("second", in_="#general")
    until(lambda: len(heard.heard) == 2)
    assert [event["text"] for event in heard.events("message")] == ["second", "first"]
