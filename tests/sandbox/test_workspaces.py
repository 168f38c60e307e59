"""More than one workspace: channels that another one reads too, converted channels, and what apps are told."""

from __future__ import annotations

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, RefusedError, Workspace
from tests.sandbox.helpers import Json, client, until
from tests.sandbox.recorder import Heard

OTHER, ORGANISATION = "T0OTHER01", "E0OTHER01"
FLAGS = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
LISTS = ("shared_team_ids", "connected_team_ids", "internal_team_ids", "pending_shared", "pending_connected_team_ids")


def a_channel(workspace: Workspace, *, private: bool = True) -> str:
    """A channel that the app and the chief are in."""
    slack = client(workspace.api_url)
    made = str(slack.conversations_create(name="meeting", is_private=private)["channel"]["id"])
    slack.conversations_invite(channel=made, users=workspace.person("chief").id)
    return made


def shown(slack: WebClient, channel: str) -> tuple[dict[str, bool], dict[str, list[str]]]:
    """The flags that are set, and the lists that are not empty."""
    told: Json = slack.conversations_info(channel=channel)["channel"]
    flags = {name: bool(told[name]) for name in FLAGS if told[name]}
    return flags, {name: told[name] for name in LISTS if told[name]}


def subscribe(workspace: Workspace, *events: str) -> None:
    workspace.wire.post("apps/change", app="Foreign", events=list(events))


def test_a_shared_channel_says_so_by_flags_and_by_lists(workspace: Workspace, fresh: WebClient) -> None:
    channel, chief = a_channel(workspace), workspace.person("chief")
    ours = fresh.auth_test()["team_id"]
    assert shown(fresh, channel) == ({}, {"shared_team_ids": [ours]})
    chief.shares(channel, OTHER, "invite")
    invited = {"pending_shared": [OTHER], "pending_connected_team_ids": [OTHER]}
    assert shown(fresh, channel) == ({"is_pending_ext_shared": True}, {"shared_team_ids": [ours], **invited})
    chief.shares(channel, OTHER)
    told = {"shared_team_ids": [ours, OTHER], "connected_team_ids": [OTHER]}
    assert shown(fresh, channel) == ({"is_shared": True, "is_ext_shared": True}, told)
    with pytest.raises(RefusedError, match="already_in_channel"):
        chief.shares(channel, OTHER)
    chief.unshares(channel, OTHER)
    assert shown(fresh, channel) == ({}, {"shared_team_ids": [ours]})


def test_a_channel_of_several_workspaces_of_one_organisation(workspace: Workspace, fresh: WebClient) -> None:
    channel, ours = a_channel(workspace), fresh.auth_test()["team_id"]
    workspace.person("chief").shares(channel, OTHER, "organisation")
    lists = {"shared_team_ids": [ours, OTHER], "internal_team_ids": [ours, OTHER]}
    assert shown(fresh, channel) == ({"is_shared": True, "is_org_shared": True}, lists)


def test_apps_hear_that_a_channel_is_shared_and_no_longer_shared(
    workspace: Workspace, heard: Heard, chief_of: Person
) -> None:
    subscribe(workspace, "channel_shared", "channel_unshared")
    channel = a_channel(workspace)
    chief_of.shares(channel, ORGANISATION, "invite")
    chief_of.shares(channel, ORGANISATION)
    until(lambda: heard.events("channel_shared"))
    chief_of.unshares(channel, ORGANISATION)
    until(lambda: heard.events("channel_unshared"))
    (shared,), (ended,) = heard.events("channel_shared"), heard.events("channel_unshared")
    assert (shared["channel"], shared["connected_team_id"]) == (channel, ORGANISATION)
    told = (ended["channel"], ended["previously_connected_team_id"], ended["is_ext_shared"])
    assert told == (channel, ORGANISATION, False)


def test_a_private_channel_that_is_shared_is_told_to_its_own_apps_only(
    workspace: Workspace, heard: Heard, chief_of: Person
) -> None:
    subscribe(workspace, "channel_shared")
    chief_of.shares("closed", OTHER)
    workspace.settles()
    assert heard.events("channel_shared") == []


def test_people_of_the_other_workspace_leave_with_it(workspace: Workspace, fresh: WebClient) -> None:
    channel, chief = a_channel(workspace), workspace.person("chief")
    stranger = workspace.wire.post("people", handle="stranger", team=OTHER)["person"]["id"]
    chief.shares(channel, OTHER)
    chief.invites("stranger", to=channel)
    assert stranger in fresh.conversations_members(channel=channel)["members"]
    chief.unshares(channel, OTHER)
    assert stranger not in fresh.conversations_members(channel=channel)["members"]


def test_a_converted_channel_is_told_by_a_message_alone(workspace: Workspace, heard: Heard, chief_of: Person) -> None:
    subscribe(workspace, "channel_created", "channel_rename", "channel_shared", "message.channels")
    slack, channel = client(workspace.api_url), a_channel(workspace)
    chief_of.converts(channel, "public")
    until(lambda: heard.events("message"))
    assert {one["payload"]["event"]["type"] for one in heard.heard} == {"message"}
    assert heard.events("message")[-1]["subtype"] == "channel_convert_to_public"
    assert slack.conversations_info(channel=channel)["channel"]["is_private"] is False
    chief_of.converts(channel, "private")
    assert slack.conversations_info(channel=channel)["channel"]["is_private"] is True
    with pytest.raises(RefusedError, match="method_not_supported_for_channel_type"):
        chief_of.converts("general", "private")


def test_a_channel_may_get_another_id_and_keeps_its_messages(
    workspace: Workspace, heard: Heard, chief_of: Person
) -> None:
    subscribe(workspace, "channel_id_changed")
    slack, channel = client(workspace.api_url), a_channel(workspace)
    said = slack.chat_postMessage(channel=channel, text="kept")["ts"]
    slack.chat_postMessage(channel=channel, text="answer", thread_ts=said)
    new = chief_of.renumbers(channel)
    until(lambda: heard.events("channel_id_changed"))
    (told,) = heard.events("channel_id_changed")
    assert (told["old_channel_id"], told["new_channel_id"]) == (channel, new)
    assert "kept" in [one["text"] for one in slack.conversations_history(channel=new)["messages"]]
    assert [one["text"] for one in slack.conversations_replies(channel=new, ts=said)["messages"]] == ["kept", "answer"]
    assert workspace.person("chief").find_channel(channel) is None


@pytest.fixture
def chief_of(workspace: Workspace) -> Person:
    """An admin of the fresh workspace."""
    return workspace.person("chief")
