"""Who is a colleague, on Enterprise Grid and where organisations share channels; and whose a delivery is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.delivery.directory import ELSEWHERE, home_team
from bot.delivery.identity import Identity
from bot.delivery.slack import SlackCalls, TokenLost
from bot.tools.doctor import examine
from commands.kit.cards import Card, actions, button
from commands.kit.permission import holders_of
from commands.kit.post import post
from commands.kit.work import Work
from storage.missions import Mission, get_mission
from storage.people import Person, Role, get_person, set_holders
from storage.subjects import Key
from tests.databases import sqlite_url
from tests.delivery.confidential import CHIEF, OFFICE, OTHER_TEAM, errors, forget_failures, says, stands, warnings
from tests.signing import signed
from tests.world import World, a_world

ORGANISATION, OTHER_ORGANISATION = "E0MISSIONS", "E0OTHER001"
OURS, SISTER = "TDEMO0001", "T0SISTER01"
NOT_OURS = "I keep the cabinet of another workspace"


@pytest.fixture
def grid(tmp_path: Path) -> Iterator[World]:
    """A workspace of an organisation on Enterprise Grid that nobody has set up yet."""
    with a_world(sqlite_url(tmp_path), organisation=ORGANISATION) as world:
        yield world
        world.workspace.wire.post("log/clear")


def comes(world: World, handle: str, **facts: Any) -> str:
    """Somebody comes to the workspace. Returns their id."""
    found = world.workspace.wire.post("people", handle=handle, name=handle, **facts)
    world.settle()
    return str(found["person"]["id"])


@pytest.mark.parametrize(
    ("user", "home"),
    [
        ({"team_id": OURS}, OURS),
        ({"team_id": OURS, "enterprise_user": {"teams": [OURS, SISTER]}}, OURS),
        ({"team_id": OURS, "enterprise_user": {"teams": []}}, OURS),
        ({"team_id": ORGANISATION, "enterprise_user": {"teams": [SISTER, OURS]}}, OURS),
        ({"team_id": SISTER, "enterprise_user": {"teams": [SISTER, OURS]}}, OURS),
        ({"team_id": SISTER, "teams": [OURS]}, OURS),
        ({"teams": [OURS]}, OURS),
        ({"profile": {"team": OURS}}, OURS),
        ({"team_id": OTHER_TEAM}, OTHER_TEAM),
        ({"team_id": OTHER_ORGANISATION, "enterprise_user": {"teams": [OTHER_TEAM]}}, OTHER_ORGANISATION),
        ({"teams": [SISTER]}, SISTER),
        ({"team_id": None, "teams": [SISTER], "is_admin": True}, SISTER),
        ({"team_id": OURS, "enterprise_user": {"teams": [SISTER]}}, SISTER),
        ({"team_id": None, "enterprise_user": None, "teams": None}, ELSEWHERE),
        ({}, ELSEWHERE),
    ],
)
def test_whose_somebody_is_is_read_from_all_that_slack_says(user: dict[str, Any], home: str) -> None:
    assert home_team({"id": "U1", **user}, OURS) == home


def test_an_admin_who_came_from_the_organisation_sets_the_mission_up(grid: World) -> None:
    comes(grid, "grid-admin", team=ORGANISATION, teams=[SISTER, OURS], admin=True)
    grid.person(CHIEF).invites("grid-admin", to="general")
    person = grid.person("grid-admin")
    person.runs("/mission setup")
    assert person.sees_form("Set up").title == "Set up the mission"


def test_an_admin_of_a_sister_workspace_alone_does_not(grid: World) -> None:
    stranger = comes(grid, "sister-admin", teams=[SISTER], admin=True)
    grid.person(CHIEF).invites("sister-admin", to="general")
    person = grid.person("sister-admin")
    refused = person.runs("/mission setup", in_="#general").text
    assert person.form is None
    assert stranger not in refused
    assert "@sister-admin" not in refused
    with grid.database() as session:
        known = get_person(session, OURS, stranger)
        assert known is not None
        assert known.is_outsider
        assert not known.is_full


def test_an_external_admin_known_from_a_change_is_neither_told_nor_named(grid: World) -> None:
    external = comes(grid, "external-admin", team=OTHER_TEAM, admin=True)
    grid.person(CHIEF).invites("external-admin", to="general")
    grid.workspace.wire.post("people/change", person=external, title="Still an admin there")
    grid.settle()
    with grid.database() as session:
        assert get_person(session, OURS, external) is not None
        assert external not in holders_of(session, OURS, frozenset({Role.ADMIN}))
    assert "@external-admin" not in grid.person("Mission reader").runs("/mission setup").text
    with grid.database() as session:
        set_holders(session, OURS, Role.ADMIN, [external, grid.user_id(CHIEF)], external, grid.now)
        set_holders(session, OURS, Role.FUNDING_CELL, [external], external, grid.now)
        assert holders_of(session, OURS, frozenset({Role.ADMIN})) == [grid.user_id(CHIEF)]


def test_an_outsider_with_a_role_is_not_named_to_others(world: World) -> None:
    external = comes(world, "external-cell", team=OTHER_TEAM)
    world.person(CHIEF).invites("external-cell", to="general")
    with world.database() as session:
        session.add(
            Person(mission_id=OURS, user_id=external, name="external-cell", home_team=OTHER_TEAM, seen_at=world.now)
        )
        for role in (Role.ADMIN, Role.COORDINATOR, Role.FUNDING_CELL):
            set_holders(session, OURS, role, [external], external, world.now)
    refused = world.person("Mission reader").runs("/funding import").text
    assert "An admin can give it" in refused
    assert "@external-cell" not in refused


def test_a_colleague_of_two_workspaces_reads_what_is_confidential_and_a_strangers_presence_stops_it(
    grid: World,
) -> None:
    grid.set_up()
    colleague = comes(grid, "grid-colleague", team=SISTER, teams=[SISTER, OURS])
    with grid.database() as session:
        set_holders(session, OURS, Role.SRSG_OFFICE, [colleague], grid.user_id(CHIEF), grid.now)
    grid.person(CHIEF).invites("grid-colleague", to=OFFICE)
    says(grid, "first")
    assert stands(grid, "first")
    comes(grid, "sister", teams=[SISTER])
    grid.person(CHIEF).invites("sister", to=OFFICE)
    grid.settle()
    assert "@sister: of another organisation" in warnings(grid, CHIEF)[0]
    says(grid, "second")
    assert not stands(grid, "second")
    assert errors(grid) == ["handling not_cleared"]
    forget_failures(grid)


def test_a_command_of_another_workspace_is_not_answered_as_ours(world: World) -> None:
    answer = world.workspace.wire.post("elsewhere/command", app="Rapporteur", team=OTHER_TEAM, text="/cabinet")
    assert NOT_OURS in json.dumps(answer["body"])
    with world.database() as session:
        assert get_person(session, OURS, "U0ELSEWHERE") is None
        assert [one.id for one in session.scalars(select(Mission))] == [OURS]


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_what_is_taken_from_another_workspace_stops_nothing_here(world: World, kind: str) -> None:
    event = {"type": kind, "tokens": {"oauth": [], "bot": [world.product.identity.bot_user_id()]}}
    world.workspace.wire.post("elsewhere/event", app="Rapporteur", team=OTHER_TEAM, event=event)
    with world.database() as session:
        assert get_mission(session, OURS).paused_reason is None
    world.workspace.wire.post("elsewhere/event", app="Rapporteur", team=OURS, event=event)
    with world.database() as session:
        assert get_mission(session, OURS).paused_reason == kind


def test_a_change_of_another_workspace_is_not_noted(world: World) -> None:
    user = {"id": "U0ELSEWHERE", "team_id": OTHER_TEAM, "is_admin": True}
    event = {"type": "user_change", "user": user}
    answer = world.workspace.wire.post("elsewhere/event", app="Rapporteur", team=OTHER_TEAM, event=event)
    assert answer["status"] == 200
    with world.database() as session:
        assert get_person(session, OURS, "U0ELSEWHERE") is None


def test_who_presses_in_a_shared_channel_is_refused_as_somebody_from_outside(world: World) -> None:
    """Slack may name the team of whoever presses: the message is ours, and so is the answer."""
    external = comes(world, "external", team=OTHER_TEAM)
    chief = world.person(CHIEF)
    chief.shares("general", OTHER_TEAM)
    chief.invites("external", "Rapporteur", to="general")
    with world.database() as session:
        work = Work(session, get_mission(session, OURS), world.now)
        card = Card("Roles", (actions(button("Roles", "mission:roles-form", "x")),))
        post(work, world.channel_id("general"), card, key=Key("test:press"))
    world.settle()
    for sender, said in ((world.product.identity.bot_user_id(), "This needs one of these roles"), (external, NOT_OURS)):
        assert said in pressed(world, external, sender)
    world.workspace.wire.post("log/clear")


def pressed(world: World, user: str, sender: str) -> str:
    """A press by somebody of another workspace in a message of `sender`. Returns what they read."""
    channel = world.channel_id("general")
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": OTHER_TEAM},
        "team": {"id": OTHER_TEAM},
        "channel": {"id": channel},
        "message": {"ts": "1.000001", "user": sender},
        "trigger_id": f"forged.{sender}",
        "actions": [{"type": "button", "action_id": "mission:roles-form", "value": "x", "action_ts": sender}],
    }
    before = len(world.workspace.calls("views.open"))
    form = httpx.QueryParams({"payload": json.dumps(body)})
    content = str(form).encode()
    answer = httpx.post(world.url, content=content, headers=signed(content, "application/x-www-form-urlencoded"))
    assert answer.status_code == 200
    opened = world.workspace.calls("views.open")[before:]
    return json.dumps([entry["request"] for entry in opened])


def test_a_token_of_a_whole_organisation_is_told_and_becomes_no_mission(grid: World) -> None:
    grid.workspace.wire.post("apps/change", app="Rapporteur", organisation_wide=True)
    product = grid.product
    slack = SlackCalls(product.settings.slack_bot_token.get_secret_value(), product.settings.slack_api_url)
    with pytest.raises(TokenLost, match="organisation_token"):
        Identity(slack, product.database, "another token").get()
    with grid.database() as session:
        assert session.get(Mission, "None") is None
    (found,) = [one for one in examine(product.settings) if one.what == "the token is of one workspace"]
    assert found.well is False
    assert "whole organisation" in found.advice
    grid.workspace.wire.post("apps/change", app="Rapporteur", organisation_wide=False)
    assert all(one.well for one in examine(product.settings) if one.what == "the token is of one workspace")
