"""What a worker writes down about itself, for `/mission health` and for readiness."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.slack import SlackTrouble
from storage.machine import get_facts, put_fact
from storage.migrate import is_current
from storage.missions import get_mission

if TYPE_CHECKING:
    from bot.app import Product

CHECKED_EVERY = timedelta(minutes=10)


def heartbeat(product: Product, owner: str) -> int:
    """Say that a worker lives; now and then, also what Slack and the database say of themselves."""
    us = product.identity.get()
    now = product.now()
    with product.database.transaction() as session:
        mission = get_mission(session, us.team_id)
        mission.bot_user_id = us.bot_user_id
        product.identity.write_down(session, now)
        sign = {"at": now.isoformat(), "owner": owner, "mail": product.mail is not None}
        put_fact(session, "worker:heartbeat", sign, now)
        checked = get_facts(session, us.team_id).get("slack:auth")
    if checked is None or now - checked.written_at > CHECKED_EVERY:
        _check(product, us.team_id)
    return 0


def _check(product: Product, mission_id: str) -> None:
    auth: dict[str, object] = {"ok": True, "error": None}
    granted: list[str] | None = None
    try:
        granted, _date = product.slack.scopes_and_date()
    except SlackTrouble as trouble:
        auth = {"ok": False, "error": trouble.code}
    current = is_current(product.database)
    kind = "SQLite" if product.database.is_sqlite else "PostgreSQL"
    now = product.now()
    with product.database.transaction() as session:
        put_fact(session, "slack:auth", auth, now, mission_id=mission_id)
        if granted is not None:
            found = {"granted": granted, "needed": product.house.scopes}
            put_fact(session, "slack:scopes", found, now, mission_id=mission_id)
        put_fact(session, "database", {"kind": kind, "current": current}, now)
