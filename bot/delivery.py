"""Drains the outbox to Slack: each row once in effect, in order per lane, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.alarms import alarm
from bot.identity import Identity
from bot.observe import Watch
from bot.outgoing import Outgoing
from bot.rooms import House
from bot.slack_calls import Held, Passing, SlackCalls, SlackTrouble, TokenLost
from commands.kit.work import Work
from storage import outbox, posts
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow, State

BATCH = 16
# Slack lets an app post about one message a second into one channel.
PACE = timedelta(seconds=1)
PACED = frozenset({"chat.postMessage", "show", "files.upload"})
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
UNTIL_THE_TOKEN_IS_TRIED_AGAIN = timedelta(seconds=60)

log = structlog.get_logger()


@dataclass(slots=True)
class Delivery:
    """One worker's hands. `owner` names the worker in leases; `pace` is the pause between posts in one lane."""

    database: Database
    house: House
    slack: SlackCalls
    identity: Identity
    watch: Watch
    now: Callable[[], datetime]
    owner: str
    pace: timedelta = PACE
    hands: Executor | None = None

    def drain(self) -> int:
        """Deliver what is due now, at most one batch. Returns how many rows were taken in hand."""
        mission_id = self.identity.team_id()
        with self.database.transaction() as session:
            if not self._may_send(session, mission_id):
                return 0
            rows = outbox.claim(session, self.owner, self.now(), BATCH, mission_id=mission_id)
            session.expunge_all()
        if self.hands is None:
            for row in rows:
                self._deliver(row)
        else:
            list(self.hands.map(self._deliver, rows))
        return len(rows)

    def _may_send(self, session: Session, mission_id: str) -> bool:
        """Whether the mission's token works; one that was lost is tried once a minute."""
        mission = get_mission(session, mission_id)
        if mission.paused_reason is None:
            return True
        if mission.paused_until is not None and self.now() < mission.paused_until:
            return False
        try:
            self.slack.call("auth.test")
        except SlackTrouble:
            mission.paused_until = self.now() + UNTIL_THE_TOKEN_IS_TRIED_AGAIN
            return False
        mission.paused_reason = mission.paused_until = None
        log.info("token works again")
        return True

    def _deliver(self, row: OutboxRow) -> None:
        with structlog.contextvars.bound_contextvars(request=row.request_id, row=row.id, method=row.method):
            outgoing = Outgoing(self.database, self.house, self.slack, self.identity, self.now)
            try:
                outcome = outgoing.send(row)
            except Held as held:
                self._wait(row, "held", timedelta(seconds=held.seconds), error="ratelimited")
            except Passing as trouble:
                self._again(row, trouble)
            except TokenLost as lost:
                self._stop(row, lost)
            except SlackTrouble as refusal:
                self._fail(row, f"{refusal.code} {refusal.detail}".strip())
            except Exception as bug:
                self.watch.bug()
                log.exception("bug in delivery")
                self._fail(row, f"bug: {type(bug).__name__}")
            else:
                self._done(row, outcome)

    def _done(self, row: OutboxRow, outcome: dict[str, Any]) -> None:
        now = self.now()
        with self.database.transaction() as session:
            settled = outbox.settle(
                session,
                row.id,
                self.owner,
                state=State.SENT,
                outcome=outcome,
                settled_at=now,
                error=None,
                attachment=None,
            )
            if not settled:
                log.warning("lease lost, the row is somebody else's now")
                return
            self._remember(session, row, outcome, now)
            if row.method in PACED and self.pace:
                outbox.pause_lane(session, row.mission_id, row.lane, now + self.pace)
        self.watch.delivered("sent")

    def _remember(self, session: Session, row: OutboxRow, outcome: dict[str, Any], now: datetime) -> None:
        if row.subject and outcome.get("ts"):
            posts.remember_post(
                session, row.mission_id, row.subject, channel_id=outcome["channel"], ts=outcome["ts"], shown_at=now
            )
        if row.on_done:
            work = Work(session, get_mission(session, row.mission_id), now, request_id=row.request_id or "")
            self.house.results[row.on_done](work, row.subject or "", outcome)

    def _wait(self, row: OutboxRow, label: str, pause: timedelta, **values: Any) -> None:
        with self.database.transaction() as session:
            outbox.settle(session, row.id, self.owner, not_before=self.now() + pause, **values)
        self.watch.delivered(label)

    def _again(self, row: OutboxRow, trouble: Passing) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE) * uniform(0.8, 1.2)  # noqa: S311
        log.info("will try again", code=trouble.code, attempt=row.attempts)
        self._wait(
            row,
            "again",
            timedelta(seconds=pause),
            error=trouble.code,
            uncertain=row.uncertain or trouble.uncertain,
        )

    def _stop(self, row: OutboxRow, lost: TokenLost) -> None:
        log.error("the token is lost, delivery stops for this mission", code=lost.code)
        with self.database.transaction() as session:
            mission = get_mission(session, row.mission_id)
            mission.paused_reason = lost.code
            mission.paused_until = self.now() + UNTIL_THE_TOKEN_IS_TRIED_AGAIN
            outbox.settle(session, row.id, self.owner, error=lost.code)
        self.watch.delivered("token_lost")

    def _fail(self, row: OutboxRow, reason: str) -> None:
        log.error("not delivered", reason=reason)
        now = self.now()
        with self.database.transaction() as session:
            if outbox.settle(session, row.id, self.owner, state=State.FAILED, error=reason, settled_at=now):
                alarm(Work(session, get_mission(session, row.mission_id), now), row, reason)
        self.watch.delivered("failed")
