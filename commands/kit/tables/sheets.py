"""Which sheet of a workbook is read: the visible one that has the columns; where several have them, a person says.

A hidden sheet is never read unless somebody chose it.

Gesture: import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from commands.kit.cards import Block, context, escape, option, shorten
from commands.kit.refused import Refused
from commands.kit.tables.grid import Grid
from commands.kit.words import _

LONGEST_SHEET = 40
SHEETS_NAMED = 20
MOST_OPTIONS = 100
HasColumns = Callable[[Grid], bool]


def anything(_grid: Grid) -> bool:
    """For readers that take any table."""
    return True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook that holds something."""

    title: str
    is_hidden: bool
    grid: Grid


class SheetQuestion(Refused):
    """Several sheets may be meant, or only a hidden one: somebody has to say which.

    Any of `titles` may be chosen; those in `hidden` are hidden sheets. `have_columns` says whether at least one of them
    has the columns that were looked for.
    """

    def __init__(self, sheets: Sequence[Sheet], *, have_columns: bool, field: str) -> None:
        self.titles = [sheet.title for sheet in sheets]
        self.hidden = [sheet.title for sheet in sheets if sheet.is_hidden]
        self.have_columns = have_columns
        super().__init__(question_text(self.titles, self.hidden, have_columns=have_columns), field)


def question_text(titles: Sequence[str], hidden: Sequence[str], *, have_columns: bool) -> str:
    """What is asked when it is not clear which sheet is meant."""
    if hidden:
        words = _("Only hidden sheets of this workbook have these columns: {sheets}. I read none of them unasked.")
        return words.format(sheets=named_sheets(hidden))
    if have_columns:
        words = _("Several sheets of this workbook have these columns: {sheets}. Say which one is to be read.")
    else:
        words = _("No sheet of this workbook has the columns I know. It has: {sheets}. Say which one is to be read.")
    return words.format(sheets=named_sheets(titles))


def sheet_to_read(sheets: Sequence[Sheet], wanted: str, has_columns: HasColumns, field: str) -> Grid:
    """The sheet that is read, with the titles of those that are not.

    `wanted` is the title that somebody chose; empty, where nobody did. Raises SheetQuestion where it has to be asked,
    and Refused where there is nothing to read.
    """
    chosen = _chosen(sheets, wanted, field) if wanted else _found(sheets, has_columns, field)
    others = [sheet for sheet in sheets if sheet is not chosen]
    return replace(
        chosen.grid,
        unread=tuple(sheet.title for sheet in others if not sheet.is_hidden),
        hidden=tuple(sheet.title for sheet in others if sheet.is_hidden),
    )


def _chosen(sheets: Sequence[Sheet], wanted: str, field: str) -> Sheet:
    for sheet in sheets:
        if sheet.title == wanted:
            return sheet
    raise Refused(_("This workbook has no sheet “{sheet}” that holds anything.").format(sheet=wanted), field)


def _found(sheets: Sequence[Sheet], has_columns: HasColumns, field: str) -> Sheet:
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    fitting = [sheet for sheet in visible if has_columns(sheet.grid)]
    if not fitting:
        hidden = [sheet for sheet in sheets if sheet.is_hidden and has_columns(sheet.grid)]
        if hidden:
            raise SheetQuestion([*hidden, *visible], have_columns=True, field=field)
        if not visible:
            raise Refused(_("Every visible sheet of this workbook is empty. Choose the file with the table."), field)
    candidates = fitting or visible
    if len(candidates) > 1:
        raise SheetQuestion(candidates, have_columns=bool(fitting), field=field)
    return candidates[0]


def named_sheets(titles: Sequence[str]) -> str:
    """Sheets by their titles, in quotation marks."""
    named = [_("“{title}”").format(title=shorten(title, LONGEST_SHEET)) for title in titles[:SHEETS_NAMED]]
    more = len(titles) - SHEETS_NAMED
    return ", ".join([*named, *([_("{count} more").format(count=more)] if more > 0 else [])])


def sheet_options(
    titles: Sequence[str], hidden: Sequence[str], value: Callable[[str], str] = lambda title: title
) -> list[Block]:
    """A choice for each sheet, as many as Slack takes; `value` makes its value of the title."""
    named = [(_("{title} (hidden)").format(title=title) if title in hidden else title, title) for title in titles]
    return [option(text, value(title)) for text, title in named[:MOST_OPTIONS]]


def sheets_line(read: str, unread: Sequence[str], hidden: Sequence[str]) -> str:
    """Which sheet was read and which were not; empty for files without sheets."""
    if not read:
        return ""
    parts = [_("Sheet read: {sheet}.").format(sheet=named_sheets([read]))]
    if unread:
        parts.append(_("Not read: {sheets}.").format(sheets=named_sheets(unread)))
    if hidden:
        parts.append(_("Hidden and not read: {sheets}.").format(sheets=named_sheets(hidden)))
    return " ".join(parts)


def sheets_told(read: str, unread: Sequence[str], hidden: Sequence[str]) -> list[Block]:
    """The same as a block of a preview."""
    line = sheets_line(read, unread, hidden)
    return [context(escape(line))] if line else []
