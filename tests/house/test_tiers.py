"""The quick tests are found by what they start, and every room has some."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.tiers import is_quick, starts_something

TESTS = Path(__file__).parents[1]
COMMANDS = TESTS.parent / "commands"
ROOMS = sorted(path.name for path in COMMANDS.iterdir() if (path / "__init__.py").exists() and path.name != "kit")


def starts(path: Path) -> bool:
    """Whether a file of tests starts something."""
    name = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
    import_module(name)
    return starts_something(name)


@pytest.mark.parametrize("folder", [*ROOMS, "kit", "storage"])
def test_every_folder_of_the_product_has_quick_tests(folder: str) -> None:
    assert not all(starts(path) for path in (TESTS / folder).glob("test_*.py"))


@pytest.mark.parametrize("file", ["faults/test_crashes.py", "test_walkthrough.py", "agencies/test_stories.py"])
def test_what_starts_processes_browsers_and_worlds_is_not_quick(file: str) -> None:
    assert starts(TESTS / file)


@pytest.mark.parametrize("file", ["storage/test_outbox.py", "test_clock.py", "funding/test_properties.py"])
def test_what_runs_on_both_databases_is_quick_on_sqlite(file: str) -> None:
    assert not starts(TESTS / file)


def test_this_test_is_quick(request: pytest.FixtureRequest) -> None:
    assert is_quick(request.node)


def test_a_test_with_a_server_from_elsewhere_is_not_quick(postgres: object, request: pytest.FixtureRequest) -> None:
    assert not is_quick(request.node)
