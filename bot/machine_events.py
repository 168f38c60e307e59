"""Events that keep our picture of the workspace true: people, channels, Home, and the app's own installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from bot.directory import remember_person
from commands.kit.people import meet, read_person
from commands.kit.places import read_channel
from commands.kit.post import refresh_home
from commands.kit.work import Ask
from storage.channels import Channel, ChannelMember
from storage.outbox import Call, put
from storage.outbox_waiting import waiting_edit
from storage.people import get_person

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
CHANNEL_CHANGED = frozenset(
    {"channel_archive", "channel_unarchive", "channel_rename", "group_archive", "group_unarchive", "group_rename"}
)


def on_event(ask: Ask, bot_user_id: str) -> None:
    """Note what an event says of the workspace."""
    if ask.verb in CHANNEL_CHANGED:
        _read_if_known(ask)
        return
    handlers: dict[str, Callable[[Ask, str], None]] = {
        "app_home_opened": _home_opened,
        "user_change": _person_changed,
        "team_join": _person_changed,
        "member_joined_channel": _joined,
        "member_left_channel": _left,
        "tokens_revoked": _cut_off,
        "app_uninstalled": _cut_off,
    }
    if ask.verb in handlers:
        handlers[ask.verb](ask, bot_user_id)


def _home_opened(ask: Ask, _bot: str) -> None:
    if ask.event.get("tab") not in {None, "home"}:
        return
    user = ask.who.user_id
    person = get_person(ask.session, ask.mission.id, user)
    if person is None:
        meet(ask, [user])
        draw_home(ask, user)
        return
    if person.home_opened_at is None:
        person.home_opened_at = ask.now
        ask.session.flush()
    refresh_home(ask, [user])


def draw_home(ask: Ask, user: str) -> None:
    """Draw a person's Home as soon as possible, also for the first time."""
    subject = f"home:{user}"
    if waiting_edit(ask.session, ask.mission.id, subject) is None:
        call = Call(
            key=f"{subject}:{uuid4().hex}", method="home", arguments={"user": user}, lane=subject, subject=subject
        )
        put(ask.session, ask.mission.id, call, ask.now)


def _person_changed(ask: Ask, _bot: str) -> None:
    user = ask.event.get("user")
    if not isinstance(user, dict) or "id" not in user:
        return
    user_id = str(user["id"])
    known = get_person(ask.session, ask.mission.id, user_id)
    overtaken = known is not None and _happened(ask) < known.seen_at
    if known is not None or user.get("is_admin"):
        remember_person(ask.session, ask.mission.id, user, ask.now)
    if overtaken:
        # A newer change may have come first, and this one has just undone it.
        read_person(ask, user_id)


def _joined(ask: Ask, bot_user_id: str) -> None:
    channel = ask.session.get(Channel, (ask.mission.id, ask.channel))
    if ask.who.user_id == bot_user_id:
        read_channel(ask, ask.channel)
    elif channel is not None:
        _doubt_members(channel)
        key = (ask.mission.id, ask.channel, ask.who.user_id)
        if ask.session.get(ChannelMember, key) is None:
            ask.session.add(ChannelMember(mission_id=key[0], channel_id=key[1], user_id=key[2]))


def _left(ask: Ask, bot_user_id: str) -> None:
    row = ask.session.get(ChannelMember, (ask.mission.id, ask.channel, ask.who.user_id))
    if row is not None:
        ask.session.delete(row)
    channel = ask.session.get(Channel, (ask.mission.id, ask.channel))
    if channel is None:
        return
    overtaken = channel.read_at is not None and _happened(ask) < channel.read_at
    _doubt_members(channel)
    if ask.who.user_id == bot_user_id:
        channel.bot_is_member = False
        channel.trouble = "not_in_channel"
        if overtaken:
            read_channel(ask, ask.channel)


def _doubt_members(channel: Channel) -> None:
    """Have the members read again before anything Confidential is said: who left and who came may arrive reversed."""
    if channel.read_at is not None:
        channel.read_at = LONG_AGO


def _happened(ask: Ask) -> datetime:
    """When the event happened, by Slack's clock; now, when it does not say."""
    try:
        return datetime.fromtimestamp(float(ask.event.get("event_ts") or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return ask.now


def _read_if_known(ask: Ask) -> None:
    if ask.session.get(Channel, (ask.mission.id, ask.channel)) is not None:
        read_channel(ask, ask.channel)


def _cut_off(ask: Ask, bot_user_id: str) -> None:
    revoked = (ask.event.get("tokens") or {}).get("bot") or []
    if ask.verb == "app_uninstalled" or bot_user_id in revoked:
        ask.mission.paused_reason = ask.verb
