"""Own figures of another mission, which no verb of this one may show or change."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.imports import FundingImport, ImportState
from storage.funding.lines import FundingLine
from storage.funding.pledges import FundingPledge
from storage.funding.summaries import SummaryPlan


def add_own_figures(session: Session, mission_id: str, text: str, at: datetime) -> list[int]:
    """A line, a pledge, a discrepancy, a plan of summaries and an import, all saying `text`. Returns their ids."""
    made: dict[str, Any] = {"mission_id": mission_id, "created_by": "U1", "created_at": at, "updated_at": at}
    one = Decimal(1)
    money: dict[str, Any] = {"amount": one, "currency": "USD", "rate": one, "rate_day": at.date(), "usd": one}
    rows: list[Any] = [
        FundingLine(**made, **money, kind="trust_fund", title=text, source=text, as_of=at.date(), owner="U1"),
        FundingPledge(**made, **money, donor=text, purpose=text, announced_on=at.date(), owner="U1"),
        FundingDiscrepancy(**made, about="plan|x", label=text, ours=one, evidence=text, contact=text, owner="U1"),
        SummaryPlan(**made, title=text, weekdays=[0], at=time(8), zone="UTC"),
    ]
    rows.append(
        FundingImport(
            mission_id=mission_id,
            file_name=text,
            file_hash="",
            file_size=1,
            state=ImportState.READY,
            created_by="U1",
            created_at=at,
        )
    )
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]
