"""The demo: the product's own processes beside a local Slack, with a fictional mission of real agencies.

Nothing is faked: the sandbox and `python -m bot run` are the processes a mission runs, pointed at each other. All of it
is kept in one folder, so that stopping and starting again loses nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.rooms import find_rooms
from bot.tools.demo.preparation import workspace_seed
from bot.tools.manifest import manifest

BOT_TOKEN = "xoxb-demo"  # noqa: S105 - the sandbox's own, worth nothing elsewhere
SIGNING_SECRET = "signed by the demo"  # noqa: S105 - likewise
SECONDS_TO_START = 45
SECONDS_TO_STOP = 10


def play(*, port: int, data: Path) -> None:
    """Start everything, say where to look, and stop it all on Ctrl+C."""
    product_port = port + 1
    for needed in (port, product_port):
        if not _is_free(needed):
            typer.echo(f"Port {needed} is in use. Stop what uses it, or choose another: make demo PORT=9000", err=True)
            raise typer.Exit(1)
    data.mkdir(parents=True, exist_ok=True)
    seed = _write_seed(data, product_port)
    environment = demo_environment(port, product_port, data)
    processes = [start(["sandbox", "--port", str(port), "--seed", str(seed), "--data", str(data / "slack")], {})]
    try:
        _wait_for(f"http://127.0.0.1:{port}/sandbox/boot", processes)
        run(["demo-mission"], environment)
        processes.append(start(["run"], environment))
        _wait_for(f"http://127.0.0.1:{product_port}/health/live", processes)
        typer.echo(_welcome(port))
        _wait_until_stopped(processes)
    finally:
        _stop(processes)


def demo_environment(port: int, product_port: int, data: Path) -> dict[str, str]:
    """What the product's processes read in the demo."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_APP_TOKEN": "",
        "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        "DATABASE_URL": f"sqlite:///{data / 'rapporteur.db'}",
        "HOST": "127.0.0.1",
        "PORT": str(product_port),
        "LOG_LEVEL": "WARNING",
        "COMMAND_PREFIX": "",
    }


def seed_with_app(product_port: int) -> dict[str, Any]:
    """The demo's workspace with our app installed as the manifest says."""
    house = find_rooms()
    url = f"http://127.0.0.1:{product_port}/slack/events"
    app = {
        "name": "Rapporteur",
        "bot_token": BOT_TOKEN,
        "signing_secret": SIGNING_SECRET,
        "manifest": manifest(house, socket_mode=False, url=url),
    }
    return {**workspace_seed(house), "apps": [app]}


def _write_seed(data: Path, product_port: int) -> Path:
    path = data / "seed.yaml"
    path.write_text(yaml.safe_dump(seed_with_app(product_port), allow_unicode=True), encoding="utf-8")
    return path


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "bot", *arguments]


def start(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `python -m bot ...` with these settings over our own environment."""
    # A group of its own: Ctrl+C reaches us alone, and we stop the others in order.
    return subprocess.Popen(_command(arguments), env={**os.environ, **environment}, start_new_session=True)  # noqa: S603


def run(arguments: list[str], environment: Mapping[str, str]) -> None:
    """Run `python -m bot ...` to its end. Raises CalledProcessError."""
    subprocess.run(_command(arguments), env={**os.environ, **environment}, check=True)  # noqa: S603


def _wait_for(url: str, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            break
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310
            return
        time.sleep(0.1)
    typer.echo(f"The demo did not start: {url} does not answer.", err=True)
    raise typer.Exit(1)


def _wait_until_stopped(processes: list[subprocess.Popen[bytes]]) -> None:
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in reversed(processes):
        if process.poll() is None:
            process.terminate()
    for process in reversed(processes):
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


def _welcome(port: int) -> str:
    return f"""
Rapporteur is running.

  Open  http://127.0.0.1:{port}/  in a browser.
  Begin as the Chief of staff; choose another person at the top left at any time.
  A round is due in a quarter of an hour: see the channel cabinet-office.
  README.md leads through it, and /update, /agency and /mission show the rest.

Press Ctrl+C to stop. Everything is kept; start again with `make demo`.
"""
