"""Drains the outbox to Slack: each row once in effect, in order per lane, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import uniform
from threading import Lock
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.delivery.alarms import alarm
from bot.delivery.identity import Identity
from bot.delivery.leases import LeaseLostError
from bot.delivery.outgoing import Outgoing, subject_of
from bot.delivery.pool import Pool
from bot.delivery.slack import TIMED_OUT, RateLimited, SlackCalls, SlackTrouble, TokenLost, Transient
from bot.delivery.smtp import MailServer
from bot.observe import Metrics
from bot.rooms import House
from commands.kit.work import Work
from storage import outbox, posts
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import Mission, get_mission, go_on, stop
from storage.outbox import EMAIL, LIMITED, OutboxRow, Sent, State, report
from storage.subjects import Subject

BATCH = 16
PACE = timedelta(seconds=1)
POSTS = frozenset({"chat.postMessage", "files.upload"})
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
# Slack may still be at work on a call that we stopped waiting for: looking at once could miss the message.
PAUSE_AFTER_SILENCE = 15.0
# So often a message may meet trouble of Slack's own while others leave; then it is this message that is the trouble.
TRIES_WHILE_OTHERS_LEAVE = 12
OTHERS_LEFT_WITHIN = timedelta(minutes=15)
UNTIL_THE_TOKEN_IS_TRIED_AGAIN = timedelta(seconds=60)

log = structlog.get_logger()


@dataclass(slots=True)
class Delivery:
    """One worker's deliveries. `owner` names the worker in leases; `pace` is the pause between posts in one lane.

    Without a `pool` rows are delivered one after the other, before `drain` returns.
    """

    database: Database
    house: House
    slack: SlackCalls
    identity: Identity
    metrics: Metrics
    now: Callable[[], datetime]
    owner: str
    pace: timedelta = PACE
    pool: Pool | None = None
    mail: MailServer | None = None
    _held_until: dict[str, datetime] = field(default_factory=dict)
    _dm_channels: dict[tuple[str, str], str] = field(default_factory=dict)
    _looking: dict[tuple[str, str], Lock] = field(default_factory=dict)

    def drain(self) -> int:
        """Take in hand what is due now, as much as there are hands for. Returns how many rows."""
        mission_id = self.identity.team_id()
        room = self.pool.free() if self.pool else BATCH
        any_due, only = self._what_is_due(mission_id) if room else (False, None)
        if not any_due:
            return 0
        rows = self.database.work(lambda session: self._claim(session, mission_id, room, only))
        for row in rows:
            if self.pool is None:
                self._deliver(row)
            else:
                self.pool.begin(self._deliver, row)
        return len(rows)

    def _claim(self, session: Session, mission_id: str, room: int, only: str | None) -> list[OutboxRow]:
        rows = outbox.claim(session, self.owner, self.now(), room, mission_id=mission_id, pace=self.pace, only=only)
        session.expunge_all()
        return rows

    def _what_is_due(self, mission_id: str) -> tuple[bool, str | None]:
        """Whether rows may leave now, and of which method alone: a lost token, tried once a minute, stops no e-mail."""
        now = self.now()
        with self.database.reading() as session:
            if not outbox.has_due(session, mission_id, now, pace=self.pace):
                return False, None
            mission = session.get(Mission, mission_id)
            if mission is None or mission.paused_reason is None:
                return True, None
            waits = mission.paused_until is not None and now < mission.paused_until
            by_mail = outbox.has_due(session, mission_id, now, only=EMAIL)
        if not waits and self._token_works_again(mission_id):
            return True, None
        return by_mail, EMAIL

    def _token_works_again(self, mission_id: str) -> bool:
        try:
            self.slack.call("auth.test")
        except SlackTrouble:
            works = False
        else:
            works = True
            log.info("token works again")
        until = self.now() + UNTIL_THE_TOKEN_IS_TRIED_AGAIN
        self.database.work(lambda session: go_on(session, mission_id) if works else stop(session, mission_id, until))
        return works

    def _deliver(self, row: OutboxRow) -> None:
        with structlog.contextvars.bound_contextvars(request=row.request_id, row=row.id, method=row.method):
            try:
                self._attempt(row)
            except LeaseLostError:
                log.warning("lease lost, the row is somebody else's now")
            except NotNowError as trouble:
                # The row stays leased: whoever finds the lease run out looks whether Slack has the message.
                log.warning("could not save, the row waits for its lease to run out", trouble=str(trouble))
            except Exception:
                self.metrics.bug()
                raise

    def _attempt(self, row: OutboxRow) -> None:
        until = self._held_until.get(row.method, self.now())
        if until > self.now():
            # Taken in the same breath as a row that met the limit: asking again would only meet it again.
            self._wait(row, "held", until - self.now(), error=LIMITED)
            return
        outgoing = Outgoing(
            self.database, self.house, self.slack, self.identity, self.now, self._dm_channels, self.mail, self._looking
        )
        try:
            outcome = outgoing.send(row)
        except RateLimited as held:
            self._hold(row, timedelta(seconds=held.seconds))
        except Transient as trouble:
            self._again(row, trouble)
        except TokenLost as lost:
            self._stop(row, lost)
        except SlackTrouble as refusal:
            self._fail(row, f"{refusal.code} {refusal.detail}".strip())
        except (LeaseLostError, NotNowError):
            raise
        except Exception as bug:
            self.metrics.bug()
            log.exception("bug in delivery")
            self._fail(row, f"bug: {type(bug).__name__}")
        else:
            self._done(row, outcome)

    def _done(self, row: OutboxRow, outcome: Sent) -> None:
        try:
            self._settle_sent(row, outcome, error=None, then=row.on_done)
        except (LeaseLostError, NotNowError):
            raise
        except Exception as bug:
            # The message is out; what should follow it raised. Sending again would not mend that.
            self.metrics.bug()
            log.exception("bug after delivery", then=row.on_done)
            self._settle_sent(row, outcome, error=f"bug: {type(bug).__name__}", then=None)

    def _settle_sent(self, row: OutboxRow, outcome: Sent, *, error: str | None, then: str | None) -> None:
        values = {"outcome": outcome, "settled_at": self.now(), "error": error, "attachment": None}
        # A message that was drawn as it left has its level since then.
        values["handling"] = row.handling
        self.database.work(lambda session: self._note_sent(session, row, values, then))
        self.metrics.delivered("sent")

    def _note_sent(self, session: Session, row: OutboxRow, values: dict[str, Any], then: str | None) -> None:
        now, outcome = values["settled_at"], values["outcome"]
        if not outbox.settle(session, row.id, self.owner, state=State.SENT, **values):
            raise LeaseLostError
        about = subject_of(row)
        if about and outcome.get("ts"):
            posts.remember_post(
                session, row.mission_id, about, channel_id=outcome["channel"], ts=outcome["ts"], shown_at=now
            )
        if then:
            work = self._work(session, row, now)
            self.house.results[then](work, Subject.parse(row.subject or ""), outcome)
            self.house.follow(work)

    def _work(self, session: Session, row: OutboxRow, now: datetime) -> Work:
        mission = get_mission(session, row.mission_id)
        return Work(session, mission, now, request_id=row.request_id or "", prefix=self.house.prefix)

    def _hold(self, row: OutboxRow, pause: timedelta) -> None:
        """Wait as long as Slack says. A limit on posting is the channel's; every other counts for the workspace."""
        self._wait(row, "held", pause, error=LIMITED)
        if row.method not in POSTS:
            until = self._held_until[row.method] = self.now() + pause
            self.database.work(lambda session: outbox.pause_method(session, row.mission_id, row.method, until))

    def _wait(self, row: OutboxRow, label: str, pause: timedelta, **values: Any) -> None:
        values["not_before"] = self.now() + pause
        self.database.work(lambda session: outbox.settle(session, row.id, self.owner, **values))
        self.metrics.delivered(label)

    def _again(self, row: OutboxRow, trouble: Transient) -> None:
        troubles = row.troubles + trouble.uncertain
        if troubles >= TRIES_WHILE_OTHERS_LEAVE and trouble.uncertain and self._others_leave(row):
            self._fail(row, trouble.code)
            return
        pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE)
        pause = max(pause, PAUSE_AFTER_SILENCE if trouble.code == TIMED_OUT else 0) * uniform(0.8, 1.2)  # noqa: S311
        log.info("will try again", code=trouble.code, attempt=row.attempts)
        self._wait(
            row,
            "again",
            timedelta(seconds=pause),
            error=trouble.code,
            uncertain=row.uncertain or trouble.uncertain,
            troubles=troubles,
        )

    def _others_leave(self, row: OutboxRow) -> bool:
        with self.database.reading() as session:
            return report.left_since(session, row.mission_id, row.method, self.now() - OTHERS_LEFT_WITHIN)

    def _stop(self, row: OutboxRow, lost: TokenLost) -> None:
        log.error("the token is lost, delivery stops for this mission", code=lost.code)
        until = self.now() + UNTIL_THE_TOKEN_IS_TRIED_AGAIN

        def note(session: Session) -> None:
            stop(session, row.mission_id, until, lost.code)
            outbox.settle(session, row.id, self.owner, error=lost.code)

        self.database.work(note)
        self.metrics.delivered("token_lost")

    def _fail(self, row: OutboxRow, reason: str) -> None:
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

    def _settle_failed(self, row: OutboxRow, reason: str, *, then: str | None) -> None:
        now = self.now()
        self.database.work(lambda session: self._note_failed(session, row, reason, then, now))

    def _note_failed(self, session: Session, row: OutboxRow, reason: str, then: str | None, now: datetime) -> None:
        if not outbox.settle(session, row.id, self.owner, state=State.FAILED, error=reason, settled_at=now):
            return
        alarm(Work(session, get_mission(session, row.mission_id), now), row, reason)
        if then in self.house.failures:
            code = reason.split(" ", maxsplit=1)[0]
            work = self._work(session, row, now)
            self.house.failures[then](work, Subject.parse(row.subject or ""), code)
            self.house.follow(work)
