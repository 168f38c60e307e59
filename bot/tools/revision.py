"""`python -m bot revision "what changes"`: the next migration, drafted from what the models say and migrations lack."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from storage.database import Database
from storage.migrate import SCRIPTS, alembic_config, differences, upgrade

STAMP = "%Y%m%d_%H%M"
STYLE = SCRIPTS.parent.parent / "pyproject.toml"
REMARK = re.compile(r"^ *# ###.*\n", re.MULTILINE)


class NothingChangedError(Exception):
    """The models and the migrations agree: there is nothing to draft."""


def write_revision(message: str, now: datetime, *, scripts: Path = SCRIPTS, by_hand: bool = False) -> Path:
    """Write the migration that follows the newest one in `scripts`, and return its file. Its id is `now` in UTC.

    The operations are what an empty database lacks after every migration there is. `by_hand` writes an empty one, for a
    change of rows. Raises NothingChangedError when nothing is lacking.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        upgrade(database, scripts)
        try:
            if not by_hand and not differences(database):
                raise NothingChangedError("The models and the migrations agree: there is nothing to write.")
            path = _draft(database, message, next_id(scripts, now), scripts, by_hand)
        finally:
            database.dispose()
    path.write_text(REMARK.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    _tidy(path)
    return path


def next_id(scripts: Path, now: datetime) -> str:
    """The id of a migration written `now`: later than every other, also where two are written in one minute."""
    head = ScriptDirectory.from_config(alembic_config(scripts=scripts)).get_current_head()
    stamp = f"{now:{STAMP}}"
    if head is None or stamp > head:
        return stamp
    after = datetime.strptime(head, STAMP).replace(tzinfo=now.tzinfo) + timedelta(minutes=1)
    return f"{after:{STAMP}}"


def _draft(database: Database, message: str, identity: str, scripts: Path, by_hand: bool) -> Path:
    with database.engine.begin() as connection:
        config = alembic_config(connection, scripts)
        config.cmd_opts = Namespace(quiet=True)
        drafted = command.revision(config, message=message, autogenerate=not by_hand, rev_id=identity)
    if drafted is None or isinstance(drafted, list):
        raise RuntimeError("Alembic wrote another number of migrations than one")
    return Path(drafted.path)


def _tidy(path: Path) -> None:
    """Lay the file out as all code is, where the tool for it is installed (`make test` installs it)."""
    if importlib.util.find_spec("ruff") is None or not STYLE.exists():
        return
    for step in (["check", "--fix", "--exit-zero"], ["format"]):
        arguments = [sys.executable, "-m", "ruff", *step, "--quiet", "--config", str(STYLE), str(path)]
        subprocess.run(arguments, check=True)  # noqa: S603 - every argument is ours
