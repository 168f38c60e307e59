"""A bounded load of signed requests over kept-alive connections, made ready beforehand so that sending costs little."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Requests a second, and the median and 99th percentile of a request's time in milliseconds."""

    per_second: float
    p50: float
    p99: float
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


def measure(port: int, make: Callable[[int], bytes], *, secret: str, in_flight: int, seconds: float) -> Outcome:
    """Send requests for some seconds, so many at a time. `make` gives the body of the n-th request."""
    return asyncio.run(_measure(port, make, secret, in_flight, seconds))


async def _measure(port: int, make: Callable[[int], bytes], secret: str, in_flight: int, seconds: float) -> Outcome:
    begins = time.perf_counter()
    ends = begins + seconds
    runs = await asyncio.gather(*(_one(port, make, secret, ends, first, in_flight) for first in range(in_flight)))
    elapsed = time.perf_counter() - begins
    times = sorted(one for spent, _failed in runs for one in spent)
    return Outcome(
        per_second=len(times) / elapsed,
        p50=_percentile(times, 0.50),
        p99=_percentile(times, 0.99),
        failed=sum(failed for _spent, failed in runs),
    )


async def _one(
    port: int, make: Callable[[int], bytes], secret: str, ends: float, first: int, step: int
) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    spent: list[float] = []
    failed, number = 0, first
    while time.perf_counter() < ends:
        request = signed(make(number), secret)
        number += step
        began = time.perf_counter()
        writer.write(request)
        status = await _answer(reader)
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


def median(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome in the middle, by requests a second."""
    middle = statistics.median_low([one.per_second for one in outcomes])
    return next(one for one in outcomes if one.per_second == middle)
