"""Requests under load: a command that reads, one that writes, and a form that is submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from bot.tools.bench.bench import POSTGRESQL, Bench
from bot.tools.bench.gestures import nil_in_turns, status, submission
from bot.tools.bench.load import Make, Rounds, Server
from bot.tools.bench.mission import AGENCIES, BenchMission, gather, write_mission
from bot.tools.bench.rows import Row, Section
from storage.database import Database

READS = f"`/update status`, {AGENCIES} agencies"
WRITES = "`/update nil` and Undo"
FLOOR = f"{WRITES}, the same rows on the raw driver under Bolt"
SUBMITS = "an update submitted"
BOLT, SIGNATURE = "bare Bolt", "signature check"


def commands(bench: Bench) -> Iterator[Row]:
    """Slash commands with 1, 16 and 64 in flight."""
    with ExitStack() as stack:
        servers = stack.enter_context(bare(bench))
        for kind in bench.kinds:
            mission, web = stack.enter_context(served(bench, kind))
            servers[f"{READS}, {kind}"] = web(status(mission))
            servers[f"{WRITES}, {kind}"] = web(nil_in_turns(mission))
            servers[f"{FLOOR}, {kind}"] = stack.enter_context(floor(bench, kind))
        for in_flight in (1, 16, AGENCIES):
            yield from rows_of(bench.take_turns(servers, in_flight), in_flight)


def forms(bench: Bench) -> Iterator[Row]:
    """Forms with 1 and 16 in flight."""
    with ExitStack() as stack:
        servers = stack.enter_context(bare(bench))
        for kind in bench.kinds:
            mission, web = stack.enter_context(served(bench, kind))
            servers[f"{SUBMITS}, {kind}"] = web(submission(mission))
        for in_flight in (1, 16):
            yield from rows_of(bench.take_turns(servers, in_flight), in_flight)


def processes(bench: Bench) -> Iterator[Row]:
    """One and two web processes on one PostgreSQL, 16 in flight; `ratio` is to one process."""
    if POSTGRESQL not in bench.kinds:
        bench.leave_out("two web processes: they need PostgreSQL")
        return
    with ExitStack() as stack:
        mission, web = stack.enter_context(served(bench, POSTGRESQL, processes=2))
        for what, make in ((READS, status(mission)), (WRITES, nil_in_turns(mission))):
            both = web(make)
            one = Server(both.ports[:1], make, both.processes)
            found = bench.take_turns({"1 web process": one, "2 web processes": both}, 16)
            base = found["1 web process"].middle.per_second
            for name, rounds in found.items():
                yield _row(f"{what}, {name}", rounds, ratio=rounds.middle.per_second / base)


@contextmanager
def bare(bench: Bench) -> Iterator[dict[str, Server]]:
    """The servers to compare with: an empty Bolt app, and the signature check alone."""
    with ExitStack() as stack:
        found: dict[str, Server] = {}
        for title, name in ((SIGNATURE, "signature"), (BOLT, "bolt")):
            process, port = bench.stage.bare(name)
            stack.callback(bench.stage.stop, process)
            found[title] = Server([port], lambda _lane: b"command=%2Fupdate&text=status&team_id=T1&user_id=U1")
        yield found


@contextmanager
def floor(bench: Bench, kind: str) -> Iterator[Server]:
    """What asks the database the same as a writing command, and does nothing else."""
    with bench.database(kind) as url:
        database = Database(url)
        mission = gather(database)
        database.dispose()
        written = write_mission(mission, bench.folder / f"mission-{kind}.json")
        process, port = bench.stage.bare("floor", bench.stage.environment(1, url), str(written))
        try:
            yield Server([port], nil_in_turns(mission), [process.pid])
        finally:
            bench.stage.stop(process)


@contextmanager
def served(bench: Bench, kind: str, *, processes: int = 1) -> Iterator[tuple[BenchMission, Callable[[Make], Server]]]:
    """A mission with a round, and what makes a server under load of the web processes that serve it."""
    with bench.database(kind) as url, ExitStack() as stack:
        database = Database(url)
        mission = gather(database)
        database.dispose()
        ports, ids = [], []
        for _number in range(processes):
            process, port, _seconds = bench.stage.web(url)
            stack.callback(bench.stage.stop, process)
            ports.append(port)
            ids.append(process.pid)
        yield mission, lambda make: Server(ports, make, ids)


def rows_of(found: dict[str, Rounds], in_flight: int) -> Iterator[Row]:
    """Our servers beside the bare servers of the same rounds."""
    bolt, signature = found[BOLT].middle.per_second, found[SIGNATURE].middle.per_second
    for name, rounds in found.items():
        if name not in {BOLT, SIGNATURE}:
            speed = rounds.middle.per_second
            yield _row(f"{name}, {in_flight} in flight", rounds, bolt=bolt, signature=signature, ratio=speed / bolt)


def _row(what: str, rounds: Rounds, *, ratio: float, bolt: float | None = None, signature: float | None = None) -> Row:
    middle = rounds.middle
    return Row(
        what,
        middle.per_second,
        low=rounds.low,
        high=rounds.high,
        p50=middle.p50,
        p99=middle.p99,
        cpu=middle.cpu,
        bolt=bolt,
        signature=signature,
        ratio=ratio,
        failed=rounds.failed,
    )


SECTIONS = (
    Section("1 commands", "Slash commands", commands),
    Section("2 forms", "Forms", forms),
    Section("3 processes", "Web processes on one PostgreSQL, 16 in flight; ratio to one process", processes),
)
