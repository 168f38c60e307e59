"""What keeps its local time in this room when the mission's clock changes: duty, and days that were chosen.

Deadlines for an acknowledgement and a decision stay as they are: they are lengths of duty hours that run since they
were promised. What comes next is planned anew, as duty hours begin and end at other moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.escalations.handlers.changing import settle
from commands.escalations.handlers.duty.messages import correct_duties
from commands.escalations.rules.roster import spans_again
from commands.escalations.views.duty.kept import kept_duty_card, planned_lines
from commands.kit.post import tell
from commands.kit.times.local import kept_ahead
from commands.kit.work import Request, Work
from storage.duty import DutyTurn, OfficerWindow, lock_posts, posts_of, turns_after, windows_after
from storage.escalations.model import Escalation, open_escalations
from storage.subjects import Key, Subject

Span = DutyTurn | OfficerWindow
CHOSEN = ("needed_by", "paused_until")


def keep_local_times(work: Work, _subject: Subject) -> None:
    """Move duty, posts held meanwhile, and chosen days to where their local times are now."""
    lock_posts(work.session, work.mission.id)
    turns = _moved(work, turns_after(work.session, work.mission.id, work.now))
    windows = _moved(work, windows_after(work.session, work.mission.id, work.now))
    if turns or windows:
        work.record("duty.moved", ("mission", work.mission.id), turns=len(turns), officers=len(windows))
    correct_duties(work, [turn.id for turn in turns])
    _tell(work, turns, windows)
    for this in open_escalations(work.session, work.mission.id):
        _keep_chosen(work, this)
        settle(work, this)


def _moved(work: Work, spans: Sequence[Span]) -> list[Span]:
    """Move these spans; gives those that moved."""
    moved = []
    for span in spans:
        again = _again(work, span)
        if again != (span.starts_at, span.ends_at):
            span.starts_at, span.ends_at = again
            moved.append(span)
    work.session.flush()
    return moved


def _again(work: Work, span: Span) -> tuple[datetime, datetime]:
    return spans_again(span.local_times, span.starts_at, span.ends_at, work.zone, work.now)


def _tell(work: Work, turns: Sequence[Span], windows: Sequence[Span]) -> None:
    """One message for each person whose duty moved, and for each who holds a post that somebody else answers for."""
    holders = {post.id: post.holder for post in posts_of(work.session, work.mission.id)}
    concerned: dict[str, list[Span]] = {}
    for span in [*turns, *windows]:
        others = [holders.get(span.post_id)] if isinstance(span, OfficerWindow) else []
        for user in (span.user_id, *others):
            if user:
                concerned.setdefault(user, []).append(span)
    for user, spans in concerned.items():
        if user != work.actor:
            with work.speaking_to(user):
                tell(work, user, kept_duty_card(spans, work.zone, work.now), key=Key.of("duty-clock", user, work.now))


def _keep_chosen(work: Work, this: Escalation) -> None:
    for name in CHOSEN:
        moment = getattr(this, name)
        if moment is not None:
            setattr(this, name, kept_ahead(this.local_times, name, moment, work.zone, work.now))


def planned(request: Request) -> list[str]:
    """The duty that keeps its local time by moments other than its own now, in lines for who asks."""
    spans = [
        sum(_again(request, span) != (span.starts_at, span.ends_at) for span in found)
        for found in (
            turns_after(request.session, request.mission.id, request.now),
            windows_after(request.session, request.mission.id, request.now),
        )
    ]
    return planned_lines(*spans)
