"""Building the questions of a round: the list in the form of a plan or of a round that is asked now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commands.kit.entry import steps
from commands.kit.entry.drafts import load_draft, save_draft
from commands.kit.pressed import choice_in, outdated, parts_of
from commands.kit.refused import RefusedFields
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.updates.handlers import adhoc, planning
from commands.updates.rules.building import TEMPLATES, Change, from_template, moved, put
from commands.updates.rules.drafting import Asked, RoundEntry, absorbed, all_questions
from commands.updates.rules.questions import FRENCH, Question, trouble_with
from commands.updates.views.building.builder import CHOICES, ENGLISH, TEXT, preview_form, question_form, read_question
from commands.updates.views.notes import BuilderNotes
from storage.agencies import all_agencies
from storage.subjects import number

# Something done to what was entered, whichever of the two forms it is of.
Doing = Callable[[Any], Any]


def act(request: Request) -> Answer:
    """A line of a question's menu: its form, or the list changed."""
    place, what = parts_of(request.value, 2)
    wanted = choice_in(Change, what)
    if wanted is Change.EDIT:
        return _form_of(request, number(place))
    return _changed(request, lambda asked: moved(asked, number(place), wanted))


def add(request: Request) -> Answer:
    """The form of one question more."""
    return _form_of(request, len(all_questions(_kept(request))))


def _form_of(request: Request, place: int) -> Answer:
    """One question's form instead of the list; what the list holds is kept."""
    asked = absorbed(_kept(request))
    _keep(request, asked)
    questions = all_questions(asked)
    question = questions[place] if place < len(questions) else Question(id="", text="")
    sectors = {one for agency in all_agencies(request.session, request.mission.id) for one in agency.sectors}
    noted = request.noted(BuilderNotes)
    notes = BuilderNotes(noted.plan, "what", noted.adhoc, place)
    return Answer(update=question_form(question, sorted(sectors), notes))


def take(request: Request) -> Answer:
    """A question's form was sent: back to the list. Raises RefusedFields with what is wrong with it."""
    question = read_question(request.fields)
    trouble = trouble_with(question)
    if trouble:
        raise RefusedFields({CHOICES if trouble_with(Question(id="", text=question.text)) is None else TEXT: trouble})
    place = request.noted(BuilderNotes).number or 0
    return _changed(request, lambda asked: put(asked, place, question), from_question=True)


def go_back(request: Request) -> Answer:
    """The list again; the question stays as it was."""
    return _changed(request, absorbed, from_question=True)


def use_template(request: Request) -> Answer:
    """A template's questions behind what is there."""
    name = request.value
    if name not in TEMPLATES:
        raise outdated()
    return _changed(request, lambda asked: from_template(asked, name))


def preview(request: Request) -> Answer:
    """The questions as a focal point sees them, on top of the list."""
    asked = _kept(request)
    _keep(request, asked)
    language = FRENCH if request.value == FRENCH else ENGLISH
    return Answer(form=preview_form(all_questions(asked), language))


def seen(_request: Request) -> Answer:
    """The preview was looked at."""
    return NOTHING_TO_SAY


def _kept(request: Request) -> Asked:
    noted = request.noted(BuilderNotes)
    return adhoc.entered(request) if noted.adhoc else steps.current(request, planning.form_of(noted.plan))


def _keep(request: Request, asked: Asked) -> None:
    noted = request.noted(BuilderNotes)
    save_draft(request, adhoc.FORM if noted.adhoc else planning.form_of(noted.plan).draft, asked)


def _changed(request: Request, work: Doing, *, from_question: bool = False) -> Answer:
    noted = request.noted(BuilderNotes)
    if not noted.adhoc:
        step = "what" if from_question else ""
        return steps.change(request, planning.form_of(noted.plan), work, step=step)
    entry = (load_draft(request, adhoc.FORM, RoundEntry) or RoundEntry()) if from_question else adhoc.entered(request)
    changed: RoundEntry = work(entry)
    save_draft(request, adhoc.FORM, changed)
    return Answer(update=adhoc.form_of(request, changed))
