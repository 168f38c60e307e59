"""What the processes need: memory at rest and after much work, and the time from start to first answer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from bot.tools.bench.bench import SQLITE, Bench
from bot.tools.bench.deliveries import fill, waiting
from bot.tools.bench.gestures import nil_in_turns
from bot.tools.bench.load import Server, measure
from bot.tools.bench.mission import gather
from bot.tools.bench.rows import Row, Section
from bot.tools.bench.stage import family, memory_of
from bot.tools.demo.play import SIGNING_SECRET
from storage.database import Database

STARTS = 3
WARM_UP = 500
LONGEST_DRAIN = 300.0
ALL_OF_THEM = 100_000


def resources(bench: Bench) -> Iterator[Row]:
    """Start and memory of web and worker, on SQLite."""
    with bench.database(SQLITE) as url:
        database = Database(url)
        yield _start(bench, url)
        yield from _worker(bench, url, database)
        mission = gather(database)
        database.dispose()
        process, port, _seconds = bench.stage.web(url)
        server = Server([port], nil_in_turns(mission))
        answering = max(family(process.pid))
        yield Row("web: its supervisor", memory_of(process.pid), "MiB")
        yield Row("web: at rest", memory_of(answering), "MiB")
        before = after = 0.0
        for count in (WARM_UP, bench.effort.requests):
            measure(server, secret=SIGNING_SECRET, in_flight=16, requests=count)
            before, after = after, memory_of(answering)
            base = before if before else None
            yield Row(f"web: after {count:,} requests", after, "MiB", ratio=after / base if base else None)
        bench.stage.stop(process)
    if bench.effort.requests < ALL_OF_THEM:
        bench.leave_out(f"memory after {ALL_OF_THEM:,} requests: `--requests {ALL_OF_THEM}` does it")


def _start(bench: Bench, url: str) -> Row:
    times = []
    for _number in range(STARTS):
        process, _port, seconds = bench.stage.web(url)
        bench.stage.stop(process)
        times.append(seconds)
    return Row("web: start to first answer", statistics.median(times), "s", min(times), max(times))


def _worker(bench: Bench, url: str, database: Database) -> Iterator[Row]:
    process = bench.stage.start(["worker"], bench.stage.environment(1, url))
    time.sleep(3)
    yield Row("worker: at rest", memory_of(process.pid), "MiB")
    before = after = 0.0
    for messages in (WARM_UP, bench.effort.messages):
        fill(database, messages)
        deadline = time.monotonic() + LONGEST_DRAIN
        while waiting(database) and time.monotonic() < deadline:
            time.sleep(0.1)
        before, after = after, memory_of(process.pid)
        base = before if before else None
        yield Row(f"worker: after {messages:,} messages", after, "MiB", ratio=after / base if base else None)
    bench.stage.stop(process)


SECTIONS = (Section("6 resources", "Start and memory; ratio to what it was after the first 500", resources),)
