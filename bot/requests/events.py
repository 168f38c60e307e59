"""Events that keep our picture of the workspace true: people, channels, Home, and the app's own installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.delivery.directory import remember_person
from bot.requests.whose import CUT_OFF
from commands.kit.channels.exposure import tell_exposure
from commands.kit.people import learn_people, read_person
from commands.kit.places import read_channel
from commands.kit.post import home_call, refresh_home
from commands.kit.work import Request
from storage.channels import Channel, ChannelMember, add_member, confidential_channels_of
from storage.channels.ids import renumber_channel
from storage.outbox import put
from storage.outbox.waiting import waiting_edit
from storage.people import get_person
from storage.subjects import Subject

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# That a channel was made public, Slack tells nobody but the channel itself, in a message: the worker looks again.
CHANNEL_CHANGED = frozenset(
    {
        "channel_archive",
        "channel_unarchive",
        "channel_rename",
        "channel_unshared",
        "group_archive",
        "group_unarchive",
        "group_rename",
    }
)


def on_event(request: Request, bot_user_id: str) -> None:
    """Note what an event says of the workspace."""
    if request.verb in CHANNEL_CHANGED:
        _read_if_known(request)
        return
    handlers: dict[str, Callable[[Request, str], None]] = {
        "app_home_opened": _home_opened,
        "user_change": _person_changed,
        "team_join": _person_changed,
        "member_joined_channel": _joined,
        "member_left_channel": _left,
        "channel_shared": _shared,
        "channel_id_changed": _renumbered,
        **dict.fromkeys(CUT_OFF, _cut_off),
    }
    if request.verb in handlers:
        handlers[request.verb](request, bot_user_id)


def _home_opened(request: Request, _bot: str) -> None:
    if request.event.get("tab") not in {None, "home"}:
        return
    user = request.who.user_id
    person = get_person(request.session, request.mission.id, user)
    if person is None:
        learn_people(request, [user])
        draw_home(request, user)
        return
    if person.home_opened_at is None:
        person.home_opened_at = request.now
        request.session.flush()
    refresh_home(request, [user])


def draw_home(request: Request, user: str) -> None:
    """Draw a person's Home as soon as possible, also for the first time."""
    subject = Subject.of("home", user)
    if waiting_edit(request.session, request.mission.id, subject) is None:
        put(request.session, request.mission.id, home_call(request, subject), request.now)


def _person_changed(request: Request, _bot: str) -> None:
    user = request.event.get("user")
    if not isinstance(user, dict) or "id" not in user:
        return
    user_id = str(user["id"])
    known = get_person(request.session, request.mission.id, user_id)
    overtaken = known is not None and _happened(request) < known.seen_at
    if known is not None or user.get("is_admin"):
        remember_person(request.session, request.mission.id, user, request.now)
        for channel in confidential_channels_of(request.session, request.mission.id, user_id):
            tell_exposure(request, channel)
    if overtaken:
        # A newer change may have come first, and this one has just undone it.
        read_person(request, user_id)


def _joined(request: Request, bot_user_id: str) -> None:
    channel = request.session.get(Channel, (request.mission.id, request.channel))
    if request.who.user_id == bot_user_id:
        read_channel(request, request.channel)
    elif channel is not None:
        _doubt_members(channel)
        add_member(request.session, request.mission.id, request.channel, request.who.user_id)
        if channel.confidential_at is not None:
            # Who has come in, and whether they may read what stands there, Slack says soon.
            read_channel(request, request.channel)


def _left(request: Request, bot_user_id: str) -> None:
    row = request.session.get(ChannelMember, (request.mission.id, request.channel, request.who.user_id))
    if row is not None:
        request.session.delete(row)
    channel = request.session.get(Channel, (request.mission.id, request.channel))
    if channel is None:
        return
    overtaken = channel.read_at is not None and _happened(request) < channel.read_at
    _doubt_members(channel)
    tell_exposure(request, request.channel)
    if request.who.user_id == bot_user_id:
        channel.bot_is_member = False
        channel.trouble = "not_in_channel"
        if overtaken:
            read_channel(request, request.channel)


def _doubt_members(channel: Channel) -> None:
    """Have the members read again before anything Confidential is said: who left and who came may arrive reversed."""
    if channel.read_at is not None:
        channel.read_at = LONG_AGO


def _happened(request: Request) -> datetime:
    """When the event happened, by Slack's clock; now, when it does not say."""
    try:
        return datetime.fromtimestamp(float(request.event.get("event_ts") or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return request.now


def _shared(request: Request, _bot: str) -> None:
    """Another organisation reads a channel from now on: nothing Confidential goes there, also while Slack is silent."""
    channel = request.session.get(Channel, (request.mission.id, request.channel))
    if channel is not None:
        channel.is_shared = True
        tell_exposure(request, request.channel)
        read_channel(request, request.channel)


def _renumbered(request: Request, _bot: str) -> None:
    """A channel has another id since it was shared or converted: all that names it follows."""
    old, new = (str(request.event.get(name) or "") for name in ("old_channel_id", "new_channel_id"))
    if old and new and renumber_channel(request.session, request.mission.id, old, new):
        read_channel(request, new)


def _read_if_known(request: Request) -> None:
    if request.session.get(Channel, (request.mission.id, request.channel)) is not None:
        read_channel(request, request.channel)


def _cut_off(request: Request, bot_user_id: str) -> None:
    revoked = (request.event.get("tokens") or {}).get("bot") or []
    if request.verb == "app_uninstalled" or bot_user_id in revoked:
        request.mission.paused_reason = request.verb
