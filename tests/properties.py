"""How often property tests try: in full in `make test`, less often in `make quick`.

Where `CI` is set they try the same examples every time, as Hypothesis itself advises: what a change is refused for
shall be its own doing. At a desk they try new ones; what those find becomes a test.

Neither has a time limit for one example, nor for making one up: on a busy machine that says nothing about the code.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FULL, QUICK = "full", "quick"
FULL_EXAMPLES, QUICK_EXAMPLES = 100, 30


def prepare_profiles() -> None:
    """Make both profiles known; `--hypothesis-profile=quick` chooses the other one."""
    for name, examples in ((FULL, FULL_EXAMPLES), (QUICK, QUICK_EXAMPLES)):
        settings.register_profile(
            name,
            max_examples=examples,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            derandomize="CI" in os.environ,
        )
    settings.load_profile(FULL)


def examples(number: int) -> int:
    """For `settings(max_examples=...)`: that many in full, and the same share of them as everywhere if quick."""
    return max(1, number * settings().max_examples // FULL_EXAMPLES)
