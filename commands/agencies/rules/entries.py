"""A list of organisations, row by row: checked, and gathered where several rows speak of the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from commands.agencies.rules.fields import (
    code_problem,
    in_order,
    name_problem,
    sector_problem,
    sectors_in,
    station_problem,
    tidy,
)
from commands.agencies.rules.kinds import kind_of, language_of_text
from commands.kit.names.agencies import WORKING_LANGUAGES, kind_name
from commands.kit.tables import Header, Row
from commands.kit.times.zones import is_zone
from commands.kit.words import _
from storage.agencies import AgencyKind, code_key
from storage.base import Json
from storage.letters import folded, identifier

# What a list may say about an agency. An empty value says nothing: it never empties a field.
SAID = ("code", "name", "name_fr", "kind", "sectors", "duty_station", "zone", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation of a list, as far as the list speaks of it; `row` is the first of its `rows` rows."""

    row: int
    name: str = ""
    code: str = ""
    name_fr: str = ""
    kind: str = ""
    sectors: tuple[str, ...] = ()
    duty_station: str = ""
    zone: str = ""
    language: str = ""
    rows: int = 1

    @property
    def key(self) -> str:
        """What the entry is recognised by in another file: its name, or its code where it has no name."""
        return folded(self.name) or code_key(self.code)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: its number, the column as the file calls it, the reason with what to do."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What a file says: organisations in the file's order, and rows that were refused. `rows` counts all of them.

    `other_kinds` are words for kinds that are not ours, each with the number of its rows: refused, unless somebody said
    what the word means.
    """

    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    other_kinds: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> Json:
        """What the database keeps of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Json) -> Reading:
        """The reading the database kept."""
        entries = [Entry(**{**one, "sectors": tuple(one["sectors"])}) for one in kept["entries"]]
        faults = [Fault(**one) for one in kept["faults"]]
        return cls(kept["rows"], entries, faults, list(kept["unused"]), dict(kept.get("other_kinds", {})))


class _NotTakenError(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def read_entries(rows: Iterable[Row], header: Header, kinds: Mapping[str, str] | None = None) -> Reading:
    """Check every row and gather the rows of one organisation. `kinds` are what words that we lack mean (folded).

    Several rows are one organisation when they have the same code or, without a code, the same name: sectors add up,
    of everything else the first filled cell counts. A code with two names or a name with two codes is refused.
    """
    reading = Reading(unused=header.unused)
    gathered = _Gathered()
    for row in rows:
        reading.rows += 1
        kind = tidy(row.get("kind"))
        if kind and kind_of(kind) is None:
            reading.other_kinds[kind] = reading.other_kinds.get(kind, 0) + 1
        try:
            gathered.add(_entry(row, kinds or {}))
        except _NotTakenError as fault:
            title = header.title(fault.column) or fault.column
            reading.faults.append(Fault(row.number, title, str(fault)))
    reading.entries = gathered.entries
    return reading


def _entry(row: Row, kinds: Mapping[str, str]) -> Entry:
    code, name = identifier(row.get("code")), tidy(row.get("name"))
    if not name and not code:
        raise _NotTakenError("name", _("The name is empty. Fill it in."))
    if name:
        _check("name", name_problem(name))
    if code:
        _check("code", code_problem(code))
    name_fr = tidy(row.get("name_fr"))
    if name_fr:
        _check("name_fr", name_problem(name_fr))
    sectors = sectors_in(row.get("sectors"))
    _check("sectors", sector_problem(sectors))
    station = tidy(row.get("duty_station"))
    _check("duty_station", station_problem(station))
    return Entry(
        row=row.number,
        name=name,
        code=code,
        name_fr=name_fr,
        kind=_kind(tidy(row.get("kind")), kinds),
        sectors=tuple(sectors),
        duty_station=station,
        zone=_zone(tidy(row.get("zone"))),
        language=_language(tidy(row.get("language"))),
    )


def _check(column: str, problem: str | None) -> None:
    if problem:
        raise _NotTakenError(column, problem)


def _kind(text: str, kinds: Mapping[str, str]) -> str:
    kind = kind_of(text) if text else None
    if kind is not None or not text:
        return str(kind or "")
    said = kinds.get(folded(text))
    if said is None:
        known = ", ".join(kind_name(one) for one in AgencyKind)
        raise _NotTakenError(
            "kind", _("The kind “{text}” is not known. Write one of: {known}.").format(text=text[:60], known=known)
        )
    return said


def _zone(text: str) -> str:
    if text and not is_zone(text):
        raise _NotTakenError(
            "zone",
            _("“{text}” is no time zone. Write it as Africa/Juba or Europe/Paris.").format(text=text[:60]),
        )
    return text


def _language(text: str) -> str:
    code = language_of_text(text) if text else ""
    if code is None:
        known = ", ".join(WORKING_LANGUAGES)
        raise _NotTakenError(
            "language",
            _("The language “{text}” is not known. Write one of: {known}.").format(text=text[:60], known=known),
        )
    return code


class _Gathered:
    """Organisations of a file so far, found again by code or by name."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        code, name = code_key(entry.code), folded(entry.name)
        place = self.by_code.get(code) if code else None
        named = self.by_name.get(name) if name else None
        if place is None:
            place = named
        elif named is not None and named != place:
            self._clash(entry, self.entries[place])
        if place is None:
            place = len(self.entries)
            self.entries.append(entry)
        else:
            self.entries[place] = self._joined(self.entries[place], entry)
        self._remember(place)

    def _remember(self, place: int) -> None:
        kept = self.entries[place]
        if kept.code:
            self.by_code[code_key(kept.code)] = place
        if kept.name:
            self.by_name[folded(kept.name)] = place

    def _joined(self, first: Entry, later: Entry) -> Entry:
        if first.code and later.code and code_key(first.code) != code_key(later.code):
            raise _NotTakenError(
                "code",
                _("Row {row} gives “{name}” the code {code}. Give it one code in the whole file.").format(
                    row=first.row, name=first.name, code=first.code
                ),
            )
        if first.name and later.name and folded(first.name) != folded(later.name):
            self._clash(later, first)
        filled: dict[str, Any] = {said: getattr(first, said) or getattr(later, said) for said in SAID}
        filled["sectors"] = tuple(in_order([*first.sectors, *later.sectors]))
        return replace(first, **filled, rows=first.rows + 1)

    def _clash(self, entry: Entry, first: Entry) -> None:
        raise _NotTakenError(
            "code",
            _("Row {row} uses the code {code} for “{name}”. Every agency needs a code of its own.").format(
                row=first.row, code=first.code or entry.code, name=first.name
            ),
        )
