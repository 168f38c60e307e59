"""Whole rounds from the question to the addendum: over signed HTTP on both databases, and over Socket Mode."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from storage.updates.returns import ReturnState
from storage.updates.rounds import RoundState
from tests.databases import sqlite_url
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import DONE, ask_of, asked_back, submitted, writes
from tests.world import World, a_world


def play(world: World) -> None:
    """Ask, draft, answer, edit, conflict, nil, waive, chase, late, digest, addendum."""
    made = a_round(world)
    this = the_round(world, made)
    writes(world, "WFP focal point").fill(DONE, "A draft").close()
    assert the_return(world, "WFP", made).state == ReturnState.DRAFT

    world.person("WFP alternate").runs("/update submit")
    theirs = world.person("WFP alternate").form
    assert theirs is not None
    mine = writes(world, "WFP focal point")
    submitted(theirs, "From the alternate.")
    conflict = asked_back(mine, "From the focal point.")
    assert conflict.title == "Two versions"
    conflict.choose("Which version do you keep?", "Keep mine as the new version").submit()
    world.settle()
    edit = ask_of(world, "WFP focal point").press("Edit")
    assert edit is not None
    submitted(edit, "Edited.")
    assert the_return(world, "WFP", made).version == 3

    ask_of(world, "UNHCR focal point").press("Nothing to report")
    secretary = world.person("Cabinet secretary")
    board = next(one for one in secretary.messages(in_="#cabinet-office") if "Weekly" in one.text)
    form = board.press("Waive")
    assert form is not None
    form.choose("Agency", "IOM · International Organization for Migration").fill("Reason", "Evacuated").submit()

    world.go_to(this.due_at + timedelta(minutes=30))
    chased = [one.text for one in world.person("UNICEF focal point").messages(in_="Rapporteur")]
    assert len(chased) == 1
    assert len(world.person("IOM focal point").messages(in_="Rapporteur")) == 1
    world.go_to(this.digest_at)
    late = world.person("UNICEF focal point").runs("/update submit") and world.person("UNICEF focal point").form
    assert late is not None
    submitted(late, "En retard.")
    world.go_to(this.closes_at + timedelta(minutes=1))

    assert the_round(world, made).state == RoundState.CLOSED
    states = {code: the_return(world, code, made).state for code in ("WFP", "UNHCR", "IOM", "UNICEF", "WHO")}
    assert states == {
        "WFP": ReturnState.SUBMITTED,
        "UNHCR": ReturnState.NIL,
        "IOM": ReturnState.WAIVED,
        "UNICEF": ReturnState.SUBMITTED,
        "WHO": ReturnState.MISSED,
    }
    assert the_return(world, "UNICEF", made).is_late
    digest = next(one for one in secretary.messages(in_="#cabinet") if "update: digest" in one.text)
    assert "Edited." in digest.text
    assert "*Not received:* UNICEF, WHO" in digest.text
    assert any("En retard." in one.text for one in digest.thread)
    closed = board.refresh().text
    assert "Updates received: *3 of 5*" in closed
    assert "*Not received*\nWHO" in closed
    assert world.workspace.refusals == []
    assert world.undelivered() == []


def test_a_whole_round_over_signed_http(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        play(world)


def test_a_whole_round_over_socket_mode(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path), socket_mode=True) as world:
        world.set_up()
        play(world)


def test_a_whole_round_where_commands_have_a_prefix(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path), prefix="un-") as world:
        world.set_up()
        a_round(world)
        reply = world.person("WFP focal point").runs("/un-update")
        assert "1 update due from you" in reply.text
        assert "`/un-agency focal" in world.person("Mission reader").runs("/un-update").text
