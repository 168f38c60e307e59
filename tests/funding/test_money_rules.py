"""The rules of money: exact, half up, never guessed; and what follows for moves, deadlines and slots."""

from __future__ import annotations

import ast
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.numbers import format_decimal
from hypothesis import assume, given
from hypothesis import strategies as st

from commands.funding.rules.changes import compare, moved, snapshot_of
from commands.funding.rules.charting import LABEL, bars, distinct, pieces
from commands.funding.rules.iso_4217 import is_iso_currency
from commands.funding.rules.opening import FigureRef
from commands.funding.rules.own.conversion import is_placeholder, to_usd
from commands.funding.rules.own.deadlines import Due, deadlines_of, plus_months
from commands.funding.rules.own.discrepancies import MOVES
from commands.funding.rules.own.pledges import moves_from, needs_reason
from commands.funding.rules.rows import Figures, Picture, PlanPicture
from commands.funding.rules.sending import next_slots, slot_at
from commands.funding.rules.typed import read_amount, read_rate
from commands.kit.refused import Refused
from storage.funding.pledges import PledgeState

ROOT = Path(__file__).parents[2]
CENTS = st.integers(1, 10**14).map(lambda cents: Decimal(cents) / 100)
DOLLARS = st.integers(0, 10**12).map(Decimal)
RATES = st.integers(1, 10**10).map(lambda whole: Decimal(whole) / 10**4)
ROWS = st.builds(Figures, st.text(min_size=1, max_size=30), st.none() | DOLLARS, DOLLARS)


@given(CENTS, RATES)
def test_conversion_rounds_half_up_once(amount: Decimal, rate: Decimal) -> None:
    exact = Fraction(amount) / Fraction(rate)
    assert to_usd(amount, rate) == int(exact + Fraction(1, 2))


def test_the_half_goes_up() -> None:
    assert [to_usd(Decimal(one), Decimal(2)) for one in ("1", "3", "5")] == [1, 2, 3]


@given(CENTS, st.sampled_from(["en_GB", "fr", "de_CH"]))
def test_an_amount_is_read_as_its_language_writes_it(amount: Decimal, locale: str) -> None:
    written = format_decimal(amount, "#,##0.00", locale=locale)
    assert read_amount(written, "amount") == amount


@given(st.integers(1, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ",", ".", "'", "\u2019", ""]))
def test_thousands_are_read_with_every_separator(whole: int, separator: str) -> None:
    assert read_amount(f"{whole:,}".replace(",", separator), "amount") == whole


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2.5 million", "2500000"),
        ("2,5 M", "2500000"),
        ("1.2bn", "1200000000"),
        ("1,23,456", "123456"),
        ("300k", "300000"),
        ("0.500", "0.500"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1,234.5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1 milliard", "1000000000"),
    ],
)
def test_what_people_type(typed: str, amount: str) -> None:
    assert read_amount(typed, "amount") == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "-5",
        "\u22125",
        "0",
        "1,2,3",
        "1.2.3,4",
        "12e3",
        "1.234.56",
        "=1+1",
        "NaN",
        "1.001 m.",
        "9" * 16,
    ],
)
def test_what_is_no_amount_is_refused_next_to_its_field(typed: str) -> None:
    with pytest.raises(Refused) as no:
        read_amount(typed, "amount")
    assert no.value.fields.keys() == {"amount"}


def test_what_can_be_read_in_two_ways_is_refused() -> None:
    for read in (lambda: read_rate("2,850", "rate"), lambda: read_amount("1.234", "amount", places=3)):
        with pytest.raises(Refused, match="two ways"):
            read()
    assert read_rate("2850", "rate") == 2850
    assert read_rate("2,8500", "rate") == Decimal("2.85")
    with pytest.raises(Refused, match="at most 0 decimals"):
        read_amount("10.5", "amount", places=0)


@given(st.text(max_size=20))
def test_no_text_is_a_mistake_of_ours(typed: str) -> None:
    for read in (read_amount, read_rate):
        with suppress(Refused):
            assert read(typed, "field") > 0


def test_currencies_of_today_and_no_others() -> None:
    assert all(map(is_iso_currency, ["USD", "EUR", "XAF", "SSP", "CDF", "AFN", "XDR"]))
    assert not any(map(is_iso_currency, ["XXX", "XTS", "XAU", "DEM", "usd", "", "US"]))
    assert is_placeholder("EUR", Decimal(1))
    assert not is_placeholder("USD", Decimal("1.0"))


@given(ROWS)
def test_unmet_and_surplus_explain_the_requirement(row: Figures) -> None:
    if row.required is None:
        assert (row.coverage, row.unmet, row.surplus) == (None, None, 0)
    else:
        assert row.unmet is not None
        assert row.required - row.unmet + row.surplus == row.funded
        assert min(row.unmet, row.surplus) == 0
        assert (row.coverage is None) == (row.required == 0)


@given(st.lists(ROWS, min_size=1, max_size=40))
def test_bars_and_pieces_lose_no_money(rows: list[Figures]) -> None:
    shown = bars(rows, "Others")
    assert len(shown) <= 20
    assert sum(one.funded for one in shown) == sum(one.funded for one in rows)
    cut = pieces(rows, "Others")
    assert len(cut) <= 6
    assert sum(one.funded for one in cut) == sum(one.funded for one in rows)
    labels = distinct([one.name for one in rows])
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= LABEL


def picture(rows: dict[str, Figures], total: Figures) -> Picture:
    clusters = tuple(Figures(name, row.required, row.funded, key=name) for name, row in rows.items())
    return Picture(plans=(PlanPicture("AFG:2035:1", "P", total, clusters),))


@given(st.dictionaries(st.text(min_size=1, max_size=8), ROWS, max_size=6), ROWS, st.booleans())
def test_a_snapshot_compares_equal_with_itself_and_finds_what_moved(
    rows: dict[str, Figures], total: Figures, more: bool
) -> None:
    before = snapshot_of(picture(rows, total))
    assert compare(before, before) == []
    later = picture(rows, Figures(total.name, total.required, total.funded + (7 if more else 0)))
    changes = compare(before, snapshot_of(later))
    assert [one.difference for one in changes] == ([Decimal(7)] if more else [])
    assert moved(before, later.plans[0])[""] == (7 if more else 0)


@given(st.sampled_from(PledgeState), st.sampled_from(PledgeState))
def test_a_pledge_can_go_everywhere_but_back_only_with_a_reason(before: PledgeState, after: PledgeState) -> None:
    assume(before != after)
    assert after in moves_from(before)
    ahead = [PledgeState.ANNOUNCED, PledgeState.PLEDGE, PledgeState.COMMITMENT, PledgeState.PAID]
    if before in ahead and after in ahead:
        assert needs_reason(before, after) == (ahead.index(after) < ahead.index(before) or before == PledgeState.PAID)


def test_every_state_of_a_discrepancy_has_a_way_on() -> None:
    assert all(MOVES.values())


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    later = plus_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and plus_months(later, 0).day >= 28)


def test_deadlines_of_a_project() -> None:
    limits = SimpleNamespace(extension_months=3, report_months=3, half_year="06-15", annual="", irf_months=18)
    line = SimpleNamespace(kind="peacebuilding", facility="irf", starts=date(2035, 6, 15), ends=date(2036, 11, 30))
    found = [(one.what, one.on) for one in deadlines_of(line, limits)]  # type: ignore[arg-type]
    assert found == [
        (Due.HALF_YEAR, date(2036, 6, 15)),
        (Due.EXTENSION, date(2036, 8, 30)),
        (Due.FINAL_REPORT, date(2037, 2, 28)),
    ]


def test_summaries_keep_their_hour_when_clocks_change() -> None:
    plan = SimpleNamespace(weekdays=[0, 4], at=time(8), zone="Europe/Zurich")
    slots = next_slots(plan, datetime(2035, 3, 23, 7, tzinfo=UTC), 3)
    assert [one.isoformat() for one in slots] == [
        "2035-03-26T06:00:00+00:00",
        "2035-03-30T06:00:00+00:00",
        "2035-04-02T06:00:00+00:00",
    ]
    assert slot_at(plan, slots[1]) == slot_at(plan, datetime(2035, 4, 1, tzinfo=UTC)) == slots[1]
    assert next_slots(SimpleNamespace(weekdays=[], at=time(8), zone="UTC"), datetime(2035, 1, 1, tzinfo=UTC)) == []


@given(st.text(max_size=40).filter(lambda text: "|" not in text), st.none() | st.text(max_size=64))
def test_a_figure_survives_being_a_buttons_value(mark: str, plan: str | None) -> None:
    opened = FigureRef("donor", mark, plan)
    assert FigureRef.read(opened.written()) == opened


def test_no_amount_is_ever_a_binary_number() -> None:
    places_of_ink = {"drawing.py"}
    files = [*(ROOT / "commands" / "funding").rglob("*.py"), *(ROOT / "storage").glob("funding*.py")]
    found = [
        f"{path.name}:{node.lineno}"
        for path in files
        if path.name not in places_of_ink
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert found == []
