"""Furnishes the whole mission, once for all tries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.rooms import House, open_house
from bot.tools.demo.preparation import look_around, prepare_rooms
from commands.kit.work import Work
from storage.agencies import all_agencies
from storage.channels import Channel, get_channel, members_of, replace_members
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.posts import Place, remember_posts
from storage.subjects import Subject
from storage.timers import Timer, TimerState, what_changed
from tests.databases import sqlite_url
from tests.matrix import cast
from tests.matrix.scene import cabinet, escalations, funding, mission, updates
from tests.matrix.scene.stage import Stage
from tests.matrix.things import Things
from tests.world import MONDAY, World, a_world

# The rooms whose demo is the ground; cabinet and updates are furnished by the matrix alone.
GROUND = {"mission", "agencies", "escalations", "funding"}
CLOSED_CHANNEL = (cast.WFP_HEAD, cast.UNICEF_HEAD, cast.SRSG, cast.COORDINATOR, cast.SECRETARY)


@dataclass(frozen=True, slots=True)
class Setting:
    """The mission as it stands: everybody's id by what they are, every thing, and the channels."""

    world: World
    people: dict[str, str]
    things: Things
    channels: dict[str, str]
    members: dict[str, frozenset[str]]
    now: datetime

    def name_of(self, user: str) -> str:
        """What somebody is here; empty for anybody else."""
        return next((name for name, known in self.people.items() if known == user), "")


@contextmanager
def a_setting(folder: Path) -> Iterator[Setting]:
    """A mission with everything in it; nothing waits to be sent, and no timer is due."""
    with a_world(sqlite_url(folder), now=MONDAY.replace(hour=8)) as world:
        place = look_around(world.product.slack)
        ground = open_house(room for room in world.product.house.rooms if room.name in GROUND)
        with world.database() as session:
            prepare_rooms(session, ground, place, world.now)
        world.settle()
        gone = world.user_id(cast.OF_THE_DEMO[cast.GONE])
        world.workspace.wire.post("people/change", person=gone, deleted=True)
        world.settle()
        with world.database() as session:
            setting = _furnished(session, world)
        yield setting


def _furnished(session: Session, world: World) -> Setting:
    work = Work(session, get_mission(session, world.mission_id), world.now)
    people = cast.user_ids(world)
    agencies = {one.code: one for one in all_agencies(session, world.mission_id)}
    cast.gather(session, world, people, agencies)
    channels = {"weekly": world.channel_id("cabinet"), "small": "CSMALL001", "closed": "CCLOSED01"}
    channels |= {name: world.channel_id(name) for name in ("cabinet-office", "srsg-office")}
    for name in ("small", "closed"):
        channel = get_channel(session, world.mission_id, channels[name])
        channel.name, channel.is_private, channel.bot_is_member, channel.read_at = name, True, True, world.now
        session.flush()
        inside = [people[one] for one in CLOSED_CHANNEL]
        replace_members(session, world.mission_id, channels[name], [*inside, str(work.mission.bot_user_id)])
    stage = Stage(work, people, agencies, channels, Things())
    for room in (mission, cabinet, updates, escalations, funding):
        room.furnish(stage)
    world.product.house.follow(work)
    _come_to_rest(work, world.product.house)
    return Setting(world, people, stage.things, channels, _members(session, world, people), world.now)


def _come_to_rest(work: Work, house: House) -> None:
    """What furnishing caused is told and has left: what follows is caused by a try alone."""
    session = work.session
    session.flush()
    for timer in session.scalars(select(Timer).where(Timer.state == TimerState.WAITING, Timer.due_at <= work.now)):
        if timer.verb in house.tells:
            house.tells[timer.verb](work, what_changed(Subject.parse(timer.subject)))
        else:
            assert timer.verb == "updates:open", timer.verb  # it is open
        timer.state = TimerState.DONE
    session.flush()
    stand = select(OutboxRow).where(OutboxRow.subject.like("round:%:call:%"), OutboxRow.state == State.PENDING)
    places = [
        Place(work.mission.id, str(row.subject), str(row.arguments["channel"]), str(row.id), work.now)
        for row in session.scalars(stand)
    ]
    remember_posts(session, places)
    left = {"state": State.SENT, "settled_at": work.now}
    session.execute(update(OutboxRow).where(OutboxRow.state == State.PENDING).values(**left))


def _members(session: Session, world: World, people: dict[str, str]) -> dict[str, frozenset[str]]:
    """Who reads each channel that the mission knows, by what they are here."""
    found = {}
    for channel in session.scalars(select(Channel).where(Channel.mission_id == world.mission_id)):
        inside = members_of(session, world.mission_id, channel.channel_id)
        everybody = not channel.is_private
        found[channel.channel_id] = frozenset(name for name, user in people.items() if everybody or user in inside)
    return found
