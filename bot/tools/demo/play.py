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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.processes.parent import start as start_child
from bot.rooms import find_rooms
from bot.tools.demo.leftovers import end, left_behind, write_down
from bot.tools.demo.preparation import workspace_seed
from bot.tools.manifest import manifest

BOT_TOKEN = "xoxb-demo"  # noqa: S105 - the sandbox's own, worth nothing elsewhere
SIGNING_SECRET = "signed by the demo"  # noqa: S105 - likewise
KNOWN = "processes.json"
SECONDS_TO_START = 45
SECONDS_TO_STOP = 10


def play(*, port: int, data: Path) -> None:
    """Start everything, say where to look, and stop it all on Ctrl+C, when told to end, and with the terminal."""
    _on_the_end(_leave)
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    known, product_port = data / KNOWN, port + 1
    for needed in (port, product_port):
        _need(needed, known)
    seed = _write_seed(data, product_port)
    environment = demo_environment(port, product_port, data)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        arguments = ["sandbox", "--port", str(port), "--seed", str(seed), "--data", str(data / "slack")]
        _begin(processes, known, arguments, {})
        _wait_for(f"http://127.0.0.1:{port}/sandbox/boot", processes)
        run(["demo-mission"], environment)
        _begin(processes, known, ["run"], environment)
        _wait_for(f"http://127.0.0.1:{product_port}/health/live", processes)
        typer.echo(_welcome(port))
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        # Whoever is told twice to end need not end twice.
        _on_the_end(signal.SIG_IGN)
        _stop(processes)
        known.unlink(missing_ok=True)


def _on_the_end(handler: Callable[..., None] | signal.Handlers) -> None:
    """What happens on Ctrl+C, when we are told to end, and when the terminal is closed."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Under nohup it stays when its terminal goes.
        if name is not signal.SIGHUP or signal.getsignal(name) is not signal.SIG_IGN:
            signal.signal(name, handler)


def _leave(*_: object) -> None:
    sys.exit(0)


def _need(port: int, known: Path) -> None:
    """Raises Exit when a port is in use and stays so; what a demo of this folder left behind may be ended."""
    left = [] if _is_free(port) else left_behind(known)
    if left:
        ids = " ".join(str(one.pid) for one in left)
        typer.echo(f"Port {port} is in use by a demo of this folder that still runs (processes {ids}).", err=True)
        if not sys.stdin.isatty():
            typer.echo(f"End it with: kill {ids}", err=True)
            raise typer.Exit(1)
        if typer.confirm("End it?", default=True):
            end(left)
    if not _is_free(port):
        typer.echo(f"Port {port} is in use. Stop what uses it, or choose another: make demo PORT=9000", err=True)
        raise typer.Exit(1)


def _begin(
    processes: list[subprocess.Popen[bytes]], known: Path, arguments: list[str], environment: Mapping[str, str]
) -> None:
    processes.append(start(arguments, environment))
    write_down(known, [os.getpid(), *(process.pid for process in processes)])


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


def beside_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """What this process was started with, and what a process of the demo reads besides."""
    return {**os.environ, **environment}


def start(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `python -m bot ...` with these settings over our own environment; it ends with us."""
    return start_child(arguments, beside_ours(environment))


def run(arguments: list[str], environment: Mapping[str, str]) -> None:
    """Run `python -m bot ...` to its end. Raises CalledProcessError."""
    process = start(arguments, environment)
    try:
        code = process.wait()
    finally:
        _stop([process])
    if code:
        raise subprocess.CalledProcessError(code, process.args)


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


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in reversed(processes):
        if process.poll() is None:
            process.terminate()
    for process in reversed(processes):
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()


def _welcome(port: int) -> str:
    return f"""
Rapporteur is running.

  Open  http://127.0.0.1:{port}/  in a browser.
  Begin as the Chief of staff; choose another person at the top left at any time.
  A round is due in a quarter of an hour: see the channel cabinet-office.
  README.md leads through it, and /update, /agency and /mission show the rest.

Press Ctrl+C to stop. Everything is kept; start again with `make demo`.
"""
