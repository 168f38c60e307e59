"""Values, notes and choices that no release ever wrote: every one is answered in words, and none breaks a handler."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.app import conversation_of
from bot.requests.conversation import Conversation
from bot.requests.incoming import ACTION, FORM, OPTIONS, Incoming
from bot.rooms import find_rooms
from bot.tools.demo.preparation import look_around, prepare_rooms
from commands.kit.work import MessageRef, ViewRef
from storage.people import Role, set_holders
from tests.databases import sqlite_url
from tests.world import World, a_world

ROOT = Path(__file__).parents[2]
HOUSE = find_rooms()
ODD = ["", ":", "::", "|", "/", "x", "²", "-1", "9" * 30, "0", "None", "x:y", "1:", "1:x", "x:1", "1:2:3:4", "1|x|y|z"]
ODD += ["agency:x", "minutes:x", "2026-02-30/x/1", "pledge|x|7", "a" * 2000]
WHO: list[str] = []
ODD_NOTES: list[Any] = ["x", -1, 10**20, [], {}, True, 1.5, "²"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The demo's mission with something in every room, and one person who holds every role."""
    with a_world(sqlite_url(tmp_path_factory.mktemp("forged"))) as world:
        place = look_around(world.product.slack)
        with world.database() as session:
            prepare_rooms(session, world.product.house, place, world.now)
        world.settle()
        WHO[:] = [world.user_id("Chief of staff")]
        with world.database() as session:
            for role in Role:
                if role in {Role.HEAD_OF_AGENCY, Role.FOCAL_POINT, Role.ALTERNATE}:
                    continue
                set_holders(session, world.mission_id, role, WHO, "test", world.now)
        yield world


@pytest.fixture(scope="module")
def conversation(world: World) -> Conversation:
    return conversation_of(world.product, world.product.slack)


_numbers = itertools.count()


def hears(conversation: Conversation, kind: str, verb: str, **more: Any) -> None:
    """Fails when a handler broke: a refusal is an answer, a bug is not."""
    incoming = Incoming(kind=kind, key=f"forged:{next(_numbers)}", user=WHO[0], verb=verb, **more)
    assert not conversation.hear(incoming).failed, (verb, more)


def verbs(kind: str) -> list[str]:
    return sorted(identity for known, identity in HOUSE.verbs if known == kind)


MESSAGE = MessageRef("C0", "1.0")
FORM_OPEN = ViewRef("V1", "h", "modal")


@pytest.mark.parametrize("verb", verbs("actions"))
def test_a_forged_value_of_a_button_is_refused_in_words(conversation: Conversation, verb: str) -> None:
    for place in ({"message": MESSAGE}, {"view": FORM_OPEN}):
        for value in ODD:
            hears(conversation, ACTION, verb, value=value, **place)


@cache
def noted() -> set[str]:
    """The names under which forms carry something, by their golden files."""
    names: set[str] = set()
    for path in (ROOT / "tests").glob("*/golden*/*.en.json"):
        drawn = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(drawn, dict) and drawn.get("type") == "modal":
            names |= set(json.loads(drawn["private_metadata"]))
    return names


@pytest.mark.parametrize("verb", verbs("forms"))
def test_forged_notes_of_a_form_are_refused_in_words(conversation: Conversation, verb: str) -> None:
    hears(conversation, FORM, verb, view=FORM_OPEN, input_blocks=("a",))
    for odd in ODD_NOTES:
        hears(conversation, FORM, verb, view=FORM_OPEN, notes=dict.fromkeys(noted(), odd), input_blocks=("a",))
    for name in noted():
        hears(conversation, FORM, verb, view=FORM_OPEN, notes={**dict.fromkeys(noted(), 1), name: ["x"]})


@pytest.mark.parametrize("verb", verbs("options"))
def test_forged_notes_of_a_question_for_choices_give_none(conversation: Conversation, verb: str) -> None:
    for odd in ODD_NOTES:
        hears(conversation, OPTIONS, verb, view=FORM_OPEN, query=str(odd), notes=dict.fromkeys(noted(), odd))
