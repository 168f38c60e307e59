"""Every act that was acknowledged is there, and none is there twice."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.faults.storm.checks import Json, Seen, check
from tests.faults.storm.journal import Act, Outcome

# Where texts are on their way, or wait to be sent: being there is not being kept.
ON_THE_WAY = {"outbox", "inbox", "form_drafts", "return_drafts"}

# An item that is deferred stands in the agenda of the next meeting as a row of its own.
COPIED = "deferred_from_id"


@check
def every_acknowledged_act_is_kept(seen: Seen) -> Iterator[str]:
    """What somebody typed and was thanked for is kept, in the record of who did what at least."""
    kept = texts(seen.tables)
    for act in seen.acts:
        if act.outcome is Outcome.DONE and act.lasting:
            lost = [token for token in act.tokens if token not in kept]
            if lost:
                yield f"{told(act)}: acknowledged, and {lost} of {act.tokens} are nowhere"


@check
def nothing_is_there_twice(seen: Seen) -> Iterator[str]:
    """One act makes one row, however often its delivery came.

    Its row is the one that holds most of what was typed: a sector of a new agency may be chosen for another later.
    """
    for act in seen.acts:
        if act.once and act.tokens:
            rows = [json.dumps(row, default=str) for row in seen.tables.get(act.once, []) if not row.get(COPIED)]
            held = Counter(sum(token in row for token in act.tokens) for row in rows)
            most = max((number for number in held if number), default=0)
            count = held[most] if most else 0
            if count > 1 or (act.outcome is Outcome.DONE and count != 1):
                yield f"{told(act)}: {act.outcome}, and there are {count} rows of it in {act.once}"


@check
def what_was_refused_is_not_there(seen: Seen) -> Iterator[str]:
    """Nothing was changed, people were told."""
    kept = texts(seen.tables)
    for act in seen.acts:
        if act.outcome is Outcome.REFUSED and "nothing was changed" in act.said:
            there = [token for token in act.tokens if token in kept]
            if there:
                yield f"{told(act)}: was told that nothing was changed, and {there} are kept"


@check
def every_act_is_recorded_as_often_as_it_was_done(seen: Seen) -> Iterator[str]:
    """The product's record has an entry for each acknowledged act, and no more than were tried."""
    recorded = Counter((row["actor"], row["verb"]) for row in seen.tables.get("audit", []) if row["at"] >= seen.since)
    by_kind: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in seen.acts:
        if act.record:
            by_kind[act.who, act.record].append(act)
    wild = {act.who for act in seen.acts if act.wild}
    for (who, record), acts in by_kind.items():
        verbs = record.split("|")
        found = sum(recorded[who, verb] for verb in verbs)
        done = sum(act.outcome is Outcome.DONE for act in acts)
        yield from _too_few(seen, who, record, found, done)
        others = [one for one in seen.acts if one.who == who and set(one.record.split("|")) & set(verbs)]
        tried = sum(act.outcome not in {Outcome.REFUSED} for act in others)
        if who not in wild and found > tried:
            yield f"{who}: {found} entries {record} in the record, and only {tried} acts can have made one"


def _too_few(seen: Seen, who: str, record: str, found: int, done: int) -> Iterator[str]:
    if found < done:
        numbers = [a.number for a in seen.acts if (a.who, a.record, a.outcome) == (who, record, Outcome.DONE)]
        yield f"{who}: {done} acts {record} were acknowledged {numbers}, and {found} are in the record"


def texts(tables: dict[str, list[Json]]) -> str:
    """Everything that is kept, as one text to search."""
    kept = (row for name, rows in tables.items() if name not in ON_THE_WAY for row in rows)
    return "\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in kept)


def told(act: Act) -> str:
    """An act in one line."""
    return f"act {act.number} of {act.who}, {act.room}.{act.gesture}"
