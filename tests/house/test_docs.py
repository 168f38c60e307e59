"""What is documented and what there is are the same: settings, commands, metrics, pictures."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import yaml
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.observe import Metrics
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CHANGELOG = ROOT / "CHANGELOG.md"
README = ROOT / "README.md"
OPERATIONS = ROOT / "docs" / "operations.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]


def test_every_setting_is_documented() -> None:
    text = OPERATIONS.read_text(encoding="utf-8")
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in text]
    assert missing == []


def test_every_command_of_the_command_line_is_documented() -> None:
    group = get_command(cli)
    names = [name for name, command in group.commands.items() if not command.hidden]  # type: ignore[attr-defined]
    text = OPERATIONS.read_text(encoding="utf-8")
    assert [name for name in names if f"python -m bot {name}" not in text] == []


def test_every_metric_is_documented() -> None:
    text = OPERATIONS.read_text(encoding="utf-8")
    names = {metric.name for metric in Metrics().registry.collect()}
    assert {name for name in names if f"`{name}" not in text} == set()


def test_every_picture_and_page_that_is_named_exists() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\(([^)#:]+\.md)\)", README.read_text(encoding="utf-8")))
    assert {str(page.relative_to(ROOT)) for page in PAGES} - {README.name} - linked == set()


def test_every_target_of_make_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test"} <= targets
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page != CHANGELOG)
    assert {target for target in targets if not re.search(rf"make {target}\b", text)} == set()


def test_pictures_are_small() -> None:
    pictures = [path for path in (ROOT / "docs" / "pictures").iterdir() if path.is_file()]
    limits = {".png": 500_000, ".svg": 100_000}
    assert [path.name for path in pictures if path.stat().st_size > limits[path.suffix]] == []


def test_no_committed_file_is_large() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert [str(path) for path in files if path.exists() and path.stat().st_size > 1_000_000] == []


def test_every_folder_has_its_place_in_the_architecture() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    assert {name for name in map(as_named, folders_of_code()) if name and f"`{name}`" not in text} == set()


def folders_of_code() -> set[Path]:
    """Every folder with something committed in it, down to the third level."""
    tops = ("bot", "commands", "storage")
    listed = subprocess.run(["git", "ls-files", "-z", *tops], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
    return {Path(*file.parts[:depth]) for file in files for depth in (1, 2, 3) if len(file.parts) > depth}


def as_named(folder: Path) -> str:
    """How the page names a folder: the parts of rooms are the same in all of them."""
    top, *rest = folder.parts
    if not rest:
        return f"{top}/"
    return f"commands/ROOM/{rest[1]}" if top == "commands" and rest[0] != "kit" and len(rest) > 1 else str(folder)


def test_everything_the_architecture_names_is_there() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    names = re.findall(r"`((?:bot|commands|storage|tests|docs)/[\w./]*)(?::(\w+))?`", text)
    assert len(names) > 50
    for path, defined in names:
        if "ROOM" not in path:
            assert (ROOT / path).exists(), path
            source = (ROOT / path).read_text(encoding="utf-8") if defined else ""
            assert not defined or re.search(rf"^(?:def|class) {defined}\b", source, re.MULTILINE), f"{path}:{defined}"


def test_decisions_stand_in_the_order_of_their_days() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8"), re.MULTILINE)
    days = [heading.partition(" ")[0] for heading in headings]
    assert [day for day in days if not re.fullmatch(r"20\d\d-\d\d-\d\d", day)] == []
    assert days == sorted(days)


def test_the_version_is_said_once_and_has_its_section() -> None:
    said = CliRunner().invoke(cli, ["--version"]).stdout.split()[-1]
    assert f'version = "{said}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    sections = re.findall(r"^## ([\d.]+) \((\d{4}-\d\d-\d\d)\)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert said in dict(sections)
    assert sections == sorted(sections, key=lambda one: one[1], reverse=True)


def test_the_readme_names_the_versions_of_python_that_the_package_does() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [one.rpartition(" ")[2] for one in project["classifiers"] if ":: Python ::" in one]
    assert project["requires-python"] == f">={versions[0]}"
    *others, last = versions
    assert f"Nothing but Python {', '.join(others)} or {last} is needed" in README.read_text(encoding="utf-8")


def test_what_runs_before_a_commit_is_make_check() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == ["make check"]


def test_editors_are_told_the_same_width_as_ruff() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = re.search(r"^max_line_length = (\d+)$", (ROOT / ".editorconfig").read_text(encoding="utf-8"), re.MULTILINE)
    assert told is not None
    assert int(told[1]) == settings["tool"]["ruff"]["line-length"]


def test_every_test_that_is_named_as_holding_something_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    for path, name in named:
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"
