"""What a digest says: totals over those who gave a number, what changed since last time, and who is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.updates.rules.digest import GENERAL, Reply, agency_lines, agency_number, contents
from commands.updates.rules.marks import read_lines
from storage.updates.returns import ReturnState
from tests.properties import examples
from tests.updates.samples import MANY, a_return

QUESTIONS = read_lines("What changed?\nReached [number people]\nDelivered [number] [per sector]")
TEXT, REACHED, DELIVERED = QUESTIONS


def reply(
    number: int, state: ReturnState = ReturnState.SUBMITTED, sectors: list[str] | None = None, **more: Any
) -> Reply:
    """What the agency with this number answered; its answers are in `answers`."""
    agency = MANY[number]
    return Reply(f"A{number}", agency.name, a_return(agency, state, sectors=sectors or [], **{"answers": {}, **more}))


def test_a_number_nobody_gave_is_unknown_and_counts_for_nothing() -> None:
    found = contents(
        [REACHED],
        [reply(1, answers={"q2": "1000"}), reply(2), reply(3, ReturnState.NIL), reply(4, answers={"q2": "0"})],
        {},
    )
    (total,) = found.totals
    assert (total.sum, total.counted, total.unknown) == (Decimal(1000), 2, ("A2", "A3"))
    assert (total.change, total.compared) == (None, 0)
    (nothing,) = contents([REACHED], [reply(2)], {}).totals
    assert (nothing.sum, nothing.counted, nothing.unknown) == (None, 0, ("A2",))


def test_a_change_compares_only_those_who_gave_a_number_both_times() -> None:
    replies = [reply(1, answers={"q2": "150"}), reply(2, answers={"q2": "40"}), reply(3)]
    (total,) = contents([REACHED], replies, {1: {"q2": "100"}, 3: {"q2": "9"}}).totals
    assert (total.sum, total.change, total.compared) == (Decimal(190), Decimal(50), 1)


def test_a_question_for_each_sector_is_added_up_over_the_sectors_that_were_answered() -> None:
    assert agency_number(DELIVERED, ["Food", "Water"], {"q3@Food": "2", "q3@Water": "0.5"}) == Decimal("2.5")
    assert agency_number(DELIVERED, ["Food", "Water"], {"q3@Food": "2"}) == 2
    assert agency_number(DELIVERED, ["Food"], {"q3@Water": "2"}) is None
    assert agency_number(DELIVERED, [], {"q3": "7"}) == 7


def test_an_agency_of_one_sector_speaks_for_it_and_one_of_several_or_none_for_all() -> None:
    said = {"q1": "Dry."}
    replies = [
        reply(1, sectors=["Water"], answers=said),
        reply(2, sectors=["Water", "Food"], answers={**said, "q3@Food": "3"}),
        reply(3, answers=said),
    ]
    found = contents(QUESTIONS, replies, {}).sectors
    shown = {sector: [[line.code for line in one.lines] for one in chapters] for sector, chapters in found.items()}
    # What is for all stands last.
    assert list(shown.items()) == [("Food", [["A2"]]), ("Water", [["A1"]]), (GENERAL, [["A2", "A3"]])]


def test_an_answer_is_unchanged_only_where_there_was_the_same_one_last_time() -> None:
    given_ = reply(1, answers={"q1": "Dry.", "q2": "1000"})
    lines = agency_lines(QUESTIONS, given_, {1: {"q1": "Dry.", "q2": "1000"}})
    assert [(item.key, line.value, line.is_unchanged) for item, line in lines] == [
        ("q1", "Dry.", True),
        ("q2", "1000", True),
    ]
    assert [line.is_unchanged for _item, line in agency_lines(QUESTIONS, given_, {1: {"q2": "999"}})] == [False, False]


def test_nil_late_waived_and_missing_are_named() -> None:
    found = contents(
        QUESTIONS,
        [
            reply(1, ReturnState.NIL),
            reply(2, ReturnState.NIL, is_late=True),
            reply(3, is_late=True),
            reply(4, ReturnState.WAIVED, is_late=True),
            reply(5, ReturnState.OWED),
            reply(6, ReturnState.DRAFT, is_late=True),
            reply(7, ReturnState.MISSED),
        ],
        {},
    )
    assert (found.nil, found.late, found.waived) == (("A1", "A2"), ("A2", "A3"), ("A4",))
    assert found.missing == ("A5", "A6", "A7")
    assert (found.tally.total, found.tally.answered) == (7, 3)


NUMBERS = st.dictionaries(st.integers(1, 8), st.none() | st.integers(0, 500).map(str), max_size=8)


@settings(max_examples=examples(60))
@given(now=NUMBERS, before=NUMBERS)
def test_totals_add_up_and_everybody_is_counted_or_unknown(
    now: dict[int, str | None], before: dict[int, str | None]
) -> None:
    replies = [reply(one, answers={} if number is None else {"q2": number}) for one, number in now.items()]
    last = {one: {} if number is None else {"q2": number} for one, number in before.items()}
    (total,) = contents([REACHED], replies, last).totals
    known = {one: Decimal(number) for one, number in now.items() if number is not None}
    assert total.counted + len(total.unknown) == len(now)
    assert total.sum == (sum(known.values()) if known else None)
    both = [one for one in known if before.get(one) is not None]
    assert total.compared == len(both)
    assert total.change == (sum(known[one] - Decimal(before[one] or 0) for one in both) if both else None)
