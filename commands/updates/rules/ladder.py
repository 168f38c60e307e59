"""The chase: who is reminded when. A step's moment counts in the mission's working time from the due moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from commands.kit.dates import WorkCalendar
from storage.base import Json

# Two reminders to one person about one return keep at least this distance.
BREATH = timedelta(hours=1)
# The last moment for which a reminder can be put off, before the round closes.
LAST_CALL = timedelta(hours=1)


class Recipient(StrEnum):
    """Whom a step reminds."""

    FOCAL_POINT = "focal_point"
    ALTERNATES = "alternates"
    HEAD = "head_of_agency"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `days` working days and `minutes` of working time after due (negative: before)."""

    to: Recipient
    days: int = 0
    minutes: int = 0

    def as_json(self) -> Json:
        """The step as a row keeps it."""
        return {"to": self.to.value, "days": self.days, "minutes": self.minutes}

    @staticmethod
    def from_json(row: Json) -> Step:
        """The step a row keeps."""
        return Step(Recipient(row["to"]), int(row.get("days", 0)), int(row.get("minutes", 0)))

    @property
    def order(self) -> tuple[int, int]:
        """What steps are sorted by."""
        return self.days, self.minutes


DEFAULT_LADDER = (
    Step(Recipient.FOCAL_POINT, days=-1),
    Step(Recipient.FOCAL_POINT, minutes=-120),
    Step(Recipient.FOCAL_POINT),
    Step(Recipient.ALTERNATES, minutes=120),
    Step(Recipient.HEAD, days=1),
)


def steps_of(rows: Sequence[Json]) -> list[Step]:
    """The ladder of a plan or a round."""
    return [Step.from_json(row) for row in rows]


def moment_of(step: Step, due: datetime, calendar: WorkCalendar) -> datetime:
    """When a step is taken."""
    there = calendar.shift_days(due, step.days) if step.days else due
    return calendar.shift_hours(there, timedelta(minutes=step.minutes)) if step.minutes else there


def moments(
    ladder: Sequence[Step], *, opens: datetime, due: datetime, closes: datetime, calendar: WorkCalendar
) -> dict[int, datetime]:
    """When each step is taken, by its number; steps before the question or after the close fall away."""
    found = {number: moment_of(step, due, calendar) for number, step in enumerate(ladder)}
    return {number: when for number, when in found.items() if opens < when < closes}


def too_soon(last: datetime | None, now: datetime) -> bool:
    """Whether the person was reminded of this return a moment ago."""
    return last is not None and now - last < BREATH
