"""What Slack publishes of each method, condensed in ``facts.json``."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "facts.json"


@dataclass(frozen=True)
class Facts:
    """One method. ``scopes`` None: no bot token may call it; several: one of them is enough."""

    name: str
    http: str
    tier: int | str
    scopes: tuple[str, ...] | None
    user_scopes: tuple[str, ...]
    json: bool
    token: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    errors: tuple[str, ...]


@cache
def all_facts() -> dict[str, Facts]:
    """Every method Slack's table holds."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))["methods"]
    return {
        name: Facts(
            name=name,
            http=found["http"],
            tier=found["tier"],
            scopes=None if found["scopes"] is None else tuple(found["scopes"]),
            user_scopes=tuple(found.get("user_scopes", found["scopes"] or ())),
            json=found["json"],
            token=found.get("token", "bot"),
            required=tuple(found["required"]),
            optional=tuple(found["optional"]),
            errors=tuple(found["errors"]),
        )
        for name, found in raw.items()
    }
