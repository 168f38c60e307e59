"""The questions of a round as a list to work on, one of them as a form, and all of them as a focal point sees them."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Block, actions, button, context, option, overflow, sections, select_menu, shorten
from commands.kit.forms import Fields, checkboxes, field_block, modal, multi_select, radio, select, text_input
from commands.kit.names.sectors import sector_name, sector_order
from commands.kit.pressed import choice_in, value_of
from commands.kit.words import _, pgettext, speaking
from commands.updates.rules.building import TEMPLATES, Change
from commands.updates.rules.drafting import Asked
from commands.updates.rules.questions import (
    CHOICE_LIMIT,
    FRENCH,
    QUESTION_LIMIT,
    UNIT_LIMIT,
    Item,
    Kind,
    Question,
    Shows,
    questions_of,
)
from commands.updates.views.answer_form import item_field
from commands.updates.views.building.questions import question_line
from commands.updates.views.notes import BuilderNotes

TEXT, TEXT_FR, KIND, CHOICES, CHOICES_FR, UNIT = "text", "text_fr", "kind", "choices", "choices_fr", "unit"
MARKS, SECTORS, SHOWS = "marks", "sectors", "shows"
REQUIRED, PER_SECTOR = "required", "per_sector"
OPTION_LIMIT = 75
ENGLISH = "en"
PREVIEWED = 90


def built_blocks(asked: Asked) -> list[Block]:
    """The questions so far, each with its menu, and the buttons that add one or show them all."""
    found = questions_of(asked.built)
    blocks = [_row(question, number, len(found)) for number, question in enumerate(found)]
    templates = [option(name, key) for key, name in template_names().items()]
    buttons = [
        button(_("Add a question"), "updates:q-add"),
        select_menu("updates:q-template", _("Begin from a template"), templates),
    ]
    if found:
        buttons += [
            button(_("Preview in English"), "updates:q-preview:en", ENGLISH),
            button(_("Preview in French"), "updates:q-preview:fr", FRENCH),
        ]
    return [*blocks, actions(*buttons, block_id="build")]


def template_names() -> dict[str, str]:
    """What the templates are called."""
    names = {"weekly": _("Weekly update"), "flash": _("Flash update"), "3w": _("Who does what, where: changes")}
    return {key: names[key] for key in TEMPLATES}


def _row(question: Question, number: int, count: int) -> Block:
    offered = [option(_("Edit question"), value_of(number, Change.EDIT.value))]
    if number:
        offered.append(option(_("Move up"), value_of(number, Change.UP.value)))
    if number + 1 < count:
        offered.append(option(_("Move down"), value_of(number, Change.DOWN.value)))
    offered.append(option(_("Remove question"), value_of(number, Change.REMOVE.value)))
    [block] = sections(question_line(question, number + 1))[:1]
    return {**block, "accessory": overflow(f"updates:q-menu:{number}", offered)}


def kind_names() -> dict[Kind, str]:
    """What sorts of answers are called."""
    return {
        Kind.LONG_TEXT: _("text of any length"),
        Kind.TEXT: _("short text"),
        Kind.NUMBER: _("number"),
        Kind.ONE: _("one of several choices"),
        Kind.SEVERAL: _("any of several choices"),
        Kind.YES_NO: _("yes or no"),
    }


def question_form(question: Question, sectors: Sequence[str], notes: BuilderNotes) -> Block:
    """One question with everything that can be said about it."""
    kinds = [option(name, kind.value) for kind, name in kind_names().items()]
    shows = [
        option(_("Every answer"), Shows.EACH.value),
        option(_("All agencies together: totals and counts"), Shows.TOGETHER.value),
    ]
    marks = [option(_("An answer is required"), REQUIRED), option(_("Once for each sector of the agency"), PER_SECTOR)]
    ticked = [name for name, is_so in ((REQUIRED, question.required), (PER_SECTOR, question.per_sector)) if is_so]
    lines, lines_fr = "\n".join(question.choices), "\n".join(question.choices_fr)
    blocks = [
        field_block(TEXT, _("Question"), text_input(initial=question.text, most=QUESTION_LIMIT)),
        field_block(
            TEXT_FR,
            _("Question in French"),
            text_input(initial=question.text_fr, most=QUESTION_LIMIT),
            hint=_("Shown to those who read French. Without it they read the English words."),
            optional=True,
        ),
        field_block(KIND, pgettext("field", "Answer"), select(kinds, initial=question.kind.value)),
        field_block(CHOICES, _("Choices, one on each line"), text_input(initial=lines, long=True), optional=True),
        field_block(
            CHOICES_FR,
            _("Choices in French, in the same order"),
            text_input(initial=lines_fr, long=True),
            optional=True,
        ),
        field_block(UNIT, _("Unit of a number"), text_input(initial=question.unit, most=UNIT_LIMIT), optional=True),
        field_block(MARKS, _("How it is asked"), checkboxes(marks, initial=ticked), optional=True),
        *_sectors_field(question, sectors),
        field_block(SHOWS, _("In the digest"), radio(shows, initial=question.shows.value)),
        actions(button(_("Back"), "updates:q-back"), block_id="back"),
    ]
    return modal("updates:question", _("Question"), blocks, submit=_("Keep question"), close=_("Close"), notes=notes)


def _sectors_field(question: Question, sectors: Sequence[str]) -> list[Block]:
    known = sorted({*sectors, *question.sectors}, key=sector_order)[:100]
    if not known:
        return []
    offered = [option(shorten(sector_name(one), OPTION_LIMIT), one) for one in known]
    element = multi_select(offered, initial=question.sectors)
    hint = _("Empty: every agency is asked.")
    return [field_block(SECTORS, _("Only agencies of these sectors"), element, hint=hint, optional=True)]


def read_question(fields: Fields) -> Question:
    """The question that the form holds. What its kind has no use for is left out."""
    kind = choice_in(Kind, fields.choice(KIND) or Kind.LONG_TEXT.value)
    marks = fields.choices(MARKS)
    chooses = kind in {Kind.ONE, Kind.SEVERAL}
    return Question(
        id="",
        text=fields.text(TEXT),
        kind=kind,
        required=REQUIRED in marks,
        unit=fields.text(UNIT) if kind is Kind.NUMBER else "",
        choices=_lines(fields.text(CHOICES)) if chooses else (),
        per_sector=PER_SECTOR in marks,
        text_fr=fields.text(TEXT_FR),
        choices_fr=_lines(fields.text(CHOICES_FR)) if chooses else (),
        sectors=tuple(fields.choices(SECTORS)),
        shows=choice_in(Shows, fields.choice(SHOWS) or Shows.EACH.value),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(shorten(line.strip(), CHOICE_LIMIT + 1) for line in text.splitlines() if line.strip())


def preview_form(questions: Sequence[Question], language: str) -> Block:
    """The questions as fields, as a focal point who reads this language sees them; nothing is sent."""
    with speaking(language):
        fields = [
            {**item_field(Item(question), number, None), "optional": True, "dispatch_action": False}
            for number, question in enumerate(questions[:PREVIEWED])
        ]
    note = context(_("This is only a preview: nothing you enter here is kept."))
    title = pgettext("updates", "Preview")
    return modal("updates:q-seen", title, [note, *fields], submit=pgettext("updates", "Done"), close=_("Back"))
