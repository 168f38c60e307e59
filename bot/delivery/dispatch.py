"""Drains the outbox to Slack: each row once in effect, in order per lane, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import uniform
from threading import Lock

import structlog
from sqlalchemy.orm import Session

from bot.delivery.identity import Identity
from bot.delivery.leases import LeaseLostError
from bot.delivery.outgoing import Outgoing
from bot.delivery.pool import Pool
from bot.delivery.settling import Settling, of_row, tell_unsettled
from bot.delivery.slack import TIMED_OUT, RateLimited, SlackCalls, SlackTrouble, TokenLost, Transient
from bot.delivery.smtp import MailServer
from bot.observe import Metrics
from bot.rooms import House
from storage import outbox
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.missions import Mission, go_on, stop
from storage.outbox import EMAIL, LIMITED, Claimed, report

BATCH = 16
PACE = timedelta(seconds=1)
# What left waits so long for whatever else is on its way, so that one commit serves all of it.
SECONDS_FOR_COMPANY = 0.02
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
    settling: Settling = field(init=False)
    _held_until: dict[str, datetime] = field(default_factory=dict)
    _dm_channels: dict[tuple[str, str], str] = field(default_factory=dict)
    _looking: dict[tuple[str, str], Lock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """One place where everything is settled that this worker had in hand."""
        self.settling = Settling(self.database, self.house, self.metrics, self.now, self.owner)

    def drain(self) -> int:
        """Settle what left meanwhile, and take in hand what is due now, as much as there are hands for.

        Returns how many rows were settled and taken.
        """
        mission_id = self.identity.team_id()
        settled, rows = self._go_on(mission_id) if self.settling.handed_over() else (0, self._begin(mission_id))
        for row in rows:
            if self.pool is None:
                self._deliver(row)
                self.settling.together()
            else:
                self.pool.begin(self._deliver, row)
        return settled + len(rows)

    def _go_on(self, mission_id: str) -> tuple[int, list[Claimed]]:
        """Settle what left together with what is about to, and claim the next in the same transaction."""
        if self.pool:
            self.pool.finish(SECONDS_FOR_COMPANY)
        room = self._room()
        claim = partial(self._claim, mission_id=mission_id, room=room, only=None, unless_paused=True)
        return self.settling.together(claim if room else None)

    def _begin(self, mission_id: str) -> list[Claimed]:
        room = self._room()
        any_due, only = self._what_is_due(mission_id) if room else (False, None)
        if not any_due:
            return []
        return self.database.work(partial(self._claim, mission_id=mission_id, room=room, only=only))

    def _room(self) -> int:
        return self.pool.free() if self.pool else BATCH

    def _claim(
        self, session: Session, *, mission_id: str, room: int, only: str | None, unless_paused: bool = False
    ) -> list[Claimed]:
        return outbox.claim(
            session,
            self.owner,
            self.now(),
            room,
            mission_id=mission_id,
            pace=self.pace,
            only=only,
            unless_paused=unless_paused,
        )

    def settle_left(self) -> None:
        """Settle what was sent and is not settled yet, and take nothing more in hand: for a worker that ends."""
        self.settling.together()

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

    def _deliver(self, row: Claimed) -> None:
        with of_row(row):
            try:
                self._attempt(row)
            except (LeaseLostError, NotNowError) as trouble:
                tell_unsettled(trouble)
            except Exception:
                self.metrics.bug()
                raise

    def _attempt(self, row: Claimed) -> None:
        until = self._held_until.get(row.method, self.now())
        if until > self.now():
            # Taken in the same breath as a row that met the limit: asking again would only meet it again.
            self.settling.waits(row, "held", until - self.now(), error=LIMITED)
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
            self.settling.failed(row, f"{refusal.code} {refusal.detail}".strip())
        except (LeaseLostError, NotNowError):
            raise
        except Exception as bug:
            self.metrics.bug()
            log.exception("bug in delivery")
            self.settling.failed(row, f"bug: {type(bug).__name__}")
        else:
            self.settling.sent(row, outcome)

    def _hold(self, row: Claimed, pause: timedelta) -> None:
        """Wait as long as Slack says. A limit on posting is the channel's; every other counts for the workspace."""
        self.settling.waits(row, "held", pause, error=LIMITED)
        if row.method not in POSTS:
            until = self._held_until[row.method] = self.now() + pause
            self.database.work(lambda session: outbox.pause_method(session, row.mission_id, row.method, until))

    def _again(self, row: Claimed, trouble: Transient) -> None:
        troubles = row.troubles + trouble.uncertain
        if troubles >= TRIES_WHILE_OTHERS_LEAVE and trouble.uncertain and self._others_leave(row):
            self.settling.failed(row, trouble.code)
            return
        pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE)
        pause = max(pause, PAUSE_AFTER_SILENCE if trouble.code == TIMED_OUT else 0) * uniform(0.8, 1.2)  # noqa: S311
        log.info("will try again", code=trouble.code, attempt=row.attempts)
        self.settling.waits(
            row,
            "again",
            timedelta(seconds=pause),
            error=trouble.code,
            uncertain=row.uncertain or trouble.uncertain,
            troubles=troubles,
        )

    def _others_leave(self, row: Claimed) -> bool:
        with self.database.reading() as session:
            return report.left_since(session, row.mission_id, row.method, self.now() - OTHERS_LEFT_WITHIN)

    def _stop(self, row: Claimed, lost: TokenLost) -> None:
        log.error("the token is lost, delivery stops for this mission", code=lost.code)
        self.settling.stopped(row, lost.code, self.now() + UNTIL_THE_TOKEN_IS_TRIED_AGAIN)
