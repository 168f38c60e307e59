"""How much one person may cause others in an hour or a day, and the way round it.

A room that lets people reach others at once, or somebody outside, counts it with `spend`. The numbers are settings of
the installation; coordinators and whoever is on duty are not counted, so that there is always somebody who may.

Gesture: say who may.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from commands.kit.permission import holders_of, one_of
from commands.kit.refused import Refused
from commands.kit.words import _, ngettext
from commands.kit.work import Limits, Request
from storage import limits
from storage.people import Role, people_of

FREE = one_of(Role.ADMIN, Role.COORDINATOR, Role.SRSG_OFFICE, Role.DUTY_OFFICER)
NAMED_AT_MOST = 3
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Limited(StrEnum):
    """What is counted: immediate escalations, e-mails that prove an address, direct messages to others."""

    IMMEDIATE = "immediate"
    PROOFS = "proofs"
    MESSAGES = "messages"


def _most_in(what: Limited, numbers: Limits) -> tuple[int, timedelta]:
    """How much, in how long."""
    return {
        Limited.IMMEDIATE: (numbers.immediate_an_hour, AN_HOUR),
        Limited.PROOFS: (numbers.proof_emails_a_day, A_DAY),
        Limited.MESSAGES: (numbers.messages_an_hour, AN_HOUR),
    }[what]


def spend(request: Request, what: Limited, count: int = 1, *, field: str | None = None) -> None:
    """Count what this request does to others. Raises Refused (at `field`), and counts nothing, when it is too much."""
    if FREE.is_met_by(request.who):
        return
    most, per = _most_in(what, request.limits)
    since = request.now - (request.now - _EPOCH) % per
    sum_now = limits.spend(request.session, request.mission.id, request.who.user_id, what, since, count)
    if sum_now > most:
        raise Refused(f"{_too_much(what, most)} {_way_round(request)}", field)


def _too_much(what: Limited, most: int) -> str:
    return {
        Limited.IMMEDIATE: ngettext(
            "One person may raise {count} immediate escalation an hour, and you have. Choose Urgent, or wait.",
            "One person may raise {count} immediate escalations an hour, and you have. Choose Urgent, or wait.",
            most,
        ),
        Limited.PROOFS: ngettext(
            "One person may have {count} e-mail a day sent to prove addresses, and you have. Try again tomorrow.",
            "One person may have {count} e-mails a day sent to prove addresses, and you have. Try again tomorrow.",
            most,
        ),
        Limited.MESSAGES: ngettext(
            "One person may cause {count} direct message to others an hour, and this would be more. Wait an hour.",
            "One person may cause {count} direct messages to others an hour, and this would be more. Wait an hour.",
            most,
        ),
    }[what].format(count=most)


def _way_round(request: Request) -> str:
    users = holders_of(request.session, request.mission.id, frozenset({Role.COORDINATOR}))
    known = people_of(request.session, request.mission.id, users)
    # Names, not mentions: what stands next to a field is plain text.
    names = [known[user].name for user in users if user in known and known[user].is_full]
    if not names:
        return _("A coordinator may do it; an admin can name one.")
    return _("A coordinator may do it: {people}.").format(people=", ".join(names[:NAMED_AT_MOST]))


def spend_messages(request: Request) -> None:
    """Count the direct messages to others that this request has put in the outbox. Raises Refused."""
    if request.told:
        spend(request, Limited.MESSAGES, request.told)
