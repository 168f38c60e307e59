"""Forms in several steps: what was entered waits in storage, every step can go back, and the last one saves once.

A room says what its form is (`StepForm`), hands each sent step to `take`, the button Back to `go_back`, and what
somebody types, where it hears that, to `keep`. Mistakes are refused next to their field.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from commands.kit.cards import Block
from commands.kit.entry.drafts import UnreadableDraftError, drop_draft, load_draft, save_draft
from commands.kit.entry.step_pages import Entry, Page, step_view
from commands.kit.forms import Fields
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, opened

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class StepNotes:
    """What every form in steps carries along, beside what says which thing it is about."""

    step: str = ""


@dataclass(frozen=True, slots=True)
class StepForm(Generic[E]):
    """A form in several steps about one thing.

    `verb` (`room:verb`) receives each step and `VERB-back` the button Back. `draft` names what is kept of it, for
    example `plan:12`; `kind` is the dataclass of what is entered. The last step is a preview and holds no field.

    `begin` gives the thing as it is stored now, held until the transaction ends, or a new one; it raises Refused for
    whoever may not change it. `read` puts the fields of a step into what was entered before. `check` reads what its
    checks need once and gives what names, for a step, everything wrong with it by field. `page` shows a step, and
    `save` stores what is right by now. `hears_closing`: the room hears that the form was closed, and keeps what it is
    told (`keep`).
    """

    verb: str
    draft: str
    kind: type[E]
    steps: tuple[str, ...]
    begin: Callable[[Request], E]
    read: Callable[[str, Fields, E], E]
    check: Callable[[Request, E], Callable[[str], dict[str, str]]]
    page: Callable[[Request, str, E], Page]
    save: Callable[[Request, E], Answer]
    hears_closing: bool = False


def open_steps(request: Request, form: StepForm[E]) -> Answer:
    """The first step, with what this person left unfinished."""
    entered = form.begin(request)
    note = ""
    try:
        kept = load_draft(request, form.draft, form.kind)
        if kept is not None and kept.version == entered.version:
            entered, note = kept, _("It goes on where you stopped. Nothing is saved before the last step.")
        elif kept is not None:
            note = _("Somebody else has changed this since you stopped. What you had entered is left out.")
    except UnreadableDraftError as odd:
        note = odd.text
    return opened(request, _view(request, form, form.steps[0], entered, note))


def take(request: Request, form: StepForm[E]) -> Answer:
    """A step was sent: the next one, or the whole saved. Raises RefusedFields with what is wrong."""
    step, stored = _step(request, form), form.begin(request)
    entered, is_whole = _entered(request, form, step, stored)
    if step == form.steps[-1]:
        if not is_whole:
            raise Refused(_("This was saved already, or it waited for too long. Open it again."))
        return _save(request, form, stored, entered)
    mistakes = form.check(request, entered)(step)
    if mistakes:
        raise RefusedFields(mistakes)
    return _turned(request, form, form.steps[form.steps.index(step) + 1], entered, is_whole=is_whole)


def go_back(request: Request, form: StepForm[E]) -> Answer:
    """The step before; what was entered on this one is kept, right or wrong."""
    step = _step(request, form)
    entered, is_whole = _entered(request, form, step, form.begin(request))
    return _turned(request, form, form.steps[max(form.steps.index(step) - 1, 0)], entered, is_whole=is_whole)


def keep(request: Request, form: StepForm[E]) -> Answer:
    """Somebody types, or closes the form: what was entered waits for the next time, even when it never comes back."""
    if not request.fields.values:  # a form that was closed need not say what was in it
        return NOTHING_TO_SAY
    save_draft(request, form.draft, _entered(request, form, _step(request, form), form.begin(request))[0])
    return NOTHING_TO_SAY


def change(request: Request, form: StepForm[E], work: Callable[[E], E], *, step: str = "") -> Answer:
    """The same step with something changed that no field holds, such as the order of a list.

    With `step` it is that step, to which a form of another kind comes back.
    """
    shown = step or _step(request, form)
    entered = current(request, form, reads=not step)
    changed = work(entered)
    save_draft(request, form.draft, changed)
    return Answer(update=_view(request, form, shown, changed))


def current(request: Request, form: StepForm[E], *, reads: bool = True) -> E:
    """What was entered so far; with what the fields of this step hold, where it `reads` them."""
    if reads:
        return _entered(request, form, _step(request, form), form.begin(request))[0]
    return load_draft(request, form.draft, form.kind) or form.begin(request)


def _step(request: Request, form: StepForm[E]) -> str:
    noted = request.noted(StepNotes).step
    return noted if noted in form.steps else form.steps[0]


def _entered(request: Request, form: StepForm[E], step: str, stored: E) -> tuple[E, bool]:
    """Everything entered, with this step; and whether the steps before it were found where they were kept."""
    try:
        kept = load_draft(request, form.draft, form.kind)
    except UnreadableDraftError:
        kept = None
    return form.read(step, request.fields, kept or stored), kept is not None or step == form.steps[0]


def _turned(request: Request, form: StepForm[E], step: str, entered: E, *, is_whole: bool) -> Answer:
    save_draft(request, form.draft, entered)
    if is_whole:
        return Answer(update=_view(request, form, step, entered))
    note = _("What you entered on other steps is not here any more. Please begin again.")
    return Answer(update=_view(request, form, form.steps[0], entered, note))


def _save(request: Request, form: StepForm[E], stored: E, entered: E) -> Answer:
    mistakes_on = form.check(request, entered)
    for step in form.steps:
        if mistakes_on(step):
            # Something that was right has become wrong, for example a moment that has passed meanwhile.
            return Answer(update=_view(request, form, step, entered, _("Please look at this step again.")))
    if stored.version != entered.version:
        note = _(
            "Somebody else has changed this meanwhile. What you entered is here; save it once more to replace theirs."
        )
        renewed = replace(entered, version=stored.version)
        save_draft(request, form.draft, renewed)
        return Answer(update=_view(request, form, form.steps[-1], renewed, note))
    drop_draft(request, form.draft)
    return form.save(request, entered)


def _view(request: Request, form: StepForm[E], step: str, entered: E, note: str = "") -> Block:
    page = form.page(request, step, entered)
    return step_view(form.verb, form.steps, step, page, note, tell_when_closed=form.hears_closing)
