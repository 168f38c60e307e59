"""Meetings to test the record with, in the demo's cabinet channel."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from storage.agencies import Agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import QuorumRule, Series
from tests.world import World

SECRETARY, CHAIR = "Cabinet secretary", "SRSG"


def a_meeting(world: World, *titles: str, series: dict[str, Any] | None = None, **items: Any) -> int:
    """A meeting that starts now in #cabinet, with these items scheduled. Returns its id."""
    now = world.now
    officers = {"chair": world.user_id(CHAIR), "secretary": world.user_id(SECRETARY)}
    given = {"quorum_rule": QuorumRule.NONE, "silence_working": False, **(series or {})}
    with world.database() as session:
        whole = Series(
            mission_id=world.mission_id,
            title="Weekly cabinet",
            anchor=now.date(),
            start_time=time(9),
            created_by=officers["secretary"],
            created_at=now,
            updated_at=now,
            **officers,
            **given,
        )
        session.add(whole)
        session.flush()
        meeting = Meeting(
            mission_id=world.mission_id,
            series_id=whole.id,
            title="Weekly cabinet, 5 March",
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            call_at=now,
            papers_at=now,
            record_at=now + timedelta(days=1),
            state=MeetingState.CONVENED,
            channel_id=world.channel_id("cabinet"),
            created_by=officers["secretary"],
            created_at=now,
            **officers,
        )
        session.add(meeting)
        session.flush()
        for place, title in enumerate(titles, start=1):
            session.add(an_item(world, meeting, title, position=place, **items))
        made = meeting.id
    world.settle()
    return made


def an_item(world: World, meeting: Meeting, title: str, **values: Any) -> Item:
    """An item of a meeting, not stored yet."""
    return Item(
        mission_id=world.mission_id,
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        title=title,
        question=f"Shall the cabinet agree on {title}?",
        proposed_by=world.user_id(SECRETARY),
        created_at=world.now,
        updated_at=world.now,
        **{"state": ItemState.SCHEDULED, **values},
    )


def rows(world: World, table: Any) -> list[Any]:
    """Every row of a table, oldest first."""
    with world.product.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def the_decision(world: World) -> Decision:
    """The newest decision."""
    return rows(world, Decision)[-1]


def the_action(world: World) -> Action:
    """The newest action."""
    return rows(world, Action)[-1]


def answers(world: World) -> dict[str, str]:
    """How agencies stand to the newest decision, by code."""
    codes = {agency.id: agency.code for agency in rows(world, Agency)}
    newest = the_decision(world).id
    return {codes[one.agency_id]: one.state for one in rows(world, Binding) if one.decision_id == newest}


def outcome(world: World, title: str, wanted: str, *, in_: str = "#cabinet") -> Any:
    """As the secretary, choose what becomes of an item; the form that is open then."""
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_=in_)
    form = secretary.form
    assert form is not None
    with world.product.database.reading() as session:
        item = session.scalars(select(Item).where(Item.title == title).order_by(Item.id.desc())).first()
        assert item is not None
    form.blocks = [block for block in form.blocks if f":{item.id}" in str(block.get("accessory"))]
    form.press_in(wanted)
    return secretary.form
