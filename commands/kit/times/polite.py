"""The next polite moment for a person: in their zone, on the mission's working days and in its hours, not on leave.

The mission's working hours are the only quiet hours there are. A message that cannot wait says until when it must be
known: politeness that comes too late would be silence.

A wait of days belongs in a timer: what is held in the outbox holds back what is written later to the same person.

Gesture: reckon time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from commands.kit.contacts import zone_of
from commands.kit.dates import ONE_DAY, WorkCalendar
from storage.agencies import Leave
from storage.people import Person


def own_calendar(calendar: WorkCalendar, person: Person | None) -> WorkCalendar:
    """The mission's calendar in a person's own zone; as it is for one who has left or was never met."""
    return calendar if person is None or person.is_gone else calendar.elsewhere(zone_of(person, calendar.zone).key)


def polite_moment(
    when: datetime, calendar: WorkCalendar, *, leaves: Iterable[Leave] = (), before: datetime | None = None
) -> datetime:
    """`when`, or the first moment after it at which the person works; `when` itself where that is not `before`.

    `calendar` is in the person's zone (see `own_calendar`), `leaves` are the person's own; without them somebody on
    leave counts as working. Raises NoWorkingTimeError for a calendar without working days.
    """
    found = calendar.next_working(when)
    for leave in sorted(leaves, key=lambda one: one.first_day):
        if leave.first_day <= found.astimezone(calendar.zone).date() <= leave.last_day:
            found = calendar.hours_of(calendar.working_day_from(leave.last_day + ONE_DAY))[0]
    return found if before is None or found < before else when
