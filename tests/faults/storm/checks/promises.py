"""What is offered when all is calm can be done."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.storm.checks import Seen, check


@check
def every_promise_is_kept(seen: Seen) -> Iterator[str]:
    """A button that stands there works for who sees it, or its message is drawn anew."""
    yield from seen.offers
