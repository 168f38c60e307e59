"""What a channel in use gets beside its people and messages: pins, topic, purpose, bookmarks, a canvas.

Each piece leaves by itself, in a line of its own: one that Slack is slow to take holds back neither the others nor
anything that people wait for. A piece that Slack refuses is done without, and told.

Gesture: make a channel.
"""

from __future__ import annotations

from uuid import uuid4

from commands.kit.channels.steps import CANVAS, GONE, REFUSED, THERE_ALREADY, ChannelContents, call_of, furnishing_of
from commands.kit.channels.upkeep import canvas_subject, write_canvas
from commands.kit.post import take_back
from commands.kit.work import Work
from storage.channel_setups import ChannelSetup, SetupState
from storage.channels import side_of_channel
from storage.outbox import Call, Sent, put
from storage.subjects import Key, Subject


def furnish(work: Work, contents: ChannelContents, setup: ChannelSetup) -> None:
    """Put every piece in the outbox; what still waits from an earlier time is replaced."""
    for piece in furnishing_of(work, contents, setup):
        subject = Subject.of("furnishing", setup.id, setup.channel_id or "", piece)
        take_back(work, subject)
        method, arguments, handling = call_of(work, contents, setup, piece)
        if not method:
            continue
        # A canvas that is there has a line of its own, so that no later text of it is overtaken.
        known = canvas_subject(setup.canvas_id) if piece == "canvas" and setup.canvas_id else None
        call = Call(
            key=Key.of(subject, uuid4().hex),
            method=method,
            arguments={**arguments, "answers_refusal": True},
            lane=str(known or subject),
            handling=handling,
            compartment=side_of_channel(work.session, work.mission.id, setup.channel_id),
            subject=subject,
            on_done=contents.done,
            caused_by=setup.asked_by,
            request_id=work.request_id,
        )
        put(work.session, work.mission.id, call, work.now)


def note_piece(work: Work, contents: ChannelContents, setup: ChannelSetup, subject: Subject, outcome: Sent) -> None:
    """Slack answered a piece: write down what there is now, or why it is done without."""
    _setup, channel, piece = subject.ids
    if channel != setup.channel_id or setup.state == SetupState.ARCHIVED:
        return  # It belongs to a channel that was lost, or is over.
    code = str(outcome.get(REFUSED) or "")
    before = setup.troubles
    setup.troubles = {one: trouble for one, trouble in before.items() if one != piece}
    if code and code not in THERE_ALREADY:
        setup.troubles = {**setup.troubles, piece: code}
    else:
        _note(work, contents, setup, piece, outcome)
    if setup.state != SetupState.READY:
        return  # It is furnished anew already; the end of that is told.
    if code in GONE:
        setup.state, setup.step = SetupState.BROKEN, piece
        contents.broken(work, setup)
    elif setup.troubles != before:
        contents.furnished(work, setup)


def _note(work: Work, contents: ChannelContents, setup: ChannelSetup, piece: str, outcome: Sent) -> None:
    kind, _dot, what = piece.partition(".")
    if kind == "pin":
        setup.pinned = [*setup.pinned, what]
    elif kind == "bookmark" and outcome.get("id"):
        setup.bookmarks = {**setup.bookmarks, str(outcome["title"]): str(outcome["id"])}
    elif kind == "canvas" and outcome.get("canvas_id"):
        is_new, setup.canvas_id = setup.canvas_id is None, str(outcome["canvas_id"])
        markdown = contents.canvas(work, setup)
        if is_new and markdown is not None:
            # What it says may have changed while Slack was slow to take it.
            write_canvas(work, setup, markdown, contents.level(work, setup, CANVAS))
