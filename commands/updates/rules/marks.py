"""The marks in brackets with which people say, line by line, what sort of answer a question takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from commands.kit.words import _
from commands.updates.rules.questions import Kind, Question
from storage.letters import folded

_MARK = re.compile(r"\[(?P<mark>[^\[\]]+)\]\Z")
_PREFIX = re.compile(r"^\s*(?:[-•]|\d+[.)])\s+")
# Folded, in English and French.
_KINDS = {
    "text": Kind.TEXT,
    "texte": Kind.TEXT,
    "long text": Kind.LONG_TEXT,
    "long": Kind.LONG_TEXT,
    "texte long": Kind.LONG_TEXT,
    "number": Kind.NUMBER,
    "nombre": Kind.NUMBER,
    "one": Kind.ONE,
    "un": Kind.ONE,
    "une": Kind.ONE,
    "several": Kind.SEVERAL,
    "plusieurs": Kind.SEVERAL,
    "yes no": Kind.YES_NO,
    "oui non": Kind.YES_NO,
}
_PER_SECTOR = ("per sector", "par secteur")
_CHOOSING = frozenset({Kind.ONE, Kind.SEVERAL})
# Below, words of people come in; above, a mark with one letter wrong is missed.
NEARLY = 75


def read_lines(text: str) -> list[Question]:
    """Questions typed one a line. A line may end with marks in brackets and with `*` for required.

    Marks: `[text]`, `[number people]`, `[yes/no]`, `[one: red, amber, green]`, `[several: a, b]`, `[per sector]`, or
    the same in French. Other brackets stay part of the question. Without a mark the answer is a long text.
    """
    return [replace(_read_line(line), id=f"q{place}") for place, line in enumerate(_filled(text), start=1)]


def _filled(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def _read_line(line: str) -> Question:
    rest = _PREFIX.sub("", line).strip()
    found: dict[str, Any] = {}
    while True:
        if rest.endswith("*"):
            found["required"] = True
            rest = rest[:-1].rstrip()
            continue
        mark = _MARK.search(rest)
        meaning = _read_mark(mark["mark"]) if mark else None
        if mark is None or meaning is None:
            break
        found.update(meaning)
        rest = rest[: mark.start()].rstrip()
    return Question(id="", text=rest, **found)


def _read_mark(mark: str) -> dict[str, Any] | None:
    words = " ".join(mark.replace("：", ":").split())
    if folded(words) in _PER_SECTOR:
        return {"per_sector": True}
    name, colon, rest = words.partition(":")
    kind = _KINDS.get(folded(name))
    if colon and kind in _CHOOSING:
        choices = tuple(choice.strip() for choice in re.split(r"[,;]", rest) if choice.strip())
        return {"kind": kind, "choices": choices}
    if kind is not None and not colon and kind not in _CHOOSING:
        return {"kind": kind}
    first, _space, unit = words.partition(" ")
    return {"kind": Kind.NUMBER, "unit": unit.strip()} if _KINDS.get(folded(first)) is Kind.NUMBER else None


def trouble_with_marks(text: str) -> str | None:
    """What is wrong with the marks of typed questions, in words that say what to do; None when nothing is.

    A mark that was left open, or nearly one of ours, would else become words of the question, and any text an answer.
    """
    for number, line in enumerate(_filled(text), start=1):
        mark = next(_doubtful(line), "")
        if mark:
            words = _(
                "Question {number}: I do not know the mark {mark}. Marks are written like [number people] or "
                "[one: open, closed]. If these brackets belong to the question, write on after them."
            )
            return words.format(number=number, mark=mark)
    return None


def _doubtful(line: str) -> Iterator[str]:
    """What stands at the end of a line like a mark that somebody got wrong."""
    question = _read_line(line).text
    opened = question.rfind("[")
    if question.count("[") != question.count("]"):
        yield question[max(opened, 0) :]
        return
    inside, _closed, after = question[opened + 1 :].partition("]")
    if opened >= 0 and not after.strip() and _is_nearly_ours(inside):
        yield question[opened:]


def _is_nearly_ours(inside: str) -> bool:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 2 MiB that most processes never need

    name = folded(re.split(r"[:：,;]", inside)[0])
    known = [*_KINDS, *_PER_SECTOR]
    first = name.split(" ")[0] if name else ""
    return any(
        word and process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=NEARLY) for word in {name, first}
    )
