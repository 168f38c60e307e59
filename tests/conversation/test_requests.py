"""Requests from outside: headers that are no timestamps, strangers who come all at once, a mission cut off."""

from __future__ import annotations

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from storage.missions import get_mission
from storage.people import Person
from tests.databases import Postgres
from tests.waiting import PATIENCE
from tests.world import World, a_world


def post_with_timestamp(world: World, stamp: bytes) -> int:
    address = urlsplit(world.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    connection.putrequest("POST", address.path)
    connection.putheader("X-Slack-Request-Timestamp", stamp)
    connection.putheader("X-Slack-Signature", "v0=00")
    connection.putheader("Content-Length", "0")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize("stamp", [b"", b"soon", b"-1", b"1e9", b"9" * 400, b"\xb2\xb3", b"12345678901234567890", b"0"])
def test_a_timestamp_that_is_none_is_refused_and_breaks_nothing(world: World, stamp: bytes) -> None:
    assert post_with_timestamp(world, stamp) == 401


def test_people_who_come_for_the_first_time_all_at_once_are_all_answered(postgres: Postgres) -> None:
    with postgres.fresh() as url, a_world(url) as world:
        world.set_up(agencies=False)
        with world.database() as session:
            session.query(Person).delete()
        reader = world.person("Mission reader")
        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(lambda _number: reader.runs("/update").text, range(12)))
        assert not [text for text in answers if "went wrong" in text or "Could not save" in text]
        assert world.count_rows(Person) == 1


def test_readiness_names_a_mission_that_cannot_be_reached(world: World) -> None:
    ready = world.url.replace("/slack/events", "/health/ready")
    assert httpx.get(ready).status_code == 200
    with world.database() as session:
        get_mission(session, world.mission_id).paused_reason = "token_revoked"
    answer = httpx.get(ready)
    assert answer.status_code == 503
    assert "Slack says token_revoked" in answer.text
    with world.database() as session:
        get_mission(session, world.mission_id).paused_reason = None


def test_a_stranger_sees_a_form_before_anybody_has_written_them_down(world: World) -> None:
    reader = world.person("Mission reader")
    with ThreadPoolExecutor(1) as hand, world.database() as session:
        assert session.get(Person, (world.mission_id, reader.id)) is None
        command = hand.submit(reader.runs, "/cabinet action")
        assert reader.sees_form("Action")
        assert not command.done()
        session.commit()
    command.result(PATIENCE)
    with world.database() as session:
        assert session.get_one(Person, (world.mission_id, reader.id)).name == "Mission reader"
