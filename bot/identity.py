"""Who we are in Slack: one `auth.test`, kept for as long as the process lives."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from bot.slack_calls import SlackCalls


@dataclass(frozen=True, slots=True)
class Ourselves:
    """The bot as Slack knows it: the workspace, the bot's user, and the scopes that were granted."""

    team_id: str
    bot_user_id: str
    bot_id: str


class Identity:
    """Asks Slack once who we are. While Slack cannot be reached, every look asks again."""

    def __init__(self, slack: SlackCalls) -> None:
        self._slack = slack
        self._known: Ourselves | None = None
        self._lock = threading.Lock()

    def get(self) -> Ourselves:
        """Who we are. Raises as `SlackCalls.call` does while Slack has not told us."""
        with self._lock:
            if self._known is None:
                answer = self._slack.call("auth.test")
                self._known = Ourselves(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id") or ""))
            return self._known

    def team_id(self) -> str:
        """The workspace's id, which is the mission's id."""
        return self.get().team_id

    def bot_user_id(self) -> str:
        """Our own user id."""
        return self.get().bot_user_id
