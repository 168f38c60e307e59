"""Taking back what standing messages offer, when many of them stop being true at once.

A message that offers something (a button, a time until which something can be changed) is drawn anew by the unit of
work that ends the offer. Where that is one message, `commands.kit.post.show` does it.

Gesture: post.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from commands.kit.work import Work
from storage import posts
from storage.outbox import Call, put_many
from storage.outbox.waiting import take_waiting
from storage.subjects import Key, Subject

# As many subjects as one statement asks about.
AT_ONCE = 500


def redraw(work: Work, drawing: str, places: Mapping[Subject, str], *, drop_waiting: bool = False) -> None:
    """Let messages that stand be drawn again as they leave, with a few statements, however many they are.

    `places` says by subject where each stands: a channel, or `dm:` and a user. `drawing` (`room:name`) draws each from
    its subject. What has not left yet is drawn as it leaves; with `drop_waiting` it does not leave at all.
    """
    subjects = list(places)
    for start in range(0, len(subjects), AT_ONCE):
        _redraw(work, drawing, {one: places[one] for one in subjects[start : start + AT_ONCE]}, drop_waiting)


def _redraw(work: Work, drawing: str, places: Mapping[Subject, str], drop_waiting: bool) -> None:
    names = [str(subject) for subject in places]
    mission_id = work.mission.id
    taken, on_their_way = take_waiting(work.session, mission_id, names, work.now)
    standing = posts.standing(work.session, mission_id, names)
    # What is on its way says what was true before, and is edited as soon as it is there.
    wanted = standing | on_their_way | (set() if drop_waiting else taken.keys())
    calls = [
        Call(
            key=Key.of("show", subject, uuid4().hex),
            method="show",
            arguments={"channel": place, "drawing": drawing},
            lane=f"{place}/{subject}" if str(subject) in standing else place,
            subject=subject,
            not_before=None if str(subject) in standing else taken.get(str(subject)),
            caused_by=work.actor,
            request_id=work.request_id,
        )
        for subject, place in places.items()
        if str(subject) in wanted
    ]
    put_many(work.session, mission_id, calls, work.now)
