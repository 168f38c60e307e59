"""A load balancer in front of the web processes. It can lose answers, and cut requests before they arrive."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from itertools import count

CONNECT_SECONDS = 1.0


class Balancer:
    """Passes connections on to the ports in turn; one that refuses is passed over. Runs in a thread of its own."""

    def __init__(self, port: int, behind: list[int]) -> None:
        self.port = port
        self._behind = behind
        self._turn = count()
        self._lose = self._cut = 0
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="balancer")
        self._thread.start()
        self._ready.wait(10)

    def lose_answers(self, number: int) -> None:
        """The next so many requests arrive and their answers do not."""
        with self._lock:
            self._lose += number

    def cut_requests(self, number: int) -> None:
        """The next so many connections are closed before anything arrives."""
        with self._lock:
            self._cut += number

    def calm(self) -> None:
        """Lose and cut nothing more."""
        with self._lock:
            self._lose = self._cut = 0

    def close(self) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(5)

    def _end(self) -> None:
        for one in asyncio.all_tasks(self._loop):
            one.cancel()
        self._loop.call_later(0.1, self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=256))
        self._ready.set()
        self._loop.run_forever()

    def _take(self) -> tuple[bool, bool]:
        with self._lock:
            cut = self._cut > 0
            lose = not cut and self._lose > 0
            self._cut -= cut
            self._lose -= lose
            return cut, lose

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        cut, lose = self._take()
        found = None if cut else await self._connect()
        if found is None:
            writer.transport.abort()
            return
        there, back = found
        up = asyncio.ensure_future(_copy(reader, back))
        down = asyncio.ensure_future(_first_byte(there) if lose else _copy(there, writer))
        # Whoever hangs up first, the other has nothing more to say.
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        for task in (up, down):
            task.cancel()
        if lose:
            writer.transport.abort()
        for one in (writer, back):
            one.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        first = next(self._turn)
        for number in range(len(self._behind)):
            port = self._behind[(first + number) % len(self._behind)]
            with contextlib.suppress(OSError, TimeoutError):
                return await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), CONNECT_SECONDS)
        return None


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await source.read(65536):
            target.write(chunk)
            await target.drain()


async def _first_byte(source: asyncio.StreamReader) -> None:
    """Wait for the beginning of an answer: the product has done its work then."""
    with contextlib.suppress(OSError):
        await source.read(1)
