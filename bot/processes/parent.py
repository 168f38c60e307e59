"""A process ends when the one that started it is gone, however that went: told to end, killed, or crashed.

The parent holds one end of a pipe, the child has the other as its standard input: the system closes the parent's end
with the parent, on Linux and macOS alike. A child of `make`, which holds no pipe, looks who its parent is instead. Each
of them is told to end as by an administrator, and made to end where that does not help.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import wait

WITH_PARENT = "--with-parent"
# Longer than what our processes take to finish or give back.
SECONDS_TO_END = 12
LOOKS_EVERY_SECONDS = 0.3


def start(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `python -m bot ...` with this environment; it ends with us, or when its `stdin` is closed."""
    # A group of its own: Ctrl+C reaches us alone, and we stop the others in order.
    return subprocess.Popen(  # noqa: S603 - this interpreter, our own words
        [sys.executable, "-m", "bot", WITH_PARENT, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def end_at_end_of_input() -> None:
    """End this process when its standard input does."""
    _when(_input_ends)


def end_without(parent: int) -> None:
    """End this process when it is no child of that process any more."""
    _when(lambda: _is_left_by(parent))


def end_with_our_server() -> None:
    """End this process when the one that the multiprocessing module started it from is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        _when(lambda: wait([sentinel]))


def _when(gone: Callable[[], object]) -> None:
    def follow() -> None:
        gone()
        _end()

    threading.Thread(target=follow, name="parent", daemon=True).start()


def _input_ends() -> None:
    while os.read(0, 4096):
        pass


def _is_left_by(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY_SECONDS)


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os._exit(1)
