"""Looks for what should have moved and did not: messages, timers and slots; says so in the log and to the admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from commands.kit.cards import Card, section
from commands.kit.permission import holders_of
from commands.kit.post import show_to
from commands.kit.words import _, ngettext
from commands.kit.work import Work
from storage import ticks, timers
from storage.machine import get_facts, put_fact
from storage.outbox import report
from storage.people import Role
from storage.subjects import Subject

STUCK_AFTER = timedelta(minutes=10)
# A message that Slack has not taken for so long is worth a person's look, although it is tried again and again.
UNDELIVERED_FOR = timedelta(hours=1)
FACT = "watchdog"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Stuck:
    """What does not move: counts of messages and timers, and names of schedules and of the timers' verbs."""

    messages: int = 0
    timers: int = 0
    verbs: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything is stuck at all."""
        return bool(self.messages or self.timers or self.schedules)


def look(work: Work) -> Stuck:
    """What is stuck in this mission now."""
    session, mission_id = work.session, work.mission.id
    late = timers.stuck(session, mission_id, work.now - STUCK_AFTER)
    messages = report.stuck(
        session, mission_id, idle_since=work.now - STUCK_AFTER, tried_since=work.now - UNDELIVERED_FOR
    )
    return Stuck(
        messages=messages,
        timers=len(late),
        verbs=tuple(sorted({timer.verb for timer in late})),
        schedules=tuple(ticks.unfinished_since(session, mission_id, work.now - STUCK_AFTER)),
    )


def watch(work: Work) -> None:
    """Tell admins what is stuck, in one message a day that is kept current; silence while nothing is."""
    found = look(work)
    value = {"messages": found.messages, "timers": found.timers, "what": [*found.verbs, *found.schedules]}
    before = get_facts(work.session, work.mission.id).get(FACT)
    known = before.value if before else {"messages": 0, "timers": 0, "what": []}
    put_fact(work.session, FACT, value, work.now, mission_id=work.mission.id)
    if value == known:
        return
    log.warning("stuck", **value)
    for admin in holders_of(work.session, work.mission.id, frozenset({Role.ADMIN})):
        with work.speaking_to(admin):
            card = _card(found, work.command("mission"))
        show_to(work, admin, Subject.of("watchdog", work.now.date(), admin), card)


def _card(found: Stuck, command: str) -> Card:
    lines = [_("Everything moves again.")] if not found.anything else [_("Something of mine does not move:")]
    if found.messages:
        text = ngettext(
            "{count} message has not left for a long time.",
            "{count} messages have not left for a long time.",
            found.messages,
        )
        lines.append("• " + text.format(count=found.messages))
    if found.timers:
        text = ngettext(
            "{count} step that was due was not done ({what}).",
            "{count} steps that were due were not done ({what}).",
            found.timers,
        )
        lines.append("• " + text.format(count=found.timers, what=", ".join(found.verbs)))
    if found.schedules:
        lines.append("• " + _("Recurring work is not finished: {what}.").format(what=", ".join(found.schedules)))
    if found.anything:
        lines.append(
            _("I keep trying. Tell whoever runs me to look at the log; {command} says more.").format(
                command=f"`{command} health`"
            )
        )
    text = "\n".join(lines)
    return Card(text, (section(text),))
