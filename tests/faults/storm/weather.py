"""Carries the plan out, and ends it: afterwards nothing is broken any more and every process runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from bot.sandbox.driver import Workspace
from tests.faults.storm.balancer import Balancer
from tests.faults.storm.clocks import SharedClock
from tests.faults.storm.databases import Away
from tests.faults.storm.plan import Trouble
from tests.faults.storm.post_office import PostOffice
from tests.faults.storm.processes import Processes

WATCH_SECONDS = 0.5
# Most of them wait for their process.
AT_ONCE = 32
# The slowest answer of the local Slack, and a little.
LONGEST_CALL = 13.0


@dataclass
class Weather:
    """Everything that can break."""

    workspace: Workspace
    app: str
    processes: Processes
    balancer: Balancer
    database: Away
    clock: SharedClock
    post_office: PostOffice
    endings: list[tuple[str, float]] = field(default_factory=list)
    """How long each process took to end when it was told to."""
    done: dict[str, int] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _calm: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        others = ("database", "token", "mail", "slow")
        self._locks = {name: threading.Lock() for name in (*self.processes.places, *others)}

    def rages(self, troubles: list[Trouble]) -> None:
        """Let everything go wrong at its moment; returns when it all has."""
        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            watch = threads.submit(self._watch)
            waiting = []
            for trouble in troubles:
                time.sleep(max(0.0, began + trouble.at - time.monotonic()))
                self.done[trouble.kind] = self.done.get(trouble.kind, 0) + 1
                waiting.append(threads.submit(self._happens, trouble))
            for one, trouble in zip(waiting, troubles, strict=True):
                if error := one.exception():
                    self.processes.odd.append(f"the storm itself failed at {trouble}: {error!r}")
            self._calm.set()
            watch.result()

    def _happens(self, trouble: Trouble) -> None:
        happen: dict[str, Callable[..., None]] = {
            "kill": self._kill,
            "end": self._end,
            "freeze": self._freeze,
            "api": self._fault,
            "delivery": self._fault,
            "balancer": self._balance,
            "database": self._database_away,
            "jump": self._jump,
            "token": self._token,
            "socket": self._socket,
            "mail": self._mail,
        }
        happen[trouble.kind](**trouble.about)

    def _watch(self) -> None:
        """A process that ends by itself is started again, as its supervisor would."""
        while not self._calm.wait(WATCH_SECONDS):
            for name, lock in list(self._locks.items()):
                if name in self.processes.places and lock.acquire(blocking=False):
                    try:
                        if self.processes.ended_by_itself(name):
                            self.processes.start(name)
                    finally:
                        lock.release()

    def _kill(self, name: str, lives: float, pause: float, off_by: float) -> None:
        with self._locks[name]:
            # On a busy machine the storm takes longer, and does not become one in which nobody is ever answered.
            self.processes.has_lived(name, lives)
            self.processes.kill(name)
            time.sleep(pause)
            self.processes.start(name, off_by=off_by)

    def _end(self, name: str, lives: float, pause: float, off_by: float) -> None:
        with self._locks[name]:
            self.processes.has_lived(name, lives)
            self.endings.append((name, self.processes.ends(name)))
            time.sleep(pause)
            self.processes.start(name, off_by=off_by)

    def _freeze(self, name: str, seconds: float) -> None:
        with self._locks[name], self._locks["slow"]:
            self.processes.freeze(name, seconds)

    def _fault(self, method: str, kind: str, count: int, **more: object) -> None:
        if kind == "slow":
            with self._locks["slow"]:
                self._put_fault(method, kind, count, **more)
        else:
            self._put_fault(method, kind, count, **more)

    def _put_fault(self, method: str, kind: str, count: int, **more: object) -> None:
        try:
            self.workspace.fault(method, kind, count, **more)
        except httpx.TransportError:
            # The local Slack lets go of a line that was idle: the next one is new.
            self.workspace.fault(method, kind, count, **more)

    def _balance(self, lose: int, cut: int) -> None:
        self.balancer.lose_answers(lose)
        self.balancer.cut_requests(cut)

    def _database_away(self, how: str, seconds: float) -> None:
        with self._locks["database"]:
            self.database.take(how)
            time.sleep(seconds)
            self.database.give()

    def _jump(self, seconds: float) -> None:
        if seconds <= 0:  # a workspace never runs backwards
            self.clock.jump(seconds)
            return
        # A lease is kept by the clock. One that leaps lets it run out while its holder still waits for Slack, and then
        # a message may go twice; so nothing that takes long is under way when this one leaps.
        with self._locks["slow"]:
            self.workspace.wire.post("faults/clear")
            time.sleep(LONGEST_CALL)
            self.clock.jump(seconds)
            self.workspace.clock.advance(seconds)

    def _token(self, seconds: float, state: str) -> None:
        with self._locks["token"]:
            self.workspace.wire.post("apps/token", app=self.app, state=state)
            time.sleep(seconds)
            self.workspace.wire.post("apps/token", app=self.app, state="")

    def _socket(self, reason: str) -> None:
        self.workspace.wire.post("apps/disconnect", app=self.app, reason=reason)

    def _mail(self, seconds: float) -> None:
        with self._locks["mail"]:
            self.post_office.take()
            time.sleep(seconds)
            self.post_office.give()

    def calms_down(self) -> None:
        """Mend everything, and start what does not run."""
        self.workspace.wire.post("faults/clear")
        self.workspace.wire.post("apps/change", app=self.app)  # Slack delivers events again
        self.balancer.calm()
        for name in self.processes.places:
            if self.processes.ended_by_itself(name):
                self.processes.start(name)
