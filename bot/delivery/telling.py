"""Telling of changes: what requests wrote down is followed up before the next message leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.observe import Metrics
from bot.rooms import House
from storage import timers
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import get_mission
from storage.subjects import Subject

# Each is a few rows of the outbox; nobody who writes shall wait long for all of them.
AT_ONCE = 20

log = structlog.get_logger()


@dataclass(slots=True)
class Telling:
    """One worker's telling of what changed in one mission.

    A change is a timer that is due at once: where telling raises, the clock takes them one by one, tries again and
    gives up as with every timer.
    """

    database: Database
    house: House
    now: Callable[[], datetime]
    metrics: Metrics
    mission_id: Callable[[], str]

    def tell(self) -> int:
        """Follow up what has changed, all in one transaction. Returns how many changes were taken."""
        now, mission_id, verbs = self.now(), self.mission_id(), list(self.house.tells)
        with self.database.reading() as session:
            if not timers.any_change(session, now, mission_id, verbs):
                return 0
        try:
            return self.database.work(lambda session: self._tell(session, now, mission_id, verbs))
        except NotNowError:
            raise
        except Exception:
            self.metrics.bug()
            log.exception("could not tell of changes, the clock takes them one by one")
            return 0

    def _tell(self, session: Session, now: datetime, mission_id: str, verbs: list[str]) -> int:
        changes = timers.take_changes(session, now, mission_id, verbs, AT_ONCE)
        if not changes:
            return 0
        work = self.house.work(session, get_mission(session, mission_id), now, "telling")
        for verb, subject in dict.fromkeys((change.verb, change.subject) for change in changes):
            self.house.tells[verb](work, timers.what_changed(Subject.parse(subject)))
        self.house.follow(work)
        timers.forget_changes(session, [change.id for change in changes])
        return len(changes)
