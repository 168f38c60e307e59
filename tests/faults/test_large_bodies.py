"""A body that is too large is answered so that its sender reads the answer, on the real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.databases import sqlite_url
from tests.faults.processes import a_mission_of_today, a_process, answers
from tests.signing import signed
from tests.waiting import wait_until

MEGABYTE = b"x" * 1_000_000


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a web process listens to Slack."""
    folder: Path = tmp_path_factory.mktemp("bodies")
    with a_mission_of_today(sqlite_url(folder)) as (_world, environment), a_process("web", environment):
        wait_until(lambda: answers(environment), "the web side answers")
        yield f"http://127.0.0.1:{environment['PORT']}/slack/events"


def in_chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


@pytest.mark.parametrize("megabytes", [2, 5, 12])
@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
def test_what_is_too_large_is_said_to_be(url: str, megabytes: int, *, chunked: bool) -> None:
    body = MEGABYTE * megabytes
    for _again in range(5):
        answer = httpx.post(url, content=in_chunks(body) if chunked else body, headers=signed(body), timeout=30)
        assert answer.status_code == 413
        assert answer.json() == {"error": "too large"}


@pytest.mark.parametrize("size", [0, 100_000])
def test_a_body_in_chunks_is_read_like_any_other(url: str, size: int) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-1", "padding": "x" * size}).encode()
    answer = httpx.post(url, content=in_chunks(body), headers=signed(body), timeout=30)
    assert answer.status_code == 200
    assert "c-1" in answer.text
    forged = httpx.post(url, content=in_chunks(body), headers={**signed(body), "x-slack-signature": "v0=00"})
    assert forged.status_code == 401
