"""Cells that would run in a spreadsheet go out harmless and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.tables import harmless, restored
from tests.properties import examples

TEXTS = st.text(alphabet=st.sampled_from(list("'=+-@\t\r\nabc 1＝")), max_size=8)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_formula_begins_with_an_apostrophe_afterwards(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "WFP", "a=b", "'quoted'", "l'eau", "3 - 4"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert restored(text) == text


@settings(max_examples=examples(100))
@given(TEXTS)
def test_every_text_comes_back_and_never_begins_dangerously(text: str) -> None:
    cell = harmless(text)
    assert restored(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
