"""The mission's two channels: asking Slack about them, telling an admin what is wrong, the welcome message."""

from __future__ import annotations

from commands.kit.places import read_channel
from commands.kit.post import post, tell
from commands.kit.pressed import outdated
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from commands.mission.rules.channels import ChannelProblem, channel_problem
from commands.mission.views.setup import ChannelTrouble, channel_good_card, channel_trouble_card, welcome_card
from commands.mission.views.words import channel_advice
from storage.channels import Channel
from storage.missions import Mission
from storage.outbox import Call, Sent, put
from storage.subjects import Key, Subject

CHECKED = "mission:channel-checked"
JOINED = "mission:joined"
WELCOME = Key.of("mission", "welcome")
AGAIN = "again"


def problem_of(work: Work, channel_id: str) -> ChannelProblem | None:
    """What stands in the way of a channel, as far as is known."""
    channel = work.session.get(Channel, (work.mission.id, channel_id))
    return ChannelProblem.NOT_READ if channel is None else channel_problem(channel)


def read_if_unknown(work: Work, channel_id: str) -> None:
    """Ask Slack about a channel unless it is known to work."""
    if problem_of(work, channel_id) is not None:
        read_channel(work, channel_id)


def check_channel(work: Work, channel_id: str, *whom: str) -> None:
    """Ask Slack about a channel; `whom` is told when it cannot be used, and with AGAIN also when it can."""
    call = Call(
        key=Key.of("channel-check", channel_id, *whom, work.request_id),
        method="channel.read",
        arguments={"channel": channel_id},
        lane=f"channel.read:{channel_id}",
        subject=Subject.of(channel_id, *whom),
        on_done=CHECKED,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    put(work.session, work.mission.id, call, work.now)


def recheck(request: Request) -> Answer:
    """The admin has done what was advised: look again, and say so either way."""
    if setting_of(request.mission, request.value) is None:
        raise outdated()
    check_channel(request, request.value, request.who.user_id, AGAIN)
    return NOTHING_TO_SAY


def channel_checked(work: Work, subject: Subject, _outcome: Sent) -> None:
    """Slack has told about a channel of the setup: welcome the coordinators, or tell the admin what to do."""
    channel_id, user, *again = subject.ids
    setting = setting_of(work.mission, channel_id)
    if setting is None:
        return
    problem = problem_of(work, channel_id)
    if problem is None and setting == "coordinators":
        welcome(work)
    if problem is None and not again:
        return
    with work.speaking_to(user):
        if problem is None:
            card = channel_good_card(setting, channel_id)
        else:
            card = channel_trouble_card(ChannelTrouble(setting, channel_id, channel_advice(problem)))
    tell(work, user, card, key=Key.of("channel-advice", channel_id, user, work.request_id))


def invited(request: Request) -> None:
    """The product joined a channel: if it is one of the mission's, the welcome may be due."""
    is_us = request.mission.bot_user_id is not None and request.event.get("user") == request.mission.bot_user_id
    if is_us and setting_of(request.mission, request.channel) == "coordinators":
        call = Call(
            key=Key.of("channel-joined", request.channel, request.request_id),
            method="channel.read",
            arguments={"channel": request.channel},
            lane=f"channel.read:{request.channel}",
            subject=Subject.of("coordinators"),
            on_done=JOINED,
            request_id=request.request_id,
        )
        put(request.session, request.mission.id, call, request.now)


def joined(work: Work, _subject: Subject, _outcome: Sent) -> None:
    """Slack has told about the coordinator channel after the product joined it."""
    channel = work.mission.coordinator_channel
    if channel and problem_of(work, channel) is None:
        welcome(work)


def setting_of(mission: Mission, channel_id: str) -> str | None:
    """Which setting names this channel; the coordinator channel where both do."""
    if channel_id == mission.coordinator_channel:
        return "coordinators"
    return "cabinet" if channel_id == mission.cabinet_channel else None


def welcome(work: Work) -> None:
    """One message in the coordinator channel, once in the mission's life: what comes next."""
    channel = work.mission.coordinator_channel
    if channel is None or work.mission.set_up_at is None:
        return
    with work.speaking_to_everyone():
        card = welcome_card(work.mission.name, work.command)
    post(work, channel, card, key=WELCOME)
