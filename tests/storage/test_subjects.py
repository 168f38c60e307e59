"""What names a thing in rows: one way to read it, one to write it, and the words that releases before wrote."""

from __future__ import annotations

import ast
import importlib
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.subjects import Key, Subject, SubjectError, number

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden" / "subjects.txt"
PART = st.text(st.characters(exclude_characters=":"), min_size=1)


@given(st.text(st.characters(), max_size=40) | st.lists(PART, max_size=5).map(":".join))
@example("round:12:board")
@example(":")
@example("round:")
@example("")
def test_every_text_is_a_subject_and_reads_as_it_was_written_or_is_refused(text: str) -> None:
    try:
        subject = Subject.parse(text)
    except SubjectError:
        assert "" in text.split(":")
    else:
        assert str(subject) == text
        assert Subject.of(subject) == subject


@given(st.lists(PART | st.integers(0), min_size=1, max_size=5))
def test_a_subject_is_the_same_whether_it_is_made_or_read(parts: list[str | int]) -> None:
    made = Subject.of(*parts)
    assert Subject.parse(str(made)) == made
    assert str(made) == ":".join(map(str, parts))


@pytest.mark.parametrize(
    ("text", "kind", "ids"),
    [
        ("round:12:board", "round", ("12", "board")),
        ("cabinet:call:3:U0AAA", "cabinet:call", ("3", "U0AAA")),
        ("escalation:4:climb:1:dm:U0AAA", "escalation", ("4", "climb", "1", "dm", "U0AAA")),
        ("skip-1-0:4", "skip-1-0", ("4",)),
        ("coordinators", "coordinators", ()),
        ("C0AAA:U0AAA:again", "", ("C0AAA", "U0AAA", "again")),
        ("17", "", ("17",)),
    ],
)
def test_the_kind_is_every_word_before_the_first_id(text: str, kind: str, ids: tuple[str, ...]) -> None:
    assert Subject.parse(text) == Subject(kind, ids)


def test_a_number_is_asked_for_where_there_is_one() -> None:
    assert Subject.parse("round:12:3").number() == 12
    assert Subject.parse("round:12:3").number(1) == 3
    for text in ("round", "round:U0AAA", "round:²", "round:1234567890123456789"):
        with pytest.raises(SubjectError):
            Subject.parse(text).number()


@given(st.text(max_size=30))
@example("²")
@example("١٢")
@example("-1")
@example("9" * 30)
def test_a_number_from_outside_never_breaks_a_query(text: str) -> None:
    found = number(text)
    assert 0 <= found <= 999_999_999
    assert found == 0 or found == int(text)


def test_moments_in_a_key_are_written_as_before() -> None:
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert Key.of("round", 12, "late-chase", moment) == "round:12:late-chase:2026-03-01T09:30:00+00:00"
    assert Key.of(Subject.of("cabinet", "open", date(2026, 3, 2)), 1) == "cabinet:open:2026-03-02:1"


def stored_names() -> list[str]:
    """Every subject that the code makes, with `*` for what is known only when it runs."""
    found = set()
    for folder in ("bot", "commands", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "Subject.of":
                    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                    shape = ":".join(_shape(part, module) for part in node.args)
                    found.add(shape)
    return sorted(found)


def _shape(part: ast.expr, module: str) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    if isinstance(part, ast.JoinedStr):
        return "".join(_shape(piece, module) if isinstance(piece, ast.Constant) else "*" for piece in part.values)
    if isinstance(part, ast.Name) and part.id.isupper():
        return str(getattr(importlib.import_module(module), part.id))
    return "*"


def test_what_is_stored_is_named_as_in_the_releases_before() -> None:
    """Rows, buttons and messages of a mission that already runs are found again. A new name needs no entry here;
    `UPDATE_GOLDEN=1 pytest tests/storage/test_subjects.py` adds all new ones before a release."""
    known, names = set(GOLDEN.read_text(encoding="utf-8").splitlines()), stored_names()
    assert known - set(names) == set()
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(names) + "\n", encoding="utf-8")
