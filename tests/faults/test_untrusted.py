"""What arrives may be forged, stale, huge, broken, or name things of another mission: nothing comes of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage.migrate import all_tables
from tests.databases import sqlite_url
from tests.faults.other_mission import CODE, NUMBER, OTHER, SECRET, STRANGER, add_another_mission, names_in_use
from tests.properties import examples
from tests.signing import FORM, signed
from tests.updates.rounds import a_round
from tests.waiting import PATIENCE
from tests.world import SIGNING_SECRET, World, a_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("untrusted")
    with a_world(sqlite_url(folder)) as world:
        world.set_up()
        a_round(world)
        add_another_mission(world)
        yield world


def url_of(world: World) -> str:
    return world.url


def send(
    world: World, body: bytes, *, secret: str = SIGNING_SECRET, at: float | str | None = None, **headers: str
) -> httpx.Response:
    """A delivery, signed as Slack signs."""
    return httpx.post(
        url_of(world),
        content=body,
        headers={**signed(body, FORM, secret=secret, stamp="" if at is None else str(at)), **headers},
        timeout=PATIENCE,
    )


def command(world: World, text: str = "", user: str = "") -> bytes:
    fields = {
        "command": "/update",
        "text": text,
        "user_id": user or world.user_id("WFP focal point"),
        "team_id": world.mission_id,
        "channel_id": world.channel_id("cabinet"),
        "trigger_id": f"forged.{time.monotonic_ns()}",
    }
    return urlencode(fields).encode()


def test_only_what_slack_signed_and_lately_is_heard(world: World) -> None:
    body = command(world)
    assert send(world, body).status_code == 200
    assert send(world, body, secret="another secret").status_code == 401
    assert send(world, body, at=time.time() - 3600).status_code == 401
    assert send(world, body, at="yesterday").status_code == 401
    assert send(world, body, at="9" * 40).status_code in {401, 403}
    assert httpx.post(url_of(world), content=body).status_code == 401
    assert send(world, b"text=" + b"x" * 1_100_000).status_code == 413


DEEP = b"[" * 100_000
UNREADABLE = [b"\xff\xfe", urlencode({"payload": DEEP.decode()}).encode(), DEEP]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("body", UNREADABLE, ids=["no text", "a deep form", "deep"])
def test_nothing_is_read_before_its_signature_is_known(world: World, body: bytes, kind: str) -> None:
    assert send(world, body, secret="another secret", **{"content-type": kind}).status_code == 401
    assert send(world, body, **{"content-type": kind}).status_code < 500


def test_a_signature_of_other_letters_is_no_signature(world: World) -> None:
    stamp = (b"x-slack-request-timestamp", str(int(time.time())).encode())
    forged = httpx.post(url_of(world), content=b"{}", headers=[stamp, (b"x-slack-signature", b"v0=\xc3\xa9")])
    assert forged.status_code == 401


BODIES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: urlencode({"payload": text}).encode()),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=8,
    ).map(lambda value: urlencode({"payload": json.dumps(value)}).encode()),
)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_a_broken_body_with_a_good_signature_changes_nothing(world: World, body: bytes) -> None:
    before = snapshot(world)
    send(world, body)
    send(world, body, **{"content-type": "application/json"})
    assert snapshot(world) == before
    assert send(world, command(world)).status_code == 200


def snapshot(world: World) -> dict[str, list[Any]]:
    """Every row of the other mission."""
    kept: dict[str, list[Any]] = {}
    with world.product.database.reading() as session:
        for table in all_tables().sorted_tables:
            if "mission_id" in table.columns:
                rows = session.execute(select(table).where(table.columns["mission_id"] == OTHER)).all()
                kept[table.name] = [tuple(row) for row in rows]
    return kept


def state_of(fields: set[str], value: str) -> dict[str, Any]:
    """A form in which every field, whatever its kind, names the same."""
    chosen = {"value": value, "text": {"type": "plain_text", "text": value}}
    everything = {
        "value": value,
        "selected_option": chosen,
        "selected_options": [chosen],
        "selected_user": STRANGER,
        "selected_users": [STRANGER],
        "selected_conversation": "COTHER001",
    }
    return {"values": {name: {"input": everything} for name in fields}}


def delivery(
    world: World,
    kind: str,
    verb: str,
    value: str,
    notes: dict[str, Any],
    fields: set[str],
) -> dict[str, Any]:
    """What Slack sends when somebody uses a verb of this kind."""
    view = {
        "id": f"V{time.monotonic_ns()}",
        "hash": str(time.monotonic_ns()),
        "type": "modal",
        "callback_id": verb,
        "private_metadata": json.dumps(notes),
        "blocks": [{"type": "input", "block_id": name} for name in fields],
        "state": state_of(fields, value),
    }
    action = {"action_id": verb, "block_id": "b", "value": value, "action_ts": str(time.time()), "type": "button"}
    message = {"ts": "1.000001", "text": value, "user": STRANGER}
    person = {"id": world.user_id("Chief of staff"), "team_id": world.mission_id}
    more: dict[str, dict[str, Any]] = {
        "actions": {"type": "block_actions", "actions": [action], "view": view},
        "forms": {"type": "view_submission", "view": view},
        "closings": {"type": "view_closed", "view": view},
        "options": {"type": "block_suggestion", "action_id": verb, "block_id": "b", "value": value, "view": view},
        "shortcut": {
            "type": "message_action",
            "callback_id": verb,
            "message": message,
            "channel": {"id": "COTHER001"},
            "response_url": "",
        },
    }
    base = {"user": person, "team": {"id": world.mission_id}, "trigger_id": f"forged.{time.monotonic_ns()}"}
    return {**base, **more[kind]}


def everything_one_can_use(world: World) -> list[tuple[str, str]]:
    """Kind and id of every verb of every room, as the house knows them."""
    house = world.product.house
    return [*sorted(house.verbs), *(("shortcut", name) for name in sorted(house.shortcuts))]


def everything_one_can_type(world: World) -> list[tuple[str, str]]:
    """Every command with every sub-command."""
    return [(name, sub.word) for name, one in sorted(world.product.house.commands.items()) for sub in one.subs]


def as_form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def typed(world: World, name: str, text: str) -> bytes:
    fields = {
        "command": name,
        "text": text,
        "user_id": world.user_id("Chief of staff"),
        "team_id": world.mission_id,
        "channel_id": world.channel_id("cabinet"),
        "trigger_id": f"forged.{time.monotonic_ns()}",
    }
    return urlencode(fields).encode()


def test_ids_of_another_mission_are_unknown_in_every_verb(world: World) -> None:
    before = snapshot(world)
    assert [name for name, rows in before.items() if len(rows) != 1] == [], (
        "each table holds a row of the other mission"
    )
    notes, fields = names_in_use()
    world.workspace.wire.post("log/clear")
    uses = everything_one_can_use(world)
    assert len(uses) > 60
    answers = [
        send(world, as_form(delivery(world, kind, verb, value, notes, fields))).text
        for kind, verb in uses
        for value in (str(NUMBER), f"{NUMBER}:0")
    ]
    answers += [
        send(world, typed(world, name, f"{word} {value}")).text
        for name, word in everything_one_can_type(world)
        for value in (str(NUMBER), CODE, STRANGER)
    ]
    world.settle()
    assert snapshot(world) == before
    assert SECRET not in "".join(answers)
    assert SECRET not in json.dumps([entry["request"] for entry in world.workspace.log])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just(NUMBER),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_form_that_was_tampered_with_reaches_nobody_else(world: World, data: st.DataObject) -> None:
    kind, verb = data.draw(st.sampled_from(everything_one_can_use(world)))
    notes, fields = names_in_use()
    payload = delivery(
        world,
        kind,
        verb,
        data.draw(st.text(max_size=12) | st.just(str(NUMBER)) | st.integers().map(str)),
        data.draw(st.dictionaries(st.sampled_from(sorted(notes)), ANYTHING, max_size=4)),
        data.draw(st.sets(st.sampled_from(sorted(fields)), max_size=4)),
    )
    before = snapshot(world)
    answer = send(world, as_form(payload))
    assert answer.status_code in {200, 400}
    assert SECRET not in answer.text
    assert snapshot(world) == before
