"""Rounds to test with, begun as the product begins them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from commands.kit.work import Work
from commands.updates.handlers.life import begin
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from storage.agencies import Agency
from storage.missions import get_mission
from storage.updates.returns import Return
from storage.updates.rounds import Round
from tests.world import World

QUESTIONS = """What did you do this week? *
People reached [number people] [per sector]
Access [one: open, restricted, blocked]
"""


def a_round(world: World, *, title: str = "Weekly update", questions: str = QUESTIONS, **values: Any) -> int:
    """Begin a round that is due in two days at 14:00 UTC and closes a day later. Returns its id."""
    now = world.now
    due = values.pop("due_at", (now + timedelta(days=2)).replace(hour=14, minute=0))
    defaults = {
        "audience": ["all"],
        "ladder": [step.as_json() for step in DEFAULT_LADDER],
        "opens_at": now,
        "closes_at": due + timedelta(days=1),
        "digest_at": due + timedelta(hours=2),
        "digest_channel": world.channel_id("cabinet"),
        "created_by": world.user_id("Chief of staff"),
        "created_at": now,
    }
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), now)
        this = Round(
            mission_id=world.mission_id,
            title=title,
            questions=[one.as_json() for one in read_lines(questions)],
            due_at=due,
            **{**defaults, **values},
        )
        begin(work, this)
        made = this.id
    world.settle()
    return made


def the_round(world: World, round_id: int) -> Round:
    """A round as it stands now."""
    with world.product.database.reading() as session:
        return session.get_one(Round, round_id)


def the_return(world: World, code: str, round_id: int) -> Return:
    """An agency's return as it stands now."""
    query = select(Return).join(Agency, Agency.id == Return.agency_id)
    with world.product.database.reading() as session:
        return session.scalars(query.where(Agency.code == code, Return.round_id == round_id)).one()


def moment_after(world: World, **span: float) -> datetime:
    """A moment some time from now."""
    return world.now + timedelta(**span)
