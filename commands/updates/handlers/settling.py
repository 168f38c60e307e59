"""What settles a return: a version submitted, nothing to report, the same again, and taking that back."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.access import find_if_any
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.filling import items_of, keep_draft, own_draft, read_on_behalf, without_answer
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.handlers.participants import repeatable
from commands.updates.rules.answers import Value, carried_over, check, not_carried
from commands.updates.rules.questions import questions_of
from commands.updates.views.answer_form import Filling, answer_form
from commands.updates.views.answered import nil_card, nil_form, owed_again_card, received_form, repeated_card
from commands.updates.views.calls import Owed
from commands.updates.views.notes import ReturnNotes
from storage.updates.drafts import forget_draft
from storage.updates.earlier import last_answer
from storage.updates.notices import called_for
from storage.updates.returns import ANSWERED, ReturnState, VersionKind
from storage.updates.versions import write_version


def submit(
    request: Request, owed: Owed, answers: dict[str, Value], kind: VersionKind, *, on_behalf_of: str | None = None
) -> None:
    """Make this the agency's return. The first answer decides whether it is late; later edits do not make it late."""
    given = owed.given
    overdue = request.now > owed.round.due_at
    write_version(
        request.session,
        given,
        _version(request, kind, answers, on_behalf_of, is_late=overdue),
        is_late=given.is_late if given.state in ANSWERED else overdue,
        state=ReturnState.NIL if kind is VersionKind.NIL else ReturnState.SUBMITTED,
        answers=answers,
        answered_by=request.who.user_id,
        answered_at=request.now,
        on_behalf_of=on_behalf_of,
        deferred=[],
    )
    if kind is VersionKind.ANSWERS:
        forget_draft(request.session, given.id, request.who.user_id)
    request.record(
        f"return.{kind.value}",
        ("return", given.id),
        on_behalf_of=on_behalf_of,
        version=given.version,
        agency=owed.agency.code,
    )
    changed(request, owed)


def _version(
    request: Request, kind: VersionKind, answers: dict[str, Value], on_behalf_of: str | None, *, is_late: bool
) -> dict[str, object]:
    """What a version of a return is, as `write_version` takes it."""
    return {
        "kind": kind,
        "answers": answers,
        "by": request.who.user_id,
        "at": request.now,
        "on_behalf_of": on_behalf_of,
        "is_late": is_late,
    }


def refuse_closed(owed: Owed) -> None:
    """Raises Refused when the round is over."""
    if not owed.is_open:
        raise Refused(
            _(
                "The round “{title}” is closed, so nothing can be changed. Tell the coordinators what is missing."
            ).format(title=owed.round.title)
        )


def say_nil(request: Request) -> Answer:
    """The agency has nothing to report. The message itself changes, with a button to undo."""
    return nil_return(request, find_owed(request, request.value))


def nil_return(request: Request, owed: Owed) -> Answer:
    """A nil return; saying it twice changes nothing."""
    refuse_closed(owed)
    refuse_submitted(owed)
    if owed.given.state != ReturnState.NIL:
        if not request.who.answers_for(owed.given.agency_id):
            return Answer(form=nil_form(owed))
        submit(request, owed, {}, VersionKind.NIL)
    return Answer(say=nil_card(owed)) if request.message is None else NOTHING_TO_SAY


def nil_by_proxy(request: Request) -> Answer:
    """Somebody of the agency told a coordinator that there is nothing to report."""
    owed = find_owed(request, request.noted(ReturnNotes).of)
    refuse_closed(owed)
    refuse_submitted(owed)
    submit(request, owed, {}, VersionKind.NIL, on_behalf_of=read_on_behalf(request))
    return received(request, owed)


def received(request: Request, owed: Owed) -> Answer:
    """The forms close, and the person's message about the round says it; whoever has none reads it here."""
    if called_for(request.session, owed.round.id, request.who.user_id):
        return Answer(close_all=True)
    return Answer(update=received_form(owed))


def refuse_submitted(owed: Owed) -> None:
    """Raises Refused when an update is there, which must not vanish under something shorter."""
    if owed.given.state == ReturnState.SUBMITTED:
        raise Refused(
            _("{agency} has submitted an update already. Edit it instead, so that nothing is lost.").format(
                agency=owed.agency.code
            )
        )


def undo_nil(request: Request) -> Answer:
    """There is something to report after all: the return is owed again."""
    owed = find_owed(request, request.value)
    refuse_closed(owed)
    given = owed.given
    if given.state != ReturnState.NIL:
        # Somebody of the agency has sent an update meanwhile: that is not undone.
        refuse_submitted(owed)
        return NOTHING_TO_SAY
    write_version(
        request.session,
        given,
        _version(request, VersionKind.WITHDRAWN, {}, given.on_behalf_of, is_late=False),
        state=_state_before(request, owed),
        is_late=False,
        answers={},
        answered_by=None,
        answered_at=None,
        on_behalf_of=None,
    )
    request.record("return.withdrawn", ("return", given.id), version=given.version, agency=owed.agency.code)
    changed(request, owed)
    return Answer(say=owed_again_card(repeatable(request, owed))) if request.message is None else NOTHING_TO_SAY


def _state_before(request: Request, owed: Owed) -> ReturnState:
    """What a return is without an answer."""
    return ReturnState.WAIVED if owed.given.waived_by else without_answer(request, owed)


def say_the_same(request: Request) -> Answer:
    """The agency's last answers again. What no longer fits opens the form instead, prefilled with what does."""
    owed = find_owed(request, request.value)
    refuse_closed(owed)
    refuse_submitted(owed)
    last = last_answer(request.session, owed.given.agency_id, owed.round)
    before = find_if_any(request, ROUND, last.round_id) if last is not None else None
    if last is None or before is None:
        raise Refused(_("There is no earlier update to repeat. Choose “Write update”."))
    proxy = not request.who.answers_for(owed.given.agency_id)
    items, asked_then = items_of(owed), questions_of(before.questions)
    answers = carried_over(items, asked_then, last.answers)
    left = not_carried(asked_then, last.answers, answers)
    if left or proxy or check(items, answers):
        return Answer(
            form=answer_form(_repeating(request, Filling(owed, items, answers, 0, proxy=proxy, left_behind=left)))
        )
    submit(request, owed, answers, VersionKind.SAME)
    return Answer(say=repeated_card(owed)) if request.message is None else NOTHING_TO_SAY


def _repeating(request: Request, last: Filling) -> Filling:
    """The form with the last answers, kept as a draft so that every step has them; what was typed already stands."""
    draft = own_draft(request, last.owed)
    notes = [_("From your agency's last update.")]
    if check(last.items, last.answers):
        notes.append(_("The questions have changed: answer those that are required."))
    if draft is not None:
        notes.append(_("What you had typed already stands instead of it."))
    answers = {**last.answers, **(draft.answers if draft else {})}
    filling = replace(last, answers=answers, base=last.owed.given.version, notes=notes)
    keep_draft(request, filling)
    return filling
