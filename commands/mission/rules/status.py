"""What a mission still lacks before it can run its first round."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Something to do, in the order it is best done."""

    SET_UP = "set_up"
    CHANNELS = "channels"
    COORDINATOR = "coordinator"
    AGENCIES = "agencies"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Status:
    """What there is. `channels_work`: nothing stands in the way of the two channels."""

    is_set_up: bool
    channels_work: bool
    coordinators: int
    agencies: int
    holidays: int


def missing(status: Status) -> list[Step]:
    """The steps that are left. Before the mission is set up nothing else can be done."""
    if not status.is_set_up:
        return [Step.SET_UP]
    left = {
        Step.CHANNELS: not status.channels_work,
        Step.COORDINATOR: not status.coordinators,
        Step.AGENCIES: not status.agencies,
        Step.HOLIDAYS: not status.holidays,
    }
    return [step for step, is_left in left.items() if is_left]
