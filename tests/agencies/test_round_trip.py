"""Two hundred organisations as they come: imported, imported again, exported and imported from that, over Slack."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.driver import Form
from commands.kit.tables import restored
from storage.agencies import all_agencies
from storage.audit import AuditEntry
from tests.agencies.organisations import ALIKE, DIFFICULT, as_csv, as_xlsx, two_hundred
from tests.agencies.test_import_stories import pressed, tab, upload
from tests.agencies.test_stories import ADMIN
from tests.world import World

NOTHING_NEW = "Added: 0 · changed: 0 · left alone: {left} · skipped as the same: 0 · refused: {refused}"


def everything(world: World) -> list[dict[str, Any]]:
    """All that is saved of the agencies, by code."""
    with world.database() as session:
        agencies = all_agencies(session, world.mission_id)
        return [{column.key: getattr(agency, column.key) for column in agency.__table__.columns} for agency in agencies]


def exported(world: World) -> dict[str, bytes]:
    """The files of an export, by name."""
    admin = world.person(ADMIN)
    admin.runs("/agency export")
    world.settle()
    return {name: content for one in admin.messages(in_="Rapporteur") for name, content in one.files.items()}


def assert_no_change(world: World, form: Form, *, left: int, refused: int) -> None:
    assert NOTHING_NEW.format(left=left, refused=refused) in form.text
    assert "would change nothing" in form.text
    assert form.view.get("submit") is None


@pytest.mark.parametrize("kind", ["plain.csv", "tagged.csv", "book.xlsx"])
def test_two_hundred_organisations_come_and_go_without_a_loss(world: World, kind: str) -> None:
    rows = two_hundred()
    content = as_xlsx(rows) if kind == "book.xlsx" else as_csv(rows, tags=kind == "tagged.csv")
    # Four of the demo's five agencies are in the list under their names, one is not.
    form = upload(world, content, kind)
    assert "213 rows, 211 organisations" in form.text
    assert "Added: 203 · changed: 0 · left alone: 4 · skipped as the same: 0 · refused: 1" in form.text
    assert "4 look-alikes wait for your decision" in form.text
    assert all(f"*{name}* looks like" in form.text for name, _kind in ALIKE)
    assert "The name is empty" in tab(form, "Refused").text
    done = pressed(tab(form, "Look-alikes"), "Keep all open ones apart").submit()
    assert done is not None
    assert "Added: 207" in done.text
    saved = everything(world)
    assert len(saved) == 5 + 207
    # An apostrophe that guards a formula is no part of a name.
    assert {restored(" ".join(name.split())) for name, _kind in DIFFICULT} <= {one["name"] for one in saved}
    acts = world.count_rows(AuditEntry)

    assert_no_change(world, upload(world, content, kind), left=211, refused=1)
    files = exported(world)
    assert len(files) == 2
    for name, file in files.items():
        assert_no_change(world, upload(world, file, name), left=212, refused=0)
    assert everything(world) == saved
    # The export itself is on record; the imports that changed nothing are not.
    assert world.count_rows(AuditEntry) == acts + 1


def test_an_export_fills_an_empty_mission_with_the_same_agencies(world: World) -> None:
    pressed(tab(upload(world, as_csv(two_hundred(), tags=False)), "Look-alikes"), "Keep all open ones apart").submit()
    saved = everything(world)
    content = next(content for name, content in exported(world).items() if name.endswith("xlsx"))
    with world.database() as session:
        for agency in all_agencies(session, world.mission_id):
            session.delete(agency)
    form = upload(world, content, "moved.xlsx")
    if "Keep all open ones apart" in tab(form, "Look-alikes").buttons:
        form = pressed(tab(form, "Look-alikes"), "Keep all open ones apart")
    done = form.submit()
    assert done is not None
    assert "Added: 212" in done.text
    described = ("code", "name", "name_fr", "kind", "sectors", "duty_station", "zone", "language")
    again = everything(world)
    assert [[one[name] for name in described] for one in again] == [[one[name] for name in described] for one in saved]
