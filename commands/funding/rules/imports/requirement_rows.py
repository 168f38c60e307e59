"""One row of a requirements file (by plan, cluster, global cluster, or in HAPI's layout) as one published figure."""

from __future__ import annotations

from decimal import Decimal
from hashlib import blake2b

from commands.funding.rules.clusters import NOT_SPECIFIED
from commands.funding.rules.imports.context import (
    LONGEST_KEY,
    FileContext,
    RefusedRowError,
    StagedRow,
    check_width,
    plan_key,
)
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.owners import Owner, whose
from commands.funding.rules.imports.values import CellError, day, half_up, number, year
from commands.kit.tables import Header, restored
from storage.funding.imports import ImportKind

STAGED_REQUIREMENT = (
    "country",
    "level",
    "plan_key",
    "plan_id",
    "plan_code",
    "plan_name",
    "plan_type",
    "start_date",
    "end_date",
    "year",
    "cluster_code",
    "cluster",
    "requirements",
    "original_requirements",
    "prioritised_requirements",
    "funding",
    "percent",
    "source",
    "as_of",
    "row_number",
    "fingerprint",
)
PRIORITISED = STAGED_REQUIREMENT.index("prioritised_requirements")
AMOUNTS = ("requirements", "origRequirements", "prioritisedRequirements", "funding")
PLAN_LEVEL = "plan"
# FTS's own figure and ours may differ by one where it was rounded before it was published.
PERCENT_TOLERANCE = 1


class RequirementReader:
    """Reads rows of one file into values in the order of STAGED_REQUIREMENT; what is odd goes to `issues`."""

    def __init__(
        self,
        header: Header,
        context: FileContext,
        issues: Issues,
        *,
        level: str,
        source: str,
        as_of: str,
        plan_id: str = "",
    ) -> None:
        self._header, self._context, self._issues = header, context, issues
        self._owners: dict[str, Owner] = {}
        self._level, self._source, self._as_of, self._plan_id = level, source, as_of, plan_id

    def read(self, number: int, cells: tuple[str, ...]) -> StagedRow | None:
        """The figures in a row; None when the row is refused."""
        try:
            check_width(cells, self._context.width)
            return self._read(number, cells)
        except RefusedRowError as refused:
            title = self._header.title(refused.name) or refused.name
            self._issues.add(refused.kind, number, title, refused.value, asked=refused.asked)
            return None

    def _read(self, number: int, cells: tuple[str, ...]) -> StagedRow:
        places = self._header.places
        get = {name: restored(cells[place]) for name, place in places.items() if place < len(cells)}
        country = self._country(get)
        start, end = (self._day(number, get, name) for name in ("startDate", "endDate"))
        if start and end and end < start:
            self._warn(Kind.END_BEFORE_START, number, "endDate", f"{start} > {end}")
        asked, original, first, funded = (self._amount(number, get, name) for name in AMOUNTS)
        values = (
            country,
            self._level,
            *self._plan(get),
            get.get("typeName", ""),
            start,
            end,
            self._year(get, start),
            *self._cluster(get),
            asked,
            original,
            *([] if first is None else [first]),
            funded,
            self._percent(number, get, asked, funded),
        )
        # What hardly any file has does not change the mark of what others say.
        mark = blake2b("\x1f".join(map(str, values)).encode(), digest_size=16).hexdigest()
        kept = values if first is not None else (*values[:PRIORITISED], None, *values[PRIORITISED:])
        return (*kept, self._source, self._as_of, number, mark)

    def _warn(self, kind: Kind, row: int, name: str, value: str) -> None:
        self._issues.add(kind, row, self._header.title(name) or name, value)

    def _country(self, get: dict[str, str]) -> str:
        if self._level == ImportKind.EMERGENCY:
            return ""  # of several countries: it is no single one's
        cell = get.get("countryCode", "")
        owner = self._owners.get(cell)
        if owner is None:
            owner = self._owners[cell] = whose(cell, self._context.countries, self._context.places)
        if owner.unknown or owner.is_shared or not owner.country:
            raise RefusedRowError(owner.kind, "countryCode", cell, asked=owner.unknown)
        return owner.country

    def _plan(self, get: dict[str, str]) -> tuple[str, str, str, str]:
        plan_id, code, name = (_specified(get.get(one, "")) for one in ("id", "code", "name"))
        plan_id = plan_id or self._context.plan_ids.get(code, "")
        # A plan that is on record by its code keeps that name until this import is saved; then all its rows change it.
        key = code if code in self._context.code_keys else plan_key(plan_id, code, name)
        return key, plan_id, code, name

    def _year(self, get: dict[str, str], start: str | None) -> int:
        text = get.get("year", "") or (start or "")[:4]
        value = year(text)
        if value is None:
            raise RefusedRowError(Kind.NO_YEAR, "year" if "year" in get else "startDate", text)
        return value

    def _cluster(self, get: dict[str, str]) -> tuple[str, str]:
        if self._level == ImportKind.EMERGENCY:
            return get.get("emergencyId", "")[:LONGEST_KEY], ""
        if self._level in {PLAN_LEVEL, ImportKind.COVID}:
            return "", ""
        code, name = get.get("clusterCode", ""), get.get("cluster", "")
        if not name and not code:
            raise RefusedRowError(Kind.NO_CLUSTER, "cluster", "")
        return code[:LONGEST_KEY], name or code

    def _day(self, row: int, get: dict[str, str], name: str) -> str | None:
        text = get.get(name, "")
        value = day(text) if text else None
        if not text or value is not None:
            return value
        value, is_open = self._context.written.day(name, text)
        if value is None:
            title = self._header.title(name) or name
            self._issues.add(Kind.ODD_DATE, row, title, text, asked=[title] if is_open else [])
        return value

    def _amount(self, row: int, get: dict[str, str], name: str) -> int | None:
        text = get.get(name, "")
        if not text:
            return None
        try:
            value, odd = self._context.written.cents(name, text)
        except CellError as no:
            asked = [self._header.title(name) or name] if no.kind is Kind.AMBIGUOUS else []
            raise RefusedRowError(no.kind, name, text, asked=asked) from no
        if odd is not None and odd is not Kind.ZERO:
            self._warn(odd, row, name, text)
        return value

    def _percent(self, row: int, get: dict[str, str], asked: int | None, funded: int | None) -> int | None:
        text = get.get("percentFunded", "").removesuffix("%").strip()
        if not text:
            return None
        try:
            value = half_up(number(text, typed=True)[0])
        except CellError:
            self._warn(Kind.PERCENT_DIFFERS, row, "percentFunded", text)
            return None
        if asked and funded is not None and abs(value - half_up(Decimal(funded * 100) / asked)) > PERCENT_TOLERANCE:
            self._warn(Kind.PERCENT_DIFFERS, row, "percentFunded", text)
        return value


def _specified(text: str) -> str:
    return "" if text == NOT_SPECIFIED else text
