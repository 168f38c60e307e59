"""The last gate judges the place as it is now: what was known of it a moment ago lets no Confidential text out."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.gate import REACH, Reach
from commands.kit.cards import Card
from commands.kit.handling import Handling
from commands.kit.post import post, show_drawn, tell
from commands.kit.work import Work
from storage.channels import give_channel_to_side
from storage.compartments import Compartment, add_delegate
from storage.missions import get_mission
from storage.outbox import Call, put
from storage.people import Role, get_person, set_holders
from storage.posts import get_post
from storage.subjects import Key, Subject
from tests.delivery.confidential import (
    CHIEF,
    GUEST,
    OFFICE,
    OTHER_TEAM,
    READER,
    SECRETARY,
    errors,
    forget_failures,
    known_place,
    losing_events,
    put_in,
    says,
    shows,
    stands,
    tells,
)
from tests.world import World

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ("public", "public_channel"),
        ("shared", "shared_outside"),
        ("organisation", "shared_outside"),
        ("invited", "shared_outside"),
        ("reader", "not_cleared"),
        ("guest", "not_cleared"),
    ],
)
def test_a_place_that_changed_a_moment_ago_gets_nothing_confidential(world: World, change: str, verdict: str) -> None:
    says(world, "first")
    assert stands(world, "first")
    chief = world.person(CHIEF)
    changes = {
        "public": lambda: chief.converts(OFFICE, "public"),
        "shared": lambda: chief.shares(OFFICE, OTHER_TEAM),
        "organisation": lambda: chief.shares(OFFICE, OTHER_TEAM, "organisation"),
        "invited": lambda: chief.shares(OFFICE, OTHER_TEAM, "invite"),
        "reader": lambda: chief.invites(READER, to=OFFICE),
        "guest": lambda: chief.invites(GUEST, to=OFFICE),
    }
    with losing_events(world):
        changes[change]()
    world.jump_to(world.now + timedelta(seconds=6))
    says(world, "second")
    assert not stands(world, "second")
    assert errors(world) == [f"handling {verdict}"]
    forget_failures(world)


def test_a_channel_known_to_be_shared_gets_nothing_within_the_same_second(world: World) -> None:
    says(world, "first")
    world.person(CHIEF).shares(OFFICE, OTHER_TEAM)
    says(world, "second")
    assert not stands(world, "second")
    forget_failures(world)


def test_somebody_deactivated_or_made_a_guest_long_ago_is_looked_at_before_a_direct_message(world: World) -> None:
    tells(world, "first", world.user_id(SECRETARY))
    with losing_events(world):
        world.workspace.wire.post("people/change", person=world.user_id(SECRETARY), is_restricted=True)
    world.pass_time(days=9)
    tells(world, "second", world.user_id(SECRETARY))
    assert errors(world) == ["handling not_cleared"]
    assert not any("second" in one.text for one in world.person(SECRETARY).messages(in_="Rapporteur"))
    forget_failures(world)


def test_a_member_who_became_a_guest_is_looked_at_within_a_day(world: World) -> None:
    says(world, "first")
    with losing_events(world):
        world.workspace.wire.post("people/change", person=world.user_id(SECRETARY), is_ultra_restricted=True)
    world.pass_time(days=2)
    says(world, "second")
    assert not stands(world, "second")
    forget_failures(world)


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info"])
@pytest.mark.parametrize("kind", ["503", "429", "cut_before"])
def test_while_slack_cannot_be_asked_the_text_waits_and_leaves_once_afterwards(
    world: World, method: str, kind: str
) -> None:
    says(world, "first")
    world.jump_to(world.now + timedelta(days=2))
    world.workspace.fault(method, kind, count=2)
    says(world, "second")
    assert not stands(world, "second")
    world.pass_time(minutes=5)
    texts = [one.text for one in world.person(CHIEF).messages(in_=f"#{OFFICE}")]
    assert texts.count("second") == 1


def test_one_look_serves_all_texts_of_a_moment_and_people_are_asked_once_a_day(world: World) -> None:
    says(world, "first")
    world.jump_to(world.now + timedelta(minutes=1))
    world.workspace.wire.post("log/clear")
    channel = world.channel_id(OFFICE)
    for number in range(8):
        put_in(world, f"text {number}", channel)
    world.settle()
    assert stands(world, "text 7")
    calls = {kind: len(world.workspace.calls(kind)) for kind in ("conversations.info", "conversations.members")}
    assert calls == {"conversations.info": 1, "conversations.members": 1}
    assert world.workspace.calls("users.info") == []


def test_an_edit_goes_where_its_row_says_and_not_where_an_older_message_stands(world: World) -> None:
    subject = Subject.of("test", "board")
    shows(world, "first", subject, world.channel_id("cabinet"))
    world.person(CHIEF).invites(READER, to="cabinet")
    world.jump_to(world.now + timedelta(minutes=1))
    shows(world, "second", subject, world.channel_id(OFFICE))
    assert stands(world, "second")
    assert not stands(world, "second", in_="cabinet")
    with world.database() as session:
        post = get_post(session, world.mission_id, subject)
        assert post is not None
        assert post.channel_id == world.channel_id(OFFICE)


@pytest.mark.parametrize(
    ("method", "arguments", "verdict"),
    [
        ("channel.create", {"name": "raid-at-dawn"}, "no_way"),
        ("chat.scheduleMessage", {"channel": "OFFICE", "text": "raid"}, "no_way"),
        ("conversations.setTopic", {"channel": "CABINET", "topic": "raid"}, "not_cleared"),
        ("conversations.setPurpose", {"channel": "CABINET", "purpose": "raid"}, "not_cleared"),
        ("channel.canvas", {"channel": "CABINET", "markdown": "raid", "known": None}, "not_cleared"),
        ("channel.bookmark", {"channel": "CABINET", "title": "raid", "ts": "1.000001"}, "not_cleared"),
    ],
)
def test_every_way_that_carries_text_is_judged(
    world: World, method: str, arguments: dict[str, object], verdict: str
) -> None:
    world.person(CHIEF).invites(READER, to="cabinet")
    places = {"OFFICE": world.channel_id(OFFICE), "CABINET": world.channel_id("cabinet")}
    named = {name: places.get(str(value), value) for name, value in arguments.items()}
    call = Call(key=Key("test:way"), method=method, arguments=named, lane="test", handling="confidential")
    with world.database() as session:
        put(session, world.mission_id, call, world.now)
    world.workspace.wire.post("log/clear")
    world.settle()
    assert errors(world) == [f"handling {verdict}"]
    assert "raid" not in str(world.workspace.log)
    forget_failures(world)


def test_every_method_that_is_put_in_the_outbox_says_how_far_it_reaches() -> None:
    written: set[str] = set()
    for folder in ("bot", "commands"):
        for path in (ROOT / folder).rglob("*.py"):
            if "sandbox" not in path.parts and "bench" not in path.parts:
                written |= methods_in(path)
    assert {"chat.postMessage", "conversations.setTopic", "pins.add", "channel.read"} <= written
    assert written <= set(REACH)
    assert {method for method, reach in REACH.items() if reach is Reach.PLACE} >= {"show", "files.upload"}


def methods_in(path: Path) -> set[str]:
    """The methods that a module puts in the outbox: by name in a call, or as a step of a channel's set-up."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "method" and isinstance(node.value, ast.Constant):
            found.add(str(node.value.value))
        steps = path.name == "steps.py" and path.parent.name == "channels"
        if steps and isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
            text = str(node.elts[0].value)
            found |= {text} if "." in text or text == "show" else set()
    return found


def test_what_stands_where_is_known_from_the_first_confidential_text_on(world: World) -> None:
    assert known_place(world).confidential_at is None
    says(world, "first")
    assert known_place(world).confidential_at == world.now


@pytest.mark.parametrize("facts", [{"is_restricted": True}, {"deleted": True}])
def test_what_was_lost_about_somebody_is_known_within_a_day_wherever_they_ask(
    world: World, facts: dict[str, bool]
) -> None:
    secretary = world.user_id(SECRETARY)
    with losing_events(world):
        world.workspace.wire.post("people/change", person=secretary, **facts)
    world.pass_time(days=1, hours=1)
    with world.database() as session:
        person = get_person(session, world.mission_id, secretary)
        assert person is not None
        noted = {"is_restricted": person.is_guest, "deleted": person.is_gone}
    assert {name: noted[name] for name in facts} == facts


def test_a_text_of_a_side_leaves_for_people_inside_and_its_own_channel_alone(world: World) -> None:
    head = world.user_id(SECRETARY)
    with world.database() as session:
        set_holders(session, world.mission_id, Role.HUMANITARIAN_COORDINATOR, [head], "U0", world.now)
        work = Work(session, get_mission(session, world.mission_id), world.now)
        marked = Card("raid", compartment=Compartment.HUM)
        for place in (OFFICE, "cabinet"):
            post(work, world.channel_id(place), marked, key=Key.of("test", place))
        for person in (CHIEF, SECRETARY):
            tell(work, world.user_id(person), marked, key=Key.of("test", world.user_id(person)))
        drawn = Subject.of("test", "board")
        show_drawn(work, world.channel_id(OFFICE), drawn, "test:side", Handling.UNCLASSIFIED)
    world.product.house.drawings["test:side"] = lambda _work, _subject: marked
    world.settle()
    assert sorted(errors(world)) == ["handling not_inside"] * 4
    assert not any(stands(world, "raid", in_=place) for place in (OFFICE, "cabinet"))
    assert any("raid" in one.text for one in world.person(SECRETARY).messages(in_="Rapporteur"))
    forget_failures(world)
    with world.database() as session:
        give_channel_to_side(session, world.mission_id, Compartment.HUM, world.channel_id(OFFICE))
        for user in (CHIEF, SECRETARY):
            add_delegate(session, world.mission_id, Compartment.HUM, world.user_id(user), by=head, now=world.now)
        work = Work(session, get_mission(session, world.mission_id), world.now)
        post(work, world.channel_id(OFFICE), marked, key=Key("test:again"))
    world.settle()
    assert stands(world, "raid")
    assert known_place(world).confidential_at is not None
