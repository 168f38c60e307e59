"""Whether an SQLite file can live where the settings put it: read-only, full, or on another machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.tools.doctor import examine
from storage.connection.place import PlaceError, check_place, file_of, network_kind
from storage.database import Database
from storage.migrate import upgrade

# As Linux writes it: disks, a container's layers, and shares by their ways of being mounted.
MOUNTINFO = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
25 24 0:23 / /dev/shm rw,relatime - tmpfs tmpfs rw,size=24683652k
40 27 0:40 / /var/lib/docker/overlay2/ab/merged rw,relatime shared:9 - overlay overlay rw,lowerdir=/l,upperdir=/u
50 27 0:50 / /srv/share rw,relatime shared:12 master:3 - nfs4 files.example.org:/export rw,vers=4.2,hard
51 27 0:51 / /srv/old rw,relatime - nfs files.example.org:/old rw,vers=3
52 27 0:52 / /mnt/with\\040a\\040space rw,relatime - cifs //files/share rw,vers=3.0
53 27 0:53 / /mnt/samba rw,relatime - smb3 //files/share rw
54 27 0:54 / /home/me/remote rw,nosuid,nodev - fuse.sshfs me@host: rw,user_id=1000
55 27 0:55 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs
56 27 0:56 / /afs rw,relatime - afs none rw
57 50 8:1 / /srv/share/local rw,relatime - xfs /dev/sda1 rw
58 27 0:58 / /data rw,relatime - ext4 /dev/sdb rw
59 58 0:59 / /data rw,relatime - nfs4 files.example.org:/data rw
60 27 0:60 / /home/me/photos rw - fuse.ntfs-3g /dev/sdc rw
a line that means nothing
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", ""),
        ("/var/lib/rapporteur", ""),
        ("/dev/shm", ""),
        ("/var/lib/docker/overlay2/ab/merged/app", ""),
        ("/srv/share", "nfs4"),
        ("/srv/share/mission", "nfs4"),
        ("/srv/shared", ""),
        ("/srv/share/local/mission", ""),
        ("/srv/old/x", "nfs"),
        ("/mnt/with a space/x", "cifs"),
        ("/mnt/samba", "smb3"),
        ("/home/me/remote/x", "fuse.sshfs"),
        ("/home/me", ""),
        ("/home/me/photos", ""),
        ("/mnt/c/mission", "9p"),
        ("/afs/example.org", "afs"),
        ("/data/mission", "nfs4"),
    ],
)
def test_the_mount_that_holds_a_path_tells_its_kind(path: str, kind: str) -> None:
    assert network_kind(MOUNTINFO, path) == kind


def test_without_the_list_of_mounts_nothing_is_said() -> None:
    assert network_kind("", "/srv/share") == ""


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///rapporteur.db", Path("rapporteur.db")),
        ("sqlite:////var/lib/r.db", Path("/var/lib/r.db")),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
        ("postgresql+psycopg://me@host/name", None),
    ],
)
def test_only_a_file_has_a_place(url: str, file: Path | None) -> None:
    assert file_of(url) == file


def test_a_network_file_system_is_refused(tmp_path: Path) -> None:
    mounts = f"{MOUNTINFO}70 27 0:70 / {tmp_path} rw - nfs4 files.example.org:/m rw\n"
    with pytest.raises(PlaceError, match=r"network file system \(nfs4\)"):
        check_place(f"sqlite:///{tmp_path}/mission.db", mounts)
    check_place(f"sqlite:///{tmp_path}/mission.db", MOUNTINFO)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own; only root may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> None:
    with suppress(OSError), (folder / "ballast").open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass


@pytest.fixture(params=["read-only", "full", "new and read-only"])
def bad_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a database that cannot live there, and the words that say why."""
    with ExitStack() as stack:
        folder = stack.enter_context(mounted(tmp_path / "disk", 8))
        url = f"sqlite:///{folder}/{'deep/' if request.param.startswith('new') else ''}mission.db"
        if request.param == "full":
            made = Database(url)
            upgrade(made)
            made.dispose()
            fill(folder)
            yield url, "is full"
            return
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield url, "Nothing can be written to the database"


def test_a_place_that_takes_nothing_is_told(bad_place: tuple[str, str]) -> None:
    url, words = bad_place
    with pytest.raises(PlaceError, match=words):
        check_place(url)


def test_doctor_tells_it(bad_place: tuple[str, str]) -> None:
    url, words = bad_place
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token="xoxb-1",  # type: ignore[arg-type]
        slack_signing_secret="s",  # type: ignore[arg-type]
        slack_api_url="http://127.0.0.1:1/api/",
        database_url=url,
    )
    found = [one for one in examine(settings) if one.well is False and "folder" in one.what]
    assert len(found) == 1
    assert words in found[0].advice


@pytest.mark.parametrize("command", ["web", "worker", "run", "migrate"])
def test_no_process_starts_there(bad_place: tuple[str, str], command: str) -> None:
    url, words = bad_place
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "DATABASE_URL": url,
        "PORT": "0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_one_file_that_must_not_be_written_is_told(tmp_path: Path) -> None:
    """Root writes to files of others: the file is mounted read-only into its folder."""
    file = tmp_path / "mission.db"
    file.touch()
    bound = subprocess.run(["mount", "--bind", str(file), str(file)], check=False, capture_output=True)
    if bound.returncode:
        pytest.skip(f"nothing can be mounted here: {bound.stderr.decode().strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(file)], check=True)
        with pytest.raises(PlaceError, match="Nothing can be written"):
            check_place(f"sqlite:///{file}")
    finally:
        subprocess.run(["umount", "--lazy", str(file)], check=True)


def test_a_disk_that_is_nearly_full_is_told_by_doctor_alone(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 8) as folder:
        url = f"sqlite:///{folder}/mission.db"
        check_place(url)
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            slack_bot_token="xoxb-1",  # type: ignore[arg-type]
            slack_signing_secret="s",  # type: ignore[arg-type]
            slack_api_url="http://127.0.0.1:1/api/",
            database_url=url,
        )
        (found,) = [one for one in examine(settings) if "room" in one.what]
        assert found.well is False
        assert "MB are left" in found.advice


def test_nobody_else_on_the_machine_reads_a_new_database(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        database = Database(f"sqlite:///{tmp_path}/mission.db")
        upgrade(database)
        with database.transaction() as session:
            session.execute(text("CREATE TABLE trial (number INTEGER)"))
            files = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        database.dispose()
    finally:
        os.umask(before)
    assert {"mission.db", "mission.db-wal", "mission.db-shm"} <= set(files)
    assert set(files.values()) == {0o600}


def test_doctor_tells_a_database_that_everybody_reads(tmp_path: Path) -> None:
    file = tmp_path / "mission.db"
    settings = Settings(database_url=f"sqlite:///{file}")
    Database(settings.database_url).dispose()

    def told() -> tuple[bool | None, str]:
        (found,) = [one for one in examine(settings) if "nobody else" in one.what]
        return found.well, found.advice

    assert told()[0] is True
    file.chmod(0o644)
    assert told() == (False, f"Run: chmod o-r {file}")
    file.chmod(0o640)
    assert told()[0] is True
