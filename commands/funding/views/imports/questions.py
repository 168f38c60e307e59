"""Asking what a file means where it can be read in several ways, or names a country that nobody knows."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.owners import NOT_OURS, place_key
from commands.funding.rules.imports.questions import Questions, Said
from commands.kit.cards import Block, actions, button, context, escape, option, section, shorten
from commands.kit.dates import day_text
from commands.kit.forms import Fields, field_block, modal, select
from commands.kit.notes import named
from commands.kit.numbers import number_text
from commands.kit.typed.columns import days_by_order
from commands.kit.typed.numbers import numbers_by_mark
from commands.kit.words import _, ngettext
from storage.funding.imports import FundingImport, ImportState

_PLACE, _NUMBER, _DAY = "place", "number", "day"
LONGEST_TEXT = 60
TOLD = 6
Reading = Decimal | date


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
    lines = [_places_line(asked)] if asked.places else []
    if asked.numbers or asked.days:
        lines.append(_columns_line(asked))
    opening = button(_("Say what is meant"), "funding:questions", str(kept.id), style="primary")
    return [section("\n".join(lines)), actions(opening)]


def _places_line(asked: Questions) -> str:
    named_places = [_place(text, rows) for text, rows in list(asked.places.items())[:TOLD]]
    more = ["…"] if len(asked.places) > TOLD else []
    words = _(
        ":warning: *I do not know whose these rows are:* {places}. They are left out until somebody says which country "
        "is meant."
    )
    return words.format(places=", ".join([*map(escape, named_places), *more]))


def _columns_line(asked: Questions) -> str:
    words = _(":warning: *These columns can be read in two ways,* and no cell settles it: {columns}.")
    told = [
        _("{column} (“{text}”)").format(column=escape(shorten(title, LONGEST_TEXT)), text=escape(text))
        for title, text in [*asked.numbers.items(), *asked.days.items()][:TOLD]
    ]
    return words.format(columns=", ".join(told))


def _place(text: str, rows: int) -> str:
    name = _("“{text}”").format(text=shorten(text, LONGEST_TEXT)) if text else _("no country")
    return ngettext("{place} ({count} row)", "{place} ({count} rows)", rows).format(place=name, count=number_text(rows))


def questions_form(kept: FundingImport, countries: Sequence[str]) -> Block:
    """A choice for each thing that is asked; what is left open stays left out."""
    asked = Questions.of(Issues.from_json(kept.issues))
    words = _("*{file}*: what is meant? What you leave open stays left out.")
    blocks = [section(words.format(file=escape(shorten(kept.file_name, LONGEST_TEXT))))]
    blocks += _columns(asked.numbers, _NUMBER, numbers_by_mark)
    blocks += _columns(asked.days, _DAY, days_by_order)
    choices = [option(code, code) for code in countries]
    choices.append(option(_("None of the mission's countries"), NOT_OURS))
    for text, rows in asked.places.items():
        blocks.append(field_block(_block(_PLACE, text), _place(text, rows), select(choices), optional=True))
    if asked.places:
        words = _("What you say about a name is remembered for the next file once this one is imported.")
        blocks.append(context(words))
    return modal(
        "funding:questions",
        _("Import from FTS"),
        blocks,
        submit=_("Preview"),
        close=_("Cancel"),
        notes=QuestionNotes(kept.id),
    )


def _columns(asked: Mapping[str, str], kind: str, readings: Callable[[str], Mapping[str, Reading]]) -> list[Block]:
    blocks: list[Block] = []
    for title, text in asked.items():
        options = [option(_meaning(text, value), way) for way, value in readings(text).items()]
        label = _("Column {column}").format(column=shorten(title, LONGEST_TEXT))
        blocks.append(field_block(_block(kind, title), label, select(options), optional=True))
    return blocks


def _meaning(text: str, value: Reading) -> str:
    if isinstance(value, date):
        return _("“{text}” is {day}").format(text=text, day=day_text(value))
    # Without separators of its own, which would be the question again.
    words = (
        _("“{text}” is {number}, a whole number") if value == int(value) else _("“{text}” is {number}, with decimals")
    )
    return words.format(text=text, number=f"{value:f}")


def _block(kind: str, text: str) -> str:
    # A text of the file may be too long for the name of a field.
    return f"{kind}-{zlib.crc32(text.encode()):08x}"


def read_answers(fields: Fields, kept: FundingImport) -> Said:
    """What the form says, with what was said before."""
    asked, before = Questions.of(Issues.from_json(kept.issues)), Said.of(kept.options)

    def said(kind: str, texts: Iterable[str]) -> dict[str, str]:
        chosen = {text: fields.choice(_block(kind, text)) for text in texts}
        return {text: choice for text, choice in chosen.items() if choice}

    places = {place_key(text): choice for text, choice in said(_PLACE, asked.places).items()}
    return Said(
        {**before.places, **places},
        {**before.marks, **said(_NUMBER, asked.numbers)},
        {**before.orders, **said(_DAY, asked.days)},
    )
