"""Pages of PDF are made from data, and what people typed stays text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from commands.kit.documents.pdf import typeset

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set text(lang: data.language)
= #data.title
#for line in data.lines [- #line]
"""


def test_what_people_typed_is_printed_and_never_compiled(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    typed = ['#panic("no")', "= not a heading", "Évaluation à Malakal", "Комитет"]
    pdf = typeset(template, {"title": "Brief", "lines": typed})
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert [line for line in ("Brief", *typed) if line not in text] == []
