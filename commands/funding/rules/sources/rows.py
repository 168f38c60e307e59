"""One row of a source beside FTS as one figure: of a pooled fund, of a list of projects, of the mission's budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from commands.funding.rules.imports.context import RefusedRowError, StagedRow, check_width
from commands.funding.rules.imports.conventions import Conventions
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.values import CellError, day, number, year
from commands.funding.rules.sources.layouts import (
    CBPF_CONTRIBUTIONS,
    CBPF_PROJECTS,
    CERF_CONTRIBUTIONS,
    CERF_PROJECTS,
    MISSION_BUDGET,
)
from commands.funding.rules.sources.periods import Period, named, period_of
from commands.funding.rules.sources.shares import AmountsOf, own_amount
from commands.funding.rules.territories import country_code
from commands.kit.tables import Header, restored
from storage.funding.imports import ImportKind
from storage.letters import folded

STAGED_FIGURE = (
    *("kind", "fund", "code", "part", "period", "label", "title", "party", "category", "status", "plan_code"),
    *("country", "year", "starts", "ends", "decided_on", "granted", "committed", "spent", "share"),
    *("row_number", "fingerprint"),
)
CERF, CBPF = "CERF", "CBPF"
PEACEBUILDING_FUND, TRUST_FUND = "peacebuilding", "trust_fund"
QUICK_IMPACT, PROGRAMMATIC = "quick_impact", "programmatic"
AMOUNTS = ("granted", "committed", "spent")
LONGEST_FUND, LONGEST_CODE = 120, 160
CODE_LETTERS = 3
# Days that the pooled funds' systems write where there is none.
NO_DAY = "0001-01-01"
RATE_TOLERANCE = 1
_BEGINNINGS_OF_THE_FUND = ("pbf", "irf", "prf")


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What the rows of a file are read against.

    `written` is how its numbers and days are written; `width` is how many cells a row must have, None where rows may be
    cut short; `amounts` is what the amounts of each column are of.
    """

    written: Conventions = field(default_factory=Conventions)
    width: int | None = None
    amounts: Mapping[str, AmountsOf] = field(default_factory=dict)


class FigureReader:
    """Reads rows of one file into values in the order of STAGED_FIGURE; what is odd goes to `issues`."""

    def __init__(self, header: Header, layout: str, kind: ImportKind, context: SourceContext, issues: Issues) -> None:
        self._header, self._layout, self._kind = header, layout, kind
        self._context, self._issues = context, issues

    def read(self, row: int, cells: tuple[str, ...]) -> StagedRow | None:
        """The figure in a row; None when the row is refused."""
        try:
            check_width(cells, self._context.width)
            return self._read(row, self.cells_of(cells))
        except RefusedRowError as refused:
            title = self._header.title(refused.name) or refused.name
            self._issues.add(refused.kind, row, title, refused.value, asked=refused.asked)
            return None

    def cells_of(self, cells: tuple[str, ...]) -> dict[str, str]:
        """The texts of a row by the names of columns."""
        return {name: restored(cells[place]) for name, place in self._header.places.items() if place < len(cells)}

    def _read(self, row: int, get: dict[str, str]) -> StagedRow:
        code = (get.get("code") or get.get("title", ""))[:LONGEST_CODE]
        if not code:
            raise RefusedRowError(Kind.NO_NAME, "code" if "code" in self._header.places else "title", "")
        share = self._share(row, get)
        granted, committed, spent = self._amounts(row, get, code, share)
        period = self._period(get)
        starts, ends = self._span(row, get, period)
        values = (
            self._kind.value,
            fund_of(self._layout, get)[:LONGEST_FUND],
            code,
            get.get("party", "")[:LONGEST_CODE] if self._kind is ImportKind.FUND_PROJECTS else "",
            period.name if period else "",
            get.get("label") or get.get("code", ""),
            get.get("title", ""),
            get.get("party", ""),
            get.get("category", ""),
            get.get("status", ""),
            get.get("plan_code", ""),
            country_of(get),
            year(get.get("year", "")) or (int(ends[:4]) if ends else None),
            starts,
            ends,
            self._decided(get),
            granted,
            committed,
            spent,
            None if share is None else format(share, "f"),
        )
        mark = blake2b("\x1f".join(map(str, values)).encode(), digest_size=16).hexdigest()
        return (*values, row, mark)

    def _warn(self, kind: Kind, row: int, name: str, value: str) -> None:
        self._issues.add(kind, row, self._header.title(name) or name, value)

    def _share(self, row: int, get: dict[str, str]) -> Decimal | None:
        text = get.get("share", "")
        share = percent_of(text)
        if text and share is None:
            self._warn(Kind.NO_SHARE, row, "share", text)
        return share

    def _amounts(self, row: int, get: dict[str, str], code: str, share: Decimal | None) -> list[int | None]:
        granted, committed, spent = (self._amount(row, get, name, code, share) for name in AMOUNTS)
        outstanding = self._amount(row, get, "outstanding", code, share)
        if committed is None and outstanding is not None:
            # What is still owed, and what is paid already, together are what is obligated.
            committed = outstanding + (spent or 0)
        if granted is None and not any((committed, spent)):
            raise RefusedRowError(Kind.NO_AMOUNT, "granted", "")
        is_pooled = self._kind in {ImportKind.POOLED_CONTRIBUTIONS, ImportKind.POOLED_PROJECTS}
        for more, less, kind in ((committed, granted, Kind.ABOVE_GRANTED), (spent, committed, Kind.ABOVE_COMMITTED)):
            if not is_pooled and more is not None and less is not None and more > less:
                self._warn(kind, row, "spent" if kind is Kind.ABOVE_COMMITTED else "committed", _dollars(more, less))
        self._check_rate(row, get, committed, spent)
        return [granted, committed, spent]

    def _amount(self, row: int, get: dict[str, str], name: str, code: str, share: Decimal | None) -> int | None:
        text = get.get(name, "")
        if not text:
            return None
        amount = self.cents_of(row, name, text)
        of = self._context.amounts.get(name, AmountsOf())
        if code in of.unclear:
            raise RefusedRowError(Kind.WHOSE_AMOUNT, name, text)
        if not of.is_repeated or share is None:
            return amount
        return own_amount(amount, share)

    def cents_of(self, row: int, name: str, text: str) -> int:
        """An amount as whole cents. Raises RefusedRowError for what is none."""
        try:
            amount, odd = self._context.written.cents(name, text)
        except CellError as no:
            asked = [self._header.title(name) or name] if no.kind is Kind.AMBIGUOUS else []
            raise RefusedRowError(no.kind, name, text, asked=asked) from no
        if odd is not None and odd not in {Kind.ZERO, Kind.SEPARATORS}:
            self._warn(odd, row, name, text)
        return amount

    def _check_rate(self, row: int, get: dict[str, str], committed: int | None, spent: int | None) -> None:
        text = get.get("rate", "")
        rate = percent_of(text)
        if rate is None or not committed or spent is None:
            return
        ours = Decimal(spent) * 100 / committed
        # A rate of 0.9 may be nine tenths of everything, as spreadsheets keep a percentage.
        if min(abs(ours - rate), abs(ours - rate * 100)) > RATE_TOLERANCE:
            self._warn(Kind.DELIVERY_DIFFERS, row, "rate", text)

    def _period(self, get: dict[str, str]) -> Period | None:
        if self._kind is not ImportKind.MISSION_BUDGET:
            return None
        first, last = (day(get.get(name, "")) if get.get(name) else None for name in ("starts", "ends"))
        text = get.get("period", "")
        period = period_of(text)
        if period is None and first and last and first < last:
            period = named(date.fromisoformat(first), date.fromisoformat(last))
        if period is None:
            raise RefusedRowError(Kind.NO_PERIOD, "period", text)
        return period

    def _span(self, row: int, get: dict[str, str], period: Period | None) -> tuple[str | None, str | None]:
        if period is not None:
            return period.first.isoformat(), period.last.isoformat()
        starts = self._day(row, get, "starts") or self._day(row, get, "planned_start")
        ends = self._day(row, get, "ends") or self._day(row, get, "planned_end")
        if starts and ends and ends < starts:
            self._warn(Kind.END_BEFORE_START, row, "ends", f"{starts} > {ends}")
        return starts, ends

    def _day(self, row: int, get: dict[str, str], name: str) -> str | None:
        text = get.get(name, "")
        if not text or text.startswith(NO_DAY):
            return None
        read = day(text)
        if read is not None:
            return read
        read, is_open = self._context.written.day(name, text)
        if read is None:
            title = self._header.title(name) or name
            self._issues.add(Kind.ODD_DATE, row, title, text, asked=[title] if is_open else [])
        return read

    def _decided(self, get: dict[str, str]) -> str | None:
        names = ("decided_on", "pledged_on", "committed_on", "paid_on")
        days = (day(get[name]) for name in names if get.get(name) and not get[name].startswith(NO_DAY))
        return max((one for one in days if one), default=None)


def _dollars(more: int, less: int) -> str:
    return f"{Decimal(more) / 100:,} > {Decimal(less) / 100:,}"


def percent_of(text: str) -> Decimal | None:
    """A percentage as lists write it (`60`, `60%`, `60,5 %`); None where it is none."""
    bare = text.removesuffix("%").strip().replace(",", ".")
    try:
        value, _odd = number(bare, typed=True) if bare else (Decimal(-1), None)
    except CellError:
        return None
    return value if 0 <= value <= 1000 else None


def fund_of(layout: str, get: Mapping[str, str]) -> str:
    """What the fund or the kind of budget of a row is called; words of the product's own are codes."""
    name = get.get("fund_name", "")
    if layout in {CERF_CONTRIBUTIONS.name, CERF_PROJECTS.name}:
        return CERF
    if layout in {CBPF_CONTRIBUTIONS.name, CBPF_PROJECTS.name}:
        return f"{CBPF} {name}"
    return _kind_of_budget(name) if layout == MISSION_BUDGET.name else _fund_of_project(name, get)


def _kind_of_budget(name: str) -> str:
    words = folded(name)
    if "quick impact" in words or "impact rapide" in words or not {"qip", "qips", "pir"}.isdisjoint(words.split()):
        return QUICK_IMPACT
    return PROGRAMMATIC if not words or "programm" in words else name


def _fund_of_project(name: str, get: Mapping[str, str]) -> str:
    words = folded(name)
    if "peacebuilding" in words or "consolidation de la paix" in words or words == "pbf":
        return PEACEBUILDING_FUND
    if name:
        return name
    code, category = folded(get.get("code", "")), folded(get.get("category", ""))
    is_of_the_fund = code.startswith(_BEGINNINGS_OF_THE_FUND) or category in {"irf", "prf"}
    return PEACEBUILDING_FUND if is_of_the_fund else TRUST_FUND


def country_of(get: Mapping[str, str]) -> str:
    """The country of a row by its code or name, or by its fund's; "" for none."""
    for text in (get.get("country_code", ""), get.get("fund_name", ""), get.get("fund_code", "")[:3]):
        code = country_code(text) if text else ""
        if len(code) == CODE_LETTERS:
            return code
    return ""
