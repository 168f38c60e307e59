"""Asking how a list is meant: which sheet, which header holds what, and what words for kinds mean."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from commands.agencies.rules.columns import COLUMNS
from commands.agencies.rules.kinds import near_kind
from commands.agencies.rules.understanding import MOST_KINDS, Seen, Understood, kind_key
from commands.agencies.views.importing import LONGEST_TITLE
from commands.agencies.views.parts import field_name, verb
from commands.kit.cards import Block, context, escape, option, section, shorten
from commands.kit.forms import Fields, field_block, modal, select
from commands.kit.names.agencies import kind_name
from commands.kit.notes import named
from commands.kit.numbers import number_text
from commands.kit.tables import question_text, sheet_options, title_key
from commands.kit.words import _, ngettext
from storage.agencies import AgencyKind

SHEET = "sheet"
MOST_HEADERS = 100
NO_KIND = "none"
LONGEST_HEADER = 30


@dataclass(frozen=True, slots=True)
class UnderstandingNotes:
    """What the form carries: of which import it is."""

    of: int = named("import", 0)


def understanding_form(import_id: int, file_name: str, seen: Seen, understood: Understood) -> Block:
    """What has to be said before a list can be read."""
    blocks = [section(_("*{file}*: before I read it, please say how it is meant.").format(file=_short(file_name)))]
    if seen.choices:
        asked = question_text(seen.choices, seen.hidden, have_columns=seen.have_columns)
        # The next list has sheets of its own: which one is meant is not remembered.
        blocks += [section(escape(asked)), _sheet(seen, seen.choices)]
    elif seen.kinds:
        words = _("These words for kinds of organisations are not ours. What does each of them mean?")
        blocks += [section(words), *_kinds(seen.unsaid_kinds(understood), understood), _remembered()]
    else:
        words = _("No header of the file is one that I know for the name. Say which header holds what.")
        blocks += [section(words), *_columns(seen), _remembered()]
    return _form(import_id, blocks)


def changing_form(import_id: int, file_name: str, seen: Seen, understood: Understood) -> Block:
    """How a list was understood, to be changed."""
    words = _("*{file}*: change how it is read. Nothing is saved yet.").format(file=_short(file_name))
    sheets = [seen.sheet, *seen.unread, *seen.hidden]
    blocks = [section(words), *([_sheet(seen, sheets)] if len(sheets) > 1 else []), *_columns(seen)]
    return _form(import_id, [*blocks, *_kinds(seen.kinds[:MOST_KINDS], understood), _remembered()])


def _form(import_id: int, blocks: list[Block]) -> Block:
    return modal(
        verb("understood"),
        _("Import: the file"),
        blocks,
        submit=_("Preview"),
        close=_("Cancel"),
        notes=UnderstandingNotes(import_id),
    )


def _short(text: str) -> str:
    return escape(shorten(text, LONGEST_TITLE))


def _remembered() -> Block:
    return context(
        _("What you say here about headers and kinds is remembered for the next list once this one is saved.")
    )


def _sheet(seen: Seen, titles: Sequence[str]) -> Block:
    choosing = select(sheet_options(titles, seen.hidden), initial=seen.sheet or None)
    return field_block(SHEET, _("Sheet to read"), choosing)


def _columns(seen: Seen) -> list[Block]:
    headers = [
        option(_header(title, example), _mark(title_key(title))) for title, example in seen.titles[:MOST_HEADERS]
    ]
    return [
        field_block(
            _column_block(column.name),
            field_name(column.name),
            select(headers, initial=_mark(title_key(seen.places[column.name])) if column.name in seen.places else None),
            optional=not column.required,
        )
        for column in COLUMNS
        if headers
    ]


def _header(title: str, example: str) -> str:
    named = shorten(title, LONGEST_HEADER)
    return _("{header}, such as “{example}”").format(header=named, example=example) if example else named


def _column_block(name: str) -> str:
    return f"column-{name}"


def _kinds(kinds: Sequence[tuple[str, int]], understood: Understood) -> list[Block]:
    options = [option(kind_name(kind), kind.value) for kind in AgencyKind]
    options.append(option(_("Leave the kind open"), NO_KIND))
    blocks = []
    for value, rows in kinds:
        label = ngettext("“{value}” ({n} row)", "“{value}” ({n} rows)", rows)
        said = understood.kinds.get(kind_key(value), near_kind(value))
        initial = None if said is None else said or NO_KIND
        blocks.append(
            field_block(
                _kind_block(value),
                label.format(value=shorten(value, LONGEST_TITLE), n=number_text(rows)),
                select(options, initial=initial),
            )
        )
    return blocks


def _kind_block(value: str) -> str:
    return f"kind-{_mark(kind_key(value))}"


def _mark(text: str) -> str:
    """What stands for a text of the file, which may be too long for a form with many of them."""
    return f"{zlib.crc32(text.encode()):08x}"


def read_understanding(fields: Fields, seen: Seen, understood: Understood) -> Understood:
    """What the form says now, with what was said before."""
    sheet = fields.choice(SHEET) if fields.has(SHEET) else understood.sheet
    titles = {_mark(title_key(title)): title_key(title) for title, _example in seen.titles}
    columns = {column.name: titles.get(fields.choice(_column_block(column.name)) or "", "") for column in COLUMNS}
    # What is as it was found was not said by anybody, and is not remembered.
    found = {name: title_key(title) for name, title in seen.places.items()}
    asked = {
        name: title
        for name, title in columns.items()
        if fields.has(_column_block(name)) and title != found.get(name, "")
    }
    return replace(understood.with_columns(asked), sheet=sheet or "", kinds={**understood.kinds, **_said(fields, seen)})


def _said(fields: Fields, seen: Seen) -> Mapping[str, str]:
    said = {kind_key(value): fields.choice(_kind_block(value)) for value, _rows in seen.kinds}
    return {key: "" if kind == NO_KIND else kind for key, kind in said.items() if kind}


def understood_line(seen: Seen, understood: Understood) -> str:
    """What somebody said about this file, in words; empty where nobody had to say anything."""
    said = [
        _("“{header}” is {field}").format(header=shorten(title, LONGEST_TITLE), field=field_name(name))
        for name, title in seen.places.items()
        if understood.columns.get(title_key(title)) == name
    ]
    for value, _rows in seen.kinds:
        kind = understood.kinds.get(kind_key(value))
        if kind is not None:
            meaning = kind_name(kind) if kind else _("left open")
            said.append(_("“{value}” is {kind}").format(value=shorten(value, LONGEST_TITLE), kind=meaning))
    return _("As was said here or about an earlier list: {said}.").format(said="; ".join(said)) if said else ""
