"""The demo's own figures: two projects, a pledge that is due, and a discrepancy that is open."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commands.funding.rules.own.conversion import to_usd
from commands.kit.work import Work
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.lines import Facility, FundingLine, LineKind, LineStatus
from storage.funding.pledges import FundingPledge, PledgeState
from storage.funding.steps import FundingStep


def enter_own_figures(work: Work, owner: str) -> None:
    """Enter them for one owner."""
    today = work.today
    shared: dict[str, Any] = {
        "mission_id": work.mission.id,
        "owner": owner,
        "created_by": owner,
        "created_at": work.now,
        "updated_at": work.now,
    }
    pledge = _pledge(shared, today)
    work.session.add_all([_project(shared, today), _bridge(shared, today), pledge, _difference(shared, today)])
    work.session.flush()
    work.session.add(
        FundingStep(
            mission_id=work.mission.id,
            kind="pledge",
            subject_id=pledge.id,
            at=work.now - timedelta(days=20),
            by=owner,
            before=PledgeState.ANNOUNCED,
            after=PledgeState.PLEDGE,
            note="Confirmed in writing.",
            next_on=pledge.next_on,
        )
    )


def _dollars(amount: int, today: date) -> dict[str, Any]:
    value = Decimal(amount)
    return {"amount": value, "usd": value, "currency": "USD", "rate": Decimal(1), "rate_day": today}


def _project(shared: dict[str, Any], today: date) -> FundingLine:
    return FundingLine(
        **shared,
        **_dollars(2_400_000, today),
        kind=LineKind.PEACEBUILDING_FUND,
        facility=Facility.IMMEDIATE_RESPONSE,
        title="Women mediators in the valley",
        donor="Peacebuilding Fund",
        status=LineStatus.PAID,
        source="Project document",
        as_of=today - timedelta(days=10),
        starts=today - timedelta(days=200),
        ends=today + timedelta(days=110),
    )


def _bridge(shared: dict[str, Any], today: date) -> FundingLine:
    return FundingLine(
        **shared,
        **_dollars(48_500, today),
        kind=LineKind.QUICK_IMPACT,
        title="Repair of the market bridge",
        status=LineStatus.COMMITMENT,
        source="Project review committee",
        as_of=today - timedelta(days=45),
        starts=today - timedelta(days=40),
        ends=today + timedelta(days=50),
    )


def _pledge(shared: dict[str, Any], today: date) -> FundingPledge:
    amount, rate = Decimal(5_000_000), Decimal("0.925")
    return FundingPledge(
        **shared,
        donor="Western Isles, Government of",
        purpose="Cash for returnees",
        amount=amount,
        currency="EUR",
        rate=rate,
        rate_day=today,
        rate_source="UN operational rate of exchange",
        usd=to_usd(amount, rate),
        announced_on=today - timedelta(days=25),
        state=PledgeState.PLEDGE,
        next_on=today - timedelta(days=1),
        source="Letter to the SRSG",
    )


def _difference(shared: dict[str, Any], today: date) -> FundingDiscrepancy:
    return FundingDiscrepancy(
        **shared,
        about="cluster|health|XVA",
        label="Health, Upper Valley Humanitarian Response Plan",
        theirs=Decimal(9_120_000),
        theirs_as_of=today - timedelta(days=8),
        ours=Decimal(12_395_000),
        evidence="Agreement of the pooled fund with WHO, countersigned",
        contact="Donor reporting, WHO headquarters",
        next_on=today + timedelta(days=6),
    )
