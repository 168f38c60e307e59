"""Places by code, by name and by what is typed; each list is short, because a mission works in one area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.letters import search_phrases
from storage.localities.model import Locality, LocalityAlias
from storage.upsert import put_over, put_row


def by_codes(session: Session, mission_id: str, codes: Iterable[str]) -> dict[str, Locality]:
    """The places with these codes."""
    query = select(Locality).where(Locality.mission_id == mission_id, Locality.code.in_(set(codes)))
    return {one.code: one for one in session.scalars(query)}


def bearing(session: Session, mission_id: str, keys: Iterable[str]) -> list[Locality]:
    """Every place whose name is compared as one of these, the largest first."""
    query = select(Locality).where(Locality.mission_id == mission_id, Locality.name_key.in_(set(keys)))
    return list(session.scalars(query.order_by(Locality.level, Locality.code)))


def aliases_of(session: Session, mission_id: str, keys: Iterable[str]) -> dict[str, str]:
    """The codes of the places that these spellings mean here."""
    query = select(LocalityAlias.name_key, LocalityAlias.code).where(
        LocalityAlias.mission_id == mission_id, LocalityAlias.name_key.in_(set(keys))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def fitting(session: Session, mission_id: str, query: str, limit: int, *, deepest: int = 3) -> list[Locality]:
    """Places down to a level whose name, code or other spelling holds every word that was typed, the largest first."""
    found = select(Locality).where(Locality.mission_id == mission_id, Locality.level <= deepest)
    for phrase in search_phrases(query):
        spelt = select(LocalityAlias.code).where(
            LocalityAlias.mission_id == mission_id, LocalityAlias.name_key.contains(phrase, autoescape=True)
        )
        found = found.where(
            or_(
                Locality.name_key.contains(phrase, autoescape=True),
                Locality.code.istartswith(phrase, autoescape=True),
                Locality.code.in_(spelt),
            )
        )
    return list(session.scalars(found.order_by(Locality.level, Locality.name_key, Locality.code).limit(limit)))


def save_localities(session: Session, mission_id: str, rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Write places by code, over those that are there. Returns how many are new and how many have changed.

    A code that no file names any more stays: what was entered refers to it.
    """
    known = by_codes(session, mission_id, (row["code"] for row in rows))
    new = [row for row in rows if row["code"] not in known]
    changed = [
        row
        for row in rows
        if row["code"] in known and any(getattr(known[row["code"]], name) != value for name, value in row.items())
    ]
    for one in known.values():
        session.expire(one)
    put_over(session, Locality, *({"mission_id": mission_id, **row} for row in [*new, *changed]))
    return len(new), len(changed)


def add_alias(session: Session, mission_id: str, key: str, alias: str, code: str, *, by: str, now: datetime) -> None:
    """Say which place a spelling means; what was said of it before is replaced."""
    put_row(
        session,
        LocalityAlias,
        {"mission_id": mission_id, "name_key": key},
        alias=alias,
        code=code,
        entered_by=by,
        entered_at=now,
    )
