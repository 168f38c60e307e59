"""What health makes of the facts the machine wrote down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands.mission.rules.health import HEARTBEAT_LATE, OUTBOX_LATE, Finding, Known, State, judge, troubles
from storage.channels import Channel
from storage.machine import Fact
from storage.outbox.report import OutboxReport

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def channel(**facts: Any) -> Channel:
    values = {"read_at": NOW, "is_private": True, "bot_is_member": True, "is_shared": False, "is_archived": False}
    return Channel(mission_id="T1", channel_id="C1", **{**values, **facts})


def healthy() -> Known:
    facts = {
        "slack:auth": Fact(NOW, {"ok": True}),
        "slack:scopes": Fact(NOW, {"granted": ["chat:write", "users:read"], "needed": ["chat:write"]}),
        "database": Fact(NOW, {"kind": "SQLite", "current": True}),
        "worker:heartbeat": Fact(NOW, {"owner": "w1"}),
    }
    channels = {"cabinet": ("C1", channel()), "coordinators": ("C1", channel())}
    return Known(NOW, facts, channels, OutboxReport(), people=3, oldest_person=NOW)


def judged(**changed: Any) -> dict[str, Finding]:
    return {finding.what: finding for finding in judge(replace(healthy(), **changed))}


def test_a_healthy_mission_has_only_good_findings() -> None:
    found = judge(healthy())
    assert {finding.state for finding in found} == {State.GOOD}
    assert troubles(found) == []


def with_fact(name: str, **value: Any) -> dict[str, Any]:
    return {"facts": {**healthy().facts, name: Fact(NOW, value)}}


@pytest.mark.parametrize(
    ("changed", "what", "state"),
    [
        ({"facts": {}}, "clock_never", State.BAD),
        ({"facts": {}}, "auth_unknown", State.NOTE),
        ({"facts": {}}, "scopes_unknown", State.NOTE),
        ({"facts": {}}, "database_unknown", State.NOTE),
        ({"paused_reason": "app_uninstalled"}, "cut_off", State.BAD),
        (with_fact("slack:auth", ok=False, error="invalid_auth"), "auth_bad", State.BAD),
        (with_fact("slack:auth", ok=False, error="invalid_auth"), "scopes_unknown", State.NOTE),
        (with_fact("slack:scopes", granted=[], needed=["files:read"]), "scopes_missing", State.BAD),
        (with_fact("database", kind="PostgreSQL", current=False), "database_behind", State.BAD),
        ({"now": NOW + HEARTBEAT_LATE}, "clock_good", State.GOOD),
        ({"now": NOW + HEARTBEAT_LATE + SECOND}, "clock_late", State.BAD),
        ({"channels": {"cabinet": ("", None)}}, "channel_missing", State.BAD),
        ({"channels": {"cabinet": ("C1", None)}}, "channel_not_read", State.NOTE),
        ({"channels": {"cabinet": ("C1", channel(is_archived=True))}}, "channel_archived", State.BAD),
        ({"channels": {"cabinet": ("C1", channel(bot_is_member=False))}}, "channel_not_member", State.BAD),
        ({"outbox": OutboxReport(failed=2)}, "outbox_failed", State.BAD),
        ({"outbox": OutboxReport(waiting=2, oldest_due=NOW)}, "outbox_waiting", State.GOOD),
        ({"outbox": OutboxReport(waiting=2, oldest_due=NOW - OUTBOX_LATE)}, "outbox_waiting", State.GOOD),
        ({"outbox": OutboxReport(waiting=2, oldest_due=NOW - OUTBOX_LATE - SECOND)}, "outbox_stuck", State.BAD),
        ({"outbox": OutboxReport(planned=5)}, "outbox_empty", State.GOOD),
        ({"outbox": OutboxReport(held=1, next_try=NOW)}, "outbox_held", State.NOTE),
        ({"people": 0, "oldest_person": None}, "people_none", State.GOOD),
    ],
)
def test_every_trouble_is_found(changed: dict[str, Any], what: str, state: State) -> None:
    assert judged(**changed)[what].state is state


def test_missing_scopes_are_named() -> None:
    found = judged(**with_fact("slack:scopes", granted=["chat:write"], needed=["users:read", "chat:write", "a:b"]))
    assert found["scopes_missing"].facts == {"missing": ["a:b", "users:read"]}
