"""A browser is found by name or path, is got where there is none, and where it is missing that is said once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import browser

ROOT = Path(__file__).parent.parent
PAGE = "tests/sandbox/page/test_page.py"
# Stands in for the Python that asks Playwright: says where its browser would be, and downloads it where one may.
ASKS_PLAYWRIGHT = """
case "$1" in
  -c) echo {there};;
  -m) {download};;
esac
"""
DOWNLOADS = "printf '#!/bin/sh\\n' > {there}; PATH=/bin:/usr/bin chmod +x {there}"


def program(path: Path, script: str = "exit 0") -> Path:
    """An executable file."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def playwright(monkeypatch: pytest.MonkeyPatch, folder: Path, download: str = "exit 1") -> Path:
    """A Playwright whose download goes as said. Returns where its browser would be."""
    there = folder / "of-playwright"
    script = ASKS_PLAYWRIGHT.format(there=there, download=download.format(there=there))
    monkeypatch.setattr(sys, "executable", str(program(folder / "python-with-playwright", script)))
    return there


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser and without a network; the only folder on its PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    playwright(monkeypatch, tmp_path)
    return folder


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"])
def test_a_browser_is_found_by_its_usual_name(bare: Path, name: str) -> None:
    assert browser.on_this_machine() is None
    there = program(bare / name)
    assert browser.on_this_machine() == str(there)


def test_a_name_without_a_browser_behind_it_is_passed_over(bare: Path) -> None:
    program(bare / "chromium-browser", "echo 'requires the chromium snap'; exit 1")
    assert browser.on_this_machine() is None
    there = program(bare / "microsoft-edge")
    assert browser.on_this_machine() == str(there)


def test_the_browser_that_is_named_is_taken(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    mine = program(tmp_path / "mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert browser.on_this_machine() == str(mine)


def test_where_the_named_one_is_missing_nothing_else_is_tried(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    program(bare / "apt-get", f"touch {bare / 'called'}")
    monkeypatch.setenv("CHROMIUM", "/nonexistent")
    assert browser.get() is None
    assert not (bare / "called").exists()


@pytest.mark.parametrize(("system", "installs"), [("debian", True), ("ubuntu", False)])
def test_the_package_is_installed_on_debian_alone(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, *, installs: bool
) -> None:
    there = bare / "chromium"
    program(bare / "apt-get", f"PATH=/usr/bin:/bin; printf '#!/bin/sh\\n' > {there}; chmod +x {there}")
    release = tmp_path / "os-release"
    release.write_text(f"NAME=x\nID={system}\n", encoding="utf-8")
    monkeypatch.setattr(browser, "RELEASE", release)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.get() == (str(there) if installs else None)


def test_where_there_is_no_package_playwright_downloads_one(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = playwright(monkeypatch, tmp_path, DOWNLOADS)
    monkeypatch.setattr(browser, "RELEASE", tmp_path / "none")
    assert browser.get() == str(there)
    assert browser.on_this_machine() == str(there)


def test_nothing_is_installed_for_somebody_who_may_not(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "apt-get", f"PATH=/usr/bin:/bin; touch {bare / 'called'}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert browser.get() is None
    assert not (bare / "called").exists()


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("false", 0), ("true", 1)])
def test_what_cannot_be_got_is_said_and_fails_only_where_ci_is_set(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    assert browser.main() == code
    assert browser.HOW_TO_GET_ONE in "".join(capfd.readouterr())


def page_tests(**environment: str) -> subprocess.CompletedProcess[str]:
    """The tests of one file of the page, run where there is no browser."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", PAGE]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "CHROMIUM": "/nonexistent", "CI": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_browser_its_tests_are_skipped_and_one_line_says_so() -> None:
    run = page_tests()
    assert run.returncode == 0, run.stdout
    lines = [line for line in run.stdout.splitlines() if browser.HOW_TO_GET_ONE in line]
    count = re.search(r"(\d+) skipped", run.stdout)
    assert count is not None, run.stdout
    assert len(lines) == 1
    assert lines[0].startswith(f"{count[1]} tests of the page were skipped")


def test_with_ci_a_missing_browser_is_a_failure() -> None:
    run = page_tests(CI="true")
    assert run.returncode == 1
    assert "skipped" not in run.stdout
    assert browser.HOW_TO_GET_ONE in run.stdout
