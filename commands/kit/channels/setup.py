"""Making a channel in steps that leave through the outbox: whoever goes on after a crash goes on from the same step.

A room declares what its channels hold (`ChannelContents`) and hands Slack's answers to `advance`, which writes down
what happened and puts the next step in the outbox in the same transaction. What people need comes first: the channel,
the invitations, the messages. Then the channel is in use, and its furnishing (pins, topic, bookmarks, canvas) follows,
each piece by itself, so that one that Slack is slow to take holds nothing back. A step that Slack refuses is either
done without or stops the set-up and is told to whoever asked for it.

Gesture: make a channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from commands.kit.channels.furnishing import furnish, note_piece
from commands.kit.channels.steps import (
    GONE,
    KINDS,
    NAME_LIMIT,
    REFUSED,
    THERE_ALREADY,
    TOPIC_LIMIT,
    ChannelContents,
    call_of,
    next_step,
    people_inside,
    post_subject,
    steps_of,
    tried_name,
)
from commands.kit.work import Work
from storage import channel_setups, posts
from storage.channel_setups import ChannelSetup, SetupState
from storage.channels import side_of_channel
from storage.outbox import Call, Sent, put
from storage.subjects import Key, Subject

NAMES_TRIED = 30
# Whoever is refused is told with the reason; everything else that Slack refuses stops the set-up.
PERSONAL = ("invite", "ask")


@dataclass(frozen=True, slots=True)
class ChannelRequest:
    """A channel that shall be: what it is for, the name to try first, and who shall be in it."""

    subject: Subject
    room: str
    name: str
    topic: str
    purpose: str
    people: Sequence[str]
    asked_by: str


def begin_setup(work: Work, contents: ChannelContents, wanted: ChannelRequest) -> ChannelSetup:
    """Begin to make a channel, or let the one of this subject be furnished anew and complete its members."""
    known = channel_setups.get_setup(work.session, work.mission.id, wanted.subject)
    setup = known or _new_setup(work, wanted)
    setup.wanted, setup.asked_by = list(wanted.people), wanted.asked_by
    setup.topic, setup.purpose = wanted.topic[:TOPIC_LIMIT], wanted.purpose
    if known is not None and known.state == SetupState.RUNNING:
        return setup
    if setup.state == SetupState.ARCHIVED:
        _forget_channel(work, contents, setup, wanted.name)
    setup.state, setup.troubles, setup.refused = SetupState.RUNNING, {}, {}
    _put_step(work, contents, setup, "create" if setup.channel_id is None else _first_step(work, contents, setup))
    return setup


def _first_step(work: Work, contents: ChannelContents, setup: ChannelSetup) -> str:
    """The first step in a channel that is there."""
    return next_step(steps_of(work, contents, setup), "create")


def _new_setup(work: Work, wanted: ChannelRequest) -> ChannelSetup:
    setup = ChannelSetup(
        mission_id=work.mission.id,
        subject=str(wanted.subject),
        room=wanted.room,
        state=SetupState.BROKEN,
        name=wanted.name[:NAME_LIMIT],
        marker=uuid4().hex[:12],
        attempt=0,
        wanted=[],
        invited=[],
        refused={},
        troubles={},
        bookmarks={},
        pinned=[],
        asked_by=wanted.asked_by,
        created_at=work.now,
    )
    work.session.add(setup)
    work.session.flush()
    return setup


def try_again(work: Work, contents: ChannelContents, setup: ChannelSetup, *, new_name: str | None = None) -> None:
    """Go on with a broken set-up where it stopped; with `new_name` from the start, in a new channel of this name."""
    if new_name is not None:
        _forget_channel(work, contents, setup, new_name)
    setup.state = SetupState.RUNNING
    setup.troubles = {step: code for step, code in setup.troubles.items() if step != setup.step}
    if setup.step.partition(".")[0] not in (*KINDS, *PERSONAL):
        setup.step = _first_step(work, contents, setup)
    _put_step(work, contents, setup, setup.step)


def lose_channel(setup: ChannelSetup, code: str) -> None:
    """The channel was archived, or we were put out of it: the set-up waits for a person. `code` is Slack's word."""
    setup.state, setup.step = SetupState.BROKEN, "invite.0"
    setup.troubles = {**setup.troubles, setup.step: code}


def _forget_channel(work: Work, contents: ChannelContents, setup: ChannelSetup, name: str) -> None:
    """The old channel is lost (archived, or we were put out of it): the next one is another, with its own messages."""
    for subject, _card in contents.posts(work, setup):
        posts.forget_post(work.session, work.mission.id, post_subject(setup, subject))
    setup.channel_id = setup.canvas_id = setup.ready_at = None
    setup.invited, setup.refused, setup.bookmarks, setup.pinned, setup.step = [], {}, {}, [], "create"
    # The old channel keeps its name, so that the next of the same name is another attempt.
    setup.attempt = setup.attempt + 1 if name[:NAME_LIMIT] == setup.name else 0
    setup.name = name[:NAME_LIMIT]
    work.session.flush()


def advance(work: Work, contents: ChannelContents, subject: Subject, outcome: Sent) -> None:
    """Slack answered a step, or a piece of furnishing: write down what it said, and go on."""
    setup = channel_setups.lock_setup(work.session, work.mission.id, subject.number())
    if setup is None:
        return
    if subject.kind == "setup":
        _advance(work, contents, setup, subject.ids[1], outcome)
    else:
        note_piece(work, contents, setup, subject, outcome)


def _advance(work: Work, contents: ChannelContents, setup: ChannelSetup, step: str, outcome: Sent) -> None:
    code = str(outcome.get(REFUSED) or "")
    sent_again = setup.state == SetupState.BROKEN and not code
    if setup.step != step or not (setup.state == SetupState.RUNNING or sent_again):
        return  # The answer to a step that somebody has begun anew meanwhile.
    if sent_again:
        setup.state = SetupState.RUNNING
        setup.troubles = {one: trouble for one, trouble in setup.troubles.items() if one != step}
    kind, _dot, what = step.partition(".")
    if code == "name_taken" and setup.attempt < NAMES_TRIED:
        setup.attempt += 1
        _put_step(work, contents, setup, "create")
        return
    if code in GONE or (code and code not in THERE_ALREADY and kind in KINDS and kind not in PERSONAL):
        setup.state, setup.troubles = SetupState.BROKEN, {**setup.troubles, step: code}
        contents.broken(work, setup)
        return
    if kind == "ask" and code and code not in THERE_ALREADY:
        setup.refused = {**setup.refused, what: code}
    if kind == "create":
        setup.channel_id, setup.channel_name = str(outcome["channel"]), str(outcome.get("name") or tried_name(setup))
        contents.made(work, setup)
    _go_on(work, contents, setup, step)


def _go_on(work: Work, contents: ChannelContents, setup: ChannelSetup, step: str) -> None:
    after = _after(work, contents, setup, step)
    if after is not None:
        _put_step(work, contents, setup, after)
        return
    setup.invited = [user for user in setup.wanted if user not in setup.refused]
    setup.state, setup.step, setup.ready_at = SetupState.READY, "ready", work.now
    work.session.flush()
    contents.ready(work, setup)
    furnish(work, contents, setup)


def _after(work: Work, contents: ChannelContents, setup: ChannelSetup, step: str) -> str | None:
    """The step after this one. At the end, whoever is not in is asked alone, so that Slack says why not."""
    kind, _dot, asked = step.partition(".")
    if kind not in {"members", "ask"}:
        return next_step(steps_of(work, contents, setup), step)
    left = setup.wanted[setup.wanted.index(asked) + 1 :] if asked in setup.wanted else setup.wanted
    inside = people_inside(work, setup)
    return next((f"ask.{user}" for user in left if user not in inside), None)


def _put_step(work: Work, contents: ChannelContents, setup: ChannelSetup, step: str) -> None:
    setup.step = step
    work.session.flush()
    method, arguments, handling = call_of(work, contents, setup, step)
    if not method:
        _go_on(work, contents, setup, step)
        return
    call = Call(
        key=Key.of("setup", setup.id, step, uuid4().hex),
        method=method,
        arguments={**arguments, "answers_refusal": True},
        lane=f"setup:{setup.id}",
        handling=handling,
        compartment=side_of_channel(work.session, work.mission.id, setup.channel_id),
        subject=Subject.of("setup", setup.id, step),
        on_done=contents.done,
        caused_by=setup.asked_by,
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)
