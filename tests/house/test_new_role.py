"""A new role is a line in the list of roles and its words: tried in a copy of the code, as a person meets it there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = '    OBSERVER = "observer"\n'
WORDS = '        Role.OBSERVER: RoleWords(_("observer"),'
NEW_LINE = '    LIAISON = "liaison"\n'
NEW_WORDS = '        Role.LIAISON: RoleWords(_("liaison cell"), _("Speaks with the neighbours.")),\n'

STORY = """
import sys
from pathlib import Path

from commands.cabinet.rules.seats import ROLES_OFFERED
from commands.escalations.rules.chain_edit import roles_offered
from commands.kit.permission import one_of, refusal_text
from storage.audit import history
from storage.people import Role, granted_roles
from tests.databases import sqlite_url
from tests.world import a_world

ADMIN, READER = "Chief of staff", "Mission reader"

with a_world(sqlite_url(Path(sys.argv[1]))) as world:
    world.set_up()
    card = world.person(ADMIN).runs("/mission roles")
    assert "Liaison cell" in card.text and "Speaks with the neighbours." in card.text
    card.press("Change roles").choose("Liaison cell", READER).submit()
    world.settle()
    told = world.person(READER).direct_message_from("Rapporteur", "gave you a role")
    assert "Liaison cell" in told.text and "Speaks with the neighbours." in told.text
    with world.database() as session:
        assert granted_roles(session, world.mission_id, world.user_id(READER)) == {Role.LIAISON}
        assert len(history(session, world.mission_id, "role", "liaison")) == 1
        assert "liaison cell" in refusal_text(session, world.mission_id, one_of(Role.LIAISON))
    assert Role.LIAISON in ROLES_OFFERED and Role.LIAISON in roles_offered()
"""


def add_before(path: Path, line: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, new + line), encoding="utf-8")


def test_a_role_needs_its_line_and_its_words_and_nothing_else(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("bot", "commands", "storage"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests").mkdir()
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy(file, copy / "tests")
    add_before(copy / "storage" / "people.py", LINE, NEW_LINE)
    add_before(copy / "commands" / "kit" / "names" / "roles.py", WORDS, NEW_WORDS)
    (copy / "story.py").write_text(STORY, encoding="utf-8")
    # The folder of a script is the first place where Python looks for modules: the copy, not this code.
    told = subprocess.run(
        [sys.executable, "story.py", str(tmp_path)], cwd=copy, capture_output=True, text=True, timeout=180, check=False
    )
    assert told.returncode == 0, told.stderr
