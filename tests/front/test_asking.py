"""The bot answers people: numbers open things, words find them, nothing asked shows what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.requests.asking import is_asked, looked_for, said_in, told_in_message
from bot.sandbox.driver import Message
from commands.kit.front.things import Line
from commands.kit.handling import Handling
from storage.audit import AuditEntry
from storage.compartments import Compartment
from storage.subjects import Subject
from tests.databases import sqlite_url
from tests.escalations.acts import CHIEF, DUTY, OFFICE, office_card, presses, raises, staff
from tests.world import World, a_world

IOM = "IOM focal point"
WFP = "WFP focal point"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("what is overdue?", ""),
        ("Qu’est-ce qui m’attend aujourd’hui ?", ""),
        ("Where is the Bor road?", "Bor road?"),
        ("Bor road", "Bor road"),
        ("…!", ""),
        ("a " * 50 + "fuel", "fuel"),
        (" ".join(f"word{number}" for number in range(20)), " ".join(f"word{number}" for number in range(8))),
        ("x" * 500, "x" * 60),
    ],
)
def test_words_that_only_ask_are_not_looked_for(said: str, words: str) -> None:
    assert looked_for(said) == words


def test_what_is_said_is_read_without_whom_it_is_said_to() -> None:
    assert said_in("<@U0BOT> <@U1|Ann> Bor &amp; Pibor <https://a.example|road>") == "Bor & Pibor road"


def test_of_what_lies_on_a_side_a_message_says_the_number_alone() -> None:
    line = Line(Subject.of("held", 12), "H-12", "Names of those", "taken", handling=Handling.CONFIDENTIAL)
    assert told_in_message(line) == line
    told = told_in_message(replace(line, compartment=Compartment.HUM))
    assert (told.number, told.title, told.handling) == ("H-12", "Open it to read it.", Handling.UNCLASSIFIED)


@pytest.mark.parametrize(
    ("event", "kind", "asked"),
    [
        ({"user": "U1", "channel_type": "im"}, "message", True),
        ({"user": "U1", "channel_type": "im", "subtype": "file_share"}, "message", True),
        ({"user": "U1", "channel_type": "im", "subtype": "message_changed"}, "message", False),
        ({"user": "U1", "channel_type": "im", "bot_id": "B1"}, "message", False),
        ({"channel_type": "im"}, "message", False),
        ({"user": "U1", "channel_type": "channel"}, "message", False),
        ({"user": "U1"}, "app_mention", True),
        ({"user": "U1", "bot_id": "B1"}, "app_mention", False),
    ],
)
def test_only_what_people_say_to_us_is_answered(event: dict[str, Any], kind: str, asked: bool) -> None:
    assert is_asked(event, kind) is asked


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        staff(world)
        yield world
        world.settle()
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def asks(world: World, name: str, text: str) -> Message:
    """What a person is answered in the direct messages."""
    person = world.person(name)
    person.says(text, in_="Rapporteur")
    world.settle()
    answer = person.messages(in_="Rapporteur")[-1]
    assert answer.author == "Rapporteur", answer
    return answer


def test_a_number_or_words_find_the_thing_for_those_who_may_read_it(world: World) -> None:
    raises(world, "The road to Bör is blocked.", agency="WFP")
    raises(world, "Names of those arrested on the Bor road", handling="Confidential")
    form = presses(world, office_card(world, 1), "Decide")
    form.fill("The decision", "A convoy takes the Bor road.").choose("Who carries it out", WFP)
    form.fill("By when", (world.now + timedelta(days=2)).date())
    assert form.submit() is None
    world.settle()
    answer = asks(world, WFP, "“e – 1”")
    assert "*E-1* The road to Bör is blocked. · decided" in answer.text
    assert presses(world, answer, "Open").title == "E-1"
    found = asks(world, WFP, "what about the BOR road?").text
    assert found.index("A convoy takes the Bor road.") < found.index("*E-1* The road to Bör is blocked.")
    assert "arrested" not in found
    assert "arrested on the Bor road" in asks(world, CHIEF, "bor road").text
    with world.database() as session:
        read = session.query(AuditEntry).filter_by(verb="read", actor=world.user_id(CHIEF)).all()
        assert [(one.subject_kind, one.subject_id) for one in read] == [("escalation", "2")]
    assert "There is nothing here that you may see." in asks(world, IOM, "E-1").text
    assert asks(world, IOM, "E-7").text == asks(world, IOM, "E-2").text
    nothing = asks(world, IOM, "arrested").text
    assert "I find nothing that says this and that you may read." in nothing
    assert "rrested" not in nothing


def test_who_asks_for_nothing_is_shown_what_waits(world: World) -> None:
    raises(world, "The road to Bor is blocked.")
    answer = asks(world, DUTY, "what is overdue?")
    assert "*E-1 is not acknowledged yet*: The road to Bor is blocked." in answer.text
    presses(world, answer, "Acknowledge")
    assert "E-1 is not acknowledged" not in asks(world, CHIEF, "hello").text
    assert "Nothing waits for you here." in asks(world, IOM, "what is overdue?").text


def test_a_mention_in_a_channel_is_answered_to_the_person_alone(world: World) -> None:
    raises(world, "The road to Bor is blocked.")
    chief, other = world.person(CHIEF), world.person(DUTY)
    chief.says("@Rapporteur Bor road", in_=OFFICE)
    world.settle()
    answer = chief.messages(in_=OFFICE)[-1]
    assert answer.is_ephemeral
    assert "*E-1* The road to Bor is blocked." in answer.text
    assert all(not one.is_ephemeral for one in other.messages(in_=OFFICE))
    assert presses(world, answer, "Open").title == "E-1"
