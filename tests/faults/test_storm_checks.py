"""Each invariant of the storm finds what it is there for, and nothing where all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults.storm.checks import Seen, all_checks
from tests.faults.storm.journal import Act, Outcome
from tests.faults.storm.plan import Rates, plan
from tests.faults.storm.run import Wanted, again

AT = datetime(2035, 3, 5, 9, tzinfo=UTC)
TOKEN = "zqbcdfghjkm"
DONE = Act(1, "U1", "updates", "writes", Outcome.DONE, tokens=[TOKEN], record="return.answers", once="returns")


def row(number: int, **values: Any) -> dict[str, Any]:
    """A message as the outbox keeps it."""
    fixed = {"id": number, "key": f"k{number}", "method": "chat.postMessage", "lane": "C1", "state": "sent"}
    at = AT + timedelta(minutes=number)
    return {**fixed, "outcome": {"ts": "1"}, "error": None, "created_at": at, "first_tried_at": at, **values}


def post(key: str, ts: str, channel: str = "C1") -> dict[str, Any]:
    """A message as Slack shows it."""
    return {"channel": channel, "ts": ts, "metadata": {"event_payload": {"key": key}}}


WELL = Seen(
    acts=[DONE],
    tables={
        "returns": [{"id": 1, "text": f"about {TOKEN}"}],
        "audit": [{"actor": "U1", "verb": "return.answers", "at": AT + timedelta(hours=1)}],
        "outbox": [
            row(1),
            row(2),
            row(3, method="email.send", state="failed", error="mail_unknown"),
            row(4, state="failed", error="handling not_cleared"),
            row(5, state="failed", error="no_answer", troubles=11),
            row(6, state="failed", error="no_parent the message it continues was not delivered"),
        ],
    },
    places={"U1": {"C1": TOKEN}, "U2": {"C1": "nothing"}},
    posts=[post("k1", "1"), post("k2", "2")],
    mails=[],
    logs={"web1.log": '{"event": "worker started", "level": "info"}'},
    metrics={"web1": "rapporteur_bugs_total 0.0"},
    endings=[("web1", 1.0)],
    odd=[],
    since=AT,
    uncleared=["U2"],
)
SECRET = replace(DONE, secret=True)
SENT_OPENLY = Act(2, "U1", "updates", "writes", Outcome.DONE, reused=[TOKEN])

WRONG: dict[str, dict[str, Any]] = {
    "every acknowledged act is kept": {"tables": {**WELL.tables, "returns": []}},
    "nothing is there twice": {"tables": {**WELL.tables, "returns": WELL.tables["returns"] * 2}},
    "what was refused is not there": {"acts": [replace(DONE, outcome=Outcome.REFUSED, said="nothing was changed")]},
    "every act is recorded as often as it was done": {"tables": {**WELL.tables, "audit": WELL.tables["audit"] * 2}},
    "no message is there twice": {"posts": [*WELL.posts, post("k1", "3")]},
    "every message that was sent is there": {"posts": [post("k1", "1")]},
    "nothing is left undelivered": {"tables": {**WELL.tables, "outbox": [row(1), row(2, state="failed", troubles=10)]}},
    "messages of a channel are in order": {"posts": [post("k1", "2"), post("k2", "1")]},
    "no bug is counted": {"metrics": {"web1": "rapporteur_bugs_total 1.0"}},
    "no traceback is logged": {"logs": {"web1.log": '{"event": "bug", "exception": "KeyError"}'}},
    "no text of anybody is logged": {"logs": {"web1.log": f'{{"event": "saved {TOKEN}"}}'}},
    "every process ends when it is told to": {"endings": [("web1", 11.0)]},
    "no text is where it may not be": {"acts": [SECRET], "places": {**WELL.places, "U2": {"Home": TOKEN}}},
    "every promise is kept": {"offers": ["somebody presses what is no longer there"]},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_by_its_invariant(name: str) -> None:
    assert list(all_checks()[name](WELL)) == []
    assert list(all_checks()[name](replace(WELL, **WRONG[name])))


def test_what_is_chosen_again_or_copied_by_the_product_is_not_there_twice() -> None:
    act = replace(DONE, tokens=[TOKEN, "zqsectrword"])
    rows = [
        {"id": 1, "text": f"about {TOKEN}, zqsectrword"},
        {"id": 2, "text": "zqsectrword"},
        {"id": 3, "text": f"about {TOKEN}, zqsectrword", "deferred_from_id": 1},
    ]
    check = all_checks()["nothing is there twice"]
    assert list(check(replace(WELL, acts=[act], tables={"returns": rows}))) == []
    assert list(check(replace(WELL, acts=[act], tables={"returns": [*rows, rows[0]]})))
    assert list(check(replace(WELL, acts=[act], tables={"returns": rows[2:]})))


def test_words_that_a_draft_brought_back_may_be_sent_openly() -> None:
    check = all_checks()["no text is where it may not be"]
    seen = replace(WELL, acts=[SECRET], places={**WELL.places, "U2": {"Home": TOKEN}})
    assert list(check(seen))
    assert list(check(replace(seen, acts=[SECRET, SENT_OPENLY]))) == []


def test_every_invariant_has_its_wrong() -> None:
    assert set(all_checks()) == set(WRONG)


def test_a_seed_makes_the_same_plan_and_another_seed_another() -> None:
    made = [plan(seed, 600, ["web1", "worker1"], Rates(), socket_mode=True) for seed in (7, 7, 8)]
    assert made[0] == made[1] != made[2]
    assert {one.kind for one in made[0]} == set(vars(Rates()))


def test_a_storm_says_how_it_is_played_again(tmp_path: Path) -> None:
    plain = Wanted(seconds=90, seed=7, database="sqlite", folder=tmp_path)
    assert again(plain) == "python -m tests.faults.storm --minutes 1.5 --seed 7 --database sqlite"
    address = "postgresql+psycopg://mission:secret@db.mission.example/storm"
    other = replace(plain, database=address, socket_mode=True, rates=Rates(kill=10), rooms={"updates", "cabinet"})
    assert again(other).endswith("--database ADDRESS --socket --kills 10 --rooms cabinet,updates")
