"""Judging who may costs one statement at most, however many series, meetings and decisions there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from storage.agencies import find_agency
from storage.audit import AuditEntry, Search, find_acts
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Decision
from storage.cabinet.items import items_of_meeting
from storage.cabinet.meetings import Meeting
from tests.agencies.test_speed import Counted
from tests.cabinet.meetings import SECRETARY, a_closed_meeting, a_meeting, forged, rows
from tests.world import World

COMMANDS = ("", " agenda", " attend", " log", " actions all", " actions", " minutes", " run", " convene")


def add(world: World, first: int, last: int) -> None:
    """So many meetings of series of their own, open and closed, with a decision and an action each."""
    for number in range(first, last):
        made = (
            a_closed_meeting(world, f"Item {number}", level="unclassified")
            if number % 2
            else a_meeting(world, f"Item {number}")
        )
        with world.database() as session:
            meeting = session.get_one(Meeting, made)
            meeting.channel_id = None
            item = items_of_meeting(session, made)[0]
            wfp = find_agency(session, world.mission_id, "WFP")
            assert wfp is not None
            where = {"mission_id": world.mission_id, "series_id": meeting.series_id, "meeting_id": made}
            whose = {"owner": world.user_id("SRSG"), "owner_agency_id": wfp.id, "due_on": world.now.date()}
            said = {"text": f"Decided {number}", "handling": meeting.handling, "item_id": item.id}
            decided = {"text_key": "", "decided_by": meeting.chair, "decided_at": world.now, "state": "stands"}
            session.add(Decision(**where, **whose, **said, **decided, year=2035, number=number + 1))
            given = {"created_by": meeting.chair, "created_at": world.now, "updated_at": world.now}
            session.add(Action(**where, **whose, **said, **given))


class Seats(Counted):
    """Besides the number of statements, how many of them asked who sits where."""

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.extend([statement] if "cabinet_members" in statement else [])

        engine = self.world.product.database.engine
        event.listen(engine, "before_cursor_execute", note)
        with super().doing(what):
            yield
        event.remove(engine, "before_cursor_execute", note)
        assert len(asked) <= 1, what


def measured(world: World, name: str) -> dict[str, int]:
    counted = Seats(world)
    for words in COMMANDS:
        with counted.doing(words):
            world.person(name).runs(f"/cabinet{words}", in_="#general")
        form = world.person(name).form
        if form is not None:
            form.close(everything=True)
    with counted.doing("decision"):
        forged(world, name, "cabinet:decision", rows(world, Decision)[0].id)
    return counted.counts


@pytest.mark.parametrize("name", ["WFP focal point", "IOM focal point", "Mission reader"])
def test_judging_costs_one_statement_at_most_and_no_more_for_more_meetings(world: World, name: str) -> None:
    add(world, 0, 2)
    measured(world, name)  # who somebody is, is read more fully the first time they are heard of
    few = measured(world, name)
    add(world, 2, 8)
    assert measured(world, name) == few


class Asked(Counted):
    """Statements as both databases get them: SQLite is also told that a transaction begins."""

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        begun = 0

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            nonlocal begun
            begun += statement.startswith("BEGIN")

        engine = self.world.product.database.engine
        event.listen(engine, "before_cursor_execute", note)
        with super().doing(what):
            yield
        event.remove(engine, "before_cursor_execute", note)
        self.counts[what] -= begun


@pytest.mark.parametrize("words", [" actions all", " log"])
def test_what_is_confidential_goes_on_record_with_one_statement_however_much_of_it_is_shown(
    world: World, words: str
) -> None:
    add(world, 0, 6)
    secretary = world.person(SECRETARY)

    def costs(confidential: int) -> int:
        say_confidential(world, confidential)
        before, counted = len(reads(world)), Asked(world)
        with counted.doing(words):
            secretary.runs(f"/cabinet{words}", in_="#general")
        assert secretary.form is not None
        secretary.form.close(everything=True)
        assert len(reads(world)) - before == confidential
        return counted.counts[words]

    costs(6)  # who somebody is, is read more fully the first time they are heard of
    plain = costs(0)
    assert plain <= 9
    assert [costs(1), costs(6)] == [plain + 1, plain + 1]


def say_confidential(world: World, count: int) -> None:
    """Make the first so many actions and decisions Confidential, and no other."""
    with world.database() as session:
        for action in session.scalars(select(Action)):
            action.handling = "confidential" if action.id <= count else "unclassified"
        for decision in session.scalars(select(Decision)):
            decision.handling = "confidential" if decision.id <= count else "unclassified"


def reads(world: World) -> list[AuditEntry]:
    """What somebody read that is Confidential."""
    with world.product.database.reading() as session:
        return find_acts(session, world.mission_id, Search(verbs=("read",)), limit=100)
