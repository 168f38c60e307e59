"""Every message is in Slack once, and in its channel's order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from tests.faults.storm.checks import Json, Seen, check

POST = "chat.postMessage"
MOST_TROUBLES = 12
MAY_HAVE_ARRIVED, NOT_CLEARED, GIVEN_UP_BEFORE = "mail_unknown", "handling", "no_parent"
CLOCKS_DIFFER_BY = timedelta(seconds=10)


def key_of(post: Json) -> str:
    """The product's own name of a message, which it carries with it."""
    metadata = post.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("key", ""))


@check
def no_message_is_there_twice(seen: Seen) -> Iterator[str]:
    """One message, one key."""
    counts = Counter((post["channel"], key) for post in seen.posts if (key := key_of(post)))
    for (channel, key), times in counts.items():
        if times > 1:
            yield f"{key} is {times} times in {channel}"


@check
def every_message_that_was_sent_is_there(seen: Seen) -> Iterator[str]:
    """What the outbox says was sent, somebody can read, unless it was taken away again."""
    there = {key_of(post) for post in seen.posts}
    for row in seen.tables.get("outbox", []):
        if row["method"] == POST and row["state"] == "sent" and row["outcome"] and row["key"] not in there:
            yield f"{row['key']} was sent to {row['lane']} and is not there"


@check
def nothing_is_left_undelivered(seen: Seen) -> Iterator[str]:
    """No message was given up, but for the reasons that are rules of the product."""
    for row in seen.tables.get("outbox", []):
        # An e-mail that may have arrived waits for somebody to decide; who lost a role reads nothing Confidential.
        by_rule = str(row["error"]).startswith((MAY_HAVE_ARRIVED, NOT_CLEARED, GIVEN_UP_BEFORE))
        # In a long storm a message now and then meets twelve troubles, and what continues it has no place.
        if row["state"] == "failed" and not by_rule and int(row.get("troubles", 0)) + 1 < MOST_TROUBLES:
            yield f"{row['key']} ({row['method']}, {row['lane']}) was given up: {row['error']}"


@check
def messages_of_a_channel_are_in_order(seen: Seen) -> Iterator[str]:
    """None that was written after another had been tried already stands before it."""
    places = {key_of(post): str(post["ts"]) for post in seen.posts}
    lanes: defaultdict[str, list[Json]] = defaultdict(list)
    for row in sorted(seen.tables.get("outbox", []), key=lambda row: int(row["id"])):
        if row["method"] == POST and row["state"] == "sent" and row["key"] in places:
            lanes[row["lane"]].append(row)
    for lane, rows in lanes.items():
        for number, row in enumerate(rows):
            later = [one for one in rows[number + 1 :] if _written_after(row, one)]
            overtook = [one["key"] for one in later if places[one["key"]] < places[row["key"]]]
            if overtook:
                yield f"{lane}: {overtook} stand before {row['key']}, which had been tried before they were written"


def _written_after(row: Json, other: Json) -> bool:
    tried, written = row.get("first_tried_at"), other.get("created_at")
    # Clocks of processes differ by a few seconds.
    return tried is not None and written is not None and tried + CLOCKS_DIFFER_BY < written
