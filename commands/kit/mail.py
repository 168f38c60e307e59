"""E-mail as the second way to a person, through the same outbox as every message: once per key.

Nothing that is Confidential goes by e-mail. A text says that something waits and how to find it, never what it is.

Gesture: post.
"""

from __future__ import annotations

from datetime import datetime

from commands.kit.work import Work
from storage.machine import find_fact
from storage.mail import address_of
from storage.outbox import EMAIL, Call, put
from storage.subjects import Key, Subject


def mail(
    work: Work,
    address: str,
    subject: str,
    text: str,
    *,
    key: Key,
    person: str | None = None,
    about: Subject | None = None,
    not_before: datetime | None = None,
    on_done: str | None = None,
) -> bool:
    """An e-mail in plain text, sent once per `key`. Returns False when that key is there already.

    `subject` is its line of subject; `about` is what `post.take_back` knows it by, and what `on_done` is called with;
    `person` is whose address it is, so that admins read a name when it fails.
    """
    call = Call(
        key=key,
        method=EMAIL,
        arguments={"to": address, "subject": subject, "text": text, "user": person or ""},
        lane=f"mail:{address}",
        subject=about,
        not_before=not_before,
        on_done=on_done,
        caused_by=work.actor,
        request_id=work.request_id,
    )
    return put(work.session, work.mission.id, call, work.now)


def mail_is_set_up(work: Work) -> bool:
    """Whether the worker has a mail server, by its last sign of life."""
    fact = find_fact(work.session, "worker:heartbeat")
    return fact is not None and bool(fact.value.get("mail"))


def mail_person(
    work: Work,
    user_id: str,
    subject: str,
    text: str,
    *,
    key: Key,
    about: Subject | None = None,
    on_done: str | None = None,
) -> str | None:
    """An e-mail to a person. Returns why none was written: `mail_not_set_up` or `mail_no_address`; None when it was."""
    if not mail_is_set_up(work):
        return "mail_not_set_up"
    address = address_of(work.session, work.mission.id, user_id)
    if address is None:
        return "mail_no_address"
    mail(work, address, subject, text, key=key, person=user_id, about=about, on_done=on_done)
    return None
