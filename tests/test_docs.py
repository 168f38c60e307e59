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

ROOT = Path(__file__).parent.parent
CHANGELOG = ROOT / "CHANGELOG.md"
README = ROOT / "README.md"
OPERATIONS = ROOT / "docs" / "operations.md"


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
    pages = [README, *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs").rglob("*.png")}
    assert {name: size for name, size in sizes.items() if size > 500_000} == {}


def test_no_committed_file_is_large() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert [str(path) for path in files if path.exists() and path.stat().st_size > 1_000_000] == []


def test_the_version_is_said_once_and_has_its_section() -> None:
    said = CliRunner().invoke(cli, ["--version"]).stdout.split()[-1]
    assert f'version = "{said}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    sections = re.findall(r"^## ([\d.]+) \((\d{4}-\d\d-\d\d)\)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert said in dict(sections)
    assert sections == sorted(sections, key=lambda one: one[1], reverse=True)


def test_what_runs_before_a_commit_is_make_check() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == ["make check"]


def test_editors_are_told_the_same_width_as_ruff() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = re.search(r"^max_line_length = (\d+)$", (ROOT / ".editorconfig").read_text(encoding="utf-8"), re.MULTILINE)
    assert told is not None
    assert int(told[1]) == settings["tool"]["ruff"]["line-length"]
