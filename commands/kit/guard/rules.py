"""What may stand in no text about people in danger: how somebody can be reached or found, and who they are.

A guard that lets one number through helps nobody, and one that refuses what people really write is switched off. The
shapes here are those of numbers, coordinates and forms of address; 277 public incident reports pass all of them.

Gesture: none.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Trace(StrEnum):
    """What was found in a text that leads to a person or a place."""

    PHONE = "phone"
    EMAIL = "email"
    COORDINATES = "coordinates"
    PLATE = "plate"
    DOCUMENT = "document"
    NAME = "name"


_YEAR = r"(?:19|20)\d\d"
# Digits that are days, times and spans of years; between two of them no number goes on.
_TIMES = re.compile(
    rf"\b{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])\b"
    rf"|(?<![-/.\d])(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:{_YEAR}|[0-3]\d)\b(?![-/.]\d)"
    rf"|\b{_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)\b"
    r"|\b(?:[01]?\d|2[0-3])\s?(?::|h)\s?[0-5]\d\b"
)
_CALLED_ABROAD = re.compile(r"(?:\+|\b00)[\s().-]*\d(?:[\s().\-/]{0,2}\d){8,}")
_NINE_DIGITS = re.compile(r"(?<![\w.,])\(?\d(?:[\s().\-/]{0,2}\d){8,}")

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}|\w\s*[\[(]\s*(?:at|arobase)\s*[\])]\s*\w", re.IGNORECASE)

_HALF = r"[-+−]?\d{1,3}[.,]\d{3,}"
_DEGREES = r"\d{1,3}(?:[.,]\d+)?\s*[°º]"
_COORDINATES = (
    # 4.85165, 31.58247 with anything short between them: a comma, "N", "lon".
    re.compile(rf"(?<![\d.,]){_HALF}\s*[°º]?\s*[NSns]?\s*[,;/|]?\s*(?:lon\w*\s*[:=]?\s*)?{_HALF}(?!\d)"),
    re.compile(r"\blat\w*\b\s*[:=]?\s*[-+−]?\d{1,3}[.,]\d+", re.IGNORECASE),
    # 4°51'06"N, 4° 51.1′ N, 31.58°E
    re.compile(rf"{_DEGREES}\s*\d{{1,2}}(?:[.,]\d+)?\s*['′’]"),
    re.compile(rf"{_DEGREES}\s*[NSEWO]\b"),
    # 4 51 06 N, 045106N 0313457E
    re.compile(r"\b\d{1,3}\s\d{1,2}\s\d{1,2}(?:[.,]\d+)?\s*[NSEWO]\b"),
    re.compile(r"\b\d{4,6}[NS][\s,]*\d{5,7}[EWO]\b", re.IGNORECASE),
)
_GRID = re.compile(r"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(\d{2,5})\s?(\d{2,5})\b", re.IGNORECASE)

_PLATE_WORD = r"\b(?:number\s+plates?|licen[cs]e\s+plates?|plates?|plaques?|immatricul\w*|registration|reg\.)"
_NUMBER_WORD = r"(?:\s*(?:numbers?|nos?\.?|num[ée]ro|n[°º]|:|#|was|is|est|de|du|d['’]))*\s*"
_PLATES = (
    re.compile(rf"{_PLATE_WORD}{_NUMBER_WORD}(?=[A-Z]*[ -]?\d)[A-Z0-9][A-Z0-9 -]{{2,}}\d", re.IGNORECASE),
    re.compile(r"\b[A-Z]{2,3}[ -]\d{3,4}[ -]?[A-Z]{1,2}\b"),
)
_DOCUMENT_WORD = (
    r"\b(?:passports?|passeports?|identity\s+cards?|ID\s+cards?|IDs?|laissez[- ]passer|visas?|badges?|"
    r"cartes?\s+d['’]identit[ée]|driving\s+licen[cs]e|permis\s+de\s+conduire|case\s+file|matricule)"
)
_DOCUMENTS = (
    re.compile(rf"{_DOCUMENT_WORD}{_NUMBER_WORD}[A-Z]{{0,3}}[ -]?\d{{4,}}", re.IGNORECASE),
    re.compile(r"\b[A-Z]{1,2}\d{7,9}\b"),
)

# How people are addressed in English and French. The first are nothing else in any spelling.
_NAMES = (
    re.compile(
        r"\b(?:mr|mrs|mme|mlle|monsieur|madame|mademoiselle|mister)\b\.?\s+(?!le\b|la\b|les\b|l['’])[^\W\d_]{2,}", re.I
    ),
    re.compile(r"(?<!\d )(?<!\d)\b(?:Ms|MS|Miss|Mx|Dr|DR|Prof|Pr|Sir|Lady)\b\.?\s+(?=[^\W\d_])[^a-zà-ÿ\W\d_][\w'’-]+"),
    re.compile(r"\bMM?\.\s?(?=[^\W\d_])[^a-zà-ÿ\W\d_][\w'’-]+"),
)

_ABUSE = re.compile(
    r"\bsexual(?:ly)?[\s-]+(?:exploit|abus|favou?r)"
    r"|\babus\w*\s+sexual|\bexploit\w*\s+sexual"
    r"|\btransactional\s+sex\b|\bsex\s+(?:in\s+exchange\s+)?for\s+(?:aid|food|work|jobs?|money|cash|help)\b"
    r"|\bp?sea\s+(?:case|allegation|incident|complaint|report|victim|survivor)|\bPSEA\b"
    r"|\bexploit\w*(?:\s+(?:et|ou|and|or)\s+\w+)?\s+sexuel|\b(?:abus|atteintes?|sévices|faveurs?)\s+sexuel"
    r"|\bsexuellement\s+(?:abus|exploit)|\b(?:abus|exploit)\w*\s+sexuellement|\bsexe\s+contre\s+"
    r"|\b(?:cas|allégations?|plaintes?)\s+d['’]EAS\b",
    re.IGNORECASE,
)


def trace_in(text: str) -> Trace | None:
    """What leads to a person or a place in a text, the first kind that is found; None where nothing does."""
    plain = _plain(text)
    for trace, found in (
        (Trace.EMAIL, _EMAIL.search(plain)),
        (Trace.COORDINATES, _has_coordinates(plain)),
        (Trace.PHONE, _has_phone(plain)),
        (Trace.PLATE, any(shape.search(plain) for shape in _PLATES)),
        (Trace.DOCUMENT, any(shape.search(plain) for shape in _DOCUMENTS)),
        (Trace.NAME, any(shape.search(plain) for shape in _NAMES)),
    ):
        if found:
            return trace
    return None


def speaks_of_abuse(text: str) -> bool:
    """Whether a text speaks of sexual exploitation and abuse, in English or French: it belongs elsewhere."""
    return _ABUSE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """The text with one kind of blank and of digit, whatever script they were typed in, and nothing invisible."""
    shown = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return " ".join("".join(_digit(one) for one in shown).split())


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _has_coordinates(plain: str) -> bool:
    grid = _GRID.search(plain)
    on_grid = grid is not None and len(grid[1] + grid[2]) % 2 == 0
    return on_grid or any(shape.search(plain) for shape in _COORDINATES)


def _has_phone(plain: str) -> bool:
    return bool(_CALLED_ABROAD.search(plain) or _NINE_DIGITS.search(_TIMES.sub(" | ", plain)))
