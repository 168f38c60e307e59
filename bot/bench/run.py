"""The measurements and their table."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select

from bot.app import wall_clock
from bot.bench.load import Outcome, measure, median
from bot.bench.stage import Stage, memory_of
from bot.demo import SIGNING_SECRET
from bot.demo import run as run_command
from commands.kit.post import post
from commands.kit.say import Card
from commands.kit.work import Work
from storage.database import Database
from storage.missions import all_missions, get_mission
from storage.outbox import OutboxRow, State
from storage.people import Person
from storage.returns import Return

SECONDS = 2.0
REPEATS = 3
MESSAGES = 400
LANES = 20
LONGEST_DRAIN = 60.0

Row = dict[str, float | str]
Make = Callable[[int], bytes]


def run(json_file: Path | None) -> list[Row]:
    """Measure everything, within about a minute. Loopback only."""
    with tempfile.TemporaryDirectory() as folder, Stage(Path(folder)) as stage:
        url = f"sqlite:///{folder}/bench.db"
        run_command(["demo-mission"], stage.environment(1, url))
        database = Database(url)
        rows = [*_commands(stage, url, database), *_drains(stage, url, database)]
        database.dispose()
    if json_file is not None:
        json_file.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return rows


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | a second | p50 ms | p99 ms | ratio |", "|---|---|---|---|---|"]
    for row in rows:
        cells = [f"{row[name]:.4g}" if name in row else "" for name in ("per_second", "p50", "p99", "ratio")]
        lines.append(f"| {row['what']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _commands(stage: Stage, url: str, database: Database) -> list[Row]:
    web, port, started = stage.web(url)
    bare, bare_port = stage.bare("bolt")
    check, check_port = stage.bare("signature")
    read, write = _read_command(database), _typed(database)
    rows: list[Row] = []
    for in_flight in (1, 16):
        empty = _measured(bare_port, read, in_flight)
        rows += [
            _row(f"signature check alone, {in_flight} in flight", _measured(check_port, read, in_flight), empty),
            _row(f"bare Bolt, {in_flight} in flight", empty, empty),
            _row(f"/update status, {in_flight} in flight, SQLite", _measured(port, read, in_flight), empty),
            _row(f"a draft kept while typing, {in_flight} in flight, SQLite", _measured(port, write, in_flight), empty),
        ]
    rows.append({"what": "web process: seconds from start to first answer", "per_second": started})
    rows.append({"what": "web process: MiB after these requests", "per_second": memory_of(web)})
    for process in (web, bare, check):
        stage.stop(process)
    return rows


def _measured(port: int, make: Make, in_flight: int) -> Outcome:
    runs = [measure(port, make, secret=SIGNING_SECRET, in_flight=in_flight, seconds=SECONDS) for _ in range(REPEATS)]
    return median(runs)


def _row(what: str, outcome: Outcome, base: Outcome) -> Row:
    failed = f" ({outcome.failed} failed)" if outcome.failed else ""
    return {
        "what": what + failed,
        "per_second": outcome.per_second,
        "p50": outcome.p50,
        "p99": outcome.p99,
        "ratio": outcome.per_second / base.per_second,
    }


def _read_command(database: Database) -> Make:
    """`/update status` of the coordinator."""
    mission_id, users = _people(database)
    base = {"command": "/update", "text": "status", "team_id": mission_id, "user_id": users["Chief of staff"]}
    begun = time.time_ns()
    return lambda number: urlencode({**base, "trigger_id": f"{begun}.{number}"}).encode()


def _typed(database: Database) -> Make:
    """A focal point types in the form of an update: a draft is written each time."""
    mission_id, users = _people(database)
    with database.reading() as session:
        given = session.scalars(select(Return).where(Return.state.in_(["owed", "draft"])).order_by(Return.id)).first()
    if given is None:
        raise LookupError("the demo's mission has no open return")
    begun = time.time_ns()

    def make(number: int) -> bytes:
        value = {"a0": {"updates:typed": {"type": "plain_text_input", "value": f"Draft {begun} {number}"}}}
        view = {
            "id": f"V{number}",
            "hash": str(number),
            "type": "modal",
            "callback_id": "updates:answer",
            "private_metadata": json.dumps({"return": given.id, "base": 0, "start": 0}),
            "blocks": [],
            "state": {"values": value},
        }
        action = {"type": "plain_text_input", "action_id": "updates:typed", "block_id": "a0", "action_ts": str(number)}
        payload = {
            "type": "block_actions",
            "user": {"id": users["Chief of staff"], "team_id": mission_id},
            "team": {"id": mission_id},
            "trigger_id": f"{begun}.{number}",
            "actions": [action],
            "view": view,
        }
        return urlencode({"payload": json.dumps(payload)}).encode()

    return make


def _people(database: Database) -> tuple[str, dict[str, str]]:
    with database.reading() as session:
        mission = all_missions(session)[0]
        people = session.scalars(select(Person).where(Person.mission_id == mission.id))
        return mission.id, {person.name: person.user_id for person in people}


def _drains(stage: Stage, url: str, database: Database) -> list[Row]:
    """The outbox drained by one worker and by two, without a limit of the server's."""
    _drain(stage, url, database, workers=1, run=0)
    speeds = {workers: _drain(stage, url, database, workers=workers, run=workers) for workers in (1, 2)}
    return [
        {
            "what": f"outbox, {workers} worker{'s' if workers > 1 else ''}: messages",
            "per_second": speed,
            "ratio": speed / speeds[1],
        }
        for workers, speed in speeds.items()
    ]


def _drain(stage: Stage, url: str, database: Database, *, workers: int, run: int) -> float:
    users = list(_people(database)[1].values())
    processes = [stage.start(["worker"], stage.environment(1, url)) for _ in range(workers)]
    time.sleep(2)
    with database.transaction() as session:
        mission = all_missions(session)[0]
        work = Work(session, get_mission(session, mission.id), wall_clock())
        for number in range(MESSAGES):
            place = f"dm:{users[number % min(LANES, len(users))]}"
            post(work, place, Card(f"bench {run} {number}"), key=f"bench:{run}:{number}")
    began = time.perf_counter()
    while _waiting(database) and time.perf_counter() - began < LONGEST_DRAIN:
        time.sleep(0.02)
    speed = MESSAGES / (time.perf_counter() - began)
    for process in processes:
        stage.stop(process)
    return speed


def _waiting(database: Database) -> bool:
    query = select(OutboxRow.id).where(OutboxRow.key.startswith("bench:"), OutboxRow.state == State.PENDING).limit(1)
    with database.reading() as session:
        return session.scalar(query) is not None
