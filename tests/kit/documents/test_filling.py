"""What the process that fills a template writes: the file, or what is wrong with the template."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from commands.kit.documents import filling


def template(text: str) -> bytes:
    document, content = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def test_a_mark_stands_before_the_file_and_before_what_is_wrong() -> None:
    filled = filling.fill(template("{{ title }}"), {"title": "Minutes"})
    assert filled[:1] == b"+"
    assert Document(BytesIO(filled[1:])).paragraphs[0].text == "Minutes"
    assert filling.fill(template("{% for %}"), {})[:1] == b"-"
    assert filling.fill(b"no zip", {}) == b"-BadZipFile"


def test_a_file_that_is_too_large_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "LARGEST_FILE", 100)
    with pytest.raises(MemoryError):
        filling.fill(template("{{ title }}"), {"title": "Minutes"})
