"""Whether a mission can be set up the way a form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from commands.kit.times.zones import is_zone
from commands.kit.words import _
from storage.missions import Mission

NAME_LIMIT = 80
ABUSE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """A mission's settings as a person wants them. Days count Monday as 0; the first language is the main one."""

    name: str
    zone: str
    days: tuple[int, ...]
    start: time | None
    end: time | None
    languages: tuple[str, ...]
    cabinet: str | None
    coordinators: str | None
    abuse: str = ""


def settings_of(mission: Mission) -> Settings:
    """What the mission has now."""
    return Settings(
        name=mission.name,
        zone=mission.zone,
        days=tuple(mission.working_days),
        start=mission.work_start,
        end=mission.work_end,
        languages=tuple(mission.languages),
        cabinet=mission.cabinet_channel,
        coordinators=mission.coordinator_channel,
        abuse=mission.abuse_reporting,
    )


def apply_settings(mission: Mission, wanted: Settings) -> dict[str, list[object]]:
    """Write settings that were found right. Returns the old and the new value of everything that changed."""
    before = settings_of(mission)
    changes = {
        name: [_plain(getattr(before, name)), _plain(getattr(wanted, name))]
        for name in Settings.__slots__
        if getattr(before, name) != getattr(wanted, name)
    }
    mission.name = wanted.name
    mission.zone = wanted.zone
    mission.working_days = list(wanted.days)
    mission.work_start = wanted.start or mission.work_start
    mission.work_end = wanted.end or mission.work_end
    mission.languages = list(wanted.languages)
    mission.cabinet_channel = wanted.cabinet
    mission.coordinator_channel = wanted.coordinators
    mission.abuse_reporting = wanted.abuse
    mission.settings_version += bool(changes)
    return changes


def _plain(value: object) -> object:
    """A value as JSON keeps it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return list(value) if isinstance(value, tuple) else value


def check_settings(wanted: Settings, channel_errors: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the settings, by field of the form, in words; empty when they can be saved."""
    errors = {**_identity_errors(wanted), **_week_errors(wanted), **channel_errors}
    for field, channel in (("cabinet", wanted.cabinet), ("coordinators", wanted.coordinators)):
        if channel is None:
            errors[field] = _("Choose a channel.")
    return errors


def _identity_errors(wanted: Settings) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not any(letter.isalnum() for letter in wanted.name):
        errors["name"] = _("Give the mission a name with letters in it.")
    elif len(wanted.name) > NAME_LIMIT:
        errors["name"] = _("This name has more than {limit} characters. Shorten it.").format(limit=NAME_LIMIT)
    if not is_zone(wanted.zone):
        errors["zone"] = _("Choose a time zone from the list: type a city, a country or an offset such as +3.")
    return errors


def _week_errors(wanted: Settings) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not wanted.days:
        errors["days"] = _("Choose at least one working day.")
    if wanted.start is None:
        errors["start"] = _("Choose when the working day begins.")
    if wanted.end is None:
        errors["end"] = _("Choose when the working day ends.")
    if wanted.start and wanted.end and wanted.end <= wanted.start:
        errors["end"] = _("The working day must end after it begins, at {start}. Choose a later time.").format(
            start=wanted.start.strftime("%H:%M")
        )
    return errors
