"""What nobody sends: what timers and schedules tell, and what stands on everybody's Home."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from commands.kit.room import Timer as Run
from commands.kit.work import Work
from storage.timers import Timer, TimerState
from tests.matrix.cast import EVERYBODY
from tests.matrix.faults import Fault, leaks, sent_to_who_left
from tests.matrix.rehearsal import ANSWER, Outcome, Rehearsal, Told, fire
from tests.matrix.words import in_words


def told_by_the_clock(rehearsal: Rehearsal) -> Iterator[tuple[str, Outcome, str]]:
    """Every timer that waits, when its moment comes, and every schedule now: where, the outcome, and it in words."""
    setting = rehearsal.setting
    with setting.world.product.database.reading() as session:
        waiting = list(session.scalars(select(Timer).where(Timer.state == TimerState.WAITING).order_by(Timer.due_at)))
    for timer in waiting:
        setting.world.present.now = max(timer.due_at, setting.now)
        outcome = rehearsal.clock(partial(_fire, setting.world.product.house.timers[timer.verb], timer))
        yield f"timer {timer.verb}, {_named(rehearsal, timer)}", outcome, in_words(outcome, setting, "", None, "")
    for name, schedule in setting.world.product.house.schedules.items():
        outcome = rehearsal.clock(schedule.run)
        yield f"schedule {name}", outcome, in_words(outcome, setting, "", None, "")


def _fire(run: Run, timer: Timer, work: Work) -> None:
    fire(work, run, timer)


def _named(rehearsal: Rehearsal, timer: Timer) -> str:
    """The thing that a timer is about, as the tables call it."""
    kind, _, identity = timer.subject.rpartition(":")
    things = rehearsal.setting.things.of(kind)
    return next((f"{kind} {one.name}" for one in things if str(one.id) == identity), kind or timer.subject)


def read_at_home(rehearsal: Rehearsal) -> Iterator[tuple[str, Outcome, str]]:
    """Everybody's Home: whose, what it tells, and whose things it names."""
    for name in EVERYBODY:
        text = rehearsal.home(name)
        outcome = Outcome(answer=text, told=[Told(frozenset({name}), ANSWER, text)])
        yield name, outcome, in_words(outcome, rehearsal.setting, name, None, "")


def faults_in(rehearsal: Rehearsal, where: str, outcome: Outcome) -> list[tuple[str, Fault, str]]:
    """What is told to somebody for whom it is not, or who has left."""
    found = [(where, Fault.READS, reader) for reader, _secret in leaks(outcome, rehearsal.setting)]
    return [*found, *((where, fault, person) for fault, person in sent_to_who_left(outcome))]
