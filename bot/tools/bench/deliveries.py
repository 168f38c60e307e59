"""The outbox, drained by one worker and by several, with no limit of the server's."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from sqlalchemy import func, select

from bot.app import wall_clock
from bot.delivery.slack import SlackCalls
from bot.tools.bench import syncs
from bot.tools.bench.bench import POSTGRESQL, SQLITE, Bench
from bot.tools.bench.rows import Row, Section
from bot.tools.bench.stage import cpu_of
from bot.tools.demo.play import BOT_TOKEN
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage.database import Database
from storage.machine import get_facts
from storage.missions import all_missions
from storage.outbox import OutboxRow, State
from storage.people import Person
from storage.subjects import Key

LANES = 20
LONGEST_DRAIN = 60.0
SECONDS_TO_BEGIN = 60.0
WORKERS = {SQLITE: (1, 2), POSTGRESQL: (1, 2, 4)}


def drains(bench: Bench) -> Iterator[Row]:
    """Messages a second; `bare` is one client that posts one message after the other to the same server."""
    yield _bare_client(bench)
    for kind in bench.kinds:
        with bench.database(kind) as url:
            database = Database(url)
            speeds: dict[int, list[tuple[float, float]]] = {count: [] for count in WORKERS[kind]}
            for _round in range(bench.effort.rounds):
                for count, found in speeds.items():
                    found.append(_drain(bench, url, database, count))
            database.dispose()
        base = statistics.median(speed for speed, _cpu in speeds[1])
        with bench.database(kind) as url:
            yield from _syncs(bench, url, kind)
        for count, found in speeds.items():
            yield _row(f"{count} worker{'s' if count > 1 else ''}, {kind}", found, base)


def _row(what: str, found: list[tuple[float, float]], base: float) -> Row:
    speeds = [speed for speed, _cpu in found]
    middle = statistics.median(speeds)
    cpu = statistics.median(cpu for _speed, cpu in found)
    return Row(what, middle, low=min(speeds), high=max(speeds), cpu=cpu, ratio=middle / base)


def _bare_client(bench: Bench) -> Row:
    slack = SlackCalls(BOT_TOKEN, f"http://127.0.0.1:{bench.stage.slack_port}/api/")
    person = next(one for one in slack.call("users.list")["members"] if not one.get("is_bot"))
    channel = slack.call("conversations.open", users=person["id"])["channel"]["id"]
    messages = bench.effort.messages // 4
    began = time.perf_counter()
    for number in range(messages):
        slack.call("chat.postMessage", channel=channel, text=f"bare {number}")
    return Row("bare client, one call after the other", messages / (time.perf_counter() - began))


def _drain(bench: Bench, url: str, database: Database, workers: int) -> tuple[float, float]:
    """Messages a second, and the processor time a message cost in the workers, in milliseconds."""
    messages = bench.effort.messages // 2
    processes = [bench.stage.start(["worker"], bench.stage.environment(1, url)) for _ in range(workers)]
    try:
        _wait_until_they_work(database, workers)
        before = sum(cpu_of(one.pid) for one in processes)
        fill(database, messages)
        began = time.perf_counter()
        left = messages
        while (left := waiting(database)) and time.perf_counter() - began < LONGEST_DRAIN:
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        spent = sum(cpu_of(one.pid) for one in processes) - before
        return (messages - left) / seconds, spent * 1000 / messages
    finally:
        for process in processes:
            bench.stage.stop(process)


def _syncs(bench: Bench, url: str, kind: str) -> Iterator[Row]:
    """How often one worker made the database wait for the disk, a message; a drain of its own, which no clock times."""
    database, messages = Database(url), bench.effort.messages // 2
    process = bench.stage.start(["worker"], bench.stage.environment(1, url))
    try:
        _wait_until_they_work(database, 1)
        with syncs.counting(database, process.pid, bench.folder) as counted:
            fill(database, messages)
            ends = time.monotonic() + LONGEST_DRAIN
            while waiting(database) and time.monotonic() < ends:
                time.sleep(0.02)
    finally:
        bench.stage.stop(process)
        database.dispose()
    if counted.amount is None:
        bench.leave_out(f"fsyncs a message, {kind}: {counted.why}")
    else:
        yield Row(f"1 worker, {kind}: fsyncs a message", counted.amount / messages, "")


def _wait_until_they_work(database: Database, workers: int) -> None:
    """Each worker says that it lives as it begins; what the demo left in the outbox goes out first."""
    began = wall_clock()
    deadline = time.monotonic() + SECONDS_TO_BEGIN
    while time.monotonic() < deadline:
        with database.reading() as session:
            beat = get_facts(session, "").get("worker:heartbeat")
        if beat is not None and beat.written_at >= began and not waiting(database):
            # The heartbeat names one worker only: the others began in the same moment.
            time.sleep(0.5 * workers)
            return
        time.sleep(0.05)
    raise TimeoutError("the workers did not begin")


def fill(database: Database, messages: int) -> None:
    """Messages to people of the demo, in several lanes."""
    run = time.time_ns()
    with database.transaction() as session:
        mission = all_missions(session)[0]
        # Slack lets nobody write to a bot: such a message fails, on a way that costs more than one that leaves.
        people = select(Person.user_id).where(Person.mission_id == mission.id, Person.is_bot.is_(False))
        users = list(session.scalars(people.order_by(Person.user_id)))
        work = Work(session, mission, wall_clock())
        for number in range(messages):
            user = users[number % min(LANES, len(users))]
            post(work, f"dm:{user}", Card(f"bench {run} {number}"), key=Key.of("bench", run, number))


def waiting(database: Database) -> int:
    """How many rows wait and are due."""
    query = select(func.count()).select_from(OutboxRow)
    with database.reading() as session:
        due = query.where(OutboxRow.state == State.PENDING, OutboxRow.not_before <= wall_clock())
        return session.scalar(due) or 0


SECTIONS = (Section("4 outbox", "Messages delivered; ratio to one worker", drains),)
