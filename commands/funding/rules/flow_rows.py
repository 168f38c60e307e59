"""One row of a flows file as one flow: typed, checked, with what follows from it.

A value is kept as databases take it (days as ISO text, dollars as whole cents): a hundred thousand rows pass here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from commands.funding.rules.clusters import GLOBAL_CLUSTERS, one_cluster
from commands.funding.rules.columns import FLOW_FIELDS
from commands.funding.rules.figures import counts
from commands.funding.rules.issues import Issues, Kind
from commands.funding.rules.values import OddError, cents, day, days_between, exact, is_currency, year
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
DAYS = ("flow_date", "first_reported_date", "decision_date", "created_on", "updated_on")
YEARS = ("src_usage_year_start", "src_usage_year_end", "dest_usage_year_start", "dest_usage_year_end")
PLACEHOLDER_RATE = "1"
RATE_TOLERANCE = Decimal("0.02")
LONGEST_ID = 32
LONGEST_KEY = 64
NOT_SPECIFIED = "not specified"
Values = dict[str, Any]
FlowRow = tuple[Any, ...]


class RefusedRowError(Exception):
    """A row that cannot be taken: why, and in which field."""

    def __init__(self, kind: Kind, name: str, value: str) -> None:
        super().__init__(kind.value)
        self.kind, self.name, self.value = kind, name, value


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rows of a file are read against.

    `countries` are the mission's, the file's own first; `direction` holds where the file has no column for it; `typed`
    says that the file tells numbers from texts; `plan_codes` are codes by FTS id, for files without them; `plan_ids`
    the other way round; `width` is how many cells a row must have, None where rows may be cut short (XLSX).
    """

    countries: tuple[str, ...]
    direction: str = ""
    typed: bool = False
    width: int | None = None
    clusters: frozenset[str] = frozenset(GLOBAL_CLUSTERS)
    plan_codes: dict[str, str] = field(default_factory=dict)
    plan_ids: dict[str, str] = field(default_factory=dict)


class FlowReader:
    """Reads rows of one file into values in the order of STAGED_FLOW; what is odd goes to `issues`."""

    def __init__(self, header: Header, scene: Scene, issues: Issues) -> None:
        self._header, self._scene, self._issues = header, scene, issues
        self._places = [header.places.get(column.name, -1) for column, _name in FLOW_FIELDS]
        self._countries: dict[str, str] = {}

    def read(self, number: int, cells: tuple[str, ...]) -> FlowRow | None:
        """The flow in a row; None when the row is refused."""
        try:
            check_width(cells, self._scene.width)
            return self._read(number, cells)
        except RefusedRowError as refused:
            self._issues.add(refused.kind, number, self._title(refused.name), refused.value)
            return None

    def _title(self, name: str) -> str:
        column = COLUMN_OF.get(name, "")
        return self._header.title(column) or column

    def _warn(self, kind: Kind, number: int, name: str, value: object) -> None:
        self._issues.add(kind, number, self._title(name), str(value))

    def _read(self, number: int, cells: tuple[str, ...]) -> FlowRow:
        width = len(cells)
        texts = [cells[place] if 0 <= place < width else "" for place in self._places]
        values: Values = dict(zip(FIELDS, texts, strict=True))
        self._restore(number, values)
        self._identify(values)
        self._amount(number, values)
        self._classify(values)
        self._days(number, values)
        self._years(number, values)
        self._money(number, values)
        mark = blake2b("\x1f".join(map(str, values.values())).encode(), digest_size=16).hexdigest()
        return (*values.values(), number, mark, *self._derived(number, values))

    def _restore(self, number: int, values: Values) -> None:
        marks = {text[:1] for text in values.values()}
        if "'" in marks:
            values.update({name: restored(text) for name, text in values.items()})
        if "=" in marks:
            for name, text in values.items():
                if text[:1] == "=" and name != "amount_usd":
                    self._warn(Kind.TEXT_FORMULA, number, name, text)

    def _identify(self, values: Values) -> None:
        fts_id = values["fts_id"]
        if not fts_id:
            raise RefusedRowError(Kind.NO_ID, "fts_id", "")
        if len(fts_id) > LONGEST_ID or not fts_id.replace("-", "").replace("_", "").isalnum():
            raise RefusedRowError(Kind.ODD_ID, "fts_id", fts_id)
        plan_id = values["dest_plan_id"]
        if plan_id and not values["dest_plan_code"]:
            values["dest_plan_code"] = self._scene.plan_codes.get(plan_id, "")

    def _amount(self, number: int, values: Values) -> None:
        text = values["amount_usd"]
        try:
            values["amount_usd"], odd = cents(text, typed=self._scene.typed)
        except OddError as no:
            raise RefusedRowError(no.kind, "amount_usd", text) from no
        if odd is not None:
            self._warn(odd, number, "amount_usd", text)

    def _classify(self, values: Values) -> None:
        boundary = (values["boundary"] or self._scene.direction).lower()
        if boundary not in BOUNDARIES:
            raise RefusedRowError(Kind.ODD_BOUNDARY, "boundary", values["boundary"])
        on_boundary = values["on_boundary"].lower()
        if on_boundary not in ON_BOUNDARIES:
            raise RefusedRowError(Kind.ODD_ON_BOUNDARY, "on_boundary", values["on_boundary"])
        status = STATUSES.get(values["status"].lower())
        if status is None:
            raise RefusedRowError(Kind.ODD_STATUS, "status", values["status"])
        values["boundary"], values["on_boundary"], values["status"] = boundary, on_boundary, status

    def _days(self, number: int, values: Values) -> None:
        for name in DAYS:
            text = values[name]
            values[name] = read = day(text) if text else None
            if text and read is None:
                self._warn(Kind.ODD_DATE, number, name, text)

    def _years(self, number: int, values: Values) -> None:
        for name in YEARS:
            text = values[name]
            values[name] = read = year(text) if text else None
            if text and read is None:
                self._warn(Kind.ODD_YEAR, number, name, text)
        for start, end in (YEARS[:2], YEARS[2:]):
            first, last = values[start], values[end]
            if first and last and last < first:
                self._warn(Kind.END_BEFORE_START, number, end, f"{first} > {last}")

    def _money(self, number: int, values: Values) -> None:
        currency = values["original_currency"] = values["original_currency"].upper()
        amount, rate = (exact(values[name]) if values[name] else None for name in ("original_amount", "exchange_rate"))
        values["original_amount"], values["exchange_rate"] = amount, rate
        if not currency:
            return
        if not is_currency(currency):
            self._warn(Kind.UNKNOWN_CURRENCY, number, "original_currency", currency)
        elif rate == PLACEHOLDER_RATE and currency != "USD":
            self._warn(Kind.RATE_OF_ONE, number, "exchange_rate", f"1 {currency}")
        elif amount and rate and differs(Decimal(amount), Decimal(rate), values["amount_usd"]):
            self._warn(Kind.RATE_DIFFERS, number, "exchange_rate", f"{amount} {currency} / {rate}")

    def _derived(self, number: int, values: Values) -> FlowRow:
        counted = counts(values["boundary"], values["on_boundary"], values["status"])
        return (
            self._country(values),
            _usage_year(values),
            plan_key(values["dest_plan_id"], values["dest_plan_code"], values["dest_plan"]),
            one_cluster(values["dest_global_clusters"], self._scene.clusters),
            counted,
            self._lag(number, values),
        )

    def _lag(self, number: int, values: Values) -> int | None:
        decided, reported = values["decision_date"], values["first_reported_date"]
        if decided is None or reported is None:
            return None
        lag = days_between(decided, reported)
        if lag < 0:
            self._warn(Kind.REPORTED_FIRST, number, "first_reported_date", f"{reported} < {decided}")
        return lag

    def _country(self, values: Values) -> str:
        name = "src_locations" if values["boundary"] == "outgoing" else "dest_locations"
        cell: str = values[name]
        country = self._countries.get(cell)
        if country is None:
            country = self._countries[cell] = country_of(cell, self._scene.countries)
        if not country:
            raise RefusedRowError(Kind.OTHER_COUNTRY, name, cell)
        return country


def check_width(cells: tuple[str, ...], width: int | None) -> None:
    """Raises RefusedRowError for a row with fewer cells than the header, or with text beyond it."""
    if width is None or len(cells) == width:
        return
    if len(cells) < width:
        raise RefusedRowError(Kind.SHORT_ROW, "", f"{len(cells)} < {width}")
    if any(cells[width:]):
        raise RefusedRowError(Kind.LONG_ROW, "", f"{len(cells)} > {width}")


def country_of(cell: str, countries: tuple[str, ...]) -> str:
    """Which of our countries a list of locations means; the first of ours where it names none; "" for others only."""
    codes = [code.strip() for code in cell.split(",")]
    ours = next((country for country in countries if country in codes), None)
    if ours is not None:
        return ours
    return "" if any(len(code) == 3 and code.isupper() for code in codes) else countries[0]


def plan_key(plan_id: str, code: str, name: str) -> str:
    """What tells plans apart: FTS's id, else the code, else the name; "" is "Not specified"."""
    key = plan_id or code or name
    return "" if key.lower() == NOT_SPECIFIED else key[:LONGEST_KEY]


def differs(amount: Decimal, rate: Decimal, usd_cents: int) -> bool:
    """Whether an amount divided by its rate (foreign units for a dollar) is more than 2 % off the dollars given."""
    if rate <= 0 or not usd_cents:
        return False
    dollars = Decimal(usd_cents) / 100
    return abs(amount / rate - dollars) > RATE_TOLERANCE * abs(dollars)


def _usage_year(values: Values) -> int | None:
    side = "src" if values["boundary"] == "outgoing" else "dest"
    first, last = values[f"{side}_usage_year_start"], values[f"{side}_usage_year_end"]
    return first if last is None or first == last else None
