"""What arrives may be forged, stale, huge, broken, or name things of another mission: nothing comes of it."""

from __future__ import annotations

import hashlib
import hmac
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
from sqlalchemy import inspect, select

from storage.agencies import Agency, AgencyKind
from storage.base import Base
from storage.funding_discrepancies import FundingDiscrepancy
from storage.funding_lines import FundingLine
from storage.funding_pledges import FundingPledge
from storage.missions import Mission
from storage.returns import Return, ReturnState
from storage.round_digests import RoundDigest
from storage.rounds import Round, RoundPlan, RoundState
from tests.databases import sqlite_url
from tests.funding.others import add_own_figures
from tests.updates.rounds import a_round
from tests.world import SIGNING_SECRET, World, a_world

OTHER = "TOTHER001"
SECRET = "only the other mission may read this"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("untrusted")
    with a_world(sqlite_url(folder)) as world:
        world.set_up()
        a_round(world)
        add_another_mission(world)
        yield world


def add_another_mission(world: World) -> None:
    """A second mission in the same database, whose ids follow those of the first."""
    at = world.now.time().replace(tzinfo=None)
    with world.database() as session:
        session.add(Mission(id=OTHER, name="Another mission", set_up_at=world.now))
        session.flush()
        agency = Agency(
            mission_id=OTHER,
            code="SECRET",
            code_key="secret",
            name=SECRET,
            kind=AgencyKind.NGO,
            created_at=world.now,
            updated_at=world.now,
        )
        plan = RoundPlan(
            mission_id=OTHER,
            title=SECRET,
            due_time=at,
            open_time=at,
            close_time=at,
            digest_time=at,
            anchor=world.now.date(),
            digest_channel="C1",
            created_by="U1",
            created_at=world.now,
            updated_at=world.now,
        )
        this = Round(
            mission_id=OTHER,
            title=SECRET,
            state=RoundState.OPEN,
            opens_at=world.now,
            due_at=world.now,
            closes_at=world.now,
            digest_at=world.now,
            digest_channel="C1",
            created_by="U1",
            created_at=world.now,
        )
        session.add_all([agency, plan, this])
        session.flush()
        session.add(Return(mission_id=OTHER, round_id=this.id, agency_id=agency.id, state=ReturnState.OWED))
        add_own_figures(session, OTHER, SECRET, world.now)
        session.add(
            RoundDigest(
                mission_id=OTHER,
                round_id=this.id,
                title=SECRET,
                channel_id="C1",
                handling="unclassified",
                content={"pages": [[{"type": "section", "text": {"type": "mrkdwn", "text": SECRET}}]]},
                sent_at=world.now,
            )
        )


def url_of(world: World) -> str:
    return world.url


def send(
    world: World, body: bytes, *, secret: str = SIGNING_SECRET, at: float | str | None = None, **headers: str
) -> httpx.Response:
    """A delivery, signed as Slack signs."""
    stamp = str(int(time.time())) if at is None else str(at)
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return httpx.post(
        url_of(world),
        content=body,
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
            **headers,
        },
        timeout=20,
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


BODIES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: urlencode({"payload": text}).encode()),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=8,
    ).map(lambda value: urlencode({"payload": json.dumps(value)}).encode()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_a_broken_body_with_a_good_signature_changes_nothing(world: World, body: bytes) -> None:
    before = snapshot(world)
    send(world, body)
    send(world, body, **{"content-type": "application/json"})
    assert snapshot(world) == before
    assert send(world, command(world)).status_code == 200


def snapshot(world: World) -> dict[str, list[Any]]:
    """Every row of the other mission, and of the tables of rounds and agencies of ours."""
    kept: dict[str, list[Any]] = {}
    with world.product.database.reading() as session:
        for mapper in Base.registry.mappers:
            columns = inspect(mapper.class_).columns
            if "mission_id" in columns:
                rows = session.execute(select(*columns).where(columns["mission_id"] == OTHER)).all()
                kept[mapper.class_.__tablename__] = [tuple(row) for row in rows]
    return kept


def delivery(world: World, kind: str, verb: str, value: str, notes: dict[str, Any]) -> dict[str, Any]:
    """What Slack sends when somebody uses a verb of this kind."""
    view = {
        "id": f"V{time.monotonic_ns()}",
        "hash": str(time.monotonic_ns()),
        "type": "modal",
        "callback_id": verb,
        "private_metadata": json.dumps(notes),
        "blocks": [],
        "state": {"values": {}},
    }
    action = {"action_id": verb, "block_id": "b", "value": value, "action_ts": str(time.time()), "type": "button"}
    person = {"id": world.user_id("Chief of staff"), "team_id": world.mission_id}
    more: dict[str, dict[str, Any]] = {
        "actions": {"type": "block_actions", "actions": [action]},
        "forms": {"type": "view_submission"},
        "closings": {"type": "view_closed"},
        "options": {"type": "block_suggestion", "action_id": verb, "block_id": "b", "value": ""},
    }
    base = {"user": person, "team": {"id": world.mission_id}, "trigger_id": f"forged.{time.monotonic_ns()}"}
    return {**base, "view": view, **more[kind]}


def test_ids_of_another_mission_are_unknown_in_every_verb(world: World) -> None:
    before = snapshot(world)
    with world.product.database.reading() as session:
        others = {
            "agency": session.scalars(select(Agency.id).where(Agency.mission_id == OTHER)).one(),
            "plan": session.scalars(select(RoundPlan.id).where(RoundPlan.mission_id == OTHER)).one(),
            "round": session.scalars(select(Round.id).where(Round.mission_id == OTHER)).one(),
            "return": session.scalars(select(Return.id).where(Return.mission_id == OTHER)).one(),
            "digest": session.scalars(select(RoundDigest.id).where(RoundDigest.mission_id == OTHER)).one(),
            "pledge": session.scalars(select(FundingPledge.id).where(FundingPledge.mission_id == OTHER)).one(),
            "line": session.scalars(select(FundingLine.id).where(FundingLine.mission_id == OTHER)).one(),
            "discrepancy": session.scalars(
                select(FundingDiscrepancy.id).where(FundingDiscrepancy.mission_id == OTHER)
            ).one(),
        }
    world.workspace.wire.post("log/clear")
    verbs = sorted(world.product.house.verbs)
    assert len(verbs) > 60
    forged = [
        delivery(world, kind, verb, value, dict.fromkeys(others, identity))
        for kind, verb in verbs
        for identity in set(others.values())
        for value in (str(identity), f"{identity}:0")
    ]
    answers = [send(world, urlencode({"payload": json.dumps(payload)}).encode()).text for payload in forged]
    world.settle()
    assert snapshot(world) == before
    assert SECRET not in "".join(answers)
    assert SECRET not in json.dumps([entry["request"] for entry in world.workspace.log])
