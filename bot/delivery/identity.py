"""Who we are in Slack: one `auth.test`, kept in the process and written down, so that an outage of Slack's does not
keep the next process from knowing whose mission it serves.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.delivery.slack import RateLimited, SlackCalls, TokenLost, Transient
from storage.database import Database
from storage.machine import find_fact, put_fact


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """The bot as Slack knows it: the workspace, the bot's user, and its bot id."""

    team_id: str
    bot_user_id: str
    bot_id: str


# Our word for a token of a whole organisation: it names no workspace, and a mission is one workspace.
ORGANISATION_TOKEN = "organisation_token"  # noqa: S105 - a word


def identity_in(answer: dict[str, Any]) -> BotIdentity:
    """Who we are, in an answer of `auth.test`. Raises TokenLost where the token is not of one workspace."""
    team = str(answer.get("team_id") or "")
    if answer.get("is_enterprise_install") or not team or team.startswith("E"):
        raise TokenLost(ORGANISATION_TOKEN)
    return BotIdentity(team, str(answer["user_id"]), str(answer.get("bot_id") or ""))


class Identity:
    """Asks Slack once who we are. While Slack cannot be reached, or does not take the token, what it said last holds.

    `lost` is Slack's code for a token that it does not take, until somebody has dealt with it.
    """

    def __init__(self, slack: SlackCalls, database: Database, token: str) -> None:
        self._slack = slack
        self._database = database
        # A token names one installation; only its digest is written down.
        self._fact = f"identity:{hashlib.sha256(token.encode()).hexdigest()[:32]}"
        self.lost = ""
        self._known: BotIdentity | None = None
        self._lock = threading.Lock()

    def get(self) -> BotIdentity:
        """Who we are. Raises as `SlackCalls.call` does when Slack has never told us and does not now."""
        with self._lock:
            if self._known is None:
                self._known = self._ask()
            return self._known

    def _ask(self) -> BotIdentity:
        try:
            answer = self._slack.call("auth.test")
        except (Transient, RateLimited, TokenLost) as trouble:
            remembered = self._remembered()
            if remembered is None:
                raise
            self.lost = trouble.code if isinstance(trouble, TokenLost) else ""
            return remembered
        return identity_in(answer)

    def _remembered(self) -> BotIdentity | None:
        with self._database.reading() as session:
            fact = find_fact(session, self._fact)
        return BotIdentity(**fact.value) if fact is not None else None

    def write_down(self, session: Session, now: datetime) -> None:
        """Keep who we are for the next process. Not done by `get`, which may be asked inside a transaction."""
        put_fact(session, self._fact, asdict(self.get()), now)

    def team_id(self) -> str:
        """The workspace's id, which is the mission's id."""
        return self.get().team_id

    def bot_user_id(self) -> str:
        """Our own user id."""
        return self.get().bot_user_id
