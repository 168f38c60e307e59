"""Starts the product's processes quickly: everything is imported once, and each is a fork that runs what its line
of the Procfile runs. Reads commands on standard input and answers each with a line:

    start NAME web|worker PORT OFF_BY   its process id
    signal NAME NUMBER                  0; to the process and all it started, and SIGTERM to it alone
    ended NAME                          its exit code, or - while it lives

When standard input ends, everything that was started ends. So it does when this process is killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from functools import partial
from pathlib import Path

import psycopg  # noqa: F401 - imported before the forks, like everything else that takes time
import slack_bolt.adapter.socket_mode  # noqa: F401 - likewise

import bot.processes.run
import bot.requests.server
from bot.app import build
from bot.rooms import find_rooms
from tests.faults.storm.clocks import clock_of_this_process
from tests.faults.storm.ends import end_with_the_parent

RUNS = {"web": bot.requests.server.serve_web, "worker": bot.processes.run.run_worker}


def start(name: str, kind: str, port: str, off_by: str) -> int:
    """A process of its own, in a group of its own; its id."""
    child = os.fork()
    if child:
        # Here too: it may be killed before it has come to make its group.
        with contextlib.suppress(OSError):
            os.setpgid(child, child)
        return child
    try:
        os.setpgid(0, 0)
        _write_into(Path(os.environ["STORM_LOGS"]) / f"{name}.log")
        os.environ["PORT"] = port
        # The one difference to `python -m bot`: the present moment comes from the storm's clock.
        bot.processes.run.build = partial(build, now=clock_of_this_process(float(off_by)))
        RUNS[kind]()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _write_into(log: Path) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDWR)
    for target, source in ((0, nothing), (1, nothing), (2, file)):
        os.dup2(source, target)


class Nursery:
    """The processes by name."""

    def __init__(self) -> None:
        self.alive: dict[str, int] = {}

    def obey(self, line: str) -> object:
        """One command."""
        word, name, *rest = line.split()
        if word == "start":
            self.alive[name] = start(name, *rest)
            return self.alive[name]
        if word == "signal":
            self.signal(name, int(rest[0]))
            return 0
        return self.ended(name)

    def signal(self, name: str, number: int) -> None:
        """As when its machine fails, or when somebody tells the one process to end."""
        with contextlib.suppress(ProcessLookupError, KeyError):
            (os.kill if number == signal.SIGTERM else os.killpg)(self.alive[name], number)

    def ended(self, name: str) -> object:
        """The exit code, negative for a signal."""
        pid = self.alive.get(name)
        if pid is None:
            return -9
        found, status = os.waitpid(pid, os.WNOHANG)
        if not found:
            return "-"
        # What it started must not outlive it either.
        self.signal(name, signal.SIGKILL)
        del self.alive[name]
        return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Obey until standard input ends; then end every process that is left."""
    find_rooms()
    end_with_the_parent()
    os.register_at_fork(after_in_child=end_with_the_parent)
    nursery = Nursery()
    for line in sys.stdin:
        print(nursery.obey(line), flush=True)  # noqa: T201 - the answer to whoever started us
    for name in list(nursery.alive):
        nursery.signal(name, signal.SIGKILL)


if __name__ == "__main__":
    main()
