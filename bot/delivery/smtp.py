"""One e-mail to the mission's mail server, with its failure narrowed to what can be done about it.

SMTP cannot be asked what became of a message. Once the text has begun to leave, only the server's answer tells; when
the line breaks before that answer, the message may or may not be in somebody's inbox, and nobody can look it up.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal

from bot.delivery.slack import Permanent, Transient

Security = Literal["starttls", "tls", "none"]
UNKNOWN = "mail_unknown"
SECONDS = 20
GO_AHEAD = 354
TAKEN = 250
REFUSED_FOR_GOOD = 500


class UnknownOutcome(Permanent):
    """The server had the text and gave no answer: whether it arrived cannot be found out."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed over. `seconds` bounds connecting and every wait for an answer.

    `starttls` and `tls` accept only a certificate that this machine trusts and that names the host; there is no
    falling back to an open line.
    """

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        """The sender's bare address."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The domain that messages of ours are named after."""
        return self.address.rpartition("@")[2]

    def check(self) -> None:
        """Connect and log in, hand nothing over. Raises Transient or Permanent."""
        with _narrowed(), self._line() as line:
            line.noop()

    def deliver(self, to: str, content: bytes, begin: Callable[[], None]) -> None:
        """Hand one message over. `begin` is called when its text is about to leave, and may raise to stop it.

        Raises Transient (nothing was done, try later), Permanent (refused), UnknownOutcome (see the module).
        """
        with _narrowed(), self._line() as line:
            _expect(line.mail(self.address))
            _expect(line.rcpt(to))
            _expect(line.docmd("DATA"), GO_AHEAD)
            begin()
            answer = _hand_over(line, content)
            _expect(answer)

    @contextmanager
    def _line(self) -> Iterator[smtplib.SMTP]:
        line = self._connected()
        try:
            line.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                line.starttls(context=self._context())
                # What was said on the open line does not count any more (RFC 3207).
                line.ehlo_or_helo_if_needed()
            if self.user:
                line.login(self.user, self.password)
            yield line
        finally:
            line.close()

    def _connected(self) -> smtplib.SMTP:
        # The name we say is our own; asking DNS for it can take longer than the whole delivery.
        ourselves = socket.gethostname()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, ourselves, timeout=self.seconds, context=self._context())
        return smtplib.SMTP(self.host, self.port, ourselves, timeout=self.seconds)

    def _context(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()


def _hand_over(line: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    """Send the text and its end; from here on a silence is an unknown outcome."""
    body = re.sub(rb"(?m)^\.", b"..", content.rstrip(b"\r\n")) + b"\r\n.\r\n"
    try:
        line.send(body)
        return line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise UnknownOutcome(UNKNOWN) from error


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    code = answer[0]
    if code in (wanted or (TAKEN, TAKEN + 1)):
        return
    # The server's words may quote the address or the text: only its codes are kept.
    enhanced = re.match(rb"[245]\.\d{1,3}\.\d{1,3}", answer[1] or b"")
    raise _refusal(code, enhanced.group().decode() if enhanced else "")


def _refusal(code: int, detail: str = "") -> Transient | Permanent:
    if code >= REFUSED_FOR_GOOD:
        return Permanent(f"smtp_{code}", detail)
    return Transient(f"smtp_{code}", detail, uncertain=False)


@contextmanager
def _narrowed() -> Iterator[None]:
    """What can go wrong before the text leaves, as Transient or Permanent."""
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        raise Permanent("smtp_not_supported") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code) from error
    except ssl.SSLError as error:
        raise Transient("smtp_tls", type(error).__name__, uncertain=False) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Transient("smtp_connection", type(error).__name__, uncertain=False) from error
