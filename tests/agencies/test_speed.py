"""However many agencies a mission has, looking and importing take the same number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.sandbox.driver import Form
from storage.agencies import all_agencies, set_holders_of_agency
from storage.people import Role
from tests.agencies.test_import_stories import pressed, tab, upload
from tests.agencies.test_stories import ADMIN, runs
from tests.world import World

FEW, MANY = 30, 465
NAMES = (
    "Bakery Library Theatre Ferry Quarry Museum Orchard Dairy Foundry Harbour Vineyard Sawmill Smithy Brewery Tannery"
)


class Counted:
    """Statements sent to the database while something was done, by what was done."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.counts: dict[str, int] = {}

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Count the statements of a block."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        engine = self.world.product.database.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", note)
        self.counts[what] = len(sent)


def a_list(first: int, last: int, kind: str) -> str:
    words = NAMES.split()
    rows = [
        f"Q{number},{words[number % 15]} {words[number // 15 % 15]} {number},{kind}" for number in range(first, last)
    ]
    return "\n".join(["code,name,type", *rows])


def decided(form: Form) -> Form:
    look_alikes = tab(form, "Look-alikes")
    keep = "Keep all open ones apart"
    return pressed(look_alikes, keep) if keep in look_alikes.buttons else look_alikes


def statements(world: World, first: int, last: int) -> dict[str, int]:
    """What it takes to import these agencies, to change all of them by a list, and to look at them."""
    counted = Counted(world)
    with counted.doing("preview"):
        form = upload(world, a_list(first, last, "NGO"))
    form = decided(form)
    with counted.doing("add"):
        done = form.submit()
    assert done is not None
    assert f"Added: {last - first}" in done.text
    with world.database() as session:
        for agency in all_agencies(session, world.mission_id):
            set_holders_of_agency(agency, Role.FOCAL_POINT, [world.user_id("Mission reader")], "test", world.now)
    form = upload(world, a_list(first, last, "Government"))
    with counted.doing("change"):
        done = form.submit()
    assert done is not None
    assert f"changed: {last - first}" in done.text
    admin = world.person(ADMIN)
    with counted.doing("list"):
        form = runs(admin, "/agency list")
    with counted.doing("turn"):
        form = pressed(form, "Next")
    with counted.doing("show"):
        pressed(form, "Open").close()
    with counted.doing("nearest"):
        assert "Did you mean" in admin.runs("/agency show Q4x").text
    with counted.doing("export"):
        admin.runs("/agency export")
    world.settle()
    return counted.counts


def test_the_number_of_statements_does_not_grow_with_the_agencies(world: World) -> None:
    # Who somebody is, is read more fully the first time they are heard of.
    runs(world.person(ADMIN), "/agency").close()
    few = statements(world, 0, FEW)
    many = statements(world, FEW, FEW + MANY)
    assert len(many) == 8
    assert many == few
