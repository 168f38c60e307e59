"""Deleting our Confidential texts from a channel where somebody reads them who may not. The record keeps them.

Gesture: say who may.
"""

from __future__ import annotations

from uuid import uuid4

from commands.kit.cards import channel_link, mention
from commands.kit.channels.exposure import DELETED, deleted_card, keepers_of, notice, who_may_not
from commands.kit.places import place_of_channel
from commands.kit.post import show
from commands.kit.refused import NotAllowed, Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.audit import AuditEntry, history
from storage.channel_setups import setup_of_channel
from storage.channels import Channel, lock_channel
from storage.outbox import Call, put
from storage.outbox.standing import (
    DELETE_CANVAS,
    DELETE_MESSAGE,
    NAMED,
    Standing,
    forget_messages,
    standing_texts,
)
from storage.posts import shown_about
from storage.subjects import Key, Subject


def delete_texts(request: Request, channel_id: str, on_done: str) -> None:
    """Delete them all, for somebody who was told; `on_done` hears of each that is gone. Raises Refused."""
    known = request.session.get(Channel, (request.mission.id, channel_id))
    if known is None or request.who.user_id not in keepers_of(request, channel_id):
        raise NotAllowed(
            _("My texts there are deleted by a coordinator, an admin, or whoever keeps the channel."),
            ("channel", channel_id),
        )
    channel = lock_channel(request.session, request.mission.id, channel_id)
    texts = standing_texts(request.session, request.mission.id, channel_id)
    if channel.confidential_at is None or not texts:
        raise Refused(_nothing_left(request, channel_id))
    if not who_may_not(place_of_channel(request.session, request.mission, channel_id)):
        raise Refused(
            _("Everybody who is in {channel} now may read my texts there, so they stay.").format(
                channel=channel_link(channel_id)
            )
        )
    for text in texts:
        _put_deletion(request, channel_id, text, on_done)
    _forget(request, channel_id, texts)
    request.record(DELETED, ("channel", channel_id), compartment=channel.compartment, count=len(texts))
    _say_so(request, channel_id, len(texts))


def _nothing_left(work: Work, channel_id: str) -> str:
    done = _deletions(work, channel_id)
    if not done:
        return _("I know of no Confidential text of mine that still stands there.")
    return _("{person} has had them deleted already.").format(person=mention(done[-1].actor))


def _deletions(work: Work, channel_id: str) -> list[AuditEntry]:
    acts = history(work.session, work.mission.id, "channel", channel_id)
    return [act for act in acts if act.verb == DELETED]


def _put_deletion(work: Work, channel_id: str, text: Standing, on_done: str) -> None:
    named = {NAMED[text.method]: text.name} if text.method in NAMED else {"topic": ""}
    call = Call(
        key=Key.of("deleting", channel_id, uuid4().hex),
        method=text.method,
        arguments={"channel": channel_id, **named},
        lane=f"{channel_id}/deleting",
        subject=Subject.of("deleting", channel_id),
        on_done=on_done,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)


def _forget(work: Work, channel_id: str, texts: list[Standing]) -> None:
    stamps = [text.name for text in texts if text.method == DELETE_MESSAGE]
    forget_messages(work.session, work.mission.id, channel_id, stamps)
    setup = setup_of_channel(work.session, work.mission.id, channel_id)
    if setup is None:
        return
    setup.pinned = [ts for ts in setup.pinned if ts not in stamps]
    if setup.canvas_id in {text.name for text in texts if text.method == DELETE_CANVAS}:
        setup.canvas_id = None


def _say_so(work: Work, channel_id: str, count: int) -> None:
    """Every warning about the place that is still open says who did it, and when."""
    done = _deletions(work, channel_id)[:-1]
    since = notice(done[-1].at) if done else ""
    for about in shown_about(work.session, work.mission.id, Subject.of("exposed", channel_id)):
        if about.ids[1] <= since:
            continue
        keeper = about.ids[-1]
        with work.speaking_to(keeper):
            card = deleted_card(channel_id, work.actor, work.now, work.zone, count)
        show(work, f"dm:{keeper}", about, card, at_once=True)


def note_deleted(work: Work, subject: Subject) -> None:
    """One of them is gone. After the last nothing Confidential stands there, and nobody needs to be told of it."""
    channel = lock_channel(work.session, work.mission.id, subject.ids[0])
    if not standing_texts(work.session, work.mission.id, channel.channel_id):
        channel.confidential_at, channel.told_of = None, []
