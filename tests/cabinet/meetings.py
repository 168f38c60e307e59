"""Meetings to test the record with, in the demo's cabinet channel."""

from __future__ import annotations

import itertools
import json
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from commands.kit.handling import Handling
from commands.kit.work import ViewRef
from storage.agencies import Agency, all_agencies
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import QuorumRule, Series, replace_members_of_series
from tests.world import World

SECRETARY, CHAIR = "Cabinet secretary", "SRSG"
_FORGED = itertools.count()


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


def a_closed_meeting(world: World, *titles: str, level: str = Handling.CONFIDENTIAL.value) -> int:
    """A meeting of WFP alone that starts now in #cabinet-office, where the secretary's side is."""
    title = "Crisis group"
    made = a_meeting(world, *titles, series={"handling": level}, handling=level)
    with world.database() as session:
        meeting = session.get_one(Meeting, made)
        meeting.title, meeting.handling, meeting.channel_id = title, level, world.channel_id("cabinet-office")
        session.get_one(Series, meeting.series_id).title = title
    of_these(world, made, "WFP")
    world.settle()
    return made


def of_these(world: World, meeting_id: int, *codes: str) -> None:
    """Make exactly these agencies the members of a meeting's series."""
    with world.database() as session:
        series = session.get_one(Series, session.get_one(Meeting, meeting_id).series_id)
        series.all_agencies = False
        ids = [agency.id for agency in all_agencies(session, world.mission_id) if agency.code in codes]
        replace_members_of_series(session, series, ids, [])


def forged(world: World, name: str, verb: str, value: object) -> str:
    """What somebody is answered who presses a button that they were never shown."""
    conversation = conversation_of(world.product, world.product.slack)
    key = f"forged:{name}:{verb}:{value}:{next(_FORGED)}"
    press = Incoming(ACTION, key, world.user_id(name), verb, value=str(value), view=ViewRef("V1", "h", "modal"))
    reaction = conversation.hear(press)
    assert not reaction.failed
    return reaction.refusal.text if reaction.refusal is not None else json.dumps(reaction.calls, ensure_ascii=False)


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
