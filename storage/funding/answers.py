"""Countries of which FTS's API counts more flows than are on record: their total is not what came in all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.model import Boundary, Flow
from storage.funding.staging import in_scope

API = "api"
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Incoming flows of a country and a year: how many are on record, and how many FTS counts."""

    have: int
    of: int


def countries_in_part(session: Session, mission_id: str) -> dict[tuple[str, int], Part]:
    """Countries and years of which the newest pages were not all imported, whatever file brought the others since."""
    found: dict[tuple[str, int], Part] = {}
    seen: set[tuple[str, int]] = set()
    for kept in _imported_pages(session, mission_id):
        places = {(country, year) for country in kept.scope["countries"] for year in kept.scope["years"]} - seen
        seen |= places
        answer = kept.options["answer"]
        of = int(answer["incoming"])
        if not places or answer.get("have") == sum(int(answer[name]) for name in Boundary):
            continue
        part = Part(_on_record(session, kept), of)
        if part.have < part.of:
            found |= dict.fromkeys(places, part)
    return found


def _imported_pages(session: Session, mission_id: str) -> Iterator[FundingImport]:
    query = select(FundingImport).where(
        FundingImport.mission_id == mission_id,
        FundingImport.state == ImportState.DONE,
        FundingImport.kind == ImportKind.FLOWS,
        FundingImport.layout == API,
    )
    newest = query.order_by(FundingImport.decided_at.desc(), FundingImport.id.desc()).limit(LOOKED_AT)
    yield from (one for one in session.scalars(newest) if one.options.get("answer"))


def _on_record(session: Session, kept: FundingImport) -> int:
    query = select(func.count()).where(
        Flow.mission_id == kept.mission_id,
        Flow.is_current,
        ~Flow.is_withdrawn,
        Flow.boundary == Boundary.INCOMING,
        *in_scope(Flow, {**kept.scope, "boundaries": [Boundary.INCOMING]}, Flow),
    )
    return session.scalar(query) or 0
