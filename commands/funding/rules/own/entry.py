"""What the forms of own figures hold, checked all at once: every mistake is named next to its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from babel.numbers import get_currency_precision

from commands.funding.rules.iso_4217 import is_iso_currency
from commands.funding.rules.own.conversion import ONE, US_DOLLAR, to_usd
from commands.funding.rules.typed import read_amount, read_rate
from commands.kit.handling import Handling
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from storage.funding.lines import Facility, LineKind, LineStatus

AMOUNT, CURRENCY, RATE, RATE_DAY, RATE_SOURCE = "amount", "currency", "rate", "rate_day", "rate_source"
TITLE, DONOR, PLAN, AGENCY, SOURCE, OWNER = "title", "donor", "plan", "agency", "source", "owner"
ANNOUNCED, NEXT, STATE, NOTE, FLOW = "announced", "next", "state", "note", "flow"
KIND, FACILITY, STATUS, AS_OF, STARTS, ENDS = "kind", "facility", "status", "as_of", "starts", "ends"
HANDLING, CHANNEL = "handling", "channel"
OURS, EVIDENCE, CONTACT, ABOUT = "ours", "evidence", "contact", "about"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEntry:
    """What the forms of an own figure and of a pledge both hold, as it was typed. `version` is 0 for a new one."""

    title: str = ""
    donor: str = ""
    source: str = ""
    amount: str = ""
    currency: str = ""
    rate: str = ""
    rate_day: date | None = None
    rate_source: str = ""
    owner: str | None = None
    agency: int | None = None
    handling: Handling | None = None
    channel: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry(FigureEntry):
    """The form of an own figure."""

    kind: LineKind = LineKind.PROGRAMMATIC
    status: LineStatus = LineStatus.COMMITMENT
    facility: Facility | None = None
    as_of: date | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeEntry(FigureEntry):
    """The form of a pledge; its `title` is what the pledge is for, `next` the day somebody looks again."""

    announced: date | None = None
    next: date | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceEntry:
    """The form of a discrepancy."""

    ours: str = ""
    evidence: str = ""
    contact: str = ""
    owner: str | None = None
    next: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEntry:
    """The form that says what became of a pledge or a discrepancy; `flow` is for pledges."""

    note: str = ""
    next: date | None = None
    flow: str = ""


class Mistakes(dict[str, str]):
    """What is wrong with a form, by field."""

    def take(self, read: Callable[[], T]) -> T | None:
        """What `read` gives; its refusal is gathered instead of raised."""
        try:
            return read()
        except Refused as no:
            self.update(no.fields)
            return None

    def refuse(self) -> None:
        """Raise everything that was gathered, if anything was."""
        if self:
            raise RefusedFields(self)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its conversion: see `storage.funding_lines.Converted`."""

    amount: Decimal
    currency: str
    rate: Decimal
    rate_day: date
    rate_source: str
    usd: Decimal

    def into(self, row: Any) -> None:
        """Write it into a row."""
        row.amount, row.currency, row.usd = self.amount, self.currency, self.usd
        row.rate, row.rate_day, row.rate_source = self.rate, self.rate_day, self.rate_source


def read_money(entry: FigureEntry, today: date, mistakes: Mistakes) -> Money | None:
    """The amount of a form. None when something is wrong with it, which `mistakes` then holds."""
    currency = entry.currency.strip().upper()
    if not is_iso_currency(currency):
        mistakes[CURRENCY] = _("Write the three letters of ISO 4217, for example USD, EUR, XAF or SSP.")
        return None
    places = get_currency_precision(currency)
    amount = mistakes.take(lambda: read_amount(entry.amount, AMOUNT, places=places))
    rate, day, source = _read_rate(entry, currency, today, mistakes)
    if amount is None or rate is None or mistakes.keys() & {RATE, RATE_DAY, RATE_SOURCE}:
        return None
    converted = to_usd(amount, rate)
    return Money(amount, currency, rate, day, source, converted)


def _read_rate(entry: FigureEntry, currency: str, today: date, mistakes: Mistakes) -> tuple[Decimal | None, date, str]:
    typed, day, source = entry.rate, entry.rate_day or today, entry.rate_source
    if currency == US_DOLLAR:
        if typed and mistakes.take(lambda: read_rate(typed, RATE)) not in {ONE, None}:
            mistakes[RATE] = _("US dollars need no rate. Leave it empty, or check the currency.")
        return ONE, day, source
    if not typed:
        mistakes[RATE] = _("Write the rate: how many {currency} for one US dollar.").format(currency=currency)
    if day > today:
        mistakes[RATE_DAY] = _("This day has not come yet. A rate has the day on which it was valid.")
    if not source:
        mistakes[RATE_SOURCE] = _("Say where the rate is from, for example “UN operational rate of exchange”.")
    return (mistakes.take(lambda: read_rate(typed, RATE)) if typed else None), day, source


def check_filled(texts: Mapping[str, str], mistakes: Mistakes) -> None:
    """Texts that must be there, by field."""
    for name, text in texts.items():
        if not text:
            mistakes[name] = _("Fill this in.")


def check_next(day: date | None, today: date, mistakes: Mistakes, *, required: bool) -> date | None:
    """The day on which somebody looks again: there where it must be, and not over."""
    if day is None and required:
        mistakes[NEXT] = _("Choose the day on which somebody looks at it again.")
    elif day is not None and day < today:
        mistakes[NEXT] = _("This day has passed. Choose today or a later day.")
    return day if required else None


def check_span(starts: date | None, ends: date | None, mistakes: Mistakes) -> None:
    """Nothing ends before it starts."""
    if starts and ends and ends < starts:
        mistakes[ENDS] = _("It ends before it starts. Check both days.")
