"""What the rows of a file are read against, and why a row is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from commands.funding.rules.clusters import GLOBAL_CLUSTERS
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.issues import Kind

LONGEST_KEY = 64
NOT_SPECIFIED = "not specified"
# Values of one row in the order of the reader's columns, as databases take them.
StagedRow = tuple[Any, ...]


class RefusedRowError(Exception):
    """A row that cannot be taken: why, in which field, and the texts about which somebody can say what they mean."""

    def __init__(self, kind: Kind, name: str, value: str, *, asked: Iterable[str] = ()) -> None:
        super().__init__(kind.value)
        self.kind, self.name, self.value, self.asked = kind, name, value, asked


@dataclass(frozen=True, slots=True)
class FileContext:
    """What the rows of a file are read against.

    `countries` are the mission's, the file's own first; `places` is what somebody said about texts that name no country
    we know (`whose`); `direction` holds where the file has no column for it; `written` is how its numbers and days are
    written; `plan_codes` are codes by FTS id, for files without them; `plan_ids` the other way round; `code_keys` are
    plans known by their code alone; `plan_names` are id and code by name, for files that say no more; `width` is how
    many cells a row must have, None where rows may be cut short (XLSX).
    """

    countries: tuple[str, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    direction: str = ""
    written: Conventions = field(default_factory=Conventions)
    width: int | None = None
    clusters: frozenset[str] = frozenset(GLOBAL_CLUSTERS)
    plan_codes: dict[str, str] = field(default_factory=dict)
    plan_ids: dict[str, str] = field(default_factory=dict)
    code_keys: frozenset[str] = frozenset()
    plan_names: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def check_width(cells: tuple[str, ...], width: int | None) -> None:
    """Raises RefusedRowError for a row with fewer cells than the header, or with text beyond it."""
    if width is None or len(cells) == width:
        return
    if len(cells) < width:
        raise RefusedRowError(Kind.SHORT_ROW, "", f"{len(cells)} < {width}")
    if any(cells[width:]):
        raise RefusedRowError(Kind.LONG_ROW, "", f"{len(cells)} > {width}")


def plan_key(plan_id: str, code: str, name: str) -> str:
    """What tells plans apart: FTS's id, else the code, else the name; "" is "Not specified"."""
    key = plan_id or code or name
    return "" if key.lower() == NOT_SPECIFIED else key[:LONGEST_KEY]
