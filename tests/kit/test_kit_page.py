"""The page of the kit: a new module appears by itself, under the gesture it names, and one that names none is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tools.kit_page import KIT, NoGestureError, kit_page


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit of one module."""
    write(tmp_path / "kit" / "paint.py", "Colours.\n\nGesture: show.\n", "red(depth, *, wet)", "A red | or two.")
    return tmp_path / "kit"


def write(path: Path, says: str, call: str = "nothing()", does: str = "Nothing.") -> None:
    """A module of one function."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""{says}"""\n\ndef {call}:\n    """{does}\n\n    More.\n    """\n', encoding="utf-8")


def test_a_module_is_shown_under_its_gesture_with_the_first_lines_of_its_pieces(kit: Path) -> None:
    page = kit_page(kit)
    assert "\n## Show\n\n**`commands.kit.paint`** Colours.\n" in page
    assert "\n| `red(depth, …)` | A red \\| or two. |\n" in page


def test_a_new_module_appears_by_itself(kit: Path) -> None:
    write(kit / "brushes.py", "Brushes.\n\nGesture: ask for.\n", "_own()")
    page = kit_page(kit)
    assert page.index("## Ask for") < page.index("**`commands.kit.brushes`** Brushes.") < page.index("## Show")
    assert "_own" not in page


def test_a_module_without_a_gesture_is_told(kit: Path) -> None:
    write(kit / "brushes.py", "Brushes. Gesture: somewhere in between.")
    with pytest.raises(NoGestureError, match=r"brushes\.py"):
        kit_page(kit)


def test_what_only_the_kit_uses_is_left_out(kit: Path) -> None:
    write(kit / "glue.py", "Glue.\n\nGesture: none.\n", "stick()")
    assert "glue" not in kit_page(kit)


def test_of_a_module_that_names_what_it_offers_only_that_is_shown(kit: Path) -> None:
    write(kit / "sums.py", "Sums.\n\nGesture: show.\n", "add()")
    with (kit / "sums.py").open("a", encoding="utf-8") as file:
        file.write('\ndef _():\n    """All."""\n\n__all__ = [\'_\']\n')
    page = kit_page(kit)
    assert "| `_()` | All. |" in page
    assert "add()" not in page


def test_of_a_package_that_passes_some_on_only_those_are_shown(kit: Path) -> None:
    write(kit / "frames" / "oak.py", "Oak.\n\nGesture: show.\n", "frame()")
    write(kit / "frames" / "ash.py", "Ash.\n\nGesture: show.\n", "saw()")
    (kit / "frames" / "__init__.py").write_text("from commands.kit.frames.oak import frame\n", encoding="utf-8")
    page = kit_page(kit)
    assert "**`commands.kit.frames`** Oak.\n\n| | |\n|---|---|\n| `frame()`" in page
    assert "**`commands.kit.frames.ash`** Ash.\n\n| | |\n|---|---|\n| `saw()`" in page


def test_every_piece_of_the_kit_says_what_it_does() -> None:
    assert [line for line in kit_page(KIT).splitlines() if line.endswith("|  |")] == []
