"""What people get when something is wrong: help, who can, a reference, and an answer that makes a retry safe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bot.app import conversation_of
from bot.observe import configure_logs
from bot.requests.incoming import ACTION, Incoming
from storage.people import Person
from storage.updates.returns import ReturnState, ReturnVersion
from tests.databases import sqlite_url
from tests.updates.rounds import a_round, the_return
from tests.updates.test_answering import DONE, ask_of, writes
from tests.world import World, a_world

CHIEF, WFP = "Chief of staff", "WFP focal point"


def test_an_unknown_sub_command_shows_the_help(world: World) -> None:
    reply = world.person(WFP).runs("/update frobnicate")
    assert "submit" in reply.text
    assert "status" in reply.text


def test_a_missing_role_says_who_can_do_it(world: World) -> None:
    text = world.person("Mission reader").runs("/agency add").text
    assert "This needs one of these roles: admin" in text
    assert "@Chief of staff" in text


def test_before_the_set_up_every_command_says_what_is_missing_and_who_can_do_it(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path)) as world:
        for command in ("/update", "/update status", "/agency", "/mission roles"):
            text = world.person("Mission reader").runs(command).text
            assert "I am not set up" in text, command
            assert "admin" in text, command


def test_a_guest_is_nobody_until_named(world: World) -> None:
    world.person(CHIEF).invites("Visiting guest", to="general")
    assert "You are a guest here" in world.person("Visiting guest").runs("/update").text


def test_somebody_deactivated_is_refused_until_slack_says_otherwise(world: World) -> None:
    """The event that somebody is back can be lost: whoever comes a second time is looked at again."""
    person = world.person(WFP)
    assert "deactivated" not in person.runs("/update status").text
    with world.database() as session:
        session.get_one(Person, (world.mission_id, person.id)).is_gone = True
    assert "your account is deactivated" in person.runs("/update status").text
    assert "deactivated" not in person.runs("/update status").text


def test_somebody_deactivated_who_holds_every_role_can_do_nothing(world: World) -> None:
    chief = world.user_id(CHIEF)
    world.workspace.wire.post("people/change", person=chief, deleted=True)
    world.settle()
    for verb in ("mission:setup", "agencies:add", "agencies:list"):
        pressed = Incoming(kind=ACTION, key="", user=chief, verb=verb)
        answer = conversation_of(world.product, world.product.slack).hear(pressed)
        assert answer.refusal is not None, verb
        assert "deactivated" in answer.refusal.text


@contextmanager
def without_database(world: World) -> Iterator[None]:
    """Every statement fails, as when the server is gone."""

    def fail(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def test_without_a_database_nothing_is_changed_and_a_reference_is_given(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    with without_database(world):
        reply = world.person(WFP).runs("/update")
        assert re.search(r"Could not save, nothing was changed\. .*Reference [0-9a-f]{8}", reply.text)
        refused = form.fill(DONE, "Written while the database is gone.").submit()
        assert refused is not None
        assert "Could not save" in " ".join(refused.errors.values())
    assert the_return(world, "WFP", made).version == 0
    assert form.value(DONE) == "Written while the database is gone."
    assert form.submit() is None
    assert the_return(world, "WFP", made).version == 1


def test_a_french_reader_is_refused_in_french_even_without_a_database(world: World) -> None:
    unicef = world.person("UNICEF focal point")
    unicef.runs("/update")
    with without_database(world):
        assert "Enregistrement impossible, rien n’a été modifié." in unicef.runs("/update").text


def test_a_bug_is_told_with_a_reference_and_changes_nothing(world: World) -> None:
    made = a_round(world)
    with world.database() as session:
        session.execute(text("UPDATE rounds SET questions = '[{\"broken\": 1}]'"))
    reply = world.person(WFP).runs("/update")
    assert re.search(r"Something went wrong on my side and nothing was changed\. .*reference: [0-9a-f]{8}", reply.text)
    assert the_return(world, "WFP", made).state == ReturnState.OWED


def test_a_submission_that_comes_twice_counts_once_and_is_answered_the_same(world: World) -> None:
    made = a_round(world)
    form = writes(world, WFP)
    world.workspace.fault("delivery:interactive", "duplicate", count=2)
    assert form.fill(DONE, "Once.").submit() is None
    world.settle()
    assert the_return(world, "WFP", made).version == 1
    assert world.count_rows(ReturnVersion) == 1


def test_a_button_that_comes_twice_counts_once(world: World) -> None:
    made = a_round(world)
    world.workspace.fault("delivery:interactive", "duplicate", count=1)
    ask_of(world, WFP).press("Nothing to report")
    world.settle()
    assert the_return(world, "WFP", made).version == 1


def test_while_slack_is_gone_at_the_start_commands_are_still_answered(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with a_world(url) as world:
        world.set_up()
        world.product.identity._known = None
        world.workspace.fault("auth.test", "cut_before", count=50)
        assert "Nothing is asked of WFP" in world.person(WFP).runs("/update").text
        world.workspace.wire.post("faults/clear")


def test_what_people_write_never_enters_the_logs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    log = StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    configure_logs("DEBUG", "json")
    a_round(world)
    form = writes(world, WFP)
    with without_database(world):
        form.fill(DONE, "A text that only the cabinet may read.").submit()
    with world.database() as session:
        session.execute(text("UPDATE rounds SET questions = '[{\"broken\": 1}]'"))
    form.submit()
    logged = log.getvalue()
    assert "could not save" in logged
    assert "bug" in logged
    assert "only the cabinet may read" not in logged
    assert "xoxb-test" not in logged
