"""Places as `handling.may_go` wants them, built from what storage knows of channels and people.

Gesture: say who may.
"""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from commands.kit.handling import Clearance, Handling, Place, Verdict, may_go
from commands.kit.permission import clearance_of
from commands.kit.words import _
from commands.kit.work import Work
from storage.channels import Channel, members_of
from storage.compartments import Compartment
from storage.missions import Mission
from storage.outbox import Call, put
from storage.outbox.waiting import keeps_waiting
from storage.people import get_person, people_of
from storage.subjects import Key, Subject


def place_of_channel(session: Session, mission: Mission, channel_id: str) -> Place:
    """A channel with everybody who can read it. Somebody the mission has never met counts as not cleared."""
    channel = session.get(Channel, (mission.id, channel_id))
    if channel is None or channel.read_at is None:
        return Place(is_private=True, members=None)
    user_ids = members_of(session, mission.id, channel_id)
    known = people_of(session, mission.id, user_ids)
    members = [
        clearance_of(session, mission.id, known[user], ourselves=mission.bot_user_id)
        if user in known
        else Clearance(user, is_ourselves=user == mission.bot_user_id)
        for user in sorted(user_ids)
    ]
    return Place(
        channel.is_private,
        tuple(members),
        is_shared=channel.is_shared,
        is_archived=channel.is_archived,
        side=Compartment(channel.compartment),
    )


def place_of_person(session: Session, mission: Mission, user_id: str) -> Place:
    """A person's direct messages."""
    person = get_person(session, mission.id, user_id)
    return Place.person(clearance_of(session, mission.id, person) if person else Clearance(user_id))


def place_of(session: Session, mission: Mission, channel: str) -> Place:
    """Where an outbox row goes: `dm:USER` or a channel id."""
    if channel.startswith("dm:"):
        return place_of_person(session, mission, channel.removeprefix("dm:"))
    return place_of_channel(session, mission, channel)


def why_not(
    work: Work, handling: Handling, channel_id: str, compartment: Compartment = Compartment.MISSION
) -> str | None:
    """A sentence that says why texts of this level and side may not go to a channel, and what to do; else None."""
    verdict = may_go(handling, place_of_channel(work.session, work.mission, channel_id), compartment)
    return None if verdict is Verdict.ALLOWED else verdict_text(verdict)


def not_usable(work: Work, channel_id: str) -> str | None:
    """A sentence that says why nothing can be posted in a channel; None when it can, as far as is known."""
    channel = work.session.get(Channel, (work.mission.id, channel_id))
    if channel is None:
        return None
    if channel.is_archived:
        return _("This channel is archived. Choose another one.")
    unseen = channel.read_at is None and channel.trouble is not None
    if unseen or (channel.is_private and not channel.bot_is_member):
        return _("I am not in this channel. Invite me there first (/invite), then try again.")
    return None


def verdict_text(verdict: Verdict) -> str:
    """A verdict in plain words, with what to do."""
    return {
        Verdict.ALLOWED: _("Allowed."),
        Verdict.NEVER_IN_SLACK: _(
            "Strictly Confidential texts never enter Slack. Give the reference and who holds the text instead."
        ),
        Verdict.PUBLIC_CHANNEL: _("Confidential texts may not go to a public channel. Choose a private one."),
        Verdict.SHARED_OUTSIDE: _(
            "This channel is shared with another organisation, so Confidential texts may not go there."
        ),
        Verdict.UNKNOWN_MEMBERS: _(
            "I cannot see who is in this channel. Invite me there first (/invite), then try again."
        ),
        Verdict.NOT_CLEARED: _(
            "Somebody in this channel is not cleared for Confidential texts. Choose a channel whose members all are."
        ),
        Verdict.NO_WAY: _("This is Confidential, and in this way people whom I do not know could read it."),
        Verdict.NOT_INSIDE: _(
            "This stays with the people of its side and in that side's channel. To give something out, release it."
        ),
    }[verdict]


def read_channel(work: Work, channel_id: str) -> None:
    """Ask Slack, soon, what kind of channel this is and who is in it; once for all who want to know now."""
    subject = Subject.of("channel-read", channel_id)
    if keeps_waiting(work.session, work.mission.id, subject):
        return
    call = Call(
        key=Key.of(subject, uuid4().hex),
        method="channel.read",
        arguments={"channel": channel_id},
        lane=f"channel.read:{channel_id}",
        subject=subject,
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)
