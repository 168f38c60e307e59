"""One whole cycle of a cabinet by its people: from the series to the next meeting that takes up what was left open."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from storage.cabinet.decisions import DecisionState
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import MeetingState
from storage.cabinet.minutes import Corrigendum, Minutes, MinutesState
from tests.cabinet.meetings import outcome, rows, the_decision
from tests.cabinet.test_record import fill_decision
from tests.cabinet.test_series import HEAD, SECRETARY, a_series, form_of, meetings, propose
from tests.world import World, a_world

CHANNEL = "#weekly-cabinet"


def put_on_the_agenda(world: World) -> None:
    """Two agencies propose, the secretary places both items."""
    for person, title in ((HEAD, "Northern road"), ("UNHCR focal point", "Relocation")):
        world.person(person).runs("/cabinet propose")
        propose(world.person(person), title, owner=person)
        secretary = world.person(SECRETARY)
        secretary.runs("/cabinet agenda")
        form_of(secretary).choose(f"More: {title}", "Put it on the agenda")
        form_of(secretary).close(everything=True)


def hold(world: World) -> None:
    """Four agencies come, UNICEF does not; one item is decided, the other is not reached."""
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_=CHANNEL)
    form_of(secretary).press("Begin the meeting")
    world.settle()
    for name in (HEAD, "UNHCR focal point", "WHO focal point", "IOM focal point"):
        world.person(name).sees("Attendance", in_=CHANNEL).press("My agency is here")
    form = outcome(world, "Northern road", "Decide…", in_=CHANNEL)
    assert fill_decision(form).submit().title == "The meeting"
    world.settle()
    form_of(secretary).press("End the meeting")
    world.settle()


def keep_the_record(world: World) -> None:
    """The minutes are issued, corrected, and the meeting is closed."""
    secretary = world.person(SECRETARY)
    assert "The minutes of this meeting are not issued yet." in secretary.runs("/cabinet close", in_=CHANNEL).text
    secretary.runs("/cabinet minutes", in_=CHANNEL)
    form_of(secretary).press("Issue")
    world.settle()
    assert rows(world, Minutes)[-1].state == MinutesState.ISSUED
    form_of(secretary).press("Corrigendum…").fill("Corrigendum", "For “northern” read “north-eastern”.").submit()
    world.settle()
    assert [row.number for row in rows(world, Corrigendum)] == [1]
    form_of(secretary).close(everything=True)
    assert "is closed." in secretary.runs("/cabinet close", in_=CHANNEL).text
    world.settle()


def test_from_the_series_to_the_matters_arising_of_the_next_meeting(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        a_series(world)
        put_on_the_agenda(world)
        world.go_to(datetime(2035, 3, 8, 8, 5, tzinfo=UTC))
        hold(world)
        first, after = meetings(world)[:2]
        assert first.state == MeetingState.HELD
        assert the_decision(world).state == DecisionState.SILENCE
        world.person("UNICEF head of agency").direct_message_from("Rapporteur", "does UNICEF object?").press(
            "Object"
        ).fill("Reason of the objection", "Schools lie on the road").submit()
        world.settle()
        assert the_decision(world).state == DecisionState.BROKEN
        keep_the_record(world)
        with world.product.database.reading() as session:
            carried = session.scalars(select(Item).where(Item.meeting_id == after.id).order_by(Item.position)).all()
        assert [(item.title, item.state) for item in carried] == [
            ("Security situation", ItemState.SCHEDULED),
            ("Relocation", ItemState.SCHEDULED),
            ("UNICEF objects to decision 2035/1", ItemState.SCHEDULED),
        ]
        assert world.now.date() == date(2035, 3, 8)
        assert [(one["kind"], one["note"]) for one in world.workspace.refusals] == []
        assert world.undelivered() == []
