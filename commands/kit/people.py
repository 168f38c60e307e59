"""Learning who people are before they speak to us: their zone and language decide when and how they are asked.

Gesture: find people.
"""

from __future__ import annotations

from collections.abc import Iterable

from commands.kit.work import Work
from storage.outbox import Call, put
from storage.people import people_of
from storage.subjects import Key


def learn_people(work: Work, user_ids: Iterable[str]) -> None:
    """Ask Slack, soon, who these people are, as far as the mission has not met them."""
    wanted = set(user_ids)
    for user_id in sorted(wanted - set(people_of(work.session, work.mission.id, wanted))):
        read_person(work, user_id)


def read_person(work: Work, user_id: str) -> None:
    """Ask Slack, soon, who this is, also when the mission has met them."""
    call = Call(
        key=Key.of("person", user_id, work.now),
        method="person.read",
        arguments={"user": user_id},
        lane=f"home:{user_id}",
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)
