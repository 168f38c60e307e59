"""Whether the place of an SQLite file can hold a database: told before anybody is answered, and by `doctor`.

SQLite's log of writes is a file that processes map into memory together: on a file system of another machine that does
not hold, and a database there is lost sooner or later. What is read-only or full is met by the first writer otherwise.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

MOUNTS = Path("/proc/self/mountinfo")
# Types of file systems, as Linux names them, whose files another machine holds.
NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "9p", "afs", "openafs", "coda", "davfs"),
        *("ceph", "glusterfs", "lustre", "gpfs", "beegfs", "ocfs2", "gfs2", "orangefs", "pvfs2"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.davfs2"),
        *("fuse.smbnetfs", "fuse.juicefs", "fuse.goofys", "fuse.blobfuse2", "fuse.mfs", "fuse.curlftpfs"),
    }
)
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
PRIVATE = 0o600
BESIDE = ("", "-wal", "-shm", "-writers")
TRIAL_BYTES = 1_000_000
LEAST_ROOM_BYTES = 50_000_000


class PlaceError(Exception):
    """The database cannot live where the settings put it; the text says why, and what to do."""


def check_place(database_url: str, mounts: str | None = None) -> None:
    """Raises PlaceError when the file of an SQLite database cannot be written, or lies on another machine.

    `mounts` is the text of `/proc/self/mountinfo`, which only Linux has; read when it is not given.
    """
    file = file_of(database_url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        folder = file.parent.resolve()
        kind = network_kind(_mounts() if mounts is None else mounts, str(folder))
        if kind:
            raise PlaceError(
                f"The database's folder {folder} is on a network file system ({kind}), where SQLite loses what it"
                " wrote. Set DATABASE_URL to a folder on a disk of this machine, or to a PostgreSQL."
            )
        _try_to_write(folder, file)
    except OSError as error:
        raise PlaceError(_told(error, file)) from error


def make_private(file: Path) -> None:
    """Make the file of a new database so that nobody else on this machine can read it.

    SQLite gives the files beside it (journal, shared memory) the same rights. A file that is there keeps its own:
    somebody may have chosen them; `doctor` tells when everybody may read it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    # Where nothing can be written, `check_place` has the words for it.
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE))


def readable_by_others(database_url: str) -> list[Path]:
    """The files of an SQLite database that every user of this machine may read."""
    file = file_of(database_url)
    parts = [Path(f"{file}{ending}") for ending in BESIDE] if file else []
    return [part for part in parts if part.exists() and part.stat().st_mode & stat.S_IROTH]


def room_left(database_url: str) -> int | None:
    """Bytes that are free where the SQLite file lies; None for other databases."""
    file = file_of(database_url)
    return shutil.disk_usage(file.parent).free if file is not None else None


def file_of(database_url: str | URL) -> Path | None:
    """The file of an SQLite database; None for one in memory, and for other databases."""
    url = make_url(database_url)
    named = url.database if url.get_backend_name() == "sqlite" else None
    return Path(named).expanduser() if named and named != ":memory:" and not named.startswith("file:") else None


def network_kind(mounts: str, path: str) -> str:
    """The type of the network file system that holds a path; empty when a disk of this machine holds it.

    `mounts` is written as proc(5) says: the fifth field is where it is mounted, the type follows a lone hyphen.
    """
    longest, kind = -1, ""
    for line in mounts.splitlines():
        before, found, after = line.partition(" - ")
        fields, more = before.split(" "), after.split(" ")
        if not found or len(fields) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda escape: chr(int(escape[1], 8)), fields[4])
        # What is mounted later on the same place covers what was there.
        if _holds(point, path) and len(point) >= longest:
            longest, kind = len(point), more[0]
    return kind if kind in NETWORK else ""


def _holds(point: str, path: str) -> bool:
    return path == point or path.startswith(point.rstrip("/") + "/")


def _mounts() -> str:
    return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if MOUNTS.exists() else ""


def _try_to_write(folder: Path, file: Path) -> None:
    """Write something beside the database and take it away; open what is there of it. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{file.name}-trial-", buffering=0) as trial:
        left = TRIAL_BYTES
        while left > 0:
            left -= trial.write(b"\0" * min(left, 65_536))
        os.fsync(trial.fileno())
    for ending in BESIDE:
        part = Path(f"{file}{ending}")
        if part.exists():
            os.close(os.open(part, os.O_RDWR | os.O_CLOEXEC))


def _told(error: OSError, file: Path) -> str:
    where = f"the database {file}"
    if error.errno in READ_ONLY:
        return (
            f"Nothing can be written to {where} ({error.strerror}). Give this process the right to write to the folder"
            " and to the files beside it, or set DATABASE_URL to another place."
        )
    if error.errno in FULL:
        room = LEAST_ROOM_BYTES // 1_000_000
        return f"The disk of {where} is full. Make room there, at least {room} MB, and start again."
    return f"The place of {where} cannot be used: {error.strerror or type(error).__name__}. Check DATABASE_URL."
