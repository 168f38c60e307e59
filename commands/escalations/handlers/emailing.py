"""The second way: an e-mail when a step says so, and when its message has not left for Slack in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commands.escalations.handlers.cards import let_cards_follow
from commands.escalations.handlers.telling import note
from commands.escalations.handlers.viewers import CONCERNED
from commands.escalations.rules.chains import plan_of
from commands.escalations.views.emails import waiting_text
from commands.escalations.views.words import CHANNEL, name_of, severity_name
from commands.kit.mail import mail_person
from commands.kit.post import take_back
from commands.kit.work import OURSELVES, Work
from storage.escalations.model import ActKind, Escalation, lock_escalation
from storage.escalations.notices import (
    EscalationNotice,
    NoticeState,
    Way,
    get_notice,
    notice_once,
    overtaken_emails,
    unread_on_slack,
)
from storage.outbox import Sent
from storage.subjects import Key, Subject

# Slack's own trouble passes within minutes as a rule; whoever is needed shall not wait longer than this to hear of it.
SLACK_MAY_TAKE = timedelta(minutes=10)
TOO_OLD = timedelta(hours=12)
EMAILED = "escalations:emailed"
REASON_KEPT = 64
NO_LONGER = "no_longer"


def email_step(work: Work, this: Escalation, kind: str, people: tuple[str, ...]) -> None:
    """Send the e-mails of a step that was told just now, if it says so."""
    steps = plan_of(this.chain).steps
    if 0 <= this.step < len(steps) and steps[this.step].by_email:
        for person in people:
            _email(work, this, person, turn=this.turn, kind=kind, step=this.step, lap=this.lap)


def look_after_slack(work: Work) -> None:
    """Reach those by e-mail whose message waits for Slack too long; take back e-mails that came too late.

    What these do not get done this time, as a Slack that is down leaves hundreds, they find again the next.
    """
    session, mission_id, now = work.session, work.mission.id, work.now
    for notice in unread_on_slack(
        session, mission_id, now - TOO_OLD, now - SLACK_MAY_TAKE, but=CONCERNED, not_to=CHANNEL
    ):
        _email_instead(work, notice)
    for notice in overtaken_emails(session, mission_id):
        this = lock_escalation(session, mission_id, notice.escalation_id)
        answered = this is None or not this.is_open or (this.holder is not None and this.holder != notice.place)
        if answered and take_back(work, about(notice)):
            notice.state, notice.reason, notice.settled_at = NoticeState.SKIPPED, NO_LONGER, now


def _email_instead(work: Work, late: EscalationNotice) -> None:
    this = lock_escalation(work.session, work.mission.id, late.escalation_id)
    if this is not None and this.is_open and this.holder in (None, late.place):
        _email(work, this, late.place, turn=late.turn, kind=late.kind, step=late.step, lap=late.lap)


def about(notice: EscalationNotice) -> Subject:
    """What the e-mail of a notice is known by in the outbox."""
    return Subject.of("mail", notice.id)


def _email(work: Work, this: Escalation, person: str, **where: Any) -> None:
    """One e-mail to one person, once a turn. Why there can be none is written down."""
    notice = notice_once(
        work.session, work.mission.id, escalation_id=this.id, place=person, way=Way.EMAIL, at=work.now, **where
    )
    if notice is None:
        return
    with work.speaking_to(person):
        severity = severity_name(this.severity).lower()
        subject, text = waiting_text(name_of(this), severity, work.mission.name, work.command("escalate"))
    key = Key.of(notice.subject, "email")
    reason = mail_person(work, person, subject, text, key=key, about=about(notice), on_done=EMAILED)
    if reason is not None:
        notice.state, notice.reason, notice.settled_at = NoticeState.SKIPPED, reason, work.now


def emailed(work: Work, subject: Subject, _outcome: Sent) -> None:
    """The mail server has taken an e-mail."""
    found = _found(work, subject)
    if found is None:
        return
    notice, this = found
    notice.state, notice.settled_at = NoticeState.DELIVERED, work.now
    note(work, this, ActKind.TOLD, by=OURSELVES, step=notice.step, lap=notice.lap, to=[notice.place], way=Way.EMAIL)
    let_cards_follow(work, this)


def not_emailed(work: Work, subject: Subject, reason: str) -> None:
    """The mail server refused an e-mail, or nobody knows what became of it."""
    found = _found(work, subject)
    if found is None:
        return
    notice, this = found
    notice.state, notice.reason, notice.settled_at = NoticeState.FAILED, reason[:REASON_KEPT], work.now
    note(work, this, ActKind.NOT_DELIVERED, by=OURSELVES, step=notice.step, place=notice.place, reason=notice.reason)
    let_cards_follow(work, this)


def _found(work: Work, subject: Subject) -> tuple[EscalationNotice, Escalation] | None:
    notice = get_notice(work.session, work.mission.id, subject.number())
    this = lock_escalation(work.session, work.mission.id, notice.escalation_id) if notice else None
    return (notice, this) if notice is not None and this is not None else None
