"""The line between the product and PostgreSQL: it can be cut when a commit has arrived and before it is answered."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

SOCKET = ".s.PGSQL.5432"
# A message of PostgreSQL's protocol: a query with its text.
COMMIT = b"COMMIT\0"


class Line:
    """Passes connections on to the server."""

    def __init__(self, folder: Path, server: str) -> None:
        self.lose_commits = 0
        """The answers of the next so many commits are lost with every connection."""
        self.stays_cut = False
        """Whether nobody gets through after that."""
        self._is_cut = False
        self._server = server
        self._open: list[socket.socket] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen(32)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                if self._is_cut:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._open += [client, server]
                for pair in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                if asks and COMMIT in chunk and self.lose_commits:
                    self._lose(chunk, target)
                    return
                target.sendall(chunk)
            target.shutdown(socket.SHUT_RDWR)

    def _lose(self, chunk: bytes, server: socket.socket) -> None:
        self.lose_commits -= 1
        self._is_cut = self.stays_cut
        client = self._open[self._open.index(server) - 1]
        # Nothing of the answer gets back, and the server has all the time it needs.
        client.shutdown(socket.SHUT_RDWR)
        server.sendall(chunk)
        for one in self._open:
            if one is not server:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        self._open = [server]

    def mend(self) -> None:
        """Let everybody through again."""
        self._is_cut = False

    def close(self) -> None:
        """Stop."""
        self._listener.close()


@contextmanager
def a_line(url: str) -> Iterator[tuple[Line, str]]:
    """A line to a database of a server on this machine, and the address at its other end."""
    address = make_url(url)
    server = str(Path(str(address.query["host"])) / SOCKET)
    with tempfile.TemporaryDirectory(prefix="line-") as folder:
        line = Line(Path(folder), server)
        try:
            yield line, address.update_query_dict({"host": folder}).render_as_string(hide_password=False)
        finally:
            line.close()
