"""``chat.scheduleMessage`` and its kin."""

from bot.sandbox.api.call import Call, method, page
from bot.sandbox.api.chat import need_short_text, target, warn_of_missing_text
from bot.sandbox.checking import checked_message
from bot.sandbox.records import Json, Refused, Scheduled

MOST_AHEAD = 120 * 24 * 3600
WINDOW = 300
WINDOW_LIMIT = 30
LAST_MINUTE = 60


@method("chat.scheduleMessage")
def schedule(call: Call) -> Json:
    """Post later: at most 120 days ahead, at most 30 messages in five minutes of a channel."""
    channel = target(call)
    post_at = call.number("post_at", 0, "invalid_time")
    now = call.workspace.clock.now()
    if post_at <= now:
        raise Refused("time_in_past")
    if post_at > now + MOST_AHEAD:
        raise Refused("time_too_far")
    near = [one for one in call.workspace.scheduled.values() if one.channel == channel.id]
    if sum(one.post_at // WINDOW == post_at // WINDOW for one in near) >= WINDOW_LIMIT:
        raise Refused("restricted_too_many")
    need_short_text(call)
    said = checked_message(call.arguments)
    warn_of_missing_text(call)
    if call.text("thread_ts"):
        said["thread_ts"] = call.text("thread_ts")
    made = Scheduled(call.workspace.new_id("Q"), channel.id, call.app.id, post_at, int(now), said)
    call.sandbox.schedule.add(made)
    shown = {"text": said["text"], "type": "delayed_message", "bot_id": call.app.bot_id, "user": call.user}
    return {"channel": channel.id, "scheduled_message_id": made.id, "post_at": post_at, "message": shown}


@method("chat.deleteScheduledMessage")
def unschedule(call: Call) -> Json:
    """Take a scheduled message back, until a minute before its time."""
    found = call.workspace.scheduled.get(call.text("scheduled_message_id"))
    channel = call.channel()
    own = found is not None and found.app_id == call.app.id and found.channel == channel.id
    if found is None or not own or found.post_at - call.workspace.clock.now() < LAST_MINUTE:
        raise Refused("invalid_scheduled_message_id")
    call.sandbox.schedule.drop(found)
    return {}


@method("chat.scheduledMessages.list")
def list_scheduled(call: Call) -> Json:
    """What the app still has scheduled."""
    wanted = call.text("channel")
    if wanted and wanted not in call.workspace.channels:
        raise Refused("invalid_channel")
    own = [one for one in call.workspace.scheduled.values() if one.app_id == call.app.id]
    found = sorted((one for one in own if wanted in {"", one.channel}), key=lambda one: one.post_at)
    some, metadata = page(call, found)
    told = [
        {
            "id": one.id,
            "channel_id": one.channel,
            "post_at": one.post_at,
            "date_created": one.created,
            "text": one.arguments["text"],
        }
        for one in some
    ]
    return {"scheduled_messages": told, "response_metadata": metadata}
