"""What pages and tests are told as it happens: numbered news, each for those who may see it."""

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

KEPT = 5000


@dataclass
class News:
    """One piece of news; ``audience`` None is everybody."""

    seq: int
    body: Json
    audience: frozenset[str] | None

    def concerns(self, user: str) -> bool:
        """Whether a person may see it."""
        return self.audience is None or user in self.audience


class Live:
    """The last news, and a way to wait for the next."""

    def __init__(self) -> None:
        self._news: deque[News] = deque(maxlen=KEPT)
        self._seq = 0
        self._came = asyncio.Event()

    def watch(self, workspace: Workspace) -> None:
        """Hear a workspace's news."""
        workspace.on_people_news.append(self.push)

    @property
    def last(self) -> int:
        """The number of the newest news."""
        return self._seq

    @property
    def oldest(self) -> int:
        """The number before the oldest news still kept."""
        return self._news[0].seq - 1 if self._news else self._seq

    def push(self, body: Json, audience: frozenset[str] | None) -> None:
        """Add news."""
        self._seq += 1
        self._news.append(News(self._seq, body, audience))
        self._came.set()
        self._came = asyncio.Event()

    def notice(self, user: str, text: str, app: str, level: str = "error") -> None:
        """Tell one person something in passing."""
        self.push({"type": "notice", "text": text, "level": level, "app": app}, frozenset([user]))

    def after(self, seq: int, user: str) -> list[News]:
        """What a person may see of the news above a number."""
        found: list[News] = []
        for news in reversed(self._news):
            if news.seq <= seq:
                break
            if news.concerns(user):
                found.append(news)
        return found[::-1]

    async def wait(self, seq: int) -> None:
        """Wait until there is news above a number, whoever it is for."""
        while self._seq <= seq:
            await self._came.wait()
