"""One storm from beginning to end: the mission is founded, the storm rages, it calms down, everything is looked at."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.sandbox.driver import Workspace
from tests.faults.storm import calm, mission
from tests.faults.storm.balancer import Balancer
from tests.faults.storm.checks import Seen, all_checks, log_lines
from tests.faults.storm.clocks import FASTER, SharedClock
from tests.faults.storm.crowd import Crowd
from tests.faults.storm.databases import Away, Sqlite, open_database
from tests.faults.storm.journal import Journal
from tests.faults.storm.looking import Look, export
from tests.faults.storm.plan import Rates, plan
from tests.faults.storm.post_office import PostOffice
from tests.faults.storm.processes import Place, Processes
from tests.faults.storm.weather import Weather

START_SECONDS = 90
CALM_SECONDS = 240
# What a long storm has left undone takes longer.
MORE_CALM = 0.25
PATIENT_SECONDS = 10
MOST_FINDINGS = 12
LAST_LINES = 15


@dataclass
class Wanted:
    """What storm: `database` is `sqlite`, `postgresql` or an address; `rooms` None for all."""

    seconds: float
    seed: int
    database: str
    folder: Path
    socket_mode: bool = False
    rates: Rates = field(default_factory=Rates)
    rooms: set[str] | None = None
    offers: int = 25
    say: Callable[[str], None] = print


@dataclass
class Result:
    """What came of it: `findings` by invariant, all empty when everything held."""

    findings: dict[str, list[str]]
    summary: str
    kills: int
    acts: dict[str, int]

    @property
    def held(self) -> bool:
        """Whether every invariant held."""
        return not any(self.findings.values())


class Storm:
    """The parts of one storm."""

    def __init__(self, wanted: Wanted, stack: ExitStack) -> None:
        self.wanted = wanted
        folder = wanted.folder
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True)
        slack, balanced, mail, *webs = free_ports(5)
        self.database: Away = open_database(wanted.database, folder)
        stack.callback(self.database.close)
        self.what = wanted.database
        if isinstance(self.database, Sqlite):
            self.what += " on a small disk" if self.database.small_disk else " (no disk could be mounted to fill)"
        self.post_office = PostOffice(mail)
        stack.callback(self.post_office.take)
        request_url = f"http://127.0.0.1:{balanced}/slack/events"
        seed = mission.write_seed(folder, request_url=request_url, socket_mode=wanted.socket_mode)
        self.slack = f"http://127.0.0.1:{slack}"
        stack.enter_context(_running(["sandbox", "--port", str(slack), "--seed", str(seed), "--strict"], self.logs))
        _until(lambda: _answers(f"{self.slack}/sandbox/boot"), "the sandbox answers")
        self.workspace = Workspace.connect(self.slack)
        # How fast the product answers, the bench measures; here the machine is busy.
        self.workspace.waits(PATIENT_SECONDS)
        self.environment = mission.environment(
            slack=self.slack, database=self.database.url, mail_port=mail, socket_mode=wanted.socket_mode
        )
        _run(["demo-mission"], self.environment, self.logs)
        self.balancer = Balancer(balanced, webs)
        stack.callback(self.balancer.close)
        self.clock = self._start_clock()
        places = [Place(f"web{number}", "web", port) for number, port in enumerate(webs, 1)]
        places += [Place(f"worker{number}", "worker", 0) for number in (1, 2)]
        self.processes = Processes(self.environment, self.logs, places)
        stack.callback(self.processes.close)
        self.journal = Journal(folder / "journal.jsonl")
        self.crowd = Crowd(self.slack, self.journal, wanted.seed, only=wanted.rooms)
        self.weather = Weather(
            self.workspace,
            self.workspace.apps[0]["id"],
            self.processes,
            self.balancer,
            self.database,
            self.clock,
            self.post_office,
        )

    def _start_clock(self) -> SharedClock:
        start = time.time()
        self.began = datetime.fromtimestamp(start, UTC)
        self.workspace.clock.scale(FASTER)
        path = self.wanted.folder / "clock"
        self.environment |= {"STORM_CLOCK": str(path), "STORM_START": repr(start)}
        return SharedClock(path, start)

    def rages(self) -> None:
        """People work while everything breaks."""
        for name in self.processes.places:
            self.processes.start(name)
        for name in self.processes.webs():
            _until(lambda name=name: self.processes.answers(name), f"{name} answers")  # type: ignore[misc]
        names, wanted = list(self.processes.places), self.wanted
        troubles = plan(wanted.seed, wanted.seconds, names, wanted.rates, socket_mode=wanted.socket_mode)
        self.crowd.start()
        self.weather.rages(troubles)
        self.crowd.stop()

    def looks(self) -> Seen:
        """Calm down, and see what is there."""
        self.weather.calms_down()
        seconds = CALM_SECONDS + MORE_CALM * self.wanted.seconds
        left = calm.waits(self.processes, self.workspace, self.clock, seconds)
        if left:
            self.processes.odd.append(f"it never came to rest: {left}")
        offers = calm.Offers(self.workspace, self.processes, self.wanted.seed)
        found = offers.tries(self.wanted.offers)
        (self.wanted.folder / "offers.txt").write_text("\n".join(offers.told), encoding="utf-8")
        calm.waits(self.processes, self.workspace, self.clock, seconds)
        metrics = {name: self.processes.metrics(name) for name in self.processes.webs() if self.processes.answers(name)}
        endings = [*self.weather.endings, *((name, self.processes.ends(name)) for name in self.processes.places)]
        # Only now does nothing leave any more: what is read in Slack and in the tables is of one moment.
        look = Look(self.workspace)
        return Seen(
            acts=self.journal.acts,
            tables=export(self.wanted.folder, self.environment),
            places=look.places,
            posts=look.posts,
            mails=self.post_office.mails,
            logs=log_lines(self.logs),
            metrics=metrics,
            endings=endings,
            odd=[*self.processes.odd, *self.crowd.failures],
            uncleared=[self.workspace.person(name).id for name in mission.UNCLEARED],
            since=self.began,
            offers=found,
        )


def storm(wanted: Wanted) -> Result:
    """Let a storm rage, and check. The folder stays when something was found."""
    began = time.monotonic()
    with ExitStack() as stack:
        made = Storm(wanted, stack)
        made.rages()
        raged = time.monotonic() - began
        seen = made.looks()
    findings = {name: list(found(seen)) for name, found in all_checks().items()}
    acts = made.journal.count()
    kills = made.processes.kills
    summary = (
        f"seed {wanted.seed} on {made.what}: {wanted.seconds:.0f} s of storm in {raged:.0f} s, {kills} kills "
        f"({kills / wanted.seconds * 60:.0f} a minute), troubles {made.weather.done}, acts {acts}, "
        f"{len(seen.posts)} messages"
    )
    result = Result(findings, summary, kills, acts)
    report(result, wanted, seen)
    return result


def report(result: Result, wanted: Wanted, seen: Seen) -> None:
    """Say what was found, with the last words of the processes."""
    wanted.say(result.summary)
    if result.held:
        shutil.rmtree(wanted.folder, ignore_errors=True)
        wanted.say("everything held")
        return
    for name, found in result.findings.items():
        for line in found[:MOST_FINDINGS]:
            wanted.say(f"{name}: {line}")
        if len(found) > MOST_FINDINGS:
            wanted.say(f"{name}: and {len(found) - MOST_FINDINGS} more")
    (wanted.folder / "findings.txt").write_text(
        "\n".join(f"{name}: {line}" for name, found in result.findings.items() for line in found), encoding="utf-8"
    )
    for name, log in seen.logs.items():
        wanted.say(f"-- the last lines of {name}")
        wanted.say("\n".join(line[:400] for line in log.splitlines()[-LAST_LINES:]))
    wanted.say(f"again: {again(wanted)}")
    wanted.say(f"everything is kept in {wanted.folder}")


def again(wanted: Wanted) -> str:
    """The command that lets this storm rage once more; an address may hold a password and stays out of it."""
    database = wanted.database if wanted.database in {"sqlite", "postgresql"} else "ADDRESS"
    words = f"--minutes {wanted.seconds / 60:g} --seed {wanted.seed} --database {database}"
    words += " --socket" if wanted.socket_mode else ""
    words += f" --kills {wanted.rates.kill:g}" if wanted.rates != Rates() else ""
    words += f" --rooms {','.join(sorted(wanted.rooms))}" if wanted.rooms else ""
    return f"python -m tests.faults.storm {words}"


def free_ports(number: int) -> list[int]:
    """Ports of the loopback that nobody uses."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _one in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


@contextmanager
def _running(arguments: list[str], logs: Path) -> Iterator[None]:
    """A `python -m bot` beside us, which ends with the block."""
    with (logs / f"{arguments[0]}.txt").open("w") as log:
        command = [sys.executable, "-m", "tests.faults.storm.ends", *arguments]
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _run(arguments: list[str], environment: dict[str, str], logs: Path) -> None:
    with (logs / f"{arguments[0]}.txt").open("w") as log:
        command = [sys.executable, "-m", "bot", *arguments]
        subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=log, stderr=log, timeout=120)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _until(what: Callable[[], bool], why: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if what():
            return
        time.sleep(0.1)
    raise RuntimeError(f"waited in vain: {why}")
