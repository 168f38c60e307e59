"""The mission's own channel and times for escalations."""

from __future__ import annotations

from commands.escalations.handlers.cards import office_channel
from commands.escalations.handlers.planning import read_times
from commands.escalations.rules.lengths import read_length
from commands.escalations.rules.times import MINUTE
from commands.escalations.views.settings_form import CHANNEL, NAMES, field_name, saved_card, settings_form
from commands.kit.handling import Handling
from commands.kit.places import not_usable, read_channel, why_not
from commands.kit.refused import RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.escalation_chains import EscalationSettings, get_settings
from storage.escalations import Severity

GRACE_SHARE = 4


def open_settings(ask: Ask) -> Answer:
    """The settings as they are."""
    return Answer(form=settings_form(office_channel(ask), {one: read_times(ask, one) for one in Severity}))


def save_settings(ask: Ask) -> Answer:
    """New settings; escalations that run keep the times they have."""
    channel = ask.fields.channel(CHANNEL) or ""
    times, mistakes = _times(ask)
    trouble = not_usable(ask, channel) if channel else _("Choose the channel.")
    if trouble:
        mistakes[CHANNEL] = trouble
    if mistakes:
        raise RefusedFields(mistakes)
    _save(ask, channel, times)
    read_channel(ask, channel)
    return Answer(say=saved_card(channel, why_not(ask, Handling.CONFIDENTIAL, channel)), close_all=True)


def _times(ask: Ask) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    """The times in minutes by severity, and the fields that hold none. The grace follows from how long is waited."""
    found: dict[str, dict[str, int]] = {}
    mistakes: dict[str, str] = {}
    for severity in Severity:
        lengths = {name: read_length(ask.fields.text(field_name(severity, name))) for name in NAMES}
        for name, length in lengths.items():
            if length is None:
                mistakes[field_name(severity, name)] = _("Write a length such as 20 min, 4 h or 2 h 30 min.")
        minutes = {name: int(length / MINUTE) for name, length in lengths.items() if length is not None}
        if minutes.get("ack", 0) > minutes.get("decide", 0) and "decide" in minutes:
            mistakes[field_name(severity, "decide")] = _("A decision cannot be due before the acknowledgement.")
        found[severity.value] = {**minutes, "grace": max(5, minutes.get("stale", 0) // GRACE_SHARE)}
    return found, mistakes


def _save(ask: Ask, channel: str, times: dict[str, dict[str, int]]) -> None:
    settings = get_settings(ask.session, ask.mission.id)
    if settings is None:
        settings = EscalationSettings(mission_id=ask.mission.id)
        ask.session.add(settings)
    ask.record(
        "escalation.settings", ("mission", ask.mission.id), channel=channel, before=settings.office_channel, times=times
    )
    settings.office_channel, settings.times = channel, times
    settings.updated_at, settings.updated_by = ask.now, ask.who.user_id
    ask.session.flush()
