"""What the machine itself puts on the audit record: something Confidential was opened, somebody was not allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.requests.gate import asked
from bot.requests.incoming import Incoming
from bot.rooms import House
from storage import audit

READ, REFUSED = "read", "refused"
REFUSED_ONCE_IN = timedelta(hours=1)


def put_on_record(
    session: Session,
    mission_id: str,
    now: datetime,
    house: House,
    incoming: Incoming,
    verb: str,
    subjects: Sequence[audit.About],
) -> None:
    """One act for each subject, by whoever sent this, with what they asked for.

    Who is refused the same again within an hour is on record once: the record grows by what happens, not by how often
    somebody presses.
    """
    by, since = asked(house, incoming, house.prefix), now - REFUSED_ONCE_IN
    fresh = [
        subject
        for subject in dict.fromkeys(subjects)
        if verb != REFUSED
        or not audit.is_on_record(session, mission_id, actor=incoming.user, verb=verb, subject=subject[:2], since=since)
    ]
    for side in dict.fromkeys(one.compartment for one in fresh):
        about = [one[:2] for one in fresh if one.compartment == side]
        audit.record_each(
            session, mission_id, at=now, actor=incoming.user, verb=verb, subjects=about, compartment=side, by=by
        )
