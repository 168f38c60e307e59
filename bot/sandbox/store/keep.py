"""Keeps the workspace between two runs: one small SQLite file of JSON documents, and the bytes of files beside it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.sandbox.records import Record, document

Json = dict[str, Any]


class Keep:
    """Documents by kind and id. Without a folder nothing outlives the process.

    Writes are gathered and go to the file in one transaction by ``flush``; the server flushes after each request.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._waiting: dict[tuple[str, str], Record | None] = {}
        self._bytes: dict[str, bytes] = {}
        self._database: sqlite3.Connection | None = None
        if folder is not None:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / "workspace.sqlite", check_same_thread=False)
            self._database.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "CREATE TABLE IF NOT EXISTS document (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id));"
            )

    @property
    def waiting(self) -> bool:
        """Whether something is not yet in the file."""
        return bool(self._waiting)

    def put(self, kind: str, id_: str, record: Record) -> None:
        """Remember a record, as it is when the next flush comes, in place of the one with this kind and id."""
        if self._database is not None:
            self._waiting[kind, id_] = record

    def drop(self, kind: str, id_: str) -> None:
        """Forget a document."""
        if self._database is not None:
            self._waiting[kind, id_] = None

    def read(self, kind: str) -> Iterator[Json]:
        """Every document of a kind, in the order of their ids."""
        if self._database is None:
            return
        found = self._database.execute("SELECT body FROM document WHERE kind = ? ORDER BY id", (kind,))
        for (body,) in found.fetchall():
            yield json.loads(body)

    def flush(self) -> None:
        """Write what waits, in one transaction."""
        if self._database is None or not self._waiting:
            return
        gone = [key for key, record in self._waiting.items() if record is None]
        there = [(*key, _text(record)) for key, record in self._waiting.items() if record is not None]
        with self._database:
            self._database.executemany("DELETE FROM document WHERE kind = ? AND id = ?", gone)
            self._database.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", there)
        self._waiting.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        self._bytes.clear()
        if self._database is not None and self._folder is not None:
            with self._database:
                self._database.execute("DELETE FROM document")
            for path in (self._folder / "files").iterdir():
                path.unlink()

    def put_bytes(self, id_: str, content: bytes) -> None:
        """Keep the bytes of a file."""
        if self._folder is None:
            self._bytes[id_] = content
        else:
            (self._folder / "files" / id_).write_bytes(content)

    def read_bytes(self, id_: str) -> bytes | None:
        """The bytes of a file, or None."""
        if self._folder is None:
            return self._bytes.get(id_)
        path = self._folder / "files" / id_
        return path.read_bytes() if path.is_file() else None

    def drop_bytes(self, id_: str) -> None:
        """Forget the bytes of a file."""
        self._bytes.pop(id_, None)
        if self._folder is not None:
            (self._folder / "files" / id_).unlink(missing_ok=True)

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.flush()
        if self._database is not None:
            self._database.close()
            self._database = None


def _text(record: Record) -> str:
    return json.dumps(document(record), ensure_ascii=False)
