"""All that goes on the audit record is said in words by the room that writes it, and rooms say nothing else."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from bot.rooms import find_rooms
from commands.kit.names import acts
from commands.kit.words import available_languages, speaking
from tests.house.acts import ROOT, CannotBeToldError, Place, acts_written, calls, things_written, values


def test_every_act_that_is_written_has_words_and_no_words_are_for_nothing() -> None:
    assert len(acts_written()) > 150
    assert set(find_rooms().act_words().acts) == acts_written()


def test_every_kind_of_thing_has_words_and_no_words_are_for_nothing() -> None:
    assert set(find_rooms().act_words().things) == things_written()


def test_no_two_rooms_say_the_same_act() -> None:
    said = [acts.words(), *(room.acts() for room in find_rooms().rooms)]
    for codes in ([code for one in said for code in one.acts], [code for one in said for code in one.things]):
        assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_a_room_says_what_it_writes() -> None:
    """And not what another one writes."""
    house = find_rooms()
    for room in house.rooms:
        own = {
            code
            for call, place in calls("record")
            if place.module.__name__.startswith(f"commands.{room.name}.")
            for code in values(call.args[0], place)
        }
        assert own <= set(room.acts().acts)


@pytest.mark.parametrize("language", available_languages())
def test_acts_read_as_words_and_each_as_its_own(language: str) -> None:
    with speaking(language):
        words = find_rooms().act_words()
    texts = Counter(words.acts.values())
    assert [text for text, count in texts.items() if count > 1] == []
    for code, text in [*words.acts.items(), *words.things.items()]:
        assert text == text.strip()
        assert text[0].islower()
        assert "_" not in text
        assert "." not in text
        if language == "en" or " " not in text:
            continue
        with speaking("en"):
            assert find_rooms().act_words().acts.get(code) != text


def test_what_cannot_be_told_from_the_code_is_refused() -> None:
    tree = ast.parse("def act(request, what):\n    request.record(what + 'x', ('thing', 1))\n")
    place = Place(acts, tree, None)
    with pytest.raises(CannotBeToldError):
        values(ast.parse("made() + 'x'", mode="eval").body, place)
    with pytest.raises(CannotBeToldError):
        values(ast.parse("f'thing.{unknown()}'", mode="eval").body, place)


def test_nothing_goes_on_record_past_the_unit_of_work_and_the_machine() -> None:
    """Or its code would not be found here."""
    writers = {"commands/kit/work.py", "bot/requests/on_record.py", "storage/audit.py"}
    found = set()
    for top in ("bot", "commands", "storage"):
        for path in (ROOT / top).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if "audit.record" in text or "AuditEntry(" in text or "record_each" in text:
                found.add(path.relative_to(ROOT).as_posix())
    assert found == writers
