"""One row of a flows file as one flow: typed, checked, with what follows from it.

A value is kept as databases take it (days as ISO text, dollars as whole cents): a hundred thousand rows pass here.
"""

from __future__ import annotations

from decimal import Decimal
from hashlib import blake2b
from typing import Any

from commands.funding.rules.clusters import one_cluster
from commands.funding.rules.figures import counts
from commands.funding.rules.imports.columns import FLOW_FIELDS
from commands.funding.rules.imports.context import FileContext, RefusedRowError, StagedRow, check_width, plan_key
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.owners import Owner, whose
from commands.funding.rules.imports.values import CellError, day, days_between, is_currency, year
from commands.kit.tables import Header, restored

FIELDS = tuple(name for _column, name in FLOW_FIELDS)
COLUMN_OF = {name: column.name for column, name in FLOW_FIELDS}
DERIVED = ("row_number", "fingerprint", "country", "year", "plan_key", "cluster", "is_counted", "lag_days")
STAGED_FLOW = (*FIELDS, *DERIVED)

BOUNDARIES = frozenset({"incoming", "internal", "outgoing"})
ON_BOUNDARIES = frozenset({"single", "shared"})
STATUSES = {
    "paid": "paid",
    "paid contribution": "paid",
    "commitment": "commitment",
    "committed": "commitment",
    "pledge": "pledge",
    "pledged": "pledge",
}
PLACEHOLDER_RATE = "1"
RATE_TOLERANCE = Decimal("0.02")
LONGEST_ID = 32
# Parts of a row that is joined for its fingerprint: no text of FTS holds this character.
BETWEEN = "\x1f"


def _at(*names: str) -> tuple[int, ...]:
    return tuple(FIELDS.index(name) for name in names)


DAYS = _at("flow_date", "first_reported_date", "decision_date", "created_on", "updated_on")
YEARS = _at("src_usage_year_start", "src_usage_year_end", "dest_usage_year_start", "dest_usage_year_end")
AMOUNT, BOUNDARY, ON_BOUNDARY, STATUS, FTS_ID = _at("amount_usd", "boundary", "on_boundary", "status", "fts_id")
PLAN, PLAN_CODE, PLAN_ID = _at("dest_plan", "dest_plan_code", "dest_plan_id")
ORIGINAL, CURRENCY, RATE = _at("original_amount", "original_currency", "exchange_rate")
REPORTED, DECIDED = _at("first_reported_date", "decision_date")
SOURCES, DESTINATIONS, CLUSTERS = _at("src_locations", "dest_locations", "dest_global_clusters")


class FlowReader:
    """Reads rows of one file into values in the order of STAGED_FLOW; what is odd goes to `issues`.

    A row is a list of texts, each in the one form that means the same (days in ISO, numbers without separators): their
    fingerprint tells whether a flow changed, whatever the layout it came in. Values take the place of texts last.
    """

    def __init__(self, header: Header, context: FileContext, issues: Issues) -> None:
        self._header, self._context, self._issues = header, context, issues
        self._places = [header.places.get(column.name, -1) for column, _name in FLOW_FIELDS]
        self._in_order = self._places == list(range(len(FIELDS)))
        self._owners: dict[str, Owner] = {}
        self._clusters: dict[str, str] = {}

    def read(self, number: int, cells: tuple[str, ...]) -> StagedRow | None:
        """The flow in a row; None when the row is refused."""
        try:
            check_width(cells, self._context.width)
            return self._read(number, self._texts(cells))
        except RefusedRowError as refused:
            self._issues.add(refused.kind, number, self._title(refused.name), refused.value, asked=refused.asked)
            return None

    def _texts(self, cells: tuple[str, ...]) -> list[str]:
        width = len(cells)
        if self._in_order and width == len(FIELDS):
            return list(cells)
        return [cells[place] if 0 <= place < width else "" for place in self._places]

    def _title(self, name: str) -> str:
        column = COLUMN_OF.get(name, "")
        return self._header.title(column) or column

    def _warn(self, kind: Kind, number: int, at: int, value: object) -> None:
        self._issues.add(kind, number, self._title(FIELDS[at]), str(value))

    def _read(self, number: int, texts: list[str]) -> StagedRow:
        # First whose it is: nothing is said about the rows of others.
        country = self._country(number, texts)
        self._restore(number, texts)
        self._identify(texts)
        money = self._amount(number, texts)
        counted = self._classify(texts)
        days = self._days(number, texts)
        years = self._years(number, texts)
        self._money(number, texts, money)
        mark = blake2b(BETWEEN.join(texts).encode(), digest_size=16).hexdigest()
        values: list[Any] = [*texts]
        values[AMOUNT] = money
        for at, day_read in zip(DAYS, days, strict=True):
            values[at] = day_read
        for at, year_read in zip(YEARS, years, strict=True):
            values[at] = year_read
        values[ORIGINAL], values[RATE] = texts[ORIGINAL] or None, texts[RATE] or None
        key = plan_key(texts[PLAN_ID], texts[PLAN_CODE], texts[PLAN])
        lag = self._lag(number, values)
        return (
            *values,
            number,
            mark,
            country,
            _usage_year(texts, years),
            key,
            self._cluster(texts),
            counted,
            lag,
        )

    def _restore(self, number: int, texts: list[str]) -> None:
        line = BETWEEN + BETWEEN.join(texts)
        if BETWEEN + "'" in line:
            texts[:] = [restored(text) for text in texts]
        if BETWEEN + "=" in line:
            for at, text in enumerate(texts):
                if text[:1] == "=" and at != AMOUNT:
                    self._warn(Kind.TEXT_FORMULA, number, at, text)

    def _identify(self, texts: list[str]) -> None:
        fts_id = texts[FTS_ID]
        if not fts_id:
            raise RefusedRowError(Kind.NO_ID, "fts_id", "")
        if len(fts_id) > LONGEST_ID or not (fts_id.isalnum() or fts_id.replace("-", "").replace("_", "").isalnum()):
            raise RefusedRowError(Kind.ODD_ID, "fts_id", fts_id)
        if not texts[PLAN_ID] and not texts[PLAN_CODE]:
            texts[PLAN_ID], texts[PLAN_CODE] = self._context.plan_names.get(texts[PLAN], ("", ""))
        elif texts[PLAN_ID] and not texts[PLAN_CODE]:
            texts[PLAN_CODE] = self._context.plan_codes.get(texts[PLAN_ID], "")

    def _amount(self, number: int, texts: list[str]) -> int:
        text = texts[AMOUNT]
        try:
            money, odd = self._context.written.cents(COLUMN_OF["amount_usd"], text)
        except CellError as no:
            asked = [self._title("amount_usd")] if no.kind is Kind.AMBIGUOUS else []
            raise RefusedRowError(no.kind, "amount_usd", text, asked=asked) from no
        if odd is not None:
            self._warn(odd, number, AMOUNT, text)
        if not text.isdecimal() or text[0] == "0":
            texts[AMOUNT] = str(Decimal(money) / 100)
        return money

    def _classify(self, texts: list[str]) -> bool:
        boundary, on_boundary = (texts[BOUNDARY] or self._context.direction).lower(), texts[ON_BOUNDARY].lower()
        if boundary not in BOUNDARIES:
            raise RefusedRowError(Kind.ODD_BOUNDARY, "boundary", texts[BOUNDARY])
        if on_boundary not in ON_BOUNDARIES:
            raise RefusedRowError(Kind.ODD_ON_BOUNDARY, "on_boundary", texts[ON_BOUNDARY])
        status = STATUSES.get(texts[STATUS].lower())
        if status is None:
            raise RefusedRowError(Kind.ODD_STATUS, "status", texts[STATUS])
        texts[BOUNDARY], texts[ON_BOUNDARY], texts[STATUS] = boundary, on_boundary, status
        return counts(boundary, on_boundary, status)

    def _days(self, number: int, texts: list[str]) -> list[str | None]:
        days: list[str | None] = []
        for at in DAYS:
            text = texts[at]
            read = day(text) if text else None
            if text and read is None:
                read = self._odd_day(number, at, text)
            texts[at] = read or ""
            days.append(read)
        return days

    def _odd_day(self, number: int, at: int, text: str) -> str | None:
        read, is_open = self._context.written.day(COLUMN_OF[FIELDS[at]], text)
        if read is None:
            title = self._title(FIELDS[at])
            self._issues.add(Kind.ODD_DATE, number, title, text, asked=[title] if is_open else [])
        return read

    def _years(self, number: int, texts: list[str]) -> list[int | None]:
        years: list[int | None] = []
        for at in YEARS:
            text = texts[at]
            read = year(text) if text else None
            if text and read is None:
                self._warn(Kind.ODD_YEAR, number, at, text)
            texts[at] = str(read or "") if len(text) != 4 or read is None else text
            years.append(read)
        for start, end in ((0, 1), (2, 3)):
            first, last = years[start], years[end]
            if first and last and last < first:
                self._warn(Kind.END_BEFORE_START, number, YEARS[end], f"{first} > {last}")
        return years

    def _money(self, number: int, texts: list[str], money: int) -> None:
        amount, rate = (self._plain(number, at, texts[at]) if texts[at] else "" for at in (ORIGINAL, RATE))
        texts[ORIGINAL], texts[RATE] = amount, rate
        currency = texts[CURRENCY] = texts[CURRENCY].upper()
        if not currency:
            return
        if not is_currency(currency):
            self._warn(Kind.UNKNOWN_CURRENCY, number, CURRENCY, currency)
        elif rate == PLACEHOLDER_RATE and currency != "USD":
            self._warn(Kind.RATE_OF_ONE, number, RATE, f"1 {currency}")
        elif amount and rate and differs(Decimal(amount), Decimal(rate), money):
            self._warn(Kind.RATE_DIFFERS, number, RATE, f"{amount} {currency} / {rate}")

    def _plain(self, number: int, at: int, text: str) -> str:
        try:
            return self._context.written.plain_number(COLUMN_OF[FIELDS[at]], text)
        except CellError as no:
            title = self._title(FIELDS[at])
            self._issues.add(Kind.ODD_NUMBER, number, title, text, asked=[title] if no.kind is Kind.AMBIGUOUS else [])
            return ""

    def _lag(self, number: int, values: list[Any]) -> int | None:
        decided, reported = values[DECIDED], values[REPORTED]
        if decided is None or reported is None:
            return None
        lag = days_between(decided, reported)
        if lag < 0:
            self._warn(Kind.REPORTED_FIRST, number, REPORTED, f"{reported} < {decided}")
        return lag

    def _country(self, number: int, texts: list[str]) -> str:
        at = SOURCES if (texts[BOUNDARY] or self._context.direction).lower() == "outgoing" else DESTINATIONS
        cell = texts[at]
        owner = self._owners.get(cell)
        if owner is None:
            owner = self._owners[cell] = whose(restored(cell), self._context.countries, self._context.places)
        if owner.unknown and not texts[FTS_ID]:
            raise RefusedRowError(Kind.NO_ID, "fts_id", "")  # a line of totals, not a flow of nowhere
        if not owner.country:
            raise RefusedRowError(owner.kind, FIELDS[at], cell, asked=owner.unknown)
        if owner.is_shared and texts[ON_BOUNDARY].lower() == "single":
            self._warn(Kind.SEVERAL_COUNTRIES, number, at, cell)
            texts[ON_BOUNDARY] = "shared"
        return owner.country

    def _cluster(self, texts: list[str]) -> str:
        cell = texts[CLUSTERS]
        cluster = self._clusters.get(cell)
        if cluster is None:
            cluster = self._clusters[cell] = one_cluster(cell, self._context.clusters)
        return cluster


def differs(amount: Decimal, rate: Decimal, usd_cents: int) -> bool:
    """Whether an amount divided by its rate (foreign units for a dollar) is more than 2 % off the dollars given."""
    if rate <= 0 or not usd_cents:
        return False
    dollars = Decimal(usd_cents) / 100
    return abs(amount / rate - dollars) > RATE_TOLERANCE * abs(dollars)


def _usage_year(texts: list[str], years: list[int | None]) -> int | None:
    first, last = years[:2] if texts[BOUNDARY] == "outgoing" else years[2:]
    return first if last is None or first == last else None
