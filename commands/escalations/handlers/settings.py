"""The mission's own channel and times for escalations."""

from __future__ import annotations

from commands.escalations.handlers.cards import office_channel
from commands.escalations.handlers.chain.next_step import read_times
from commands.escalations.rules.lengths import read_length
from commands.escalations.rules.times import MINUTE
from commands.escalations.views.settings_form import CHANNEL, NAMES, field_name, saved_card, settings_form
from commands.kit.handling import Handling
from commands.kit.places import not_usable, read_channel, why_not
from commands.kit.refused import RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.escalations.chains import EscalationSettings, get_settings
from storage.escalations.model import Severity

GRACE_SHARE = 4


def open_settings(request: Request) -> Answer:
    """The settings as they are."""
    return Answer(form=settings_form(office_channel(request), {one: read_times(request, one) for one in Severity}))


def save_settings(request: Request) -> Answer:
    """New settings; escalations that run keep the times they have."""
    channel = request.fields.channel(CHANNEL) or ""
    times, mistakes = _times(request)
    trouble = not_usable(request, channel) if channel else _("Choose the channel.")
    if trouble:
        mistakes[CHANNEL] = trouble
    if mistakes:
        raise RefusedFields(mistakes)
    _save(request, channel, times)
    read_channel(request, channel)
    return Answer(say=saved_card(channel, why_not(request, Handling.CONFIDENTIAL, channel)), close_all=True)


def _times(request: Request) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    """The times in minutes by severity, and the fields that hold none. The grace follows from how long is waited."""
    found: dict[str, dict[str, int]] = {}
    mistakes: dict[str, str] = {}
    for severity in Severity:
        lengths = {name: read_length(request.fields.text(field_name(severity, name))) for name in NAMES}
        for name, length in lengths.items():
            if length is None:
                mistakes[field_name(severity, name)] = _("Write a length such as 20 min, 4 h or 2 h 30 min.")
        minutes = {name: int(length / MINUTE) for name, length in lengths.items() if length is not None}
        if minutes.get("ack", 0) > minutes.get("decide", 0) and "decide" in minutes:
            mistakes[field_name(severity, "decide")] = _("A decision cannot be due before the acknowledgement.")
        found[severity.value] = {**minutes, "grace": max(5, minutes.get("stale", 0) // GRACE_SHARE)}
    return found, mistakes


def _save(request: Request, channel: str, times: dict[str, dict[str, int]]) -> None:
    settings = get_settings(request.session, request.mission.id)
    if settings is None:
        settings = EscalationSettings(mission_id=request.mission.id)
        request.session.add(settings)
    request.record(
        "escalation.settings",
        ("mission", request.mission.id),
        channel=channel,
        before=settings.office_channel,
        times=times,
    )
    settings.office_channel, settings.times = channel, times
    settings.updated_at, settings.updated_by = request.now, request.who.user_id
    request.session.flush()
