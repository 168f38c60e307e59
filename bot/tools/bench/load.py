"""A bounded load of signed requests over kept-alive connections, and rounds in which servers take turns."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.tools.bench.stage import cpu_of

# Whoever is not answered within so many seconds has failed: a server that hangs must not hold the run.
LONGEST_ANSWER = 60.0
# The body of a connection's next request; connections are numbered from 0.
Make = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Requests a second, and the median and 99th percentile of a request's time in milliseconds.

    `cpu` is the processor time of the server's processes a request, in milliseconds.
    """

    per_second: float
    p50: float
    p99: float
    failed: int
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server under load: where it listens, its processes, and what it is asked."""

    ports: Sequence[int]
    make: Make
    processes: Sequence[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Rounds:
    """What several rounds gave: the round in the middle, the slowest and the fastest."""

    middle: Outcome
    low: float
    high: float
    failed: int


def signed(body: bytes, secret: str) -> bytes:
    """A whole HTTP request to Slack's path, signed as Slack signs."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + body


def take_turns(
    servers: dict[str, Server], *, secret: str, in_flight: int, seconds: float, rounds: int
) -> dict[str, Rounds]:
    """Each server under load once a round, so that what else the machine does meets all of them alike."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in servers}
    for _round in range(rounds):
        for name, one in servers.items():
            outcomes[name].append(measure(one, secret=secret, in_flight=in_flight, seconds=seconds))
    return {name: _summed_up(found) for name, found in outcomes.items()}


def _summed_up(outcomes: Sequence[Outcome]) -> Rounds:
    speeds = [one.per_second for one in outcomes]
    middle = statistics.median_low(speeds)
    found = next(one for one in outcomes if one.per_second == middle)
    return Rounds(found, min(speeds), max(speeds), sum(one.failed for one in outcomes))


def measure(one: Server, *, secret: str, in_flight: int, seconds: float = 0, requests: int = 0) -> Outcome:
    """Send requests for some seconds, or so many of them, so many at a time."""
    before = sum(map(cpu_of, one.processes))
    times, failed, elapsed = asyncio.run(_measure(one, secret, in_flight, seconds, requests))
    spent = sum(map(cpu_of, one.processes)) - before
    return Outcome(
        per_second=len(times) / elapsed,
        p50=_percentile(times, 0.50),
        p99=_percentile(times, 0.99),
        failed=failed,
        cpu=spent * 1000 / max(len(times), 1),
    )


async def _measure(
    one: Server, secret: str, in_flight: int, seconds: float, requests: int
) -> tuple[list[float], int, float]:
    begins = time.perf_counter()
    until = begins + seconds if seconds else float("inf")
    share = -(-requests // in_flight) if requests else 0
    runs = await asyncio.gather(*(_connection(one, secret, lane, until, share) for lane in range(in_flight)))
    elapsed = time.perf_counter() - begins
    times = sorted(spent for found, _failed in runs for spent in found)
    return times, sum(failed for _found, failed in runs), elapsed


async def _connection(one: Server, secret: str, lane: int, until: float, requests: int) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", one.ports[lane % len(one.ports)])
    spent: list[float] = []
    failed = 0
    while time.perf_counter() < until and (not requests or len(spent) < requests):
        request = signed(one.make(lane), secret)
        began = time.perf_counter()
        writer.write(request)
        try:
            async with asyncio.timeout(LONGEST_ANSWER):
                status = await _answer(reader)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            failed += 1
            break
        spent.append((time.perf_counter() - began) * 1000)
        failed += status != 200
    writer.close()
    return spent, failed


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = head.split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
    else:
        while (size := int(await reader.readline(), 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(lines[0].split(" ")[1])


def _percentile(times: Sequence[float], part: float) -> float:
    return times[min(int(len(times) * part), len(times) - 1)] if times else 0.0
