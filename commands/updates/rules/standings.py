"""Where a round stands: how many returns are in, late, nil, waived, owed, and who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.updates.returns import Return, ReturnState, Standing


class Column(StrEnum):
    """How a board sorts returns."""

    IN = "in"
    LATE = "late"
    NIL = "nil"
    WAIVED = "waived"
    OWED = "owed"
    MISSED = "missed"


def column_of(state: str, is_late: bool) -> Column:
    """The column of a return. A late nil return counts as late."""
    if state in {ReturnState.SUBMITTED, ReturnState.NIL} and is_late:
        return Column.LATE
    return {
        ReturnState.SUBMITTED: Column.IN,
        ReturnState.NIL: Column.NIL,
        ReturnState.WAIVED: Column.WAIVED,
        ReturnState.MISSED: Column.MISSED,
    }.get(ReturnState(state), Column.OWED)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by column."""

    counts: Mapping[Column, int]

    def __getitem__(self, column: Column) -> int:
        return self.counts.get(column, 0)

    @property
    def total(self) -> int:
        """All returns of the round."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """Returns that are there, on time or late, nil ones too."""
        return self[Column.IN] + self[Column.LATE] + self[Column.NIL]


def tally(standings: Iterable[Standing | Return]) -> Tally:
    """Counts of these returns."""
    return Tally(Counter(column_of(one.state, one.is_late) for one in standings))


def tally_of(counts: Mapping[tuple[str, bool], int]) -> Tally:
    """Counts out of counts by (state, late)."""
    found: Counter[Column] = Counter()
    for (state, late), count in counts.items():
        found[column_of(state, late)] += count
    return Tally(found)


def by_column(standings: Sequence[Standing]) -> dict[Column, list[Standing]]:
    """Returns by column, each in the order given."""
    found: dict[Column, list[Standing]] = {column: [] for column in Column}
    for one in standings:
        found[column_of(one.state, one.is_late)].append(one)
    return found


class Timeliness(StrEnum):
    """How an agency met one round."""

    ON_TIME = "on_time"
    LATE = "late"
    NIL = "nil"
    MISSED = "missed"
    WAIVED = "waived"
    RUNNING = "running"


def timeliness_of(state: str, is_late: bool) -> Timeliness:
    """How an agency met a round, by the state of its return."""
    return {
        Column.IN: Timeliness.ON_TIME,
        Column.LATE: Timeliness.LATE,
        Column.NIL: Timeliness.NIL,
        Column.WAIVED: Timeliness.WAIVED,
        Column.MISSED: Timeliness.MISSED,
        Column.OWED: Timeliness.RUNNING,
    }[column_of(state, is_late)]
