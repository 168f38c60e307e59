"""The watchdog of escalations: finds the forgotten ones, says so to the admins, and sets them going again."""

from __future__ import annotations

import structlog

from commands.escalations.handlers.cards import let_cards_follow
from commands.escalations.handlers.chain.next_step import plan, subject_of
from commands.escalations.handlers.chain.reach import why_gone
from commands.escalations.rules.watch import forgotten
from commands.escalations.views.watch import forgotten_card
from commands.escalations.views.words import CHANNEL
from commands.kit.permission import holders_of
from commands.kit.post import tell
from commands.kit.work import Request, Work
from storage.escalations.model import Escalation, lock_escalation, open_escalations
from storage.people import Role
from storage.subjects import Key
from storage.timers import is_due, waits_for

log = structlog.get_logger()


def watch(work: Work) -> None:
    """Look at every open escalation. Admins hear of a forgotten one once for each next step it had."""
    running = open_escalations(work.session, work.mission.id)
    lost = [one for one in forgotten(running, work.now) if not _waits_its_turn(work, one)]
    lost += [
        one for one in running if one not in lost and not waits_for(work.session, work.mission.id, subject_of(one))
    ]
    if lost:
        log.error("escalations forgotten", numbers=[one.number for one in lost])
        for admin in holders_of(work.session, work.mission.id, frozenset({Role.ADMIN})):
            with work.speaking_to(admin):
                card = forgotten_card([one.number for one in lost])
            which = "-".join(f"{one.id}.{one.turn}" for one in lost)
            tell(work, admin, card, key=Key(Key.of("escalations", "forgotten", which, admin)[:255]))
    for one in [*lost, *(one for one in running if one not in lost and not _reaches_anybody(work, one))]:
        _set_going(work, one)


def somebody_left(request: Request) -> None:
    """A person has left the workspace: what was theirs, or was coming to them, is planned anew at once."""
    user = request.event.get("user")
    if not isinstance(user, dict) or not user.get("deleted"):
        return
    for one in open_escalations(request.session, request.mission.id):
        if user.get("id") in (one.holder, *one.next_for):
            _set_going(request, one)


def _waits_its_turn(work: Work, one: Escalation) -> bool:
    """Whether it has its next step and is only late: after a standstill all are, and each is taken in its turn."""
    step = subject_of(one)
    return bool(one.next_at and one.next_for) and is_due(work.session, work.mission.id, step, work.now)


def _reaches_anybody(work: Work, this: Escalation) -> bool:
    """Whether whoever is to be told next is still there: people leave while an escalation waits."""
    return any(place.startswith(CHANNEL) or not why_gone(work, this, place) for place in this.next_for)


def _set_going(work: Work, one: Escalation) -> None:
    this = lock_escalation(work.session, work.mission.id, one.id)
    if this is not None and this.is_open:
        plan(work, this)
        let_cards_follow(work, this)
