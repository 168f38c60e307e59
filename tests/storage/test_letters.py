"""What counts as the same word, in the scripts a mission meets, and what must stay two."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.letters import begins_with, fits, folded, plain, search_phrases, tidied

# Letters with every script's marks among them; surrogates cannot stand in a text that came as UTF-8.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=20)
DEVANAGARI = st.text(st.characters(min_codepoint=0x0904, max_codepoint=0x0939), min_size=1, max_size=5)
VOWEL_SIGNS = st.sampled_from("ािीुूृेैोौ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Médecins", "Medecins"),
        ("Łódź", "lodz"),
        ("Việt Nam", "viet nam"),
        ("İstanbul", "ISTANBUL"),
        ("Kıbrıs", "kibris"),
        ("ΟΔΟΣ", "οδός"),
        ("Ёлка", "елка"),
        ("мой", "мои"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("كردستان", "کردستان"),
        ("أمم", "امم"),
        ("علی", "على"),
        ("שָׁלוֹם", "שלום"),
        ("W\u200bF\u00adP", "WFP"),
        ("\u200fWFP\u200e", "wfp"),
        ("R&D", "R and D"),
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Sector ٣", "sector 3"),
        ("ＵＮ", "UN"),
        ("STRASSE", "Straße"),
        ("नमस्‍ते", "नमस्ते"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("सेना विभाग", "सोना विभाग"),
        ("কি", "কী"),
        ("மணி", "மாணி"),
        ("မြို့", "မှု"),
        ("บ้าน", "บาน"),
        ("កា", "កិ"),
        ("か", "が"),
        ("የሰላም", "የሳላም"),
        ("WFP", "WFO"),
    ],
)
def test_marks_that_are_letters_make_another_word(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(TEXTS)
def test_a_folded_text_folds_to_itself(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS)
def test_case_composition_and_unseen_letters_never_count(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
    assert folded("\u200b".join(text)) == folded(text)


@given(DEVANAGARI, VOWEL_SIGNS, VOWEL_SIGNS)
def test_words_that_differ_in_a_vowel_sign_stay_two(word: str, one: str, other: str) -> None:
    assert (folded(word + one) == folded(word + other)) == (one == other)


@given(TEXTS)
def test_a_text_is_found_by_itself_and_by_each_of_its_words(text: str) -> None:
    assert fits(text, text)
    assert all(fits(phrase, text) for phrase in search_phrases(text))


def test_a_word_of_several_parts_stays_together() -> None:
    assert fits("R&D", "Research and r&d unit")
    assert not fits("R&D", "and our department")
    assert fits("élan", "ELAN, l’Élan")
    assert fits("kibris", "KIBRIS ve Kıbrıs")
    assert fits(" - & ", "anything")
    assert begins_with("wf food", "WFP")
    assert not begins_with("  ", "WFP")


def test_plain_and_tidied_take_away_what_nobody_sees_and_nothing_else() -> None:
    assert plain("E\u00a01\u200b\ufeff") == "E 1"
    assert tidied("\ufeffUN\u200b Women\u00ad\u200f") == "UN Women"
    assert tidied("نا\u202eزک\u2066بین") == "نازکبین"
    # A Persian word with its joiner, a Khmer place to break, a family of four, an emoji in colour.
    for kept in ("می\u200cخواهم", "ភាសា\u200bខ្មែរ", "👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f"):
        assert tidied(kept) == kept


@given(TEXTS)
def test_tidied_leaves_every_letter_that_is_seen(text: str) -> None:
    assert plain(tidied(text)).split() == plain(text).split()
