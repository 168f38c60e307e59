"""Asking for the encoding of a text file."""

from __future__ import annotations

import pytest

from commands.kit.tables import ENCODING, Encoding, encoding_field
from commands.kit.words import speaking


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_encoding_can_be_chosen_and_has_a_name_of_its_own(language: str) -> None:
    with speaking(language):
        field = encoding_field()
    assert field["block_id"] == ENCODING
    element = field["element"]
    assert [Encoding(one["value"]) for one in element["options"]] == list(Encoding)
    assert len({one["text"]["text"] for one in element["options"]}) == len(Encoding)
    assert element["initial_option"]["value"] == Encoding.AUTOMATIC
