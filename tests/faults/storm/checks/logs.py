"""No bug, no traceback, no text of anybody in a log, and every process ends when it is told to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from tests.faults.storm.checks import Seen, check
from tests.faults.storm.journal import Outcome

TOLD_TO_END_WITHIN = 10.0


@check
def no_bug_is_counted(seen: Seen) -> Iterator[str]:
    """The product's own count, and what it told people."""
    for name, text in seen.metrics.items():
        found = re.search(r"^rapporteur_bugs_total (\S+)", text, re.MULTILINE)
        if found and float(found[1]):
            yield f"{name} counts {found[1]} bugs"
    for act in seen.acts:
        if act.outcome is Outcome.BROKEN:
            yield f"act {act.number} of {act.who}, {act.room}.{act.gesture} was told: {act.said}"


@check
def no_traceback_is_logged(seen: Seen) -> Iterator[str]:
    """Each kind once, with how often it came."""
    for name, log in seen.logs.items():
        kinds: Counter[str] = Counter(line[-600:] for line in log.splitlines() if _is_bad(line))
        for line, times in kinds.items():
            yield f"{name}, {times} times: {line}"


def _is_bad(line: str) -> bool:
    if line.startswith("Traceback") or "panicked" in line:
        return True
    try:
        told = json.loads(line)
    except ValueError:
        return bool(re.match(r"(ERROR|CRITICAL) ", line))
    return isinstance(told, dict) and ("exception" in told or told.get("level") == "critical")


@check
def no_text_of_anybody_is_logged(seen: Seen) -> Iterator[str]:
    """Message texts never enter logs."""
    tokens = {token: act for act in seen.acts for token in act.tokens}
    for name, log in seen.logs.items():
        for token in set(re.findall(r"zq[a-z]{9}", log)) & tokens.keys():
            yield f"{name} holds {token} of act {tokens[token].number}"


@check
def every_process_ends_when_it_is_told_to(seen: Seen) -> Iterator[str]:
    """Within ten seconds of SIGTERM, and none ends by itself."""
    for name, seconds in seen.endings:
        if seconds > TOLD_TO_END_WITHIN:
            yield f"{name} took {seconds:.1f} seconds to end"
    yield from seen.odd
