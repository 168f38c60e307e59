"""A real SMTP server on the loopback, that does as tests ask."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from bot.delivery.smtp import MailServer
from tests.waiting import PATIENCE

USER, PASSWORD = "rapporteur", "correct horse"
SENDER = "Rapporteur <rapporteur@example.org>"


@dataclass
class Post:
    """What came, and how the server answers: `rcpt` and `data` as SMTP replies; `cut` hangs up instead of answering."""

    mails: list[EmailMessage] = field(default_factory=list)
    rcpt: str = ""
    data: str = ""
    cut: bool = False
    server: MailServer = field(init=False)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.data:
            return self.data
        found = message_from_bytes(envelope.content or b"", policy=default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        if self.cut:
            server.transport.abort()
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        """The subjects of what came, in order."""
        return [str(one["Subject"]) for one in self.mails]


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _knows(server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    well = isinstance(data, LoginPassword) and data.password == PASSWORD.encode() and data.login == USER.encode()
    return AuthResult(success=well, handled=well)


@contextmanager
def a_mail_server(*, certificate: tuple[Path, Path] | None = None, login: bool = False) -> Iterator[Post]:
    """A mail server; with a certificate it offers STARTTLS."""
    post = Post()
    options: dict[str, Any] = {}
    if certificate:
        options["tls_context"] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        options["tls_context"].load_cert_chain(*certificate)
    if login:
        options |= {"authenticator": _knows, "auth_required": True, "auth_require_tls": bool(certificate)}
    controller = Controller(post, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    post.server = MailServer("127.0.0.1", controller.port, SENDER, "none", seconds=5)
    try:
        yield post
    finally:
        controller.stop()


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the loopback that only we trust, and its key."""
    made = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"]
    files = ["-out", str(made[0]), "-keyout", str(made[1])]
    subprocess.run(["openssl", "req", *kind, *subject, *files], check=True, capture_output=True, timeout=PATIENCE)
    return made
