"""What a room shows in the demo (`make demo`): its part of a fictional mission, prepared after the rooms before it.

The workspace's people and channels stand in `bot/tools/demo/seed.yaml`; a room that needs more of them brings a
`demo.yaml` of the same shape. A channel that is there already gets the members that the room adds.

Gesture: declare a room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.kit.work import Work
from storage.agencies import Agency, all_agencies


@dataclass(frozen=True, slots=True)
class DemoWorkspace:
    """The demo's Slack: ids of people and of channels by name, the team's and our own.

    `remember_person` and `remember_channel` ask Slack about an id and write down what it says.
    """

    team_id: str
    bot_user_id: str
    people: Mapping[str, str]
    channels: Mapping[str, str]
    remember_person: Callable[[Work, str], None]
    remember_channel: Callable[[Work, str], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """A room's part of the demo.

    `prepare` writes rows as if people had worked with the room, inside the transaction that makes the mission; parts
    with a lower `order` come first. `seed` is the file with the people and channels that the room adds.
    """

    order: int
    prepare: Callable[[Work, DemoWorkspace], None]
    seed: Path | None = None


def agencies_by_code(work: Work) -> dict[str, Agency]:
    """The mission's agencies by code, in the order in which they were added."""
    found = all_agencies(work.session, work.mission.id)
    return {agency.code: agency for agency in sorted(found, key=lambda one: one.id)}
