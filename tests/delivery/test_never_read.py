"""Whatever people, channels and Slack do: a Confidential text never leaves for a place where somebody reads it who may
not, and when such a place changes under it, those who can mend that are told.

What is true is read from the local Slack itself and from the roles that were given; what the product knows decides
nothing here. Events may be lost, calls may fail, texts are edited and sent again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.sandbox.driver import Person
from commands.kit.channels.exposure import LOOKED_AT_EVERY
from storage import outbox
from storage.outbox import OutboxRow, State
from storage.people import Role
from storage.subjects import Subject
from tests.databases import sqlite_url
from tests.delivery.changing_place import (
    ACTS,
    FAULTS_OVER_AFTER,
    INSIDERS,
    ORGANISATION,
    PEOPLE,
    ROLES,
    SILENT,
    Place,
    a_place,
    act,
    left_behind,
    newcomers,
)
from tests.delivery.confidential import CHIEF, SECRETARY, put_in, shows, tells
from tests.properties import examples
from tests.world import World, a_world

LOOK = "machine:places"
WAYS = {"public": "The channel is public", "shared": "The channel is shared"}
FAULTS = ("conversations.info", "conversations.members", "users.info", "chat.postMessage", "chat.update")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One mission for all examples: each has a channel of its own."""
    folder: Path = tmp_path_factory.mktemp("never")
    with a_world(sqlite_url(folder), organisation=ORGANISATION) as world:
        world.set_up()
        for handle, facts in newcomers(world.mission_id).items():
            world.workspace.wire.post("people", handle=handle, name=handle, **facts)
        yield world


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Person]:
    """Everybody who acts, looked up once."""
    return {name: world.person(name) for name in (CHIEF, SECRETARY, *PEOPLE)}


def speak(place: Place, how: str, who: str) -> None:
    """A text that is Confidential leaves, if it may; for a person it may if they may read it."""
    world = place.world
    place.texts += 1
    text = f"secret {place.name} {place.texts}."
    if how == "tell":
        tells(world, text, place.people[who].id)
        assert not any(text in one for one in newest(place.people[who])) or place.may_read(who)
        return
    if how == "edit":
        shows(world, text, Subject.of("test", place.name), place.channel)
    elif how == "post":
        put_in(world, text, place.channel)
    else:
        send_again(place)
    world.settle()
    check_standing(place)


def newest(person: Person) -> list[str]:
    """What somebody was told last in our direct messages."""
    ours = next((one for one in person.channels() if one["kind"] == "im" and one["name"] == "Rapporteur"), None)
    if ours is None:
        return []
    found = person.wire.get(f"channels/{ours['id']}/messages", limit=200, **{"as": person.id})["messages"]
    return [str(one["text"]) for one in found]


def send_again(place: Place) -> None:
    """Somebody presses "Send again" at everything that was refused."""
    failed = select(OutboxRow.id).where(OutboxRow.state == State.FAILED, OutboxRow.lane.startswith(place.channel))
    with place.world.database() as session:
        for row in list(session.scalars(failed)):
            outbox.retry(session, place.world.mission_id, row, place.world.now)


def check_standing(place: Place) -> None:
    """What stands now and did not before has just left: at this very moment everybody there may read it."""
    texts = {one.text for one in place.chief.messages(in_=place.channel) if "secret" in one.text}
    assert texts <= place.standing or place.is_safe(), f"{texts - place.standing} is read by {place.wrong()}"
    place.standing |= texts


def look_passes(world: World) -> None:
    """The time in which channels with Confidential texts are looked at again."""
    world.jump_to(world.now + LOOKED_AT_EVERY)
    world.clock.run_schedule(LOOK, world.clock.schedules()[LOOK])
    world.settle()


def check_told(place: Place) -> None:
    """Whoever keeps the place has been told of each thing that is wrong, once for each time it began."""
    wrong = place.wrong()
    place.begun.update(wrong - place.present)
    place.present = wrong
    for keeper in (CHIEF, SECRETARY):
        told = [text for text in newest(place.people[keeper]) if f"<#{place.channel}>" in text]
        counts = Counter({what: sum(words(place, what) in text for text in told) for what in place.begun})
        assert counts == place.begun, (keeper, told)


def words(place: Place, what: str) -> str:
    return WAYS.get(what) or f"<@{place.people[what].id}>:"


def end_faults(place: Place) -> None:
    """Slack is well again, and what waited for it has left: nobody can be told of anything before."""
    place.world.workspace.wire.post("faults/clear")
    for _time in range(2):
        place.world.jump_to(place.world.now + FAULTS_OVER_AFTER)
        place.world.settle()
    check_standing(place)


SPEAKING = st.sampled_from(["post", "edit", "tell", "again"])
# Whoever is in at first is chosen more often: what becomes of them matters.
WHO = st.sampled_from((*PEOPLE, *INSIDERS, *INSIDERS))
CHANGES = st.tuples(st.sampled_from(sorted(ACTS)), WHO, st.sampled_from(ROLES), st.booleans(), SPEAKING)
TROUBLES = st.tuples(st.sampled_from(FAULTS), st.sampled_from(["503", "429", "cut_before", "cut_after"]), SPEAKING)


# Nothing is made smaller after a failure: an example takes a second, and names what happened as it is.
@settings(
    max_examples=examples(25),
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.one_of(CHANGES, CHANGES, CHANGES, TROUBLES), min_size=4, max_size=9))
def test_no_confidential_text_is_read_by_somebody_who_may_not(
    world: World, people: dict[str, Person], steps: list[tuple[object, ...]]
) -> None:
    place = a_place(world, people)
    speak(place, "post", CHIEF)
    assert place.standing, "a text that may leave does"
    for step in steps:
        if len(step) == 3:
            method, kind, how = map(str, step)
            world.workspace.fault(method, kind, count=2)
            speak(place, how, PEOPLE[0])
            end_faults(place)
            continue
        what, who, role, lost, how = step
        act(place, str(what), str(who), Role(str(role)), lost=bool(lost))
        # The gate comes first: the look that follows would tell it.
        speak(place, str(how), str(who))
        if lost or what in SILENT:
            look_passes(world)
        check_told(place)
    left_behind(place)
