"""More than one workspace: channels that another one reads too, converted channels, and what apps are told."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, RefusedError, Workspace
from tests.sandbox.foreign_app import SEED
from tests.sandbox.helpers import Json, client, until
from tests.sandbox.recorder import Heard, Recorder

OTHER, ORGANISATION, HOME = "T0OTHER01", "E0OTHER01", "E0HOME001"
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
    chief.unshares(channel, OTHER)
    assert shown(fresh, channel) == ({}, {"shared_team_ids": [ours]})
    chief.shares(channel, OTHER, "invite")
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


def test_people_of_several_workspaces_say_where_they_belong(on_grid: Workspace) -> None:
    slack, chief = client(on_grid.api_url), on_grid.person("chief")
    for handle, home, teams in (
        ("from-organisation", HOME, [OTHER, "T00000001"]),
        ("from-sister", OTHER, [OTHER, "T00000001"]),
        ("nowhere-named", "", ["T00000001"]),
        ("sister-only", "", [OTHER]),
    ):
        on_grid.wire.post("people", handle=handle, team=home, teams=teams)
        chief.invites(handle, to="#general")
        told = slack.users_info(user=on_grid.person(handle).id)["user"]
        assert told.get("team_id", "") == home
        assert (told["enterprise_user"]["teams"] if home else told["teams"]) == teams
        assert ("enterprise_user" in told) is bool(home)
        assert told.get("is_stranger", False) is ("T00000001" not in teams)
    ours = slack.users_info(user=chief.id)["user"]
    assert ours["team_id"] == "T00000001"
    assert "enterprise_user" not in ours


def test_who_is_in_this_workspace_too_is_no_stranger_and_is_seen_everywhere(on_grid: Workspace) -> None:
    on_grid.wire.post("people", handle="colleague", team=HOME, teams=[OTHER, "T00000001"])
    on_grid.wire.post("people", handle="sister", team=HOME, teams=[OTHER])
    listed = {one["name"] for one in client(on_grid.api_url).users_list()["members"]}
    assert "colleague" in listed
    assert "sister" not in listed


def test_an_installation_of_the_whole_organisation_names_no_workspace(on_grid: Workspace, app: Recorder) -> None:
    slack = client(on_grid.api_url)
    told = slack.auth_test()
    assert (told["team_id"], told["enterprise_id"], told["is_enterprise_install"]) == ("T00000001", HOME, False)
    on_grid.wire.post("apps/change", app="Foreign", organisation_wide=True, events=["message.channels"])
    told = slack.auth_test()
    assert (told["team_id"], told["enterprise_id"], told["is_enterprise_install"]) == (None, HOME, True)
    chief = on_grid.person("chief")
    chief.says("hello", in_="#general")
    chief.runs("/order")
    on_grid.settles()
    (event,) = [one["payload"] for one in app.heard if one["payload"].get("type") == "event_callback"]
    (granted,) = event["authorizations"]
    assert (granted["team_id"], granted["enterprise_id"], granted["is_enterprise_install"]) == (None, HOME, True)
    (typed,) = app.payloads("/order")
    assert (typed["enterprise_id"], typed["is_enterprise_install"]) == (HOME, "true")


def test_the_same_app_hears_of_another_workspace_at_the_same_address(workspace: Workspace, app: Recorder) -> None:
    app.answer = lambda payload: (200, {"text": "Hello"} if "command" in payload else None)
    answer = workspace.wire.post("elsewhere/command", app="Foreign", team=OTHER, text="/order coffee")
    assert (answer["status"], answer["body"]) == (200, {"text": "Hello"})
    event = {"type": "app_uninstalled"}
    workspace.wire.post("elsewhere/event", app="Foreign", team=OTHER, event=event)
    (typed,), heard = app.payloads("/order"), app.heard[-1]["payload"]
    assert (typed["team_id"], typed["text"]) == (OTHER, "coffee")
    assert (heard["team_id"], heard["authorizations"][0]["team_id"]) == (OTHER, OTHER)
    assert client(workspace.api_url).auth_test()["ok"]
    with pytest.raises(RefusedError, match="missing_argument"):
        workspace.wire.post("elsewhere/event", app="Foreign", team=OTHER)


def test_an_event_says_whether_its_channel_is_shared_with_others(
    workspace: Workspace, app: Recorder, chief_of: Person
) -> None:
    subscribe(workspace, "message.groups")
    channel = a_channel(workspace)
    chief_of.says("one", in_=channel)
    chief_of.shares(channel, OTHER)
    chief_of.says("two", in_=channel)
    until(lambda: [one for one in app.events("message") if one["text"] == "two"])
    told = {one["payload"]["event"]["text"]: one["payload"]["is_ext_shared_channel"] for one in list(app.heard)}
    assert (told["one"], told["two"]) == (False, True)


@pytest.fixture
def on_grid() -> Iterator[Workspace]:
    """A fresh workspace of an organisation."""
    seed = copy.deepcopy(SEED)
    seed["workspace"] = {**seed["workspace"], "id": "T00000001", "enterprise": HOME}
    with Workspace.start(seed) as workspace:
        yield workspace


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[Recorder]:
    """A recording app that the test's workspace reaches over HTTP."""
    names = request.fixturenames
    workspace: Workspace = request.getfixturevalue("on_grid" if "on_grid" in names else "workspace")
    recorder = Recorder()
    workspace.reach("Foreign", recorder.url)
    yield recorder
    recorder.close()


@pytest.fixture
def chief_of(workspace: Workspace) -> Person:
    """An admin of the fresh workspace."""
    return workspace.person("chief")
