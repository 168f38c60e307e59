"""The worker: delivers the outbox, runs timers and schedules, and says that it lives."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.app import Product
from bot.clock.clock import Clock
from bot.clock.heartbeat import heartbeat
from bot.delivery.dispatch import PACE, PAUSE_AFTER_SILENCE, Delivery
from bot.delivery.pool import Pool
from bot.delivery.slack import SlackTrouble
from bot.delivery.telling import Telling
from storage import outbox, timers
from storage.connection.trouble import NotNowError

# What leaves at the same time shares a commit. Slack is often a satellite link away: hands wait, and cost little.
DELIVERY_THREADS = 8
POLL_SECONDS = 0.25
LONGEST_POLL_SECONDS = 5.0
CATCH_UP_SECONDS = 60.0
REVIVED_FOR = timedelta(days=1)
HEARTBEAT_SECONDS = 10.0
SECONDS_TO_FINISH = 8.0

log = structlog.get_logger()


def worker_name() -> str:
    """How this worker signs leases and ticks."""
    # Containers start every process as number 1: two workers must not sign alike.
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{token_hex(2)}"


@dataclass(slots=True)
class Worker:
    """Loops in threads, until `stop`. What is in hand is finished or its lease runs out."""

    product: Product
    pace: timedelta = PACE
    name: str = field(default_factory=worker_name)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _pool: Pool = field(default_factory=lambda: Pool(DELIVERY_THREADS))
    _delivery: Delivery | None = None
    _scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Begin to work; returns at once."""
        product, name = self.product, self.name
        delivery = self._delivery = Delivery(
            product.database,
            product.house,
            product.slack,
            product.identity,
            product.metrics,
            product.now,
            name,
            self.pace,
            self._pool,
            product.mail,
        )
        telling = Telling(product.database, product.house, product.now, product.metrics, product.identity.team_id)
        clock = Clock(product.database, product.house, product.now, name, product.metrics, product.identity.team_id)
        self._loop("delivery", lambda: telling.tell() + delivery.drain(), POLL_SECONDS, wake=self._pool.wake)
        self._loop("timers", clock.run_timers, 2 * POLL_SECONDS)
        self._loop("heartbeat", lambda: heartbeat(product, name), HEARTBEAT_SECONDS)
        self._loop("given up", self._revive, POLL_SECONDS, once=True)
        # APScheduler fires on time; this catches up at start, and after a wall clock that jumped under it.
        self._loop("catching up", clock.run_all, CATCH_UP_SECONDS)
        self._scheduler = clock.start()

    def _revive(self) -> int:
        now = self.product.now()
        count = self.product.database.work(lambda session: timers.revive(session, now, now - REVIVED_FOR))
        if count:
            log.info("timers that were given up are tried again", count=count)
        return 0

    def _loop(
        self,
        name: str,
        step: Callable[[], int],
        pause: float,
        *,
        once: bool = False,
        wake: threading.Event | None = None,
    ) -> None:
        alarm_clock = wake or self._stopping
        thread = threading.Thread(target=self._repeat, args=(name, step, pause, once, alarm_clock), name=name)
        thread.daemon = True
        self._threads.append(thread)
        thread.start()

    def _repeat(self, name: str, step: Callable[[], int], pause: float, once: bool, wake: threading.Event) -> None:
        wait = pause
        while not self._stopping.is_set():
            if wake is not self._stopping:
                wake.clear()
            try:
                done = step()
                wait = 0.0 if done else pause
                if once:
                    return
            except SlackTrouble as trouble:
                # Slack is gone: the outbox waits, and so do we, a little longer each time.
                log.warning("slack cannot be reached", loop=name, code=trouble.code)
                wait = min(max(wait, pause) * 2, LONGEST_POLL_SECONDS)
            except NotNowError as trouble:
                log.warning("the database could not do it now", loop=name, trouble=str(trouble))
                wait = min(max(wait, pause) * 2, LONGEST_POLL_SECONDS)
            except Exception:
                self.product.metrics.bug()
                log.exception("loop failed", loop=name)
                wait = min(max(wait, pause) * 2, LONGEST_POLL_SECONDS)
            wake.wait(wait)

    def stop(self) -> None:
        """Finish what is in hand, or give it back to the other workers, and return within ten seconds."""
        deadline = time.monotonic() + SECONDS_TO_FINISH
        self._stopping.set()
        self._pool.wake.set()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        all_done = self._pool.finish(deadline - time.monotonic())
        if self._delivery is not None:
            self._delivery.settle_left()
        if not all_done:
            self._give_back()
        log.info("worker stopped")

    def _give_back(self) -> None:
        now = self.product.now()
        later = now + timedelta(seconds=PAUSE_AFTER_SILENCE)
        try:
            count = self.product.database.work(lambda session: outbox.give_back(session, self.name, now, later))
        except NotNowError:
            log.warning("the database is away, what is in hand waits for its lease to run out")
        else:
            log.info("given back what Slack has not answered yet", count=count)

    def wait(self) -> None:
        """Sleep until somebody calls `stop`."""
        self._stopping.wait()
