"""What somebody says about a file that can be read in several ways: it is read again as it is meant."""

from __future__ import annotations

from datetime import date

from commands.funding.handlers.imports.form import pressed_import, settled_text
from commands.funding.handlers.imports.steps import show_import, soon
from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.questions import SAID, Questions
from commands.funding.views.imports.questions import QuestionNotes, questions_form, read_answers
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.funding.imports import FundingImport, ImportState
from storage.funding.staging import unstage


def open_questions(request: Request) -> Answer:
    """The form that asks what a file means; the value is the import."""
    kept = _asked(request, request.value)
    return Answer(form=questions_form(kept, kept.options["countries"]))


def take_answers(request: Request) -> Answer:
    """Keep what was said, and let the worker read the file again."""
    kept = _asked(request, request.noted(QuestionNotes).of)
    said = read_answers(request.fields, kept).as_json()
    if said == kept.options.get(SAID):
        return Answer(close_all=True)
    unstage(request.session, kept)
    kept.options = {**kept.options, SAID: said}
    day = kept.options.get("typed", {}).get("as_of")
    kept.as_of = date.fromisoformat(day) if day else None
    kept.state, kept.rows_read, kept.issues, kept.totals = ImportState.READING, 0, [], []
    kept.counts, kept.scope = {}, {}
    request.record("funding.import_explained", ("funding_import", kept.id), file=kept.file_name)
    soon(request, kept, "funding:read")
    show_import(request, kept)
    return Answer(close_all=True)


def _asked(request: Request, identity: object) -> FundingImport:
    kept = pressed_import(request, identity)
    if kept.state != ImportState.READY:
        raise Refused(settled_text(kept))
    if not Questions.of(Issues.from_json(kept.issues)):
        raise Refused(_("Nothing is asked about this file any more. Look at its preview."))
    return kept
