"""What a worker writes down about itself, for `/mission health` and for readiness."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.delivery.identity import BotIdentity
from bot.delivery.slack import RateLimited, SlackTrouble, Transient
from storage.base import Json
from storage.machine import Fact, get_facts, put_fact
from storage.migrate import is_current
from storage.missions import get_mission, go_on

if TYPE_CHECKING:
    from bot.app import Product

CHECKED_EVERY = timedelta(minutes=10)


def heartbeat(product: Product, owner: str) -> int:
    """Say that a worker lives; now and then, also what Slack and the database say of themselves."""
    us = product.identity.get()
    now = product.now()
    checked = product.database.work(lambda session: _beat(session, product, owner, us, now))
    product.identity.lost = ""
    if checked is None or now - checked.written_at > CHECKED_EVERY:
        _check(product, us.team_id)
    return 0


def _beat(session: Session, product: Product, owner: str, us: BotIdentity, now: datetime) -> Fact | None:
    """Write the sign of life. Returns when Slack was asked last."""
    mission = get_mission(session, us.team_id)
    mission.bot_user_id = us.bot_user_id
    if product.identity.lost:
        # Found out when this process began; from now on delivery looks whether the token works again.
        mission.paused_reason = mission.paused_reason or product.identity.lost
    product.identity.write_down(session, now)
    sign = {"at": now.isoformat(), "owner": owner, "mail": product.mail is not None}
    put_fact(session, "worker:heartbeat", sign, now)
    return get_facts(session, us.team_id).get("slack:auth")


def _check(product: Product, mission_id: str) -> None:
    auth: dict[str, object] = {"ok": True, "error": None}
    granted: list[str] | None = None
    try:
        granted, _date = product.slack.scopes_and_date()
    except SlackTrouble as trouble:
        auth = {"ok": False, "error": trouble.code, "passes": isinstance(trouble, (Transient, RateLimited))}
    kind = "SQLite" if product.database.is_sqlite else "PostgreSQL"
    found: dict[str, Json] = {
        "slack:auth": auth,
        "database": {"kind": kind, "current": is_current(product.database)},
        **({"slack:scopes": {"granted": granted, "needed": product.house.scopes}} if auth["ok"] else {}),
    }
    now = product.now()
    product.database.work(lambda session: _write(session, mission_id, found, now))


def _write(session: Session, mission_id: str, found: dict[str, Json], now: datetime) -> None:
    if found["slack:auth"]["ok"]:
        go_on(session, mission_id)
    # In one order always: two workers that write the same facts must not wait for each other.
    for name, value in sorted(found.items()):
        put_fact(session, name, value, now, mission_id=None if name == "database" else mission_id)
