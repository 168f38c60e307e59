"""Which browser the tests of the sandbox's page drive.

Chromium, Chrome or Edge is found by `CHROMIUM=` (a path) or by its usual name on the PATH, or is the one Playwright has
downloaded. `make test` runs this file first (`python -m tests.browser`), which gets one where there is none: Debian's
package where that is allowed, else Playwright's download. Tests only look; they never install anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
HOW_TO_GET_ONE = "install Chromium, Chrome or Edge, or name one with CHROMIUM=/path/to/it"
# Downloads are given up after this many seconds: a network that answers nothing shall not hold the other tests up.
PATIENCE = 300
RELEASE = Path("/etc/os-release")
_WHERE_PLAYWRIGHT_KEEPS_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def wanted_everywhere() -> bool:
    """Whether a missing browser is a failure: on a machine that runs the tests for everybody (`CI` is set)."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def starts(path: str) -> bool:
    """Whether a path is a browser that runs here: it may be a stub that asks for a snap, or lack its libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def on_this_machine() -> str | None:
    """The path of a browser that starts, or None. `CHROMIUM=` decides alone when it is set."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if starts(named) else None
    paths = (path for name in NAMES if (path := shutil.which(name)))
    return next((path for path in paths if starts(path)), None) or _of_playwright()


@cache
def find() -> str | None:
    """What `on_this_machine` says, asked once in a process."""
    return on_this_machine()


def get() -> str | None:
    """Find a browser, and get one where there is none and none was named. Returns its path, or None."""
    if (found := on_this_machine()) or os.environ.get("CHROMIUM"):
        return found
    ways = [_from_debian] if _may_install_from_debian() else []
    for way in (*ways, _from_playwright):
        if way() and (found := on_this_machine()):
            return found
    return None


def _of_playwright() -> str | None:
    asked = subprocess.run(
        [sys.executable, "-c", _WHERE_PLAYWRIGHT_KEEPS_IT], capture_output=True, text=True, timeout=60, check=False
    )
    path = asked.stdout.strip()
    return path if path and starts(path) else None


def _may_install_from_debian() -> bool:
    # Not on Ubuntu: its package of the same name holds no browser and sends to the snap store.
    lines = RELEASE.read_text(encoding="utf-8").splitlines() if RELEASE.exists() else []
    return "ID=debian" in lines and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _from_debian() -> bool:
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    # The download is bounded in time; what is then unpacked must not be interrupted.
    return (
        _runs(["apt-get", "update", "-qq"], PATIENCE)
        and _runs([*install, "--download-only", "chromium"], PATIENCE)
        and _runs([*install, "chromium"], None)
    )


def _from_playwright() -> bool:
    return _runs([sys.executable, "-m", "playwright", "install", "chromium"], PATIENCE)


def _runs(command: list[str], seconds: int | None) -> bool:
    print(f"No browser for the tests of the page yet: {' '.join(command)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, timeout=seconds, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"That did not work: {error}", flush=True)
        return False


def main() -> int:
    """Get a browser; say what is missing. Fails only where a missing browser is a failure."""
    if get() is not None:
        return 0
    if wanted_everywhere():
        print(f"There is no browser, and CI is set: {HOW_TO_GET_ONE}.", file=sys.stderr)
        return 1
    print(f"There is no browser, so the tests of the page will be skipped: {HOW_TO_GET_ONE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
