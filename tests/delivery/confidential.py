"""Confidential texts put in the outbox as a room would, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, update

from commands.kit.cards import Card
from commands.kit.handling import Handling
from commands.kit.post import post, show, tell
from commands.kit.work import Work
from storage.channels import Channel
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.subjects import Key, Subject
from tests.world import World

CHIEF, SECRETARY, READER, GUEST = "Chief of staff", "Cabinet secretary", "Mission reader", "Visiting guest"
OFFICE = "cabinet-office"
OTHER_TEAM = "T0OTHER001"


def secret(text: str) -> Card:
    return Card(text, handling=Handling.CONFIDENTIAL)


def says(world: World, text: str, *, in_: str = OFFICE) -> None:
    """Post a Confidential text in a channel, and let it leave if it may."""
    put_in(world, text, world.channel_id(in_))
    world.settle()


def put_in(world: World, text: str, channel_id: str) -> None:
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        post(work, channel_id, secret(text), key=Key.of("test", text), subject=Subject.of("test", text))


def tells(world: World, text: str, user_id: str) -> None:
    """Tell a person something Confidential."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        tell(work, user_id, secret(text), key=Key.of("test", text))
    world.settle()


def shows(world: World, text: str, subject: Subject, channel_id: str) -> None:
    """Edit the message about a subject, or post it."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        show(work, channel_id, subject, secret(text), at_once=True)
    world.settle()


def stands(world: World, text: str, *, in_: str = OFFICE) -> bool:
    return any(text in one.text for one in world.person(CHIEF).messages(in_=f"#{in_}"))


def errors(world: World) -> list[str]:
    """Why the texts of a test did not leave."""
    with world.product.database.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state == State.FAILED).order_by(OutboxRow.id))
        return [row.error or "" for row in rows]


def forget_failures(world: World) -> None:
    """What a test made fail on purpose shall not count as undelivered."""
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.state == State.FAILED).values(state=State.CANCELLED))


def warnings(world: World, name: str) -> list[str]:
    """What a person was told of places where Confidential texts are read by people who may not."""
    texts = [one.text for one in world.person(name).messages(in_="Rapporteur")]
    return [text for text in texts if "Confidential texts of mine stand" in text]


def known_place(world: World, name: str = OFFICE) -> Channel:
    with world.product.database.reading() as session:
        return session.get_one(Channel, (world.mission_id, world.channel_id(name)))


@contextmanager
def losing_events(world: World) -> Iterator[None]:
    """Slack tells nothing of what happens meanwhile."""
    world.workspace.wire.post("apps/change", app="Rapporteur", events=[])
    yield
    world.workspace.wire.post("apps/change", app="Rapporteur", events=world.product.house.event_types)
