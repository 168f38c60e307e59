"""The form between two presses: what it is prefilled with, and the draft that keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.rules.answers import Answers, Value, merged
from commands.updates.rules.questions import Item, has_letters, items_for, questions_of
from commands.updates.views.answer_form import ON_BEHALF, ON_BEHALF_LIMIT, Filling, read_answers
from commands.updates.views.calls import Owed
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import source_of_draft, source_of_version, submitted_meanwhile
from storage.updates.drafts import forget_draft, get_draft, has_drafts, put_draft
from storage.updates.returns import ANSWERED, STILL_OWED, ReturnState
from storage.updates.versions import version_of

# Keystrokes travel by themselves: one may arrive this long after the form they belong to was submitted.
STRAGGLING = timedelta(seconds=10)


def items_of(owed: Owed) -> list[Item]:
    """What the agency answers in this round."""
    return items_for(questions_of(owed.round.questions), owed.given.sectors)


def first_filling(request: Request, owed: Owed, *, proxy: bool = False) -> Filling:
    """The form as it opens: with the person's own draft, else with the version that counts now.

    A draft that was begun before somebody else submitted is brought together with what they sent.
    """
    mine = own_draft(request, owed, proxy=proxy)
    if mine is None:
        given = owed.given
        notes = [source_of_version(given, owed.zone)] if given.state == ReturnState.SUBMITTED else []
        return Filling(owed, items_of(owed), dict(given.answers), given.version, notes=notes, proxy=proxy)
    if mine.base == owed.given.version:
        return mine
    newest = brought_together(request, mine)
    keep_draft(request, newest)
    return newest


def own_draft(request: Request, owed: Owed, *, proxy: bool = False) -> Filling | None:
    """The form with what the person typed last, and nothing else."""
    draft = get_draft(request.session, owed.given.id, request.who.user_id)
    if draft is None:
        return None
    notes = [source_of_draft(draft.saved_at, owed.zone)]
    return Filling(owed, items_of(owed), dict(draft.answers), draft.base_version, notes=notes, proxy=proxy)


def brought_together(request: Request, mine: Filling) -> Filling:
    """A draft with what counts now: what only one of the two changed is taken over, the rest stands side by side."""
    given = mine.owed.given
    current = replace(mine, base=given.version)
    if given.state not in ANSWERED:
        return current
    notes = [*mine.notes, submitted_meanwhile(given, mine.owed.zone)]
    if given.state == ReturnState.NIL:
        return replace(current, notes=notes)
    before = version_of(request.session, given.id, mine.base)
    newest = beside_the_newest(request, current)
    together = merged(mine.items, before.answers if before else {}, mine.answers, newest.beside)
    spoken_for = {ON_BEHALF: mine.answers[ON_BEHALF]} if ON_BEHALF in mine.answers else {}
    return replace(newest, answers={**together, **spoken_for}, notes=notes)


def filling_in(request: Request) -> Filling:
    """The form the person has before them, with everything typed so far on this step and the others.

    Raises Refused as `find_owed` does.
    """
    notes = request.noted(ReturnNotes)
    owed = find_owed(request, notes.of)
    items = items_of(owed)
    draft = get_draft(request.session, owed.given.id, request.who.user_id)
    known = draft.answers if draft is not None else owed.given.answers
    answers = typed_over(known, read_answers(items, request.fields))
    filling = Filling(
        owed,
        items,
        answers,
        base=notes.base or 0,
        start=notes.start or 0,
        proxy=bool(notes.proxy),
    )
    return beside_the_newest(request, filling) if notes.merge else filling


def typed_over(known: Answers, typed: Mapping[str, Value | None]) -> dict[str, Value]:
    """What is known with what was typed over it; a field that was emptied is gone."""
    return {key: value for key, value in {**known, **typed}.items() if value is not None}


def beside_the_newest(request: Request, filling: Filling) -> Filling:
    """The same form with the version that counts now beside it, for two people who wrote at once."""
    given = filling.owed.given
    newest = version_of(request.session, given.id, given.version)
    answers = newest.answers if newest is not None else given.answers
    by = newest.by if newest is not None else given.answered_by or ""
    return replace(filling, beside=answers, by=by)


def keep_draft(request: Request, filling: Filling) -> None:
    """Keep what was typed; the board shows a draft from the first word on."""
    given = filling.owed.given
    before = given.state
    if filling.answers == given.answers and given.version == filling.base:
        forget_draft(request.session, given.id, request.who.user_id)
        settle_draft_state(request, filling.owed)
    else:
        put_draft(
            request.session,
            request.mission.id,
            given.id,
            request.who.user_id,
            answers=dict(filling.answers),
            base_version=filling.base,
            saved_at=request.now,
        )
        settle_draft_state(request, filling.owed, has_draft=True)
    if given.state != before:
        changed(request, filling.owed)


def settle_draft_state(request: Request, owed: Owed, *, has_draft: bool = False) -> None:
    """An unanswered return is a draft as long as anybody's draft of it is kept; `has_draft` where that is known."""
    if owed.given.state in STILL_OWED and owed.is_open:
        state = ReturnState.DRAFT if has_draft else without_answer(request, owed)
        if owed.given.state != state:
            owed.given.state = state


def without_answer(work: Work, owed: Owed) -> ReturnState:
    """What a return is that nobody has answered."""
    return ReturnState.DRAFT if has_drafts(work.session, owed.given.id) else ReturnState.OWED


def read_on_behalf(request: Request) -> str:
    """Who at the agency gave the coordinator what they enter. Raises Refused when nobody is named."""
    name = request.fields.text(ON_BEHALF)
    if not has_letters(name):
        raise Refused(_("Say who at the agency gave you this update."), ON_BEHALF)
    if len(name) > ON_BEHALF_LIMIT:
        text = _("This text has {length} characters; {limit} are possible. Shorten it.")
        raise Refused(text.format(length=len(name), limit=ON_BEHALF_LIMIT), ON_BEHALF)
    return name


def save_typed(request: Request) -> Answer:
    """Somebody types, or closes the form: nothing they wrote is lost, even when the network goes."""
    if not request.fields.values:  # a form that was closed need not say what was in it
        return NOTHING_TO_SAY
    filling = filling_in(request)
    if not _is_straggling(request, filling):
        keep_draft(request, filling)
    return NOTHING_TO_SAY


def _is_straggling(request: Request, filling: Filling) -> bool:
    """Whether a keystroke arrives after its own form was submitted: it would come back as a draft nobody left."""
    given = filling.owed.given
    submitted = given.answered_at if given.answered_by == request.who.user_id else None
    return submitted is not None and filling.base < given.version and request.now - submitted < STRAGGLING
