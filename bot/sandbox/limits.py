"""Rate limits per method and token, and one message a second per channel (docs.slack.dev/apis/web-api/rate-limits).

They follow the workspace's clock. Off unless the sandbox is strict.
"""

import math

from bot.sandbox.clock import Clock

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
_POSTS = {"chat.postMessage", "chat.meMessage"}


class Limits:
    """Token buckets: as many calls at once as the tier allows a minute, refilled evenly."""

    def __init__(self, clock: Clock, *, strict: bool) -> None:
        self.strict = strict
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, app_id: str, method: str, tier: int | str, channel: str = "") -> int:
        """Take one call; 0 when it may go ahead, else the seconds for ``Retry-After``."""
        if not self.strict:
            return 0
        if method in _POSTS:
            return self._take((app_id, f"{method}:{channel}"), 1.0, 1.0)
        if isinstance(tier, int):
            most = float(PER_MINUTE[tier])
            return self._take((app_id, method), most, most / 60)
        return 0

    def _take(self, key: tuple[str, str], most: float, per_second: float) -> int:
        now = self._clock.now()
        left, since = self._buckets.get(key, (most, now))
        left = min(most, left + (now - since) * per_second)
        if left >= 1:
            self._buckets[key] = (left - 1, now)
            return 0
        self._buckets[key] = (left, now)
        return max(1, math.ceil((1 - left) / per_second))
