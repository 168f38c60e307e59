"""The life of a round on a passed-in clock: asked, chased, closed; everybody told once, when they work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from storage.outbox import OutboxRow
from storage.updates.returns import ReturnState
from storage.updates.rounds import RoundState
from tests.updates.rounds import a_round, the_return, the_round
from tests.world import World

FOCAL_POINTS = ("WFP focal point", "UNICEF focal point", "UNHCR focal point", "IOM focal point", "WHO focal point")


def told(world: World, name: str) -> list[str]:
    return [
        message.text for message in world.person(name).messages(in_="Rapporteur") if "weekly" in message.text.lower()
    ]


def sent_to(world: World, name: str) -> list[datetime]:
    """When this person's message about the round rang: it was posted for the first time, or a former one went."""
    user = world.user_id(name)
    first = (OutboxRow.lane == f"dm:{user}") & OutboxRow.subject.startswith("round:")
    again = OutboxRow.key.startswith("delete:round:") & OutboxRow.lane.startswith(f"dm:{user}/")
    query = select(OutboxRow).where(first | again)
    with world.product.database.reading() as session:
        return [row.settled_at for row in session.scalars(query.order_by(OutboxRow.id)) if row.settled_at]


def test_whoever_works_now_is_asked_at_once_and_the_others_when_they_come_to_work(world: World) -> None:
    a_round(world)
    assert "*Due*" in told(world, "WFP focal point")[0] or "Due" in told(world, "WFP focal point")[0]
    assert told(world, "WHO focal point") == []
    world.go_to(datetime(2035, 3, 5, 13, 0, tzinfo=UTC))
    assert sent_to(world, "WHO focal point") == [datetime(2035, 3, 5, 13, 0, tzinfo=UTC)]
    assert len(told(world, "WFP focal point")) == 1


def test_a_focal_point_on_leave_is_passed_over_even_when_leave_begins_before_the_question_leaves(world: World) -> None:
    world.is_away("WFP focal point", date(2035, 3, 1), date(2035, 3, 9))
    a_round(world)
    assert told(world, "WFP focal point") == []
    assert len(told(world, "WFP alternate")) == 1


def test_the_chase_climbs_and_stops_at_the_close(world: World) -> None:
    made = a_round(world, closes_at=datetime(2035, 3, 9, 14, 0, tzinfo=UTC))
    this = the_round(world, made)
    world.go_to(this.closes_at + timedelta(days=5))
    focal = sent_to(world, "WFP focal point")
    assert [str(when)[:16] for when in focal] == [
        "2035-03-05 07:00",
        "2035-03-06 14:00",
        "2035-03-07 12:00",
        "2035-03-07 14:00",
    ]
    # The mission's day ends an hour after the deadline, so the second working hour is the first of the next day.
    assert [str(when)[:16] for when in sent_to(world, "WFP alternate")] == ["2035-03-08 07:00"]
    assert [str(when)[:16] for when in sent_to(world, "WFP head of agency")] == ["2035-03-08 14:00"]
    assert the_return(world, "WFP", made).state == ReturnState.MISSED
    assert the_round(world, made).state == RoundState.CLOSED
    assert (
        "closed without an answer" in told(world, "WFP focal point")[0]
        or "Not received" in told(world, "WFP focal point")[0]
    )


def test_nobody_is_told_anything_twice(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).closes_at + timedelta(days=1))
    for name in FOCAL_POINTS:
        rung = sent_to(world, name)
        assert len(rung) == len(set(rung)) > 1
        assert len(told(world, name)) == 1


def test_a_round_whose_deadline_passed_while_nothing_ran_is_called_off(world: World) -> None:
    made = a_round(world, opens_at=world.now + timedelta(hours=1), due_at=world.now + timedelta(hours=2))
    world.jump_to(world.now + timedelta(hours=3))
    world.settle()
    assert the_round(world, made).state == RoundState.CLOSED
    assert told(world, "WFP focal point") == []
    world.person("Chief of staff").sees("was not opened", in_="#cabinet-office")


def test_the_board_is_one_message_that_says_who_is_owed(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).closes_at + timedelta(hours=1))
    boards = [one for one in world.person("Chief of staff").messages(in_="#cabinet-office") if "Weekly" in one.text]
    assert len(boards) == 1
    assert "Updates received: *0 of 5*" in boards[0].text
    assert "*Not received*\nIOM, UNHCR, UNICEF, WFP, WHO" in boards[0].text
