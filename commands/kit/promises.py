"""Taking back what standing messages offer, when many of them stop being true at once.

A message that offers something (a button, a time until which something can be changed) is drawn anew by the unit of
work that ends the offer. Where that is one message, `commands.kit.post.show` does it.

Gesture: post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from commands.kit.cards import Block, Card
from commands.kit.handling import Handling
from commands.kit.post import show
from commands.kit.work import Work
from storage import posts
from storage.compartments import Compartment
from storage.outbox import Call, put_many
from storage.outbox.standing import DELETE_MESSAGE
from storage.outbox.waiting import is_waiting, last_text, take_waiting, waiting_edit
from storage.posts import Post
from storage.subjects import Key, Subject

# As many subjects as one statement asks about.
AT_ONCE = 500
# Slack takes about fifty edits a minute from an app: of many, the first leave at once and the others within that.
AT_FIRST = 20
APART = timedelta(seconds=1.5)


def redraw(work: Work, drawing: str, places: Mapping[Subject, str], *, drop_waiting: bool = False) -> None:
    """Let messages that stand be drawn again as they leave, with a few statements, however many they are.

    `places` says by subject where each stands: a channel, or `dm:` and a user. `drawing` (`room:name`) draws each from
    its subject. What has not left yet is drawn as it leaves; with `drop_waiting` it does not leave at all.
    """
    subjects = list(places)
    calls: list[Call] = []
    for start in range(0, len(subjects), AT_ONCE):
        part = {one: places[one] for one in subjects[start : start + AT_ONCE]}
        calls += _calls(work, drawing, part, drop_waiting)
    put_many(work.session, work.mission.id, _spread(calls, work.now), work.now)


def _spread(calls: Sequence[Call], now: datetime) -> list[Call]:
    """Those after the first leave one by one, in their order."""
    moments = [now + max(0, place - AT_FIRST) * APART for place in range(len(calls))]
    return [
        replace(call, not_before=max(moment, call.not_before or now))
        for call, moment in zip(calls, moments, strict=True)
    ]


def ring(work: Work, drawing: str, places: Mapping[Subject, str], handling: Handling) -> None:
    """Let the one message about each of these subjects be noticed again: an edit rings for nobody.

    It is posted anew, as it is when it leaves, and the former one is deleted after it. Where none stands it is posted
    for the first time. `places` and `drawing` are as for `redraw`; `handling` is the level of what will be drawn.
    """
    names = [str(subject) for subject in places]
    take_waiting(work.session, work.mission.id, names, work.now)
    known = posts.posts_about(work.session, work.mission.id, names)
    calls: list[Call] = []
    for subject, place in places.items():
        former = known.get(str(subject))
        calls += _posted_anew(work, drawing, subject, place, former, handling)
    for former in known.values():
        work.session.delete(former)
    work.session.flush()
    put_many(work.session, work.mission.id, calls, work.now)


def _posted_anew(
    work: Work, drawing: str, subject: Subject, place: str, former: Post | None, handling: Handling
) -> list[Call]:
    # In the lane of its edits: one that is on its way now arrives before the message that replaces it.
    lane = place if former is None else f"{place}/{subject}"
    shows = Call(
        key=Key.of("show", subject, uuid4().hex),
        method="show",
        arguments={"channel": place, "drawing": drawing},
        lane=lane,
        handling=handling,
        subject=subject,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    if former is None:
        return [shows]
    deletes = Call(
        key=Key.of("delete", subject, uuid4().hex),
        method=DELETE_MESSAGE,
        arguments={"channel": former.channel_id, "ts": former.ts},
        lane=lane,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    return [shows, deletes]


def redraw_about(work: Work, drawing: str, subject: Subject, *, drop_waiting: bool = False) -> None:
    """The same for every direct message about a thing whose own subject ends with the person who reads it."""
    found = posts.shown_about(work.session, work.mission.id, subject)
    redraw(work, drawing, {one: f"dm:{one.ids[-1]}" for one in found}, drop_waiting=drop_waiting)


def correct(work: Work, place: str, subject: Subject, card: Card) -> None:
    """Let the message about `subject` say this, where it stands or has yet to leave; otherwise nothing is sent."""
    known = posts.get_post(work.session, work.mission.id, subject) is not None
    if known or is_waiting(work.session, work.mission.id, str(subject)):
        show(work, place, subject, card, at_once=True)


def withdraw(work: Work, place: str, subject: Subject, said: Block, instead: Block) -> None:
    """Leave a message as it stands, without anything to press, and with one block in the place of another.

    For texts that are kept nowhere else as they were sent. Nothing happens once the outbox has forgotten them.
    """
    row = waiting_edit(work.session, work.mission.id, subject) or last_text(work.session, work.mission.id, subject)
    if row is None or "blocks" not in row.arguments:
        return
    blocks = [instead if block == said else block for block in row.arguments["blocks"] if block["type"] != "actions"]
    plain = tuple({name: part for name, part in block.items() if name != "accessory"} for block in blocks)
    marked = (Handling(row.handling), Compartment(row.compartment))
    show(work, place, subject, Card(str(row.arguments["text"]), plain, *marked), at_once=True)


def _calls(work: Work, drawing: str, places: Mapping[Subject, str], drop_waiting: bool) -> list[Call]:
    names = [str(subject) for subject in places]
    mission_id = work.mission.id
    taken, on_their_way = take_waiting(work.session, mission_id, names, work.now)
    standing = posts.standing(work.session, mission_id, names)
    # What is on its way says what was true before, and is edited as soon as it is there.
    wanted = standing | on_their_way | (set() if drop_waiting else taken.keys())
    return [
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
