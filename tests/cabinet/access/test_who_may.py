"""Refusals name everybody who may, and an item that somebody else was quicker with is not called settled."""

from __future__ import annotations

import pytest

from storage.cabinet.actions import Action
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series
from tests.cabinet.meetings import CHAIR, SECRETARY, a_meeting, forged, rows
from tests.world import World

STRANGER, OWNER = "WFP head of agency", "WFP focal point"


def an_action(world: World, *, series: bool, meeting: bool) -> int:
    """An action of the focal point's: of a meeting, of its series alone, or of neither."""
    a_meeting(world, "Road access")
    with world.database() as session:
        action = Action(
            mission_id=world.mission_id,
            series_id=rows(world, Series)[-1].id if series else None,
            meeting_id=rows(world, Meeting)[-1].id if meeting else None,
            text="Survey the bridge",
            owner=world.user_id(OWNER),
            due_on=world.now.date(),
            created_by=world.user_id(SECRETARY),
            created_at=world.now,
            updated_at=world.now,
        )
        session.add(action)
        session.flush()
        return action.id


@pytest.mark.parametrize(
    ("of", "carries_on", "judges"),
    [
        ("meeting", "the secretary and the chair of its meeting", "the secretary or the chair of its meeting"),
        ("series", "the secretary of its series", "the secretary of its series"),
        ("nothing", "the coordinators can do this: this action belongs to no meeting", "a coordinator"),
    ],
)
def test_a_refusal_about_an_action_names_everybody_who_may(world: World, of: str, carries_on: str, judges: str) -> None:
    made = an_action(world, series=of != "nothing", meeting=of == "meeting")
    for verb in ("start", "finish", "hand-over"):
        refused = forged(world, STRANGER, f"cabinet:{verb}", made)
        assert f"<@{world.user_id(OWNER)}>" in refused
        assert carries_on in refused
    refused = forged(world, STRANGER, "cabinet:cancel", made)
    assert judges in refused
    assert ("meeting" in refused) == (of != "series")


def test_whom_a_refusal_names_may_indeed(world: World) -> None:
    made = an_action(world, series=True, meeting=True)
    for name in (CHAIR, SECRETARY, OWNER):
        assert "Name the person" not in forged(world, name, "cabinet:hand-over", made)
        assert "can do this" not in forged(world, name, "cabinet:hand-over", made)


def test_an_item_that_is_on_the_agenda_already_or_not_yet_is_not_called_settled(world: World) -> None:
    made = a_meeting(world, "Road access")
    [item] = rows(world, Item)
    said = forged(world, SECRETARY, "cabinet:item", f"{item.id}:schedule")
    assert "on the agenda already" in said
    assert "move, defer or take it off" in said
    assert "on the agenda already" not in forged(world, SECRETARY, "cabinet:item", f"{item.id}:back")
    for verb in ("back", "up", "down"):
        said = forged(world, SECRETARY, "cabinet:item", f"{item.id}:{verb}")
        assert "is a proposal and not on the agenda" in said
    forged(world, SECRETARY, "cabinet:item", f"{item.id}:schedule")
    assert [(one.state, one.meeting_id) for one in rows(world, Item)] == [("scheduled", made)]
