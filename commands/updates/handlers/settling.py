"""What settles a return: a version submitted, nothing to report, the same again, and taking that back."""

from __future__ import annotations

from typing import Any

from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from commands.updates.handlers.filling import items_of, settle_draft_state
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.rules.answers import carried_over, check
from commands.updates.rules.questions import questions_of
from commands.updates.views.answer_form import Filling, answer_form
from commands.updates.views.answered import nil_card, repeated_card
from commands.updates.views.asks import Owed
from storage.returns import (
    ANSWERED,
    ReturnState,
    ReturnVersion,
    VersionKind,
    forget_draft,
    last_answer,
)
from storage.rounds import get_round


def submit(
    ask: Ask, owed: Owed, answers: dict[str, Any], kind: VersionKind, *, on_behalf_of: str | None = None
) -> None:
    """Make this the agency's return. The first answer decides whether it is late; later edits do not make it late."""
    given = owed.given
    overdue = ask.now > owed.round.due_at
    was_answered = given.state in ANSWERED
    given.version += 1
    given.is_late = given.is_late if was_answered else overdue
    given.state = ReturnState.NIL if kind is VersionKind.NIL else ReturnState.SUBMITTED
    given.answers = answers
    given.answered_by, given.answered_at, given.on_behalf_of = ask.who.user_id, ask.now, on_behalf_of
    given.deferred = []
    _write_version(ask, owed, kind, is_late=overdue)
    if kind is not VersionKind.NIL:
        forget_draft(ask.session, given.id, ask.who.user_id)
    ask.record(
        f"return.{kind.value}",
        ("return", given.id),
        on_behalf_of=on_behalf_of,
        version=given.version,
        agency=owed.agency.code,
    )
    changed(ask, given, owed.round)


def _write_version(ask: Ask, owed: Owed, kind: VersionKind, *, is_late: bool) -> None:
    ask.session.add(
        ReturnVersion(
            mission_id=ask.mission.id,
            return_id=owed.given.id,
            number=owed.given.version,
            kind=kind,
            answers=dict(owed.given.answers),
            by=ask.who.user_id,
            at=ask.now,
            on_behalf_of=owed.given.on_behalf_of,
            is_late=is_late,
        )
    )


def refuse_closed(owed: Owed) -> None:
    """Raises Refused when the round is over."""
    if not owed.is_open:
        raise Refused(
            _(
                "The round “{title}” is closed, so nothing can be changed. Tell the coordinators what is missing."
            ).format(title=owed.round.title)
        )


def say_nil(ask: Ask) -> Answer | None:
    """The agency has nothing to report. The message itself changes, with a button to undo."""
    return nil_return(ask, find_owed(ask, ask.value))


def nil_return(ask: Ask, owed: Owed) -> Answer | None:
    """A nil return; saying it twice changes nothing."""
    refuse_closed(owed)
    if owed.given.state == ReturnState.SUBMITTED:
        raise Refused(
            _("{agency} has submitted an update already. Edit it instead, so that nothing is lost.").format(
                agency=owed.agency.code
            )
        )
    if owed.given.state != ReturnState.NIL:
        submit(ask, owed, {}, VersionKind.NIL)
    return Answer(say=nil_card(owed)) if ask.message is None else None


def undo_nil(ask: Ask) -> Answer | None:
    """There is something to report after all: the return is owed again."""
    owed = find_owed(ask, ask.value)
    refuse_closed(owed)
    given = owed.given
    if given.state != ReturnState.NIL:
        return None
    given.version += 1
    given.state, given.is_late, given.answers = ReturnState.OWED, False, {}
    _write_version(ask, owed, VersionKind.WITHDRAWN, is_late=False)
    given.answered_by = given.answered_at = given.on_behalf_of = None
    settle_draft_state(ask, owed)
    ask.record("return.withdrawn", ("return", given.id), version=given.version, agency=owed.agency.code)
    changed(ask, given, owed.round)
    return None


def say_the_same(ask: Ask) -> Answer | None:
    """The agency's last answers again. What no longer fits opens the form instead, prefilled with what does."""
    owed = find_owed(ask, ask.value)
    refuse_closed(owed)
    if owed.given.state in ANSWERED:
        return None
    last = last_answer(ask.session, owed.given.agency_id, owed.round)
    before = get_round(ask.session, ask.mission.id, last.round_id) if last is not None else None
    if last is None or before is None:
        raise Refused(_("There is no earlier update to repeat. Choose “Write update”."))
    items = items_of(owed)
    answers = carried_over(items, questions_of(before.questions), last.answers)
    if check(items, answers) or set(last.answers) - set(answers):
        note = _("The questions have changed since last time: what still fits is filled in.")
        return Answer(form=answer_form(Filling(owed, items, answers, owed.given.version, source=note)))
    submit(ask, owed, answers, VersionKind.SAME)
    return Answer(say=repeated_card(owed)) if ask.message is None else None
