"""What stands in the database for people to see, and for the clock to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery.home import home_view
from commands.kit.permission import who_is
from commands.kit.work import Work
from storage import timers
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import get_person
from storage.subjects import Subject
from storage.timers import Timer, TimerState
from tests.holds.offers import Seen
from tests.world import World

# What rows of the outbox say, by their numbers.
Written = dict[int, str]


@dataclass(frozen=True, slots=True)
class Sight:
    """Looks for these people."""

    world: World
    people: list[str]

    def homes(self) -> list[Seen]:
        """The Home of each."""
        with self.world.product.database.reading() as session:
            known = [get_person(session, self.world.mission_id, user) for user in self.people]
            work, house, found = self._work(session), self.world.product.house, []
            for person in known:
                if person is not None:
                    view = home_view(house, work, who_is(session, self.world.mission_id, person))
                    found.append(Seen(person.user_id, tuple(view["blocks"]), view))
            return found

    def messages(self, before: Written | None = None) -> list[Seen]:
        """Messages in front of whom they are for, as far as they were not so before; channels are read by all."""
        found = []
        with self.world.product.database.reading() as session:
            for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc())):
                if before is not None and before.get(row.id) == str(row.arguments):
                    continue
                place, blocks = str(row.arguments.get("channel") or ""), self._blocks(session, row)
                readers = [place.removeprefix("dm:")] if place.startswith("dm:") else self.people
                found += [Seen(user, blocks, place=(place, "1.0")) for user in readers if blocks]
        return found

    def _blocks(self, session: Session, row: OutboxRow) -> tuple[dict[str, object], ...]:
        if "drawing" not in row.arguments:
            return tuple(row.arguments.get("blocks") or ())
        drawing = self.world.product.house.drawings[row.arguments["drawing"]]
        card = drawing(self._work(session), Subject.parse(row.subject or ""))
        return card.blocks if card is not None else ()

    def _work(self, session: Session) -> Work:
        return Work(session, get_mission(session, self.world.mission_id), self.world.now)

    def written(self) -> Written:
        """What every message says now."""
        with self.world.product.database.reading() as session:
            return {
                key: str(arguments) for key, arguments in session.execute(select(OutboxRow.id, OutboxRow.arguments))
            }

    def next_timer(self, now: datetime) -> Timer | None:
        """The timer that is due."""
        with self.world.product.database.reading() as session:
            return timers.earliest_due(session, now, self.world.mission_id)

    def waiting_timers(self) -> list[Timer]:
        """Every timer that waits."""
        with self.world.product.database.reading() as session:
            return list(session.scalars(select(Timer).where(Timer.state == TimerState.WAITING).order_by(Timer.due_at)))
