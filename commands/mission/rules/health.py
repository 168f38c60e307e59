"""What works and what does not, judged from facts the machine wrote down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from commands.mission.rules.channels import ChannelProblem, channel_problem
from storage.channels import Channel
from storage.machine import Fact
from storage.outbox.report import OutboxReport

# A worker says that it lives every ten seconds.
HEARTBEAT_LATE = timedelta(minutes=2)
OUTBOX_LATE = timedelta(minutes=2)


class State(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


class Area(StrEnum):
    """The part of the product a finding is about, in the order they are shown."""

    SLACK = "slack"
    SCOPES = "scopes"
    CHANNELS = "channels"
    DATABASE = "database"
    CLOCK = "clock"
    OUTBOX = "outbox"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `what` is a word the views know, `facts` fill its sentence."""

    area: Area
    what: str
    state: State
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything health is judged from. `channels` holds, by the setting's name, what is known of its channel."""

    now: datetime
    facts: Mapping[str, Fact]
    channels: Mapping[str, tuple[str, Channel | None]]
    outbox: OutboxReport
    people: int = 0
    oldest_person: datetime | None = None
    paused_reason: str | None = None


def judge(known: Known) -> list[Finding]:
    """All findings, area by area, good ones too."""
    return [
        _slack(known),
        _scopes(known),
        *_channels(known),
        _database(known),
        _clock(known),
        *_outbox(known),
        _people(known),
    ]


def troubles(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that somebody must do something about."""
    return [finding for finding in findings if finding.state is State.BAD]


def _slack(known: Known) -> Finding:
    if known.paused_reason:
        return Finding(Area.SLACK, "cut_off", State.BAD, {"reason": known.paused_reason})
    fact = known.facts.get("slack:auth")
    if fact is None:
        return Finding(Area.SLACK, "auth_unknown", State.NOTE)
    if fact.value.get("ok"):
        return Finding(Area.SLACK, "auth_good", State.GOOD, {"at": fact.written_at})
    what = "auth_away" if fact.value.get("passes") else "auth_bad"
    return Finding(Area.SLACK, what, State.BAD, {"reason": str(fact.value.get("error") or "")})


def _scopes(known: Known) -> Finding:
    fact = known.facts.get("slack:scopes")
    auth = known.facts.get("slack:auth")
    # Without a working token nothing was granted to look at.
    if fact is None or (auth is not None and not auth.value.get("ok")):
        return Finding(Area.SCOPES, "scopes_unknown", State.NOTE)
    if fact.value.get("granted") is None:
        return Finding(Area.SCOPES, "scopes_untold", State.NOTE)
    missing = sorted(set(fact.value.get("needed") or ()) - set(fact.value.get("granted") or ()))
    if missing:
        return Finding(Area.SCOPES, "scopes_missing", State.BAD, {"missing": missing})
    return Finding(Area.SCOPES, "scopes_good", State.GOOD, {"count": len(fact.value.get("needed") or ())})


def _channels(known: Known) -> list[Finding]:
    return [_channel(setting, channel_id, channel) for setting, (channel_id, channel) in known.channels.items()]


def _channel(setting: str, channel_id: str, channel: Channel | None) -> Finding:
    facts: dict[str, Any] = {"setting": setting, "channel": channel_id}
    if not channel_id:
        return Finding(Area.CHANNELS, "channel_missing", State.BAD, facts)
    problem = ChannelProblem.NOT_READ if channel is None else channel_problem(channel)
    if channel is None or problem is ChannelProblem.NOT_READ:
        return Finding(Area.CHANNELS, "channel_not_read", State.NOTE, facts)
    if problem is None:
        return Finding(Area.CHANNELS, "channel_good", State.GOOD, facts)
    return Finding(Area.CHANNELS, f"channel_{problem.value}", State.BAD, {**facts, "reason": channel.trouble or ""})


def _database(known: Known) -> Finding:
    fact = known.facts.get("database")
    if fact is None:
        return Finding(Area.DATABASE, "database_unknown", State.NOTE)
    facts = {"kind": str(fact.value.get("kind") or "")}
    if fact.value.get("current"):
        return Finding(Area.DATABASE, "database_good", State.GOOD, facts)
    return Finding(Area.DATABASE, "database_behind", State.BAD, facts)


def _clock(known: Known) -> Finding:
    fact = known.facts.get("worker:heartbeat")
    if fact is None:
        return Finding(Area.CLOCK, "clock_never", State.BAD)
    late = known.now - fact.written_at > HEARTBEAT_LATE
    what, state = ("clock_late", State.BAD) if late else ("clock_good", State.GOOD)
    return Finding(Area.CLOCK, what, state, {"at": fact.written_at})


def _outbox(known: Known) -> list[Finding]:
    report = known.outbox
    found = []
    if report.failed:
        found.append(Finding(Area.OUTBOX, "outbox_failed", State.BAD, {"count": report.failed}))
    if report.oldest_due is not None and known.now - report.oldest_due > OUTBOX_LATE:
        facts = {"count": report.waiting, "at": report.oldest_due}
        found.append(Finding(Area.OUTBOX, "outbox_stuck", State.BAD, facts))
    elif report.waiting:
        found.append(Finding(Area.OUTBOX, "outbox_waiting", State.GOOD, {"count": report.waiting}))
    if report.held:
        found.append(Finding(Area.OUTBOX, "outbox_held", State.NOTE, {"count": report.held, "at": report.next_try}))
    return found or [Finding(Area.OUTBOX, "outbox_empty", State.GOOD, {"count": report.planned})]


def _people(known: Known) -> Finding:
    # No age is too old: Slack tells of every change. It is shown for whoever wonders about a wrong name or zone.
    what = "people_good" if known.people else "people_none"
    return Finding(Area.PEOPLE, what, State.GOOD, {"count": known.people, "at": known.oldest_person})
