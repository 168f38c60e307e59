"""Paragraphs of a DOCX file that begin with Arabic, Hebrew or another script from the right run from there.

Gesture: none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

_FROM_RIGHT = frozenset({"R", "AL"})
# What may follow w:bidi among the properties of a paragraph, in the order of the format (ECMA-376, 17.3.1.26).
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def is_from_right(letter: str) -> bool:
    """Whether a letter is of a script that runs from the right."""
    return unicodedata.bidirectional(letter) in _FROM_RIGHT


def runs_from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right (rule P2 of Unicode's UAX 9)."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in ways if way == "L" or way in _FROM_RIGHT), "L") in _FROM_RIGHT


def turn_paragraphs(document: Any) -> None:
    """Let every paragraph of a document of python-docx run as its text does, in headers, footers and tables too."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - within the limits
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    for root in _roots(document):
        for element in root.iter(f"{{{root.nsmap['w']}}}p"):
            paragraph = Paragraph(element, document)
            if not runs_from_right(paragraph.text):
                continue
            properties = element.get_or_add_pPr()
            properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
            for run in paragraph.runs:
                if any(map(is_from_right, run.text)):
                    _turn_run(run)


def _turn_run(run: Any) -> None:
    """Size, bold and italic have names of their own in runs from the right: without them they are lost there."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - within the limits
    from docx.oxml.ns import qn  # noqa: PLC0415

    font = run.font
    font.rtl, font.cs_bold, font.cs_italic = True, font.bold, font.italic
    size = run._element.rPr.find(qn("w:sz"))  # noqa: SLF001 - the library knows no size of such runs
    if size is not None:
        same = OxmlElement("w:szCs")
        same.set(qn("w:val"), size.get(qn("w:val")))
        size.addnext(same)


def _roots(document: Any) -> Iterator[Any]:
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield part._element  # noqa: SLF001 - the library has no other way to its paragraphs in tables
