"""Numbers that people say, as phones and word processors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.front.numbers import LETTERS, number_in, read_number, said
from storage.subjects import Subject


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("E-12", "escalation:E-12"),
        ("“i – 31”", "incident:I-31"),
        ("*s‑333*", "sitrep:S-333"),
        ("#Q 14.", "ask:Q-14"),
        ("h12", "held:H-12"),
        ("Ｒ-５", "release:R-5"),
        ("p-٩", "promise:P-9"),
        ("L-003", "last_resort:L-3"),
        ("F-8", "flag:F-8"),
        ("2026/3", "decision:2026/3"),
        ("( 2026 / 03 )", "decision:2026/3"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, subject: str) -> None:
    assert read_number(typed) == Subject.parse(subject)


@pytest.mark.parametrize(
    "typed", ["", "12", "X-1", "E-0", "E-", "E-12 and more", "0026/3", "2026/0", "E-1234567890", "word"]
)
def test_words_are_no_number(typed: str) -> None:
    assert read_number(typed) is None


def test_digits_alone_are_a_number_where_the_place_says_of_what() -> None:
    assert read_number(" 12. ", "escalation") == Subject.parse("escalation:E-12")
    assert read_number("12", "agency") is None


@given(st.sampled_from(sorted(LETTERS.values())), st.integers(1, 999_999_999))
def test_what_is_said_is_read_again(kind: str, number: int) -> None:
    subject = read_number(said(kind, number).lower())
    assert subject is not None
    assert (subject.kind, number_in(kind, subject.ids[0])) == (kind, number)


def test_the_id_of_a_row_is_no_number_that_people_say() -> None:
    assert number_in("escalation", "12") == 0
    assert number_in("escalation", "I-12") == 0
    assert number_in("action", "A-12") == 0
