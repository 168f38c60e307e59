"""Whoever starts our processes may be told to end or be killed at any moment: none of them is left behind."""

from __future__ import annotations

import os
import pty
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.tools.demo.leftovers import left_behind, mark_of, write_down
from tests.databases import sqlite_url
from tests.faults.families import Family
from tests.faults.processes import a_mission_of_today
from tests.test_walkthrough import free_ports
from tests.waiting import wait_until

ROOT = Path(__file__).parent.parent.parent
READY = "is running"
SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL]
MOMENTS = random.Random(20350305)

STARTS = """
import os, sys, time
from bot.processes.parent import start

children = [start([one], dict(os.environ)) for one in sys.argv[1:]]
print("begun", flush=True)
time.sleep(600)
"""


@pytest.fixture
def families() -> Iterator[list[Family]]:
    """Whatever a test starts; gone at its end."""
    made: list[Family] = []
    yield made
    for one in made:
        one.clean()


def test_no_process_outlives_one_that_was_killed(tmp_path: Path, families: list[Family]) -> None:
    """Of each kind; also the process of the HTTP server that is a child of a child."""
    with a_mission_of_today(sqlite_url(tmp_path)) as (_world, environment):
        family = Family([sys.executable, "-c", STARTS, "web", "worker"], folder=tmp_path, environment=environment)
        families.append(family)
        wait_until(lambda: len(family.of("-m bot")) == 3, "web, its server's process and the worker run", seconds=45)
        family.first.kill()
        family.ends()


def test_the_servers_process_does_not_outlive_its_master(tmp_path: Path, families: list[Family]) -> None:
    with a_mission_of_today(sqlite_url(tmp_path)) as (_world, environment):
        family = Family([sys.executable, "-m", "bot", "run"], folder=tmp_path, environment=environment)
        families.append(family)
        wait_until(lambda: len(family.alive()) == 2, "the server's process runs", seconds=45)
        time.sleep(MOMENTS.uniform(0, 2))
        family.first.kill()
        family.ends()


def an_environment_for_make(folder: Path) -> Path:
    """What `make` takes for its virtual environment: this interpreter."""
    (folder / "venv" / "bin").mkdir(parents=True)
    python = folder / "venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / "venv" / "demo-ready").touch()
    return folder / "venv"


def make_demo(folder: Path) -> Family:
    """`make demo` as somebody types it, with a folder of its own."""
    words = [f"VENV={an_environment_for_make(folder)}", f"PORT={free_ports()}", f"DATA={folder / 'data'}"]
    return Family(["make", "-C", str(ROOT), "demo", *words], folder=folder, environment={"PYTHONPATH": str(ROOT)})


def the_demo(family: Family) -> int:
    return wait_until(lambda: family.of(" demo --port"), "the demo's own process runs", seconds=20)[0]


@pytest.mark.parametrize("who", ["make", "demo"])
@pytest.mark.parametrize("sign", SIGNALS, ids=lambda sign: sign.name)
def test_the_demo_leaves_nothing_behind(tmp_path: Path, families: list[Family], sign: signal.Signals, who: str) -> None:
    """At a moment of its start that is another one in each case, and the same in each run."""
    moment = MOMENTS.uniform(0, 10)
    family = make_demo(tmp_path)
    families.append(family)
    started = time.monotonic()
    target = family.first.pid if who == "make" else the_demo(family)
    time.sleep(max(0.0, moment - (time.monotonic() - started)))
    if who == "make" and sign in {signal.SIGINT, signal.SIGHUP}:
        # A terminal tells everybody in front of it; make by itself waits for what it started.
        os.killpg(target, sign)
    else:
        os.kill(target, sign)
    family.ends()


def test_the_demo_that_runs_leaves_nothing_behind(tmp_path: Path, families: list[Family]) -> None:
    family = make_demo(tmp_path)
    families.append(family)
    wait_until(lambda: READY in family.says(), "the demo runs", seconds=60)
    assert len(family.alive()) >= 5, "make, the demo, the sandbox, run and its server's process"
    family.first.kill()
    family.ends()


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "with workers"])
def test_a_test_run_that_is_killed_leaves_nothing_behind(
    tmp_path: Path, families: list[Family], workers: list[str]
) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-s", *workers]
    family = Family(
        [*command, "tests/faults/held_open.py", "--basetemp", str(tmp_path / "inner")],
        folder=tmp_path,
        environment={"PYTHONPATH": str(ROOT)},
    )
    families.append(family)
    wait_until(lambda: family.of("postgres"), "PostgreSQL runs", seconds=60)
    wait_until(lambda: len(family.of("-m bot")) >= 3, "the product and a sandbox run", seconds=60)
    folders = [Path(found) for found in family.postgres_folders()]
    family.first.kill()
    family.ends()
    assert [one for one in folders if one.exists()] == []


def second_demo(port: int, data: Path, terminal: int | None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", str(data)]
    given = subprocess.DEVNULL if terminal is None else terminal
    return subprocess.Popen(command, cwd=ROOT, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_demo_that_still_holds_the_port_is_named_and_can_be_ended(tmp_path: Path, families: list[Family]) -> None:
    port, data = free_ports(), tmp_path / "data"
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", str(data)]
    first = Family(command, folder=tmp_path)
    families.append(first)
    wait_until(lambda: READY in first.says(), "the first demo runs", seconds=60)

    refused = second_demo(port, data, None)
    said, _nothing = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert f"Port {port} is in use by a demo of this folder" in said
    assert f"End it with: kill {first.first.pid} " in said

    keyboard, terminal = pty.openpty()
    second = second_demo(port, data, terminal)
    try:
        os.write(keyboard, b"y\n")
        assert second.stdout is not None
        wait_until(lambda: READY in second.stdout.readline(), "the second demo runs", seconds=60)
        first.ends()
    finally:
        second.send_signal(signal.SIGTERM)
        second.communicate(timeout=60)
        os.close(keyboard)
        os.close(terminal)


def test_a_process_that_only_has_the_id_of_ours_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "processes.json"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        wait_until(lambda: "input()" in mark_of(other.pid), "it runs")
        write_down(file, [other.pid])
        assert [one.pid for one in left_behind(file)] == [other.pid]
        file.write_text(file.read_text(encoding="utf-8").replace("input()", "print()"), encoding="utf-8")
        assert left_behind(file) == []
        write_down(file, [other.pid])
        assert other.stdin is not None
        other.stdin.close()
        other.wait(20)
    assert left_behind(file) == []
    for text in ("", "{}", "[1]", '[{"pid": "x", "mark": "y"}]'):
        file.write_text(text, encoding="utf-8")
        assert left_behind(file) == []
