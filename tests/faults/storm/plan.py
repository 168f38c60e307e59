"""What breaks when, from the seed alone."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

# What a call may do wrong, and how long a slow one takes: shorter than the product's ten seconds, or longer.
API_KINDS = ("429", "429", "500", "503", "cut_before", "cut_after", "slow", "error")
FAMILIES = ("chat.*", "chat.postMessage", "chat.update", "conversations.*", "views.*", "users.*", "files.*", "auth.*")
DELIVERY_KINDS = (*("duplicate",) * 6, "reorder", "delay", "drop")
DELIVERIES = (*("delivery:interactive",) * 3, "delivery:command", "delivery:event")


@dataclass(frozen=True)
class Trouble:
    """One thing that goes wrong, so many seconds after the storm began."""

    at: float
    kind: str
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rates:
    """How often things go wrong, in times a minute."""

    kill: float = 40.0
    end: float = 2.0
    freeze: float = 2.0
    api: float = 15.0
    delivery: float = 60.0
    balancer: float = 10.0
    database: float = 1.0
    jump: float = 1.0
    token: float = 1.0
    socket: float = 6.0
    mail: float = 2.0


def plan(seed: int, seconds: float, names: list[str], rates: Rates, *, socket_mode: bool) -> list[Trouble]:
    """Everything that goes wrong in a storm, in order."""
    found: list[Trouble] = []
    for kind, make in MAKERS.items():
        rate = getattr(rates, kind)
        if rate <= 0 or (kind == "socket" and not socket_mode):
            continue
        chance = random.Random(f"{seed}:{kind}")
        at = chance.expovariate(rate / 60)
        while at < seconds:
            found.append(Trouble(at, kind, make(chance, names)))
            at += chance.expovariate(rate / 60)
    return sorted(found, key=lambda one: one.at)


def _process(chance: random.Random, names: list[str]) -> dict[str, Any]:
    """`lives` is how many seconds it has at least been up when it ends; below zero, it may still be starting."""
    pause = chance.choice((0.0, 0.0, 0.1, 0.5, 2.0))
    # A web process takes longer to come up: ended as often as a worker, it would hardly ever answer anybody.
    likely = [1 if name.startswith("web") else 2 for name in names]
    lives = chance.choice((-1.0, 0.0, 0.5, 1.0, 3.0))
    return {
        "name": chance.choices(names, likely)[0],
        "lives": lives,
        "pause": pause,
        "off_by": round(chance.uniform(-3, 3), 1),
    }


def _freeze(chance: random.Random, names: list[str]) -> dict[str, Any]:
    # Longer than a lease, at times.
    return {"name": chance.choice(names), "seconds": chance.choice((0.5, 4.0, 20.0))}


def _api(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    kind = chance.choice(API_KINDS)
    seconds = chance.choice((1, 5, 30)) if kind == "429" else chance.choice((0.5, 2.5, 4, 12))
    # Few at a time: on a busy machine with few calls more than half of them would fail.
    fault = {"method": chance.choice(FAMILIES), "kind": kind, "count": chance.randint(1, 3), "seconds": seconds}
    return {**fault, "error": "internal_error"} if kind == "error" else fault


def _delivery(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    fault = {"method": chance.choice(DELIVERIES), "kind": chance.choice(DELIVERY_KINDS), "count": chance.randint(1, 3)}
    return {**fault, "seconds": chance.choice((1, 4))}


def _balancer(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    return {"lose": chance.randint(0, 3), "cut": chance.randint(0, 3)}


def _database(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    return {"how": chance.choice(("fast", "immediate")), "seconds": chance.choice((0.3, 1.0, 3.0))}


def _jump(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    # Beyond half an hour every response_url and every lease of before is old; back is what a corrected clock does.
    return {"seconds": chance.choice((40.0, 400.0, 2400.0, -10.0, -40.0))}


def _away(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    return {"seconds": chance.choice((0.5, 2.0, 6.0))}


def _token(chance: random.Random, names: list[str]) -> dict[str, Any]:
    return {**_away(chance, names), "state": chance.choice(("token_revoked", "token_expired"))}


def _socket(chance: random.Random, _names: list[str]) -> dict[str, Any]:
    return {"reason": chance.choice(("warning", "refresh_requested"))}


MAKERS = {
    "kill": _process,
    "end": _process,
    "freeze": _freeze,
    "api": _api,
    "delivery": _delivery,
    "balancer": _balancer,
    "database": _database,
    "jump": _jump,
    "token": _token,
    "socket": _socket,
    "mail": _away,
}
