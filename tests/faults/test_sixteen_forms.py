"""Sixteen forms are opened at once while somebody keeps everybody from writing: who opens a form waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

import httpx

from bot.sandbox.driver import Person
from tests.databases import sqlite_url
from tests.faults.processes import a_mission_of_today, a_process, answers
from tests.waiting import PATIENCE, wait_until
from tests.world import World

FORMS = 16
# More than a process once had threads for.
WRITERS = 12
COMMANDS = ("/escalate", "/cabinet action")


@contextmanager
def a_web_process(world: World, environment: dict[str, str]) -> Iterator[None]:
    """The product's own web process, to which the workspace delivers. Time stands still, so that no form is late."""
    with a_process("web", environment):
        wait_until(lambda: answers(environment), "the web process answers")
        assert world.server is not None
        world.server.set_app(passing_on(f"http://127.0.0.1:{environment['PORT']}"))
        world.workspace.waits(PATIENCE)
        world.workspace.clock.freeze()
        yield


def passing_on(url: str) -> WSGIApplication:
    """What hands every delivery to another server, signature and all, and its answer back."""

    def hand_on(environ: dict[str, Any], start: StartResponse) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        names = ("HTTP_X_SLACK_SIGNATURE", "HTTP_X_SLACK_REQUEST_TIMESTAMP", "CONTENT_TYPE")
        headers = {name.removeprefix("HTTP_").replace("_", "-"): environ[name] for name in names}
        answer = httpx.post(f"{url}{environ['PATH_INFO']}", content=body, headers=headers, timeout=PATIENCE)
        start(f"{answer.status_code} OK", [("Content-Type", answer.headers["content-type"])])
        return [answer.content]

    return hand_on


def people_of_agencies(world: World) -> list[Person]:
    """Whoever may open the forms."""
    names = [str(one["name"]) for one in world.workspace.wire.get("boot")["people"]]
    found = [world.person(name) for name in names if name.endswith(("focal point", "head of agency", "alternate"))]
    assert len(found) >= FORMS / len(COMMANDS), names
    return found


def on_their_way(world: World) -> int:
    """Deliveries that have not been answered."""
    return sum(one["direction"] == "out" and one["response"] is None for one in world.workspace.log)


def test_all_forms_are_open_before_the_writer_lets_go(tmp_path: Path) -> None:
    order: list[str] = []

    def writes(person: Person) -> None:
        person.runs("/update nil")
        order.append("written")

    def opens(person: Person, command: str) -> None:
        person.runs(command)
        assert person.form is not None, person.story()
        order.append("open")

    with a_mission_of_today(sqlite_url(tmp_path)) as (world, environment), a_web_process(world, environment):
        chief = world.person("Chief of staff")
        gestures = list(product(people_of_agencies(world), COMMANDS))[:FORMS]
        world.workspace.fault("views.open", "slow", count=FORMS, seconds=0.5)
        with ThreadPoolExecutor(WRITERS + FORMS) as hands:
            with world.database():
                waiting = [hands.submit(writes, chief) for _number in range(WRITERS)]
                wait_until(lambda: on_their_way(world) == WRITERS, "the writers wait")
                waiting += [hands.submit(opens, person, command) for person, command in gestures]
                for one in waiting[WRITERS:]:
                    one.result(PATIENCE)
                assert order == ["open"] * FORMS
            for one in waiting:
                one.result(PATIENCE)
        assert order[FORMS:] == ["written"] * WRITERS
