"""A digest of 500 agencies beside ever more stored returns: its cost must follow the round, not the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection, func, insert, literal, select, text
from sqlalchemy.orm import Session

from bot.app import wall_clock
from bot.tools.bench.bench import Bench
from bot.tools.bench.mission import BenchMission, gather
from bot.tools.bench.rows import Row, Section
from commands.kit.work import Work
from commands.updates.handlers.digesting import send_digest
from storage.database import Database
from storage.missions import all_missions
from storage.updates.returns import Return, ReturnState
from storage.updates.rounds import Round, RoundPlan, RoundState

AGENCIES = 500
STORED = (10_000, 100_000, 1_000_000)
REPEATS = 5


def digests(bench: Bench) -> Iterator[Row]:
    """Milliseconds of one digest; `ratio` is to the smallest table."""
    for kind in bench.kinds:
        with bench.database(kind) as url:
            database = Database(url)
            mission = gather(database, AGENCIES)
            plan_id = _answer(database, mission)
            base = 0.0
            for stored in STORED:
                _store(database, mission, plan_id, stored)
                times = [_digest(database, mission) for _ in range(REPEATS + 1)][1:]
                middle = statistics.median(times)
                base = base or middle
                what = f"{AGENCIES} agencies, {stored:,} stored returns, {kind}"
                yield Row(what, middle, "ms", min(times), max(times), ratio=middle / base)
            database.dispose()


def _answer(database: Database, mission: BenchMission) -> int:
    """Every agency submits in the open round, which belongs to a plan from now on. Returns the plan's id."""
    with database.transaction() as session:
        plan = session.scalars(select(RoundPlan)).first()
        this = session.get_one(Round, mission.round_id)
        if plan is None:
            raise LookupError("the demo's mission has no plan")
        this.plan_id = plan.id
        for given in session.scalars(select(Return).where(Return.round_id == this.id)):
            given.state, given.version, given.answers = ReturnState.SUBMITTED, 1, {"q1": "The road reopened. " * 10}
            given.answered_by, given.answered_at = mission.coordinator, wall_clock()
        return plan.id


def _store(database: Database, mission: BenchMission, plan_id: int, stored: int) -> None:
    """Fill the table up to so many returns: earlier rounds of the plan, each with an answer of every agency."""
    with database.transaction() as session:
        there = session.scalar(select(func.count()).select_from(Return)) or 0
        this = session.get_one(Round, mission.round_id)
        oldest = session.scalar(select(func.min(Round.due_at)).where(Round.plan_id == plan_id)) or this.due_at
        rounds = [
            _earlier(this, oldest - timedelta(days=7) * number) for number in range(1, (stored - there) // AGENCIES + 1)
        ]
        session.add_all(rounds)
        session.flush()
        _copy_answers(session, mission.round_id, min(one.id for one in rounds), max(one.id for one in rounds))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _count_rows(connection)


def _earlier(this: Round, due: object) -> Round:
    same = ("mission_id", "plan_id", "title", "questions", "audience", "ladder", "digest_channel", "created_by")
    kept = {name: getattr(this, name) for name in (*same, "created_at", "opened_at", "handling", "group_by")}
    moments = dict.fromkeys(("slot", "opens_at", "due_at", "closes_at", "digest_at"), due)
    return Round(**kept, **moments, state=RoundState.CLOSED)


def _copy_answers(session: Session, round_id: int, first: int, last: int) -> None:
    """One statement copies the open round's returns into every round between these two."""
    table, rounds = Return.__table__, Round.__table__
    columns = [column for column in table.c if column.name not in {"id", "round_id"}]
    pairs = select(rounds.c.id, *columns).select_from(table.join(rounds, literal(True)))
    copied = pairs.where(table.c.round_id == round_id, rounds.c.id.between(first, last))
    session.execute(insert(Return).from_select(["round_id", *(column.name for column in columns)], copied))


def _count_rows(connection: Connection) -> None:
    """Both databases plan by what they counted last; a table never grows like this in one go otherwise."""
    connection.execute(text("ANALYZE"))


def _digest(database: Database, mission: BenchMission) -> float:
    """Make the digest of the open round and take it back. Returns milliseconds."""
    with database.transaction() as session:
        work = Work(session, all_missions(session)[0], wall_clock())
        this = session.get_one(Round, mission.round_id)
        attempt = session.begin_nested()
        began = time.perf_counter()
        send_digest(work, this)
        session.flush()
        seconds = time.perf_counter() - began
        attempt.rollback()
    return seconds * 1000


SECTIONS = (Section("5 digest", "Digest; ratio to the smallest table", digests),)
