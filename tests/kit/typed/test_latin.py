"""Names in Latin letters: no letter of any script that has a sound is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.names.latin import latin

SOFT = "ьъ"  # they have no sound of their own
# Letters that missions' languages write with: Latin with its additions, Greek, Cyrillic, Armenian, Georgian.
SPANS = ((0x61, 0x17F), (0x1E00, 0x1EFF), (0x3B1, 0x3C9), (0x430, 0x45F), (0x561, 0x586), (0x10D0, 0x10F5))
WRITTEN = st.one_of(
    st.characters(categories=("Ll",), min_codepoint=first, max_codepoint=last)
    for first, last in (
        (0x61, 0x17F),
        (0x1E00, 0x1EFF),
        (0x3B1, 0x3C9),
        (0x430, 0x45F),
        (0x561, 0x586),
        (0x10D0, 0x10F5),
    )
).filter(lambda one: one not in SOFT)
LETTERS = st.characters(categories=("Ll", "Lu", "Lo"), max_codepoint=0x1FFF)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kıbrıs toplantısı", "kibris-toplantisi"),
        ("ƙasa ta ɗaya", "kasa-ta-daya"),
        ("جلسه کابینه", "jlsh-kabinh"),
        ("مجلس الوزراء", "mjls-alwzra"),
        ("Кабинет миссии", "kabinet-missii"),
        ("Łódź, l’œil & straße", "lodz-loeil-strasse"),
        ("सेना विभाग", "sena-vibhag"),
        ("የካቢኔ ስብሰባ", "yekabine-sbseba"),
        ("内阁会议", "neigehuiyi"),
        ("Cabinet: R&D (2)", "cabinet-r-d-2"),
        ("🙂 ✅ —", ""),
    ],
)
def test_titles_of_every_script_become_names(title: str, name: str) -> None:
    assert latin(title) == name


@given(st.text(LETTERS, min_size=1, max_size=12))
def test_only_what_slack_takes_comes_out_and_it_stays_as_it_is(text: str) -> None:
    name = latin(text)
    assert name == "" or set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert latin(name) == name


@given(WRITTEN)
def test_no_letter_of_the_alphabets_is_lost(letter: str) -> None:
    assert latin(f"a{letter}") != "a"
