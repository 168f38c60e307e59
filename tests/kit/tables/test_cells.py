"""Cells that would run in a spreadsheet go out harmless and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.tables import harmless, restored
from commands.kit.tables.cells import named
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


def test_a_person_in_a_cell_cannot_be_imitated() -> None:
    names = {"U1": "Chief of staff", "U2": "\u202effats fo feihC\u202c", "U3": "\u200b", "U4": "نازک\u200cبین"}
    assert named("U1", names) == "Chief of staff (U1)"
    assert named("U2", names) == "ffats fo feihC (U2)"
    assert (named("U3", names), named("U9", names)) == ("U3", "U9")
    assert named("U4", names) == "نازک\u200cبین (U4)"
