"""What is found as dead code, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dead_code import PRODUCT, dead_code

CODE = """
from dataclasses import dataclass

LIMIT = {limit}


@dataclass
class Row:
    kept_at: int

    def is_old(self) -> bool:
        return True


def used() -> Row:
    return Row(LIMIT)


{more}
"""


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A product of three folders, and a test that calls more than the product does."""
    for name in (*PRODUCT, "tests"):
        (tmp_path / name).mkdir()
    (tmp_path / "bot" / "main.py").write_text("from storage.rows import used\n\nused().is_old()\n", encoding="utf-8")
    (tmp_path / "tests" / "test_rows.py").write_text("from storage.rows import left\n\nleft()\n", encoding="utf-8")
    return tmp_path


def write(product: Path, more: str) -> None:
    """The code of one module."""
    (product / "storage" / "rows.py").write_text(CODE.format(limit=3, more=more), encoding="utf-8")


def test_what_is_used_and_fields_are_not_reported(product: Path) -> None:
    write(product, "")
    assert dead_code(product) == []


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("def left() -> None:\n    used()", "unused function 'left'"),
        ("class Left(Row):\n    pass", "unused class 'Left'"),
        ("LEFT = 3", "unused variable 'LEFT'"),
    ],
)
def test_what_nothing_of_the_product_uses_is_reported(product: Path, more: str, what: str) -> None:
    write(product, more)
    assert [line.partition(": ")[2] for line in dead_code(product)] == [what]
