"""Putting a reminder off."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.kit.times.snooze import snooze_buttons, snoozed_card


def test_each_button_names_its_days() -> None:
    buttons = snooze_buttons("room:snooze", lambda days: f"thing|7|{days}")
    assert [(one["action_id"], one["value"]) for one in buttons] == [
        ("room:snooze:day", "thing|7|1"),
        ("room:snooze:week", "thing|7|7"),
    ]
    assert len({one["accessibility_label"] for one in buttons}) == 2


def test_the_answer_names_the_moment_in_the_missions_zone_too() -> None:
    card = snoozed_card(datetime(2035, 3, 5, 7, tzinfo=UTC), ZoneInfo("Africa/Juba"))
    assert "09:00 Africa/Juba, UTC+02:00" in card.text
