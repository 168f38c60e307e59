"""What keeps a message from leaving, in words, for wherever people look at its subject.

Gesture: put into words.
"""

from __future__ import annotations

from commands.kit.cards import moment
from commands.kit.dates import when_text
from commands.kit.words import _
from commands.kit.work import Work
from storage.outbox import State
from storage.outbox.report import Transit, transit_of
from storage.subjects import Subject


def delivery_note(work: Work, subject: Subject) -> str | None:
    """Why the newest message about `subject` has not left, and when it is tried next. None when nothing holds it."""
    transit = transit_of(work.session, work.mission.id, subject, work.now)
    if transit is None or transit.state is State.SENT or transit.state is State.CANCELLED:
        return None
    if transit.state is State.FAILED:
        return _("Slack refused the message in the channel: {command} says why.").format(
            command=f"`{work.command('mission')} health`"
        )
    return _held(work, transit)


def _held(work: Work, transit: Transit) -> str | None:
    if transit.next_try is None:
        return None
    at = moment(transit.next_try, when_text(transit.next_try, work.zone), "{time}")
    if transit.by_limit:
        return _("The message in the channel is held by Slack's limit, next try {at}.").format(at=at)
    return _("The message in the channel cannot reach Slack at the moment, next try {at}.").format(at=at)
