"""How an outbox row becomes an e-mail, at most once.

A row says `to`, `subject` and `text`. Before the text leaves, the row itself remembers it: when a worker dies, or the
line breaks, between the first byte and the server's answer, the message may have arrived and SMTP has no way to ask.
Then the row fails, admins are told, and a person decides whether it is sent again. An e-mail is the second way to
somebody who is also told in Slack and after whom the chain goes on: a lost one costs a wait, a doubled one trust.
Every attempt carries the same Message-ID, made from the row's key, so that most mailboxes show a repeated one once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Any

from bot.delivery.leases import LeaseLostError
from bot.delivery.slack import Permanent, Transient
from bot.delivery.smtp import UNKNOWN, MailServer
from commands.kit.handling import Handling
from storage import outbox
from storage.database import Database
from storage.outbox import Claimed, Sent

# A call for help of the day before yesterday helps nobody: what a mail server does not take for so long is given up.
GIVEN_UP_AFTER = timedelta(hours=24)
BEGUN = {"text_left": True}


@dataclass(slots=True)
class Emails:
    """Sends rows of `email.send`. `server` is None where no mail server is set up."""

    database: Database
    server: MailServer | None
    now: Callable[[], datetime]

    def send(self, row: Claimed) -> Sent:
        """Hand a row's message over. Raises Transient or Permanent."""
        if row.handling != Handling.UNCLASSIFIED:
            raise Permanent("handling")
        if self.server is None:
            raise Permanent("mail_not_set_up")
        if row.uncertain and row.outcome == BEGUN:
            self._note(row, None)
            raise Permanent(UNKNOWN)
        message = compose(row, self.server)
        try:
            self.server.deliver(str(row.arguments["to"]), message.as_bytes(policy=SMTP), lambda: self._note(row, BEGUN))
        except (Transient, Permanent) as trouble:
            # The outcome is known, or told as unknown: whoever presses "Send again" decides knowingly.
            self._note(row, None)
            if isinstance(trouble, Transient) and self.now() - row.created_at > GIVEN_UP_AFTER:
                raise Permanent(trouble.code, trouble.detail) from trouble
            raise
        return {"message_id": str(message["Message-ID"])}

    def _note(self, row: Claimed, note: dict[str, Any] | None) -> None:
        owner, now = row.lease_owner or "", self.now()
        if not self.database.work(lambda session: outbox.renew(session, row.id, owner, now, outcome=note)):
            raise LeaseLostError


def compose(row: Claimed, server: MailServer) -> EmailMessage:
    """The message of a row: the same bytes on every attempt."""
    name, address = parseaddr(server.sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name or "Rapporteur", addr_spec=address)
    message["To"] = Address(addr_spec=str(row.arguments["to"]))
    message["Subject"] = " ".join(str(row.arguments["subject"]).split())
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = f"<{sha256(f'{row.mission_id}:{row.key}'.encode()).hexdigest()[:40]}@{server.domain}>"
    # Out-of-office notices must not answer a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(str(row.arguments["text"]), cte="quoted-printable")
    return message
