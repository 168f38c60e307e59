"""Words that several views of the room share."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from commands.escalations.rules.chains import CHIEF_OF_STAFF, DEPUTY, ON_DUTY, SRSG, Step
from commands.kit.cards import channel_link, escape, mention, moment, shorten
from commands.kit.dates import short_text, zone_text
from commands.kit.names.reasons import reason_text
from commands.kit.names.roles import role_name
from commands.kit.words import _, pgettext
from storage.escalations.chains import StepWho
from storage.escalations.model import Asks, Escalation, Severity, State
from storage.people import Role

CHANNEL = "channel:"


def name_of(this: Escalation) -> str:
    """How people name an escalation."""
    return f"E-{this.number}"


def asks_name(asks: str) -> str:
    """What the office is asked for."""
    return {
        Asks.DECISION: _("Decision"),
        Asks.ATTENTION: _("Attention"),
        Asks.GOOD_OFFICES: _("Good offices"),
        Asks.INFORMATION: _("Information"),
    }[Asks(asks)]


def severity_name(severity: str) -> str:
    """How little it can wait."""
    return {
        Severity.ROUTINE: pgettext("escalation", "Routine"),
        Severity.URGENT: pgettext("escalation", "Urgent"),
        Severity.IMMEDIATE: pgettext("escalation", "Immediate"),
    }[Severity(severity)]


def state_name(state: str) -> str:
    """Where an escalation stands."""
    return {
        State.QUEUED: pgettext("escalation", "waits for duty hours"),
        State.RAISED: pgettext("escalation", "not acknowledged yet"),
        State.ACKNOWLEDGED: pgettext("escalation", "acknowledged"),
        State.WAITING: pgettext("escalation", "on hold"),
        State.DECIDED: pgettext("escalation", "decided"),
        State.RETURNED: pgettext("escalation", "returned to the level below"),
        State.WITHDRAWN: pgettext("escalation", "withdrawn"),
        State.MERGED: pgettext("escalation", "merged into another one"),
    }[State(state)]


def step_name(step: Step) -> str:
    """A step of a chain, as people say it."""
    if step.label:
        return escape(step.label)
    if step.who is StepWho.PERSON:
        return mention(step.value)
    if step.who is StepWho.AGENCY_HEAD:
        return _("head of agency")
    if step.who is StepWho.ROLE:
        return role_name(Role(step.value))
    return {
        ON_DUTY: _("duty officer"),
        DEPUTY: _("deputy"),
        CHIEF_OF_STAFF: _("chief of staff"),
        SRSG: _("SRSG"),
    }.get(step.value, step.value)


def place_name(place: str) -> str:
    """A person or a channel that a step reaches."""
    return channel_link(place.removeprefix(CHANNEL)) if place.startswith(CHANNEL) else mention(place)


def places_text(places: list[str] | tuple[str, ...]) -> str:
    """Several of them in a sentence."""
    return ", ".join(place_name(place) for place in places)


def missed_reason(reason: str) -> str:
    """Why somebody was not told, in words; an error of Slack stays as it is."""
    if reason.startswith(("mail_", "smtp_")):
        return _("by e-mail: {reason}").format(reason=reason_text(reason))
    return {
        "left": _("left the workspace"),
        "away": _("on leave"),
        "not_cleared": _("not cleared for Confidential texts"),
        "raised_it": _("raised it"),
        "nobody": _("nobody holds this role"),
        "hours": _("outside the hours of this step"),
        "user_not_found": _("Slack does not know this person"),
        "user_disabled": _("left the workspace"),
        "account_inactive": _("left the workspace"),
        "is_archived": _("the channel is archived"),
        "channel_not_found": _("the channel is gone"),
        "not_in_channel": _("I am not in the channel"),
        "handling": _("its level of classification does not allow it"),
        "no_longer": _("somebody acknowledged before the e-mail left"),
    }.get(reason, f"`{reason}`")


def length_text(length: timedelta) -> str:
    """A length of time to the minute: `3 h 20 min`."""
    minutes = max(0, int(length.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        _("{count} d").format(count=days) if days else "",
        _("{count} h").format(count=hours) if hours else "",
        _("{count} min").format(count=minutes) if minutes and not days else "",
    ]
    return " ".join(part for part in parts if part) or _("{count} min").format(count=0)


def left_text(when: datetime, now: datetime) -> str:
    """How much time is left until a moment, drawn anew by Slack whenever somebody looks."""
    left = _("{length} left").format(length=length_text(when - now)) if when > now else _("overdue")
    return moment(when, left, "{ago}")


def at_text(when: datetime, zone: ZoneInfo) -> str:
    """A moment: in the reader's own zone, as Slack draws it."""
    return moment(when, f"{short_text(when, zone)} ({zone_text(when, zone)})")


def fitted(text: str, limit: int) -> str:
    """What a person wrote, made harmless, in at most `limit` characters: an `&` takes five of them."""
    kept = limit
    while len(shown := escape(shorten(text, kept))) > limit:
        kept = kept * limit // len(shown) - 1
    return shown


def quoted(text: str, limit: int) -> str:
    """What a person wrote, as a quotation."""
    return ">" + fitted(text, limit).replace("\n", "\n>")
