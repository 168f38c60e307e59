"""Logs and metrics. Message texts never enter either."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import OperationalError
from structlog.typing import ExcInfo

from bot.delivery.slack import SlackTrouble
from storage.connection.trouble import KeyTakenError, NotNowError
from storage.connection.writers import Hold

log = structlog.get_logger()

# Errors that speak of connections and files, never of contents.
SAFE_TO_QUOTE = (OSError, OperationalError, SlackTrouble, NotNowError, KeyTakenError)
SECRET_NAMES = frozenset({"token", "secret", "password", "authorization", "signature", "text", "blocks", "body"})
# So many seconds of keeping others from writing are counted, and so many told in the log.
LONG_HOLD, TOLD_HOLD = 0.05, 0.2
LATENCIES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


def configure_logs(level: str, style: str) -> None:
    """Structured lines on standard error: coloured for a terminal, or one JSON object a line."""
    renderer = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_secrets,
            structlog.processors.ExceptionRenderer(_traceback),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr, force=True
    )
    # Bolt and the SDK write request bodies to their logs; their trouble reaches ours as an exception instead.
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False


def _traceback(exc_info: ExcInfo) -> str:
    """Where it happened and what kind of error it was. Its message is left out: it may quote what people wrote."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        told = str(error).partition("\n")[0] if isinstance(error, SAFE_TO_QUOTE) else ""
        frames = "".join(traceback.format_tb(error.__traceback__))
        lines.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}: {told}".rstrip(": "))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nfollowed by:\n".join(reversed(lines))


def _without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in SECRET_NAMES & event.keys():
        event[name] = "(left out)"
    return event


class Metrics:
    """The product's own figures, in Prometheus' format. Every metric is described in `docs/operations.md`."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._latency = Histogram(
            "rapporteur_acknowledgement_seconds",
            "Time from a delivery to its acknowledgement",
            ["kind"],
            registry=self.registry,
            buckets=LATENCIES,
        )
        self._repeats = Counter(
            "rapporteur_inbox_repeats", "Deliveries recognised as repeated", ["kind"], registry=self.registry
        )
        self._deliveries = Counter(
            "rapporteur_deliveries", "Outbox rows by what became of an attempt", ["outcome"], registry=self.registry
        )
        self._late = Counter(
            "rapporteur_ticks_late", "Schedule slots run a minute late or more", registry=self.registry
        )
        self._long_holds = Counter(
            "rapporteur_writers_held_long",
            "Units of work that kept others from writing for 50 ms or more",
            registry=self.registry,
        )
        self._bugs = Counter("rapporteur_bugs", "Requests and jobs that raised", registry=self.registry)
        self.depth = Gauge("rapporteur_outbox_depth", "Outbox rows that wait", registry=self.registry)
        self.oldest = Gauge(
            "rapporteur_outbox_oldest_due_seconds", "How long the oldest due outbox row waits", registry=self.registry
        )

    @staticmethod
    def start() -> float:
        """A mark for `heard`."""
        return time.perf_counter()

    def heard(self, kind: str, started: float) -> None:
        """A delivery from Slack has been answered."""
        self._latency.labels(kind).observe(time.perf_counter() - started)

    def repeated(self, kind: str) -> None:
        """A delivery came again."""
        self._repeats.labels(kind).inc()

    def delivered(self, outcome: str) -> None:
        """An attempt to deliver an outbox row ended."""
        self._deliveries.labels(outcome).inc()

    def late(self) -> None:
        """A slot of a schedule ran late."""
        self._late.inc()

    def held(self, hold: Hold) -> None:
        """A unit of work kept others from writing; the log says of which verb, timer or schedule when it was long."""
        if hold.seconds >= LONG_HOLD:
            self._long_holds.inc()
        if hold.seconds >= TOLD_HOLD:
            milliseconds, work = round(hold.seconds * 1000), round(hold.work * 1000)
            log.warning("kept others from writing", milliseconds=milliseconds, of_work=work)

    def bug(self) -> None:
        """Something raised that should not have."""
        self._bugs.inc()

    def text(self) -> bytes:
        """All metrics, as Prometheus reads them."""
        return generate_latest(self.registry)
