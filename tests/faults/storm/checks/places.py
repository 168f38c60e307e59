"""No Confidential text is where somebody reads it who is not cleared."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.storm.checks import Seen, check
from tests.faults.storm.filling import TOKEN


@check
def no_text_is_where_it_may_not_be(seen: Seen) -> Iterator[str]:
    """What was entered as Confidential is in no channel, message, Home, form or file of theirs, and in no mail.

    A form that did not arrive comes back with its words; whoever then sends them as Unclassified has decided so.
    """
    decided = {token for act in seen.acts for token in act.reused}
    secret = {token: act for act in seen.acts if act.secret for token in act.tokens if token not in decided}
    for who in seen.uncleared:
        places = seen.places[who]
        for place, text in places.items():
            for token in set(TOKEN.findall(text)) & secret.keys():
                act = secret[token]
                yield f"{who} reads {token} of act {act.number} ({act.room}.{act.gesture}) in {place}"
    for addresses, mail in seen.mails:
        for token in set(TOKEN.findall(mail)) & secret.keys():
            yield f"{token} of act {secret[token].number} went by mail to {addresses}"
