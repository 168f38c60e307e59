"""Looking at health, sending failed messages again, and the room's part of App Home."""

from __future__ import annotations

from commands.kit.cards import Block, Card
from commands.kit.front.things import Wait
from commands.kit.permission import ADMIN, Who
from commands.kit.promises import redraw_about
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from commands.mission.handlers.setup import admins_named
from commands.mission.rules.health import Finding, Known, judge, troubles
from commands.mission.views.health import health_card, sent_again_card
from commands.mission.views.status import home_before, trouble_wait
from storage import outbox
from storage.channels import Channel
from storage.machine import get_facts
from storage.outbox.report import OutboxReport, report_outbox
from storage.people import directory_age
from storage.subjects import Subject, number


def show_health(request: Request) -> Answer:
    """Everything that works and does not."""
    return _answer(request)


def _answer(request: Request, notice: str = "") -> Answer:
    report = report_outbox(request.session, request.mission.id, request.now)
    findings = judge(known_of(request, report))
    is_admin = ADMIN.is_met_by(request.who)
    card = health_card(findings, report.failures, is_admin=is_admin, command=request.command, notice=notice)
    return Answer(say=card)


def known_of(work: Work, report: OutboxReport) -> Known:
    """Everything that health is judged from."""
    people, oldest = directory_age(work.session, work.mission.id)
    return Known(
        now=work.now,
        facts=get_facts(work.session, work.mission.id),
        channels=_channels(work),
        outbox=report,
        people=people,
        oldest_person=oldest,
        paused_reason=work.mission.paused_reason,
    )


def _channels(work: Work) -> dict[str, tuple[str, Channel | None]]:
    mission = work.mission
    if mission.set_up_at is None:
        return {}
    chosen = {"cabinet": mission.cabinet_channel or "", "coordinators": mission.coordinator_channel or ""}
    return {
        setting: (channel, work.session.get(Channel, (mission.id, channel)) if channel else None)
        for setting, channel in chosen.items()
    }


def findings_of(work: Work) -> list[Finding]:
    """What somebody must do something about."""
    return troubles(judge(known_of(work, report_outbox(work.session, work.mission.id, work.now))))


def retry(request: Request) -> Answer:
    """Send a failed message again."""
    if not outbox.retry(request.session, request.mission.id, number(request.value), request.now):
        raise Refused(_("This message does not wait for you any more: it was sent again, or it is gone."))
    request.record("outbox.retried", ("outbox", request.value))
    # Every admin was told, and only one of them need press.
    redraw_about(request, "mission:alarm", Subject.of("alarm", number(request.value)))
    return _answer(request, _("I am sending it again now."))


def draw_alarm(work: Work, subject: Subject) -> Card | None:
    """What an admin was told of a message that could not be delivered, once somebody had it sent again."""
    with work.speaking_to(subject.ids[-1]):
        return sent_again_card()


def draw_home(work: Work, who: Who) -> list[Block]:
    """Before the setup what to do; afterwards nothing."""
    if work.mission.set_up_at is not None:
        return []
    return home_before(may=ADMIN.is_met_by(who), admins=admins_named(work), command=work.command)


def trouble_waiting(work: Work, who: Who) -> list[Wait]:
    """For admins, how much does not work as it should."""
    found = findings_of(work) if ADMIN.is_met_by(who) else []
    return [trouble_wait(len(found), Subject.of("mission", work.mission.id))] if found else []
