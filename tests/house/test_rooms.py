"""All rooms together: ids are unique, and the manifest keeps within what Slack publishes about manifests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.requests.help import commands_page, lines_of
from bot.requests.incoming import ACTION, FORM, SHORTCUT, Incoming
from bot.requests.incoming import COMMAND as COMMAND_TYPED
from bot.requests.reaction import to_reaction
from bot.rooms import DuplicateError, House, find_rooms, find_sub, open_house
from bot.tools.kit_page import kit_page
from bot.tools.manifest import manifest, manifest_text
from commands.kit.room import Command, Room, Shortcut, ShortcutKind, Sub, Verb
from commands.kit.work import NOTHING_TO_SAY, Answer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def house() -> House:
    return find_rooms()


def nothing(_ask: object) -> Answer:
    """A handler that has nothing to say."""
    return NOTHING_TO_SAY


COMMAND = Command("/x", "", Verb(nothing), "", (Sub("a", "", "", Verb(nothing)),))


@pytest.mark.parametrize(
    "rooms",
    [
        [Room("a", "", (COMMAND,)), Room("b", "", (COMMAND,))],
        [Room("a", ""), Room("a", "")],
        [Room("a", "", (Command("/x", "", Verb(nothing), "", (COMMAND.subs[0], COMMAND.subs[0])),))],
    ],
    ids=["two commands", "two rooms", "two sub-commands"],
)
def test_duplicates_are_refused(rooms: list[Room]) -> None:
    with pytest.raises(DuplicateError):
        open_house(rooms)


def test_every_room_is_found(house: House) -> None:
    folders = {path.parent.name for path in (ROOT / "commands").glob("*/__init__.py")} - {"kit"}
    assert {room.name for room in house.rooms} == folders


def test_a_sub_command_is_found_whatever_its_case() -> None:
    assert find_sub(COMMAND, "A rest of it")[1] == "rest of it"
    assert find_sub(COMMAND, "b")[0] is None


def test_every_command_says_what_it_does(house: House) -> None:
    for command in house.commands.values():
        for usage, what in lines_of(command, ""):
            assert what.strip(), usage


def test_every_id_is_short(house: House) -> None:
    assert all(len(identity) <= 60 for _kind, identity in house.verbs)


def test_the_manifest_keeps_within_slacks_limits(house: House) -> None:
    document = manifest(house, prefix="un-")
    display, features = document["display_information"], document["features"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    assert len(features.get("shortcuts", [])) <= 10
    assert len(document["oauth_config"]["scopes"]["bot"]) <= 255
    assert len(document["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_shortcuts_keep_within_slacks_limits(house: House) -> None:
    for identity, shortcut in house.shortcuts.items():
        assert len(shortcut.name) <= 24
        assert 1 <= len(shortcut.description) <= 150
        assert len(identity) <= 255


def test_a_shortcut_reaches_the_manifest() -> None:
    shortcut = Shortcut("Make it an action", "Turns a message into an action", ShortcutKind.MESSAGE, Verb(nothing))
    document = manifest(open_house([Room("a", "", shortcuts={"act": shortcut})]))
    assert document["features"]["shortcuts"][0]["callback_id"] == "a:act"


def test_http_mode_names_the_address_everywhere(house: House) -> None:
    url = "https://bot.example.org/slack/events"
    document = manifest(house, socket_mode=False, url=url)
    assert document["settings"]["event_subscriptions"]["request_url"] == url
    assert document["settings"]["interactivity"]["message_menu_options_url"] == url
    assert {command["url"] for command in document["features"]["slash_commands"]} == {url}


def test_generated_files_are_current(house: House) -> None:
    assert (ROOT / "manifest.yaml").read_text(encoding="utf-8") == manifest_text(house), "run: make generate"
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_page(house), "run: make generate"
    assert (ROOT / "docs" / "kit.md").read_text(encoding="utf-8") == kit_page(), "run: make generate"


@pytest.mark.parametrize("kind", [COMMAND_TYPED, ACTION, FORM, SHORTCUT])
def test_nothing_to_say_is_acknowledged_and_no_more(kind: str) -> None:
    reaction = to_reaction(Incoming(kind=kind, key="k", user="U1", verb="a:b"), NOTHING_TO_SAY)
    assert (reaction.ack, reaction.calls, reaction.refusal) == ({}, [], None)
