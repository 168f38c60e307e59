"""Writing down what became of the rows in hand: together what merely left, alone whatever something follows.

A message left before it is written down that it did. Whoever finds a row whose lease ran out in between looks in Slack.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.delivery.alarms import alarm
from bot.delivery.leases import LeaseLostError
from bot.delivery.outgoing import subject_of
from bot.observe import Metrics
from bot.rooms import House
from commands.kit.work import Work
from storage import outbox, posts
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import get_mission, stop
from storage.outbox import Claimed, Left, Sent, State
from storage.posts import Place
from storage.subjects import Subject

Claim = Callable[[Session], list[Claimed]]

log = structlog.get_logger()


@dataclass(slots=True)
class Settling:
    """What one worker settles; `owner` is the worker's name in leases. Any number of threads may use it.

    Each row is settled whole or not at all. Raises LeaseLostError where a row is somebody else's by now, NotNowError
    where the database could not do it.
    """

    database: Database
    house: House
    metrics: Metrics
    now: Callable[[], datetime]
    owner: str
    _left: deque[Left] = field(default_factory=deque)

    def sent(self, row: Claimed, outcome: Sent) -> None:
        """The row left. Nothing follows most: they are handed over, to be settled by the next `together`."""
        left = Left(row, outcome, self.now())
        if row.on_done is None:
            self._left.append(left)
        else:
            self._alone(left)

    def handed_over(self) -> bool:
        """Whether anything left that is not settled yet."""
        return bool(self._left)

    def together(self, claim: Claim | None = None) -> tuple[int, list[Claimed]]:
        """Settle everything that was handed over, and claim what comes next, in one transaction.

        Returns how many were taken over, and what was claimed. What cannot be settled together is settled one by one;
        what cannot be saved at all waits for its lease to run out.
        """
        left: list[Left] = []
        with suppress(IndexError):
            while True:
                left.append(self._left.popleft())
        if not left:
            return 0, []
        try:
            claimed = self.database.work(lambda session: self._note_together(session, left, claim))
        except NotNowError as trouble:
            log.warning("could not save, rows wait for their leases to run out", trouble=str(trouble), rows=len(left))
            return len(left), []
        except Exception as error:
            if not isinstance(error, LeaseLostError):
                self.metrics.bug()
                log.exception("bug in settling together")
            for one in left:
                with of_row(one.row):
                    self._by_itself(one)
            return len(left), []
        for _one in left:
            self.metrics.delivered("sent")
        return len(left), claimed

    def _note_together(self, session: Session, left: list[Left], claim: Claim | None) -> list[Claimed]:
        if not outbox.settle_left(session, self.owner, left):
            raise LeaseLostError
        posts.remember_posts(session, [place for one in left if (place := place_of(one)) is not None])
        return claim(session) if claim else []

    def _by_itself(self, left: Left) -> None:
        """What could not be settled with others; trouble with one must not keep the next from being settled."""
        try:
            self._alone(left)
        except (LeaseLostError, NotNowError) as trouble:
            tell_unsettled(trouble)
        except Exception:
            self.metrics.bug()
            log.exception("bug in settling")

    def _alone(self, left: Left) -> None:
        try:
            self._settle_alone(left, error=None, then=left.row.on_done)
        except (LeaseLostError, NotNowError):
            raise
        except Exception as bug:
            # The message is out; what should follow it raised. Sending again would not mend that.
            self.metrics.bug()
            log.exception("bug after delivery", then=left.row.on_done)
            self._settle_alone(left, error=f"bug: {type(bug).__name__}", then=None)

    def _settle_alone(self, left: Left, *, error: str | None, then: str | None) -> None:
        self.database.work(lambda session: self._note_alone(session, left, error, then))
        self.metrics.delivered("sent")

    def _note_alone(self, session: Session, left: Left, error: str | None, then: str | None) -> None:
        row = left.row
        if not outbox.settle(session, row.id, self.owner, **left.values(error)):
            raise LeaseLostError
        place = place_of(left)
        posts.remember_posts(session, [place] if place else [])
        if then:
            work = self._work(session, row, left.at)
            self.house.results[then](work, Subject.parse(row.subject or ""), left.outcome)
            self.house.follow(work)

    def _work(self, session: Session, row: Claimed, now: datetime) -> Work:
        mission = get_mission(session, row.mission_id)
        return self.house.work(session, mission, now, row.request_id or "")

    def waits(self, row: Claimed, label: str, pause: timedelta, **values: Any) -> None:
        """The row did not leave, and is tried again after a pause; `label` is for the metrics."""
        values["not_before"] = self.now() + pause
        self.database.work(lambda session: outbox.settle(session, row.id, self.owner, **values))
        self.metrics.delivered(label)

    def stopped(self, row: Claimed, code: str, until: datetime) -> None:
        """The token is lost: nothing of this mission is tried before `until`."""

        def note(session: Session) -> None:
            stop(session, row.mission_id, until, code)
            outbox.settle(session, row.id, self.owner, error=code)

        self.database.work(note)
        self.metrics.delivered("token_lost")

    def failed(self, row: Claimed, reason: str) -> None:
        """The row was refused for good; admins are told."""
        log.error("not delivered", reason=reason)
        try:
            self._settle_failed(row, reason, then=row.on_done)
        except NotNowError:
            raise
        except Exception:
            # What should follow the refusal raised; the refusal itself must be settled all the same.
            self.metrics.bug()
            log.exception("bug after a refusal", then=row.on_done)
            self._settle_failed(row, reason, then=None)
        self.metrics.delivered("failed")

    def _settle_failed(self, row: Claimed, reason: str, *, then: str | None) -> None:
        now = self.now()
        self.database.work(lambda session: self._note_failed(session, row, reason, then, now))

    def _note_failed(self, session: Session, row: Claimed, reason: str, then: str | None, now: datetime) -> None:
        if not outbox.settle(session, row.id, self.owner, state=State.FAILED, error=reason, settled_at=now):
            return
        alarm(self._work(session, row, now), row, reason)
        if then in self.house.failures:
            code = reason.split(" ", maxsplit=1)[0]
            work = self._work(session, row, now)
            self.house.failures[then](work, Subject.parse(row.subject or ""), code)
            self.house.follow(work)


def of_row(row: Claimed) -> Any:
    """Lines of the log inside this block say of which row they speak."""
    return structlog.contextvars.bound_contextvars(request=row.request_id, row=row.id, method=row.method)


def tell_unsettled(trouble: LeaseLostError | NotNowError) -> None:
    """Put in the log why a row could not be settled; whoever has it next looks whether Slack has the message."""
    if isinstance(trouble, LeaseLostError):
        log.warning("lease lost, the row is somebody else's now")
    else:
        log.warning("could not save, the row waits for its lease to run out", trouble=str(trouble))


def place_of(left: Left) -> Place | None:
    """Where the message stands that a row brought, if it is one that is kept current."""
    about = subject_of(left.row)
    if about is None or not left.outcome.get("ts"):
        return None
    return Place(left.row.mission_id, str(about), left.outcome["channel"], left.outcome["ts"], left.at)
