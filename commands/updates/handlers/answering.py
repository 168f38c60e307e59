"""Writing an update: opening the form, going through its steps, submitting it, and two people writing at once."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from commands.updates.handlers.filling import (
    beside_the_newest,
    brought_together,
    filling_in,
    first_filling,
    keep_draft,
    own_draft,
    read_on_behalf,
)
from commands.updates.handlers.owed import find_owed
from commands.updates.handlers.settling import received, refuse_closed, submit
from commands.updates.rules.answers import check, differing, kept
from commands.updates.views.answer_form import Filling, answer_form, field_name, last_shown, page_before
from commands.updates.views.answered import closed_form, draft_form
from commands.updates.views.calls import Owed
from commands.updates.views.conflict import KEEP_MINE, TAKE_THEIRS, conflict_form
from commands.updates.views.notes import ReturnNotes
from storage.updates.drafts import forget_draft
from storage.updates.returns import ANSWERED, VersionKind


def open_form(request: Request) -> Answer:
    """The form for the return of a button, prefilled; after the close only what the person had typed, to read."""
    owed = find_owed(request, request.value)
    kept_text = None if owed.is_open else own_draft(request, owed)
    return Answer(form=draft_form(kept_text)) if kept_text else form_for(request, owed)


def form_for(request: Request, owed: Owed, *, proxy: bool = False) -> Answer:
    """The form for a return, prefilled with the person's draft or the last version.

    Whoever does not answer for the agency themselves enters what somebody there told them.
    """
    refuse_closed(owed)
    proxy = proxy or not request.who.answers_for(owed.given.agency_id)
    view = answer_form(first_filling(request, owed, proxy=proxy))
    return opened(request, view)


def read_on(request: Request) -> Answer:
    """More of what was typed and never submitted."""
    mine = own_draft(request, find_owed(request, request.noted(ReturnNotes).of))
    if mine is None:
        raise Refused(_("There is no draft of yours any more."))
    return Answer(update=draft_form(replace(mine, start=request.noted(ReturnNotes).start or 0)))


def go_back(request: Request) -> Answer:
    """The step before this one; everything typed stays."""
    filling = filling_in(request)
    keep_draft(request, filling)
    return Answer(update=answer_form(replace(filling, start=page_before(filling, filling.start))))


def take(request: Request) -> Answer:
    """A step was sent: the next one, or the whole update submitted."""
    filling = filling_in(request)
    if not filling.owed.is_open:
        keep_draft(request, filling)
        return Answer(update=closed_form(filling))
    end = last_shown(filling.items, request.fields)
    _refuse_mistakes(filling, filling.start, end)
    if end < len(filling.items):
        keep_draft(request, filling)
        return Answer(update=answer_form(replace(filling, start=end)))
    return _submit(request, filling)


def _refuse_mistakes(filling: Filling, start: int, end: int) -> None:
    """Raises RefusedFields with every mistake on this step."""
    mistakes = check(filling.items[start:end], filling.answers)
    fields = {
        field_name(number): mistakes[item.key] for number, item in enumerate(filling.items) if item.key in mistakes
    }
    if fields:
        raise RefusedFields(fields)


def _submit(request: Request, filling: Filling) -> Answer:
    owed = filling.owed
    answers = kept(filling.items, filling.answers)
    if not answers:
        raise Refused(
            _("Nothing is written yet. Answer at least one question, or close this and choose “Nothing to report”."),
            field_name(filling.start),
        )
    left = check(filling.items, answers)
    if left:
        # A step before this one lacks a required answer, for example after a colleague's version was taken over.
        first = next(number for number, item in enumerate(filling.items) if item.key in left)
        note = _("An answer that is required is missing here.")
        return Answer(update=answer_form(replace(filling, start=first, notes=[note])))
    if filling.base != owed.given.version and owed.given.state in ANSWERED:
        newest = beside_the_newest(request, filling)
        if differing(filling.items, answers, newest.beside):
            keep_draft(request, filling)
            return Answer(update=conflict_form(newest, own=newest.by == request.who.user_id))
    on_behalf_of = read_on_behalf(request) if filling.proxy else None
    submit(request, owed, answers, VersionKind.ANSWERS, on_behalf_of=on_behalf_of)
    return received(request, owed)


def settle_conflict(request: Request) -> Answer:
    """Two people wrote at once, and one of them says what shall count."""
    owed = find_owed(request, request.noted(ReturnNotes).of)
    mine = own_draft(request, owed, proxy=bool(request.noted(ReturnNotes).proxy))
    choice = request.fields.choice("choice")
    if choice == TAKE_THEIRS or mine is None:
        forget_draft(request.session, owed.given.id, request.who.user_id)
        request.record("return.took_theirs", ("return", owed.given.id), version=owed.given.version)
        return received(request, owed)
    if not owed.is_open:
        return Answer(update=closed_form(mine))
    if (request.noted(ReturnNotes).base or 0) != owed.given.version and owed.given.state in ANSWERED:
        # A third version came while the choice was made: it is shown before anything is decided.
        newest = beside_the_newest(request, mine)
        return Answer(update=conflict_form(newest, own=newest.by == request.who.user_id))
    if choice == KEEP_MINE and not mine.proxy:
        submit(request, owed, kept(mine.items, mine.answers), VersionKind.ANSWERS)
        return received(request, owed)
    together = replace(mine, base=owed.given.version) if choice == KEEP_MINE else brought_together(request, mine)
    keep_draft(request, together)
    return Answer(update=answer_form(together))
