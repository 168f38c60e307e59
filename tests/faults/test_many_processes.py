"""Three workers and two web processes on one PostgreSQL for a month: each slot runs once, each message leaves once.

Every one of them is put together as its process puts it together, with connections of its own; only the time is passed
in, so that all of them meet at every moment of the month.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.app import Product, bolt_app, build
from bot.clock.clock import Clock
from bot.delivery.dispatch import Delivery
from bot.requests.web import Web
from commands.kit.room import CatchUp, Schedule
from commands.kit.work import Work
from storage.audit import AuditEntry
from storage.outbox import OutboxRow, State
from storage.ticks import Tick
from storage.updates.returns import ReturnVersion
from storage.updates.rounds import RoundState
from tests.databases import Postgres
from tests.updates.test_a_month import rounds, weekly_plan
from tests.updates.test_answering import submitted
from tests.world import World, a_world

START = datetime(2035, 3, 5, 6, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
HOUR = timedelta(hours=1)
WORKERS = 3
REPEATS = "rapporteur_inbox_repeats_total"


class Together:
    """Several workers' deliveries and clocks, all at work at the same moment."""

    def __init__(self, deliveries: list[Delivery], clocks: list[Clock], threads: ThreadPoolExecutor) -> None:
        self.deliveries, self.clocks = deliveries, clocks
        self.pace = deliveries[0].pace
        self._threads = threads

    def _all(self, work: Callable[[Any], int], ones: Iterable[object]) -> int:
        return sum(self._threads.map(work, ones))

    def drain(self) -> int:
        return self._all(lambda one: one.drain(), self.deliveries)

    def run_timers(self) -> int:
        return self._all(lambda one: one.run_timers(), self.clocks)

    def run_all(self) -> int:
        return self._all(lambda one: one.run_all(), self.clocks)


class InTurn:
    """The load balancer: one delivery to the one web process, the next to the other."""

    def __init__(self, ones: list[Web]) -> None:
        self._ones = ones
        self._turns = count()
        self.met: defaultdict[str, set[int]] = defaultdict(set)
        """Which processes met each delivery, by its signature: the same delivery again has the same one."""

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        turn = next(self._turns) % len(self._ones)
        self.met[environ["HTTP_X_SLACK_SIGNATURE"]].add(turn)
        return self._ones[turn](environ, start)


@contextmanager
def a_crowd(url: str) -> Iterator[tuple[World, list[Product], InTurn]]:
    """A world whose product is three workers and two web processes."""
    with ExitStack() as stack:
        world = stack.enter_context(a_world(url, now=START))
        world.set_up()
        products = [
            world.product,
            *(build(world.product.settings, now=world.present) for _number in range(WORKERS - 1)),
        ]
        threads = stack.enter_context(ThreadPoolExecutor(WORKERS))
        names = [f"w{number}" for number in range(WORKERS)]
        together = Together(
            [
                Delivery(one.database, one.house, one.slack, one.identity, one.metrics, one.now, name, timedelta(0))
                for one, name in zip(products, names, strict=True)
            ],
            [
                Clock(one.database, one.house, one.now, name, one.metrics, one.identity.team_id)
                for one, name in zip(products, names, strict=True)
            ],
            threads,
        )
        world.delivery = world.clock = together  # type: ignore[assignment]
        assert world.server is not None
        balancer = InTurn([Web(one, bolt_app(one)) for one in products[:2]])
        world.server.set_app(balancer)
        yield world, products, balancer
        for one in products[1:]:
            one.database.dispose()


def test_a_month_of_three_workers_and_two_web_processes(postgres: Postgres) -> None:
    rung: list[datetime] = []

    def ring(work: Work) -> None:
        rung.append(work.now)
        work.record("bell:rung", ("bell", "1"))

    with postgres.fresh() as url, a_crowd(url) as (world, products, balancer):
        for one in products:
            one.house.schedules["bell:ring"] = Schedule(HOUR, ring, CatchUp.EACH)
        weekly_plan(world)
        for week in range(4):
            world.go_to(START + timedelta(weeks=week, days=2, hours=6))
            for name in ("WFP focal point", "IOM focal point"):
                # Slack brings each submission again, and the other process gets it.
                world.workspace.fault("delivery:interactive", "duplicate", count=2)
                person = world.person(name)
                person.runs("/update submit")
                assert person.form is not None
                submitted(person.form, f"Week {week}.")
        world.go_to(START + MONTH)

        check_slots(world, rung)
        check_messages(world)
        assert world.count_rows(ReturnVersion) == 8
        repeats = [one.metrics.registry.get_sample_value(REPEATS, {"kind": "forms"}) or 0 for one in products[:2]]
        assert sum(repeats) == 8, "each submission came twice"
        both = [one for one in balancer.met.values() if len(one) == 2]
        assert len(both) == 16, "each press and submission came again to the process that had not answered it"


def check_slots(world: World, rung: list[datetime]) -> None:
    """Each hour of the month rang once, in memory and in what was committed; nothing was left unfinished."""
    hours = (START + MONTH - rung[0]) // HOUR + 1
    assert hours > 700
    with world.product.database.reading() as session:
        committed = session.query(AuditEntry).filter_by(verb="bell:rung").count()
        ticks = list(session.scalars(select(Tick)))
    assert len(rung) == committed == hours
    assert all(tick.finished_at is not None for tick in ticks)
    assert len({tick.owner for tick in ticks}) == WORKERS, "every worker had a part"


def check_messages(world: World) -> None:
    """What the outbox says was sent is what people have, each once."""
    held = [one for one in rounds(world) if one.state == RoundState.CLOSED]
    assert len(held) == 4
    with world.product.database.reading() as session:
        rows = list(session.scalars(select(OutboxRow)))
    assert {row.state for row in rows} <= {State.SENT, State.CANCELLED}
    assert world.undelivered() == []
    posted = [entry for entry in world.workspace.calls("chat.postMessage") if entry["response"].get("ok")]
    keys = Counter(entry["request"]["metadata"]["event_payload"]["key"] for entry in posted)
    assert max(keys.values()) == 1
    expected = [row.key for row in rows if row.outcome and row.method in {"chat.postMessage", "show"}]
    assert set(keys) <= set(expected)
    assert {row.key for row in rows if row.method == "chat.postMessage" and row.state == State.SENT} <= set(keys)
    digests = [one for one in world.person("Chief of staff").messages(in_="#cabinet") if "update: digest" in one.text]
    assert len(digests) == 4
