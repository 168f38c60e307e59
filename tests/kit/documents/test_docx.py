"""DOCX files are filled apart, within limits of time and memory; what is wrong with a template is said."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from docx import Document

from commands.kit.documents import docx
from commands.kit.documents.docx import BrokenTemplateError, fill_docx


def template(text: str) -> bytes:
    document, content = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def text_of(content: bytes) -> str:
    return "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)


def test_a_template_is_filled_with_what_people_wrote_as_text() -> None:
    filled = fill_docx(
        template("{{ title }}: {{ said }}"), {"title": "Évaluation", "said": "{{ 7 * 7 }} <b> & Комитет"}
    )
    assert text_of(filled) == "Évaluation: {{ 7 * 7 }} <b> & Комитет"


@pytest.mark.parametrize(
    ("text", "says"),
    [("{% for %}", "Expected"), ("{{ ''.__class__.__mro__ }}", "unsafe"), ("{{ title.x.y }}", "no attribute")],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(BrokenTemplateError, match=says):
        fill_docx(template(text), {"title": ""})
    with pytest.raises(BrokenTemplateError, match="BadZipFile"):
        fill_docx(b"PK\x03\x04 and no more", {})


LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize("text", [LOOPS, "{{ 'x' * 2000000000 }}", "{{ 'x' * 200000000 }}"])
def test_a_template_that_loops_or_takes_all_memory_ends(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(BrokenTemplateError, match="it takes more than 2 seconds or 512 MB"):
        fill_docx(template(text), {})
    assert time.monotonic() - began < docx.SECONDS_ON_THE_CLOCK


def test_a_process_that_stands_still_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "SECONDS_ON_THE_CLOCK", 0.01)
    with pytest.raises(BrokenTemplateError, match="it takes more than 10 seconds"):
        fill_docx(template("{{ title }}"), {"title": ""})
