"""The mail server of the storm: it keeps what it gets, and goes away."""

from __future__ import annotations

import threading
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


class PostOffice:
    """An SMTP server on the loopback."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._controller: Controller | None = None
        self.mails: list[tuple[list[str], str]] = []
        """Recipients and the whole mail, in order."""
        self.give()

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        self.mails.append(
            ([str(one) for one in envelope.rcpt_tos], (envelope.content or b"").decode("utf-8", "replace"))
        )
        return "250 OK"

    def take(self) -> None:
        """Go away."""
        with self._lock:
            if self._controller is not None:
                self._controller.stop()
                self._controller = None

    def give(self) -> None:
        """Come back."""
        with self._lock:
            if self._controller is None:
                self._controller = Controller(self, hostname="127.0.0.1", port=self._port)
                self._controller.start()
