"""A month of rounds on a passed-in clock: a daylight-saving change, a holiday, leave, and each message exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from storage.missions import Holiday, get_mission
from storage.outbox import OutboxRow, State
from storage.updates.notices import NoticeKind, ReturnNotice
from storage.updates.returns import Return, ReturnState
from storage.updates.rounds import Round, RoundPlan, RoundState
from tests.updates.rounds import QUESTIONS, the_return
from tests.updates.test_answering import submitted
from tests.world import World, a_world

ZURICH = ZoneInfo("Europe/Zurich")
# Clocks in Zurich go forward on Sunday 25 March 2035.
START = datetime(2035, 3, 5, 6, 0, tzinfo=UTC)
HOLIDAY = date(2035, 3, 15)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A mission in Zurich, on each kind of database."""
    with a_world(database_url, now=START) as world:
        world.set_up()
        with world.database() as session:
            mission = get_mission(session, world.mission_id)
            mission.zone = "Europe/Zurich"
            session.add(Holiday(mission_id=world.mission_id, day=HOLIDAY, name="Mission day"))
        yield world
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def weekly_plan(world: World) -> None:
    """Due on Thursdays at 16:00, opens two working days before, closes and is digested the day after."""
    with world.database() as session:
        session.add(
            RoundPlan(
                mission_id=world.mission_id,
                title="Weekly update",
                questions=[one.as_json() for one in read_lines(QUESTIONS)],
                audience=["all"],
                weekdays=[3],
                due_time=time(16),
                anchor=date(2035, 3, 1),
                open_time=time(9),
                close_days=1,
                close_time=time(12),
                digest_channel=world.channel_id("cabinet"),
                digest_days=1,
                digest_time=time(10),
                ladder=[step.as_json() for step in DEFAULT_LADDER],
                created_by=world.user_id("Chief of staff"),
                created_at=world.now,
                updated_at=world.now,
            )
        )


def rounds(world: World) -> list[Round]:
    with world.product.database.reading() as session:
        return list(session.scalars(select(Round).order_by(Round.due_at)))


def test_each_round_falls_where_the_calendar_says_and_each_message_is_sent_once(world: World) -> None:
    weekly_plan(world)
    world.is_away("WFP focal point", date(2035, 3, 19), date(2035, 3, 30))
    world.go_to(datetime(2035, 3, 21, 12, 0, tzinfo=UTC))
    third = rounds(world)[2]
    assert the_return(world, "WFP", third.id).state == ReturnState.OWED
    alternate = world.person("WFP alternate")
    alternate.runs("/update submit")
    assert alternate.form is not None
    submitted(alternate.form, "From the alternate, while the focal point is away.")
    world.go_to(datetime(2035, 4, 6, 12, 0, tzinfo=UTC))

    held = [one for one in rounds(world) if one.state == RoundState.CLOSED]
    due = [one.due_at.astimezone(ZURICH).replace(tzinfo=None) for one in held]
    # The holiday moves the second round by a day; the clocks change between the third and the fourth.
    assert due == [datetime(2035, 3, day, 16) for day in (8, 16, 22, 29)] + [datetime(2035, 4, 5, 16)]
    assert [one.due_at.hour for one in held] == [15, 15, 15, 14, 14]
    assert all(one.digested_at is not None for one in held)

    with world.product.database.reading() as session:
        rows = list(session.scalars(select(OutboxRow).where(OutboxRow.method.in_(["chat.postMessage", "show"]))))
        asked = list(session.scalars(select(ReturnNotice).where(ReturnNotice.kind == NoticeKind.ASK)))
        rounds_of = {one.id: one.round_id for one in session.scalars(select(Return))}
    assert {row.state for row in rows} <= {State.SENT, State.CANCELLED}
    assert max(Counter(row.key for row in rows).values()) == 1
    for name in ("WFP focal point", "WFP alternate", "IOM focal point", "WHO focal point", "UNHCR focal point"):
        told = {rounds_of[one.return_id] for one in asked if one.user_id == world.user_id(name)}
        assert len(world.person(name).messages(in_="Rapporteur")) >= len(told) > 0, name
    digests = [one for one in world.person("Chief of staff").messages(in_="#cabinet") if "update: digest" in one.text]
    assert len(digests) == 5
    for_alternate = {one.return_id for one in asked if one.user_id == world.user_id("WFP alternate")}
    during = {the_return(world, "WFP", one.id).id for one in held[2:4]}
    assert for_alternate == during, "the alternate was asked exactly while the focal point was away"


def test_people_are_only_reminded_while_they_work(world: World) -> None:
    weekly_plan(world)
    world.go_to(START + timedelta(days=12))
    with world.product.database.reading() as session:
        who = world.user_id("WHO focal point")
        told = list(session.scalars(select(ReturnNotice).where(ReturnNotice.user_id == who)))
    new_york = ZoneInfo("America/New_York")
    hours = [one.at.astimezone(new_york).hour for one in told]
    assert len(hours) >= 4
    assert all(8 <= hour < 17 for hour in hours), hours
