"""Ends a PostgreSQL server when whoever started it is gone, and removes its folder: `postgres_guard.py FOLDER`.

A server that pg_ctl starts is no child of the tests'. This process reads its standard input, which the test run holds
and the system closes with it, however it went. It knows nothing but Python's own library, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path

SECONDS_TO_END = 10


def server_of(folder: Path) -> int | None:
    """The id of the server that runs there."""
    try:
        return int((folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", maxsplit=1)[0])
    except (OSError, ValueError):
        return None


def end(server: int, folder: Path) -> None:
    """Let it end at once, as after a power failure: nobody needs what it holds."""
    for sign in (signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(server, sign)
        deadline = time.monotonic() + SECONDS_TO_END
        while server_of(folder) is not None and time.monotonic() < deadline:
            time.sleep(0.05)


def main() -> None:
    """Wait for the end of standard input."""
    folder = Path(sys.argv[1])
    while os.read(0, 4096):
        pass
    # It may just be about to start; after a run that ended well there is no folder any more.
    deadline = time.monotonic() + SECONDS_TO_END
    while folder.exists() and time.monotonic() < deadline:
        server = server_of(folder)
        if server is not None:
            end(server, folder)
            shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
