"""Handing something over to another room: a row, and a moment that is due now. Neither room knows the other.

    hand_off(request, Subject.of("escalation", this.id), verb="cabinet:follow-up", text=text, handling=this.handling)

The other room says in `Room.receives` what takes it; that runs once, in the worker, and begins with `receive`.

Gesture: point at.
"""

from __future__ import annotations

from typing import Any

from commands.kit.handling import Handling
from commands.kit.work import Work
from storage.compartments import Compartment
from storage.links.handoffs import HandOff, get_handoff
from storage.subjects import Key, Subject
from storage.timers import set_timer


def hand_off(
    work: Work,
    of: Subject,
    *,
    verb: str,
    text: str,
    handling: str = Handling.UNCLASSIFIED,
    compartment: Compartment = Compartment.MISSION,
    place: dict[str, Any] | None = None,
    **details: object,
) -> int:
    """Give something that arose from `of` to `verb` (`room:verb`). Returns the number of the hand-off.

    It goes on once this transaction is committed, for whoever works here (`Work.actor`). `details` are plain values.
    """
    given = HandOff(
        mission_id=work.mission.id,
        from_subject=str(of),
        verb=verb,
        text=text,
        place=place or {},
        details=details,
        handling=str(handling),
        compartment=compartment.value,
        by=work.actor,
        at=work.now,
    )
    work.session.add(given)
    work.session.flush()
    subject = Subject.of("handoff", given.id)
    set_timer(work.session, work.mission.id, key=Key.of(subject), verb=verb, subject=subject, due_at=work.now)
    work.record("handoff.given", ("handoff", given.id), compartment=compartment, to=verb)
    return given.id


def receive(work: Work, number: int) -> HandOff | None:
    """What was handed over, taken by this unit of work, which from here on works for whoever gave it.

    None: it has been taken before.
    """
    given = get_handoff(work.session, work.mission.id, number)
    assert given is not None, "what is due is there"
    if given.taken_at is not None:
        return None
    given.taken_at, work.actor = work.now, given.by
    work.session.flush()
    return given
