"""The front door: what rooms give to it is claimed once, leads somewhere, and is put in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.rooms import DuplicateError, NoWayError, open_house
from commands.kit.front.things import HOME, Door, Hit, Line, Press, Wait
from commands.kit.permission import ADMIN, MEMBER, Who
from commands.kit.room import Room, Verb
from commands.kit.work import NOTHING_TO_SAY, Work
from storage.people import Person, Role
from storage.subjects import Subject

NOON = datetime(2035, 1, 4, 12, tzinfo=UTC)
NO_WORK = cast("Work", None)
OPEN = {"open": Verb(lambda _request: NOTHING_TO_SAY)}


def somebody(*roles: Role) -> Who:
    return Who("U1", Person(mission_id="T1", user_id="U1"), frozenset(roles))


def line(number: int) -> Line:
    return Line(Subject.of("thing", number), f"T-{number}", f"Thing {number}", "open")


def read(_work: Work, _who: Who, identity: str) -> Line | None:
    return line(int(identity)) if identity.isdigit() else None


def waits(*hours: int | None) -> Any:
    found = [
        Wait(
            None if hour is None else NOON + timedelta(hours=hour),
            str(hour),
            Press("Open", "a:open"),
            Subject.of("thing", 1),
        )
        for hour in hours
    ]
    return lambda _work, _who: found


def finds(*numbers: int) -> Any:
    hits = [Hit(line(number), NOON + timedelta(hours=number)) for number in numbers]
    return lambda _work, _who, _words, limit: hits[:limit]


def room(name: str, **values: Any) -> Room:
    return Room(name, "", **values)


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ({"readings": {"thing": read}}, {"readings": {"thing": read}}, "thing"),
        ({"searches": {"thing": finds()}}, {"searches": {"thing": finds()}}, "thing"),
        ({"timers": {"take": read}, "receives": {"take": read}}, {}, "a:take"),
        (
            {"actions": OPEN, "doors": (Door(HOME, "One", "a:open"),)},
            {"doors": (Door(HOME, "Two", "a:open"),)},
            "a:open",
        ),
    ],
    ids=["reading", "search", "receiver", "door"],
)
def test_what_is_claimed_twice_is_refused_by_its_name(one: dict[str, Any], other: dict[str, Any], named: str) -> None:
    with pytest.raises(DuplicateError, match=named):
        open_house([room("a", **one), room("b", **other)])


@pytest.mark.parametrize(
    ("door", "says"),
    [
        (Door("cellar", "Down", "a:open"), "no door can stand at 'cellar'"),
        (Door("on:", "Nowhere", "a:open"), "no door can stand at 'on:'"),
        (Door("on:thing", "Shut", "a:shut"), "'Shut' presses a:shut, which no room knows"),
    ],
)
def test_a_door_that_leads_nowhere_is_refused(door: Door, says: str) -> None:
    with pytest.raises(NoWayError, match=says):
        open_house([room("a", actions=OPEN, doors=(door,))])


def test_doors_stand_in_order_for_whoever_may_go_through() -> None:
    late = Door("on:thing", "Late", "a:open", order=90)
    secret = Door("on:thing", "Secret", "b:open", ADMIN, order=10)
    house = open_house([room("a", actions=OPEN, doors=(late,)), room("b", actions=OPEN, doors=(secret,))])
    assert house.front.offered(somebody(Role.ADMIN), "on:thing") == [secret, late]
    assert house.front.offered(somebody(Role.OBSERVER), "on:thing") == [late]
    assert house.front.offered(somebody(Role.ADMIN), HOME) == []
    assert late.needs == MEMBER


def test_a_thing_is_read_by_its_room_or_there_is_nothing() -> None:
    front = open_house([room("a", readings={"thing": read})]).front
    assert front.line(NO_WORK, somebody(), Subject.of("thing", 7)) == line(7)
    assert front.line(NO_WORK, somebody(), Subject.of("other", 7)) is None
    assert front.line(NO_WORK, somebody(), Subject.of("thing", 7, "part")) is None
    assert front.lines(NO_WORK, somebody(), ["other", "thing"], "8") == [line(8)]


def test_what_waits_comes_by_its_time_and_what_has_none_last() -> None:
    front = open_house([room("a", waits={"one": waits(None, 3)}), room("b", waits={"one": waits(1)})]).front
    assert [wait.text for wait in front.waiting(NO_WORK, somebody())] == ["1", "3", "None"]


def test_the_newest_of_all_rooms_are_found_first() -> None:
    front = open_house([room("a", searches={"a": finds(5, 1)}), room("b", searches={"b": finds(4, 3)})]).front
    found = front.find(NO_WORK, somebody(), "word", 3)
    assert [hit.line.number for hit in found] == ["T-5", "T-4", "T-3"]


def test_what_is_handed_over_reaches_its_receiver_by_number() -> None:
    received: list[int] = []
    house = open_house([room("a", receives={"take": lambda _work, number: received.append(number)})])
    cast("Any", house.timers["a:take"])(NO_WORK, Subject.of("handoff", 12))
    assert received == [12]
