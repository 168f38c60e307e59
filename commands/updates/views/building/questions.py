"""Questions in words: what each takes as an answer, and of whom."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import escape
from commands.kit.names.sectors import sector_name
from commands.kit.words import _
from commands.updates.rules.digest import is_counted
from commands.updates.rules.questions import Kind, Question


def questions_text(questions: Sequence[Question]) -> str:
    """Questions as a focal point will meet them, with what kind of answer each takes."""
    lines = []
    for number, question in enumerate(questions, 1):
        lines.append(question_line(question, number))
    return "\n".join(lines)


def question_line(question: Question, number: int) -> str:
    """A question with what kind of answer it takes, and of whom."""
    marks = [kind_text(question)]
    if question.per_sector:
        marks.append(_("for each sector"))
    if question.sectors:
        marks.append(", ".join(sector_name(one) for one in question.sectors))
    if question.required:
        marks.append(_("required"))
    if is_counted(question):
        marks.append(_("all agencies together in the digest"))
    return f"{number}. {escape(question.words)} _({escape(', '.join(marks))})_"


def kind_text(question: Question) -> str:
    """What kind of answer a question takes, in words."""
    if question.kind is Kind.NUMBER:
        return _("number, {unit}").format(unit=question.unit) if question.unit else _("number")
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        choices = " / ".join(question.choice_words(one) for one in question.choices)
        text = _("one of: {choices}") if question.kind is Kind.ONE else _("any of: {choices}")
        return text.format(choices=choices)
    return {Kind.TEXT: _("short text"), Kind.LONG_TEXT: _("text"), Kind.YES_NO: _("yes or no")}[question.kind]
