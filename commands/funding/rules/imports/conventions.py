"""How numbers and days of a file are written: by column, as one cell that can be read in one way settles the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from commands.funding.rules.imports.issues import Kind
from commands.funding.rules.imports.values import CellError, cents, day, is_ambiguous_day, plain_number
from commands.kit.tables.grid import NumberedRow
from commands.kit.typed.columns import days_by_order, settled
from commands.kit.typed.numbers import numbers_by_mark


def _no_rows() -> Iterable[NumberedRow]:
    return ()


@dataclass(slots=True)
class Conventions:
    """What is settled about the columns of a file, found when the first cell needs it.

    `places` are the columns of the file by name, `rows` goes through them from the first. `typed`: the file tells
    numbers from texts. `marks` (of decimals) and `orders` (of days) are what somebody said, by the name of the column.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    rows: Callable[[], Iterable[NumberedRow]] = _no_rows
    typed: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], str] = field(default_factory=dict)

    def cents(self, column: str, text: str) -> tuple[int, Kind | None]:
        """An amount as whole cents, and what was odd about it. Raises CellError."""
        try:
            return cents(text, typed=self.typed)
        except CellError as no:
            if no.kind is not Kind.AMBIGUOUS:
                raise
            # An amount is in totals: all cells have their say.
            return cents(text, mark=self._mark(column, at_once=False), typed=self.typed)

    def plain_number(self, column: str, text: str) -> str:
        """A number in its shortest plain form. Raises CellError."""
        try:
            return plain_number(text, typed=self.typed)
        except CellError as no:
            if no.kind is not Kind.AMBIGUOUS:
                raise
            return plain_number(text, self._mark(column, at_once=True), typed=self.typed)

    def day(self, column: str, text: str) -> tuple[str | None, bool]:
        """A day that is none by itself, as ISO 8601 where its column settles it; and whether to ask about it."""
        if not is_ambiguous_day(text):
            return None, False
        order = self.orders.get(column) or self._settled("day", column, days_by_order, at_once=False)
        return (day(text, order), False) if order else (None, True)

    def _mark(self, column: str, *, at_once: bool) -> str:
        return self.marks.get(column) or self._settled("number", column, self._numbers, at_once=at_once)

    def _numbers(self, text: str) -> Mapping[str, object]:
        # Of a file that types its numbers only those with a comma are texts.
        return {} if text.isdecimal() or (self.typed and "," not in text) else numbers_by_mark(text)

    def _settled(
        self, kind: str, column: str, readings: Callable[[str], Mapping[str, object]], *, at_once: bool
    ) -> str:
        key = (kind, column)
        if key not in self._found:
            place = self.places.get(column, -1)
            cells = (cells[place] for _number, cells in self.rows() if 0 <= place < len(cells))
            self._found[key] = settled(cells, readings, at_once=at_once)
        return self._found[key]
