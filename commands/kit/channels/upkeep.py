"""What is done to a channel once it is ready: its canvas rewritten, people brought in and taken out, and its end.

Gesture: make a channel.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from commands.kit.work import Work
from storage.channel_setups import ChannelSetup, SetupState
from storage.channels import side_of_channel
from storage.outbox import Call, put
from storage.outbox.waiting import waiting_edit
from storage.subjects import Key, Subject


def canvas_subject(canvas_id: str) -> Subject:
    """What the text of a canvas is known by, and the line in which its changes leave."""
    return Subject.of("canvas", canvas_id)


def write_canvas(work: Work, setup: ChannelSetup, markdown: str, handling: str) -> None:
    """Make this the whole text of the channel's canvas, where it has one; `handling` is its level."""
    if setup.canvas_id is None or setup.state == SetupState.ARCHIVED:
        return
    subject = canvas_subject(setup.canvas_id)
    side = side_of_channel(work.session, work.mission.id, setup.channel_id)
    arguments = {"channel": setup.channel_id, "markdown": markdown, "known": setup.canvas_id, "answers_refusal": True}
    waiting = waiting_edit(work.session, work.mission.id, subject)
    if waiting is not None:
        waiting.arguments, waiting.handling, waiting.compartment = arguments, handling, side
        return
    call = Call(
        key=Key.of(subject, uuid4().hex),
        method="channel.canvas",
        arguments=arguments,
        lane=str(subject),
        handling=handling,
        compartment=side,
        subject=subject,
    )
    put(work.session, work.mission.id, call, work.now)


def invite_people(work: Work, setup: ChannelSetup, user_ids: Iterable[str], on_done: str) -> None:
    """Invite people into a channel that is ready; `on_done` hears of each."""
    _each(work, setup, "conversations.invite", "users", user_ids, on_done)


def remove_people(work: Work, setup: ChannelSetup, user_ids: Iterable[str], on_done: str) -> None:
    """Take people out of a channel that is ready; `on_done` hears of each."""
    _each(work, setup, "conversations.kick", "user", user_ids, on_done)


def _each(work: Work, setup: ChannelSetup, method: str, argument: str, user_ids: Iterable[str], on_done: str) -> None:
    word = method.rpartition(".")[2]
    for user in user_ids:
        call = Call(
            key=Key.of("setup", setup.id, word, user, uuid4().hex),
            method=method,
            arguments={"channel": setup.channel_id, argument: user, "answers_refusal": True},
            # One line for each person: whom Slack is slow to take holds nobody else back.
            lane=f"setup:{setup.id}:{user}",
            subject=Subject.of(word, setup.id, user),
            on_done=on_done,
            request_id=work.request_id,
        )
        put(work.session, work.mission.id, call, work.now)


def archive_channel(work: Work, setup: ChannelSetup) -> None:
    """Archive the channel after everything that still waits for it has left."""
    if setup.state == SetupState.ARCHIVED or setup.channel_id is None:
        return
    setup.state = SetupState.ARCHIVED
    call = Call(
        key=Key.of("setup", setup.id, "archive", setup.channel_id),
        method="conversations.archive",
        arguments={"channel": setup.channel_id, "answers_refusal": True},
        # The channel's own lane: nothing that was written to it before may find it archived. Files have a lane beside
        # it, for which the call itself waits.
        lane=setup.channel_id,
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)
