"""An agency that is suspended while rounds are open owes them nothing; once it is back it owes them again."""

from __future__ import annotations

from commands.kit.work import Work
from commands.updates.handlers.calls import ask_agencies
from commands.updates.handlers.filling import without_answer
from commands.updates.handlers.owed import changed
from commands.updates.views.calls import Owed
from storage.subjects import Subject
from storage.updates.notices import notices_of
from storage.updates.returns import STILL_OWED, SUSPENDED_REASON, ReturnState, owed_by


def follow_suspended(work: Work, subject: Subject) -> None:
    """What the agency still owes is waived; what it has answered stays."""
    for owed in _open_returns(work, subject):
        given = owed.given
        if given.state in STILL_OWED:
            given.state, given.deferred = ReturnState.WAIVED, []
            given.waived_by, given.waived_reason = work.actor, SUSPENDED_REASON
            work.record("return.waived", ("return", given.id), agency=owed.agency.code, reason=SUSPENDED_REASON)
            changed(work, owed)


def follow_resumed(work: Work, subject: Subject) -> None:
    """What was waived for that alone is owed again, and asked for where nobody was asked yet."""
    for owed in _open_returns(work, subject):
        given = owed.given
        if given.state != ReturnState.WAIVED or given.waived_reason != SUSPENDED_REASON:
            continue
        given.waived_by = given.waived_reason = None
        given.state = without_answer(work, owed)
        work.record("return.owed_again", ("return", given.id), agency=owed.agency.code)
        changed(work, owed)
        if given.id not in notices_of(work.session, [given.id]):
            ask_agencies(work, owed.round, [given])


def _open_returns(work: Work, subject: Subject) -> list[Owed]:
    found = owed_by(work.session, work.mission.id, [subject.number()])
    return [Owed(this, given, agency, work.zone, work.now) for given, this, agency in found]
