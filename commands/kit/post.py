"""Putting messages in the outbox. Nothing here talks to Slack: the rows leave after the transaction is committed.

A request that changes something writes that down with `note_change`, and the worker lets whatever shows it follow.

Gesture: post.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from commands.kit.cards import Card, escape
from commands.kit.handling import Handling
from commands.kit.work import Request, Work
from storage import outbox, posts, timers
from storage.compartments import Compartment
from storage.outbox import Call, files_lane
from storage.outbox import waiting as outbox_waiting
from storage.people import with_home
from storage.subjects import Key, Subject

# A board is edited at most this often, however many returns arrive.
EDIT_PAUSE = timedelta(seconds=5)
# Where a message stands; a newer text for it stands there too.
IN_A_THREAD = ("thread_of", "reply_broadcast")
# What tells that a Home has changed; it belongs to no room.
HOME = "machine:home"


def tell(
    work: Work,
    user_id: str,
    card: Card,
    *,
    key: Key,
    subject: Subject | None = None,
    not_before: datetime | None = None,
    on_done: str | None = None,
) -> bool:
    """A direct message, sent once per `key`. `subject` lets it be edited or taken back."""
    is_new = _post(work, f"dm:{user_id}", card, key=key, subject=subject, not_before=not_before, on_done=on_done)
    work.told += is_new and user_id != work.actor
    return is_new


def post(
    work: Work,
    channel_id: str,
    card: Card,
    *,
    key: Key,
    subject: Subject | None = None,
    thread_of: Subject | None = None,
    broadcast: bool = False,
    not_before: datetime | None = None,
    on_done: str | None = None,
) -> bool:
    """A message in a channel, sent once per `key`. `thread_of` is the subject of the message it answers to.

    `broadcast` shows an answer in the channel too.
    """
    return _post(
        work,
        channel_id,
        card,
        key=key,
        subject=subject,
        thread_of=thread_of,
        broadcast=broadcast,
        not_before=not_before,
        on_done=on_done,
    )


def _post(
    work: Work,
    lane: str,
    card: Card,
    *,
    key: Key,
    subject: Subject | None,
    not_before: datetime | None,
    on_done: str | None,
    thread_of: Subject | None = None,
    broadcast: bool = False,
) -> bool:
    arguments = {"channel": lane, **card.as_arguments()}
    if thread_of:
        arguments["thread_of"] = str(thread_of)
    if broadcast:
        arguments["reply_broadcast"] = True
    call = Call(
        key=key,
        method="chat.postMessage",
        arguments=arguments,
        lane=lane,
        handling=card.handling,
        compartment=card.compartment,
        subject=subject,
        not_before=not_before,
        on_done=on_done,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    return outbox.put(work.session, work.mission.id, call, work.now)


def show(work: Work, channel_id: str, subject: Subject, card: Card, *, at_once: bool = False) -> None:
    """Keep the one message about `subject` current: posted when there is none yet, edited in place afterwards.

    A text that still waits is replaced by the newer one. Edits leave at most every `EDIT_PAUSE`, unless `at_once`.
    """
    waiting = outbox_waiting.waiting_edit(work.session, work.mission.id, subject)
    content = {"channel": channel_id, **card.as_arguments()}
    if waiting is not None:
        kept = {name: waiting.arguments[name] for name in IN_A_THREAD if name in waiting.arguments}
        waiting.arguments = {**content, **kept}
        waiting.handling, waiting.compartment = card.handling, card.compartment
        return
    _edit(work, channel_id, subject, content, (card.handling, card.compartment), at_once=at_once)


def show_drawn(
    work: Work,
    channel_id: str,
    subject: Subject,
    drawing: str,
    handling: Handling,
    compartment: Compartment = Compartment.MISSION,
) -> None:
    """Like `show` for a message that many change: a room's drawing (`room:name`) makes it when it leaves.

    What still waits needs no second row: it will be drawn with everything that is committed then.
    """
    if outbox_waiting.keeps_waiting(work.session, work.mission.id, subject):
        return
    content = {"channel": channel_id, "drawing": drawing}
    _edit(work, channel_id, subject, content, (handling, compartment), at_once=False)


def _edit(
    work: Work,
    channel_id: str,
    subject: Subject,
    content: dict[str, Any],
    marked: tuple[Handling, Compartment],
    *,
    at_once: bool,
) -> None:
    handling, compartment = marked
    known = posts.get_post(work.session, work.mission.id, subject)
    pause = None if at_once or known is None else known.shown_at + EDIT_PAUSE
    call = Call(
        key=Key.of("show", subject, uuid4().hex),
        method="show",
        arguments=content,
        # Before the first post is out, its lane keeps a second one from overtaking it; later edits need not queue.
        lane=channel_id if known is None else f"{channel_id}/{subject}",
        handling=handling,
        compartment=compartment,
        subject=subject,
        not_before=max(work.now, pause) if pause else None,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    outbox.put(work.session, work.mission.id, call, work.now)


def show_to(work: Work, user_id: str, subject: Subject, card: Card, *, at_once: bool = True) -> None:
    """Like `show`, in a person's direct messages."""
    show(work, f"dm:{user_id}", subject, card, at_once=at_once)


def note_change(work: Work, telling: str, subject: Subject) -> None:
    """Write down that a thing has changed: a room's telling (`room:name`) runs in the worker, before messages leave.

    It puts what follows in the outbox, in one transaction for all that has changed meanwhile, and finds the thing as it
    is by then: a second change in the same unit of work needs no second row.
    """
    note_changes(work, [(telling, subject)])


def note_changes(work: Work, changes: Iterable[tuple[str, Subject]]) -> None:
    """The same for several, with one statement."""
    noted: set[tuple[str, Subject]] = work.once(note_changes, set)
    new = [one for one in dict.fromkeys(changes) if one not in noted]
    noted.update(new)
    timers.set_changes(work.session, work.mission.id, new, work.now)


def take_back(work: Work, subject: Subject) -> int:
    """Cancel every message about `subject` that has not begun to leave. Returns how many."""
    return outbox_waiting.cancel(work.session, work.mission.id, subject, work.now)


def send_file(
    work: Work,
    user_id: str,
    name: str,
    content: bytes,
    comment: str,
    *,
    key: Key,
    handling: str,
    compartment: str = Compartment.MISSION,
) -> None:
    """A file in a person's direct messages; `comment` is plain text."""
    _upload(work, f"dm:{user_id}", name, content, comment, key=key, handling=handling, compartment=compartment)


def send_file_to_channel(
    work: Work,
    channel_id: str,
    name: str,
    content: bytes,
    comment: str,
    *,
    key: Key,
    thread_of: Subject | None = None,
    handling: str = Handling.UNCLASSIFIED,
) -> None:
    """A file in a channel, sent once per `key`. `thread_of` is the subject of the message it answers to."""
    _upload(work, channel_id, name, content, comment, key=key, handling=handling, thread_of=thread_of)


def _upload(
    work: Work,
    lane: str,
    name: str,
    content: bytes,
    comment: str,
    *,
    key: Key,
    handling: str,
    compartment: str = Compartment.MISSION,
    thread_of: Subject | None = None,
) -> None:
    # Slack reads a comment like a message: a title in it could call everybody, or show another address than it opens.
    arguments = {"channel": lane, "filename": name, "initial_comment": escape(comment)}
    if thread_of:
        arguments["thread_of"] = str(thread_of)
    call = Call(
        key=key,
        method="files.upload",
        arguments=arguments,
        # Files have a lane of their own: one that Slack is slow to take holds no message back.
        lane=files_lane(lane),
        handling=handling,
        compartment=compartment,
        attachment=content,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    outbox.put(work.session, work.mission.id, call, work.now)


def refresh_home(work: Work, user_ids: Iterable[str]) -> None:
    """Draw App Home again for people who have opened it; several changes within a moment make one drawing.

    A request only writes down whose it is.
    """
    users = sorted(set(user_ids))
    if isinstance(work, Request):
        note_changes(work, [(HOME, Subject.of("home", user)) for user in users])
        return
    opened = [Subject.of("home", user) for user in with_home(work.session, work.mission.id, users)]
    waiting = outbox_waiting.keep_waiting(work.session, work.mission.id, map(str, opened)) if opened else set()
    calls = [home_call(work, one) for one in opened if str(one) not in waiting]
    outbox.put_many(work.session, work.mission.id, calls, work.now)


def tell_home(work: Work, subject: Subject) -> None:
    """What a person's Home shows has changed."""
    refresh_home(work, [subject.ids[0]])


def home_call(work: Work, subject: Subject) -> Call:
    """The call that draws the Home of the person whom the subject names, as it is when the call leaves."""
    return Call(
        key=Key.of(subject, uuid4().hex),
        method="home",
        arguments={"user": subject.ids[0]},
        lane=str(subject),
        subject=subject,
        request_id=work.request_id,
    )
