"""A cleared admin administers a Confidential series and has no seat in it by that."""

from __future__ import annotations

import pytest

from storage.cabinet.actions import Action
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series, members_of_series
from storage.people import Role, set_holders
from tests.cabinet.access.test_speakers import made_alternate
from tests.cabinet.meetings import CHAIR, SECRETARY, a_closed_meeting, forged, rows
from tests.cabinet.test_series import form_of
from tests.world import World

ADMIN, TITLE = "Chief of staff", "Abduction"


def an_admin(world: World, *, of: str = "IOM") -> None:
    """The Chief of staff is admin, coordinates nothing, and is cleared by another agency's seat that somebody gave."""
    with world.database() as session:
        set_holders(session, world.mission_id, Role.COORDINATOR, [world.user_id(SECRETARY)], "test", world.now)
        set_holders(session, world.mission_id, Role.SRSG_OFFICE, [world.user_id(CHAIR)], "test", world.now)
    made_alternate(world, of, ADMIN, by=SECRETARY)


def opened(world: World, words: str) -> str:
    """What the admin is shown in a form or told."""
    admin = world.person(ADMIN)
    reply = admin.runs(f"/cabinet{words}", in_="#general")
    form = admin.form
    if form is None:
        return reply.text
    text = form.text
    form.close(everything=True)
    return text


def with_an_action(world: World, meeting: int) -> int:
    with world.database() as session:
        whole = session.get_one(Meeting, meeting)
        action = Action(
            mission_id=world.mission_id, series_id=whole.series_id, meeting_id=meeting, text="Call the elder.",
            handling="confidential", owner=world.user_id(CHAIR), due_on=world.now.date(),
            created_by=world.user_id(CHAIR), created_at=world.now, updated_at=world.now,
        )  # fmt: skip
        session.add(action)
        session.flush()
        return action.id


def test_a_cleared_admin_sees_that_a_confidential_series_exists_and_reads_nothing_of_it(world: World) -> None:
    an_admin(world)
    made = a_closed_meeting(world, TITLE)
    action, [item] = with_an_action(world, made), rows(world, Item)
    assert "Crisis group" in opened(world, " convene")
    for words in ("", " agenda", " actions all", " log", " minutes", " convene"):
        said = opened(world, words)
        assert TITLE not in said, words
        assert "elder" not in said, words
    for verb, value in {"cabinet:item": f"{item.id}:read", "cabinet:action": action}.items():
        said = forged(world, ADMIN, verb, value)
        assert "not for you" in said, said
    assert TITLE not in forged(world, ADMIN, "cabinet:agenda", made)
    assert "Ask its secretary" in forged(world, ADMIN, "cabinet:propose", made)


def a_closed_series(world: World) -> None:
    """As the form would have made it: it meets on Thursdays."""
    a_closed_meeting(world, TITLE)
    with world.database() as session:
        series = session.get_one(Series, rows(world, Series)[-1].id)
        series.weekdays, series.every_weeks = [3], 1


def as_it_is(world: World) -> tuple[list[int], str, str, str]:
    """The member agencies of the newest series, its secretary, its level and its title."""
    with world.database() as session:
        series = session.get_one(Series, rows(world, Series)[-1].id)
        members = sorted(members_of_series(session, series.id)[0])
        return members, series.secretary, series.handling, series.title


def saved(world: World, label: str, wanted: str) -> str:
    """What the admin is told who changes one field of the series and goes on to the end."""
    admin = world.person(ADMIN)
    admin.runs("/cabinet convene", in_="#general")
    form_of(admin).press("Edit…")
    for _step in range(9):
        form = form_of(admin)
        if label in form.fields:
            form.fill(label, wanted) if label == "Title" else form.choose(label, wanted)
        answer = form.submit()
        if answer is None or not answer.title.startswith("Edit"):
            break
    text = form_of(admin).text + str(form_of(admin).errors)
    form_of(admin).close(everything=True)
    return text


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Secretary", ADMIN),
        ("Agencies by name", "IOM · International Organization for Migration"),
        ("Classification", "Unclassified"),
    ],
)
def test_a_cleared_admin_gives_himself_no_seat_in_a_confidential_series(world: World, label: str, wanted: str) -> None:
    an_admin(world)
    a_closed_series(world)
    before = as_it_is(world)
    assert "cannot give yourself one" in saved(world, label, wanted)
    assert as_it_is(world) == before


def test_a_cleared_admin_changes_how_a_confidential_series_is_set(world: World) -> None:
    an_admin(world)
    a_closed_series(world)
    assert "cannot give yourself" not in saved(world, "Title", "Crisis cell")
    assert as_it_is(world)[3] == "Crisis cell"
