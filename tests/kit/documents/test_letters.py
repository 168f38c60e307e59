"""Letters that no font has are named before a page shows boxes, and texts from the right run from there."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.documents.directions import runs_from_right
from commands.kit.documents.docx import fill_docx
from commands.kit.documents.letters import SAMPLES, script_name, texts_in, unset_line, unset_scripts
from commands.kit.words import speaking

# An ideograph so rare that hardly any font has it, whatever is installed.
RARE = "\U00030000"


def test_what_the_font_of_the_product_has_is_never_named() -> None:
    texts = ["Médecins – “hello” ✓ 5 €", "Комитет Ελλάδα", "Kıbrıs Ŵ ẞ", "1,200 ≤ 3"]
    assert unset_scripts(texts, system_fonts=False) == []
    assert unset_line(texts) == ""


def test_scripts_without_a_font_are_named_once_each_in_the_readers_language() -> None:
    texts = ["Budget 内阁决定", "计划", "ካቢኔው", "အစိုးရ", "Комитет"]
    assert unset_scripts(texts, system_fonts=False) == ["Chinese", "Amharic and Tigrinya", "Burmese"]
    with speaking("fr"):
        assert unset_scripts(texts, system_fonts=False) == ["chinois", "amharique et tigrigna", "birman"]
    assert "boxes in the PDF: Chinese. The DOCX file has them" in unset_line([f"Budget {RARE}"])


@pytest.mark.parametrize("script", SAMPLES)
def test_every_sample_is_of_its_script_and_has_a_name(script: str) -> None:
    unset = unset_scripts([SAMPLES[script]], system_fonts=False)
    assert unset in ([], [script_name(script)])


def test_every_text_of_a_documents_data_is_looked_at() -> None:
    data = {"title": "a", "points": [{"n": 1, "paragraphs": ["b", "c"]}], "more": ("d", None)}
    assert list(texts_in(data)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("قرر المجلس", True),
        ("12 – (שלום) UNMISS", True),
        ("ܣܘܪܝܝܐ", True),
        ("ދިވެހި", True),
        ("UNMISS قرر", False),
        ("12 (3)", False),
        ("", False),
        ("中文 قرر", False),
    ],
)
def test_the_first_letter_with_a_direction_decides(text: str, turned: bool) -> None:
    assert runs_from_right(text) is turned


@given(st.text(alphabet="0123456789 .,-()"), st.sampled_from("אبܐ"), st.text())
def test_what_has_no_direction_decides_nothing(before: str, letter: str, after: str) -> None:
    assert runs_from_right(before + letter + after)
    assert not runs_from_right(before + "a" + letter + after)


def test_paragraphs_of_a_docx_run_as_their_texts_do() -> None:
    made, content = Document(), BytesIO()
    bold = made.add_paragraph().add_run("{{ one }}")
    bold.bold, bold.font.size = True, 200_000
    made.add_table(1, 1).cell(0, 0).text = "{{ one }}"
    made.add_paragraph("{{ two }}")
    made.sections[0].header.paragraphs[0].text = "{{ one }}"
    made.save(content)
    filled = Document(BytesIO(fill_docx(content.getvalue(), {"one": "قرر المجلس (3)", "two": "Agreed: قرر"})))
    first, last = filled.paragraphs[0], filled.paragraphs[-1]
    for paragraph in (first, filled.tables[0].cell(0, 0).paragraphs[0], filled.sections[0].header.paragraphs[0]):
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert paragraph.runs[0].font.rtl
    assert first.runs[0].font.cs_bold
    assert first.runs[0]._element.rPr.find(qn("w:szCs")).get(qn("w:val")) == "31"
    assert last._p.pPr is None or last._p.pPr.find(qn("w:bidi")) is None
