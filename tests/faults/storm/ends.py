"""Nothing that a storm starts outlives it, however it ends: killed, interrupted, or when it is over.

`python -m tests.faults.storm.ends ...` is `python -m bot ...` that ends when whoever started it is gone.
"""

from __future__ import annotations

import ctypes
import runpy
import signal
import subprocess

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def end_with_the_parent() -> None:
    """Let the kernel kill this process when the one that started it is gone."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Afterwards:
    """Runs a line of shell when `now` is called, or when this process is gone; `$1` and so on are the arguments."""

    def __init__(self, line: str, *arguments: str) -> None:
        # It waits for the end of its input, which comes when the only process that could write it is gone.
        command = ["sh", "-c", f"cat >/dev/null; {line}", "sh", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def now(self) -> None:
        """Run it, and wait until it has."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


if __name__ == "__main__":
    end_with_the_parent()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
