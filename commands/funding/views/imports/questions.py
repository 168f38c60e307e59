"""Asking what a file means where it can be read in several ways, or names a country that nobody knows."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.owners import NOT_OURS, place_key
from commands.funding.rules.imports.questions import Questions, Said
from commands.kit.cards import Block, actions, button, context, escape, option, section, shorten
from commands.kit.forms import Fields, field_block, modal, select
from commands.kit.notes import named
from commands.kit.numbers import number_text
from commands.kit.words import _, ngettext
from storage.funding.imports import FundingImport, ImportState

LONGEST_TEXT = 60
TOLD = 6


@dataclass(frozen=True, slots=True)
class QuestionNotes:
    """What the form carries: of which import it is."""

    of: int = named("import", 0)


def others_line(count: int) -> list[Block]:
    """How many rows of a file are not ours, for its preview."""
    if not count:
        return []
    words = ngettext(
        "Not ours: {count} row of other countries, left out.",
        "Not ours: {count} rows of other countries, left out.",
        count,
    )
    return [context(words.format(count=number_text(count)))]


def question_blocks(kept: FundingImport) -> list[Block]:
    """What is asked about the file of a preview, with the button that opens the form."""
    asked = Questions.of(Issues.from_json(kept.issues))
    if not asked or kept.state != ImportState.READY:
        return []
    named_places = [_place(text, rows) for text, rows in list(asked.places.items())[:TOLD]]
    more = ["…"] if len(asked.places) > TOLD else []
    words = _(
        ":warning: *I do not know whose these rows are:* {places}. They are left out until somebody says which country "
        "is meant."
    )
    text = words.format(places=", ".join([*map(escape, named_places), *more]))
    return [section(text), actions(button(_("Say what is meant"), "funding:questions", str(kept.id), style="primary"))]


def _place(text: str, rows: int) -> str:
    name = _("“{text}”").format(text=shorten(text, LONGEST_TEXT)) if text else _("no country")
    return ngettext("{place} ({count} row)", "{place} ({count} rows)", rows).format(place=name, count=number_text(rows))


def questions_form(kept: FundingImport, countries: Sequence[str]) -> Block:
    """A choice for each thing that is asked; what is left open stays left out."""
    asked = Questions.of(Issues.from_json(kept.issues))
    words = _("*{file}*: which country is meant? Rows of which you say nothing stay left out.")
    choices = [option(code, code) for code in countries]
    choices.append(option(_("None of the mission's countries"), NOT_OURS))
    blocks = [section(words.format(file=escape(shorten(kept.file_name, LONGEST_TEXT))))]
    for text, rows in asked.places.items():
        blocks.append(field_block(_place_block(text), _place(text, rows), select(choices), optional=True))
    blocks.append(context(_("What you say about a name is remembered for the next file once this one is imported.")))
    return modal(
        "funding:questions",
        _("Import from FTS"),
        blocks,
        submit=_("Preview"),
        close=_("Cancel"),
        notes=QuestionNotes(kept.id),
    )


def _place_block(text: str) -> str:
    # A text of the file may be too long for the name of a field.
    return f"place-{zlib.crc32(text.encode()):08x}"


def read_answers(fields: Fields, kept: FundingImport) -> Said:
    """What the form says, with what was said before."""
    asked = Questions.of(Issues.from_json(kept.issues))
    chosen = {place_key(text): fields.choice(_place_block(text)) for text in asked.places}
    before = Said.of(kept.options)
    return Said({**before.places, **{key: choice for key, choice in chosen.items() if choice}})
