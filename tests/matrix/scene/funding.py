"""The mission's own figures of both levels, imports, discrepancies and plans of summaries."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.imports import FundingImport, ImportKind, ImportState
from storage.funding.lines import FundingLine, LineKind, LineStatus
from storage.funding.model import Flow
from storage.funding.pledges import FundingPledge, PledgeState
from storage.funding.summaries import SummaryPlan
from tests.matrix.cast import COORDINATOR, SECRETARY, SRSG, UNICEF_HEAD, WFP_HEAD
from tests.matrix.scene.stage import Stage

U, C = "unclassified", "confidential"
# Who is in the private channel in which Confidential figures live.
IN_THE_CHANNEL = {WFP_HEAD, UNICEF_HEAD, SRSG, COORDINATOR, SECRETARY}


UNKNOWN_PLACE = [
    {"kind": "unknown_country", "count": 1, "examples": [[2, "destLocations", "Nile"]], "asked": {"Nile": 1}}
]


def furnish(stage: Stage) -> None:
    """All of funding."""
    for level in (U, C):
        _line(stage, level)
        _pledge(stage, level)
    _discrepancy(stage)
    _imports(stage)
    _plan(stage)
    flow = stage.work.session.scalars(select(Flow.id).order_by(Flow.id)).first()
    assert flow is not None
    stage.things.add("flow", "of the demo", flow)


def _facts(stage: Stage, level: str, secret: str) -> dict[str, Any]:
    money = {"amount": Decimal(1000), "usd": Decimal(1000), "currency": "USD", "rate": Decimal(1)}
    return {
        **stage.made(SECRETARY),
        **money,
        "rate_day": stage.now.date(),
        "owner": stage.people[SECRETARY],
        "handling": level,
        "channel_id": stage.channels["closed"] if level == C else None,
        "donor": f"Isles {secret}",
        "source": f"Letter {secret}",
    }


def _secret(stage: Stage, kind: str, level: str) -> str:
    return stage.things.secret(kind) if level == C else ""


def _called(level: str) -> str:
    return "Confidential, of the closed channel" if level == C else "Unclassified"


def _line(stage: Stage, level: str) -> None:
    secret = _secret(stage, "line", level)
    line = stage.keep(
        FundingLine(
            **_facts(stage, level, secret),
            kind=LineKind.TRUST_FUND,
            title=f"Trust fund {secret}",
            status=LineStatus.COMMITMENT,
            as_of=stage.now.date() - timedelta(days=100),
        )
    )
    stage.things.add("line", _called(level), line.id, secret, IN_THE_CHANNEL)


def _pledge(stage: Stage, level: str) -> None:
    secret = _secret(stage, "pledge", level)
    pledge = stage.keep(
        FundingPledge(
            **_facts(stage, level, secret),
            purpose=f"Cash {secret}",
            announced_on=stage.now.date() - timedelta(days=50),
            state=PledgeState.PLEDGE,
            next_on=stage.now.date() - timedelta(days=1),
        )
    )
    stage.things.add("pledge", _called(level), pledge.id, secret, IN_THE_CHANNEL)


def _discrepancy(stage: Stage) -> None:
    one = stage.keep(
        FundingDiscrepancy(
            **stage.made(SECRETARY),
            about="plan|XVA:2035:HUPV",
            label="Health",
            theirs=Decimal(1),
            ours=Decimal(2),
            evidence="Agreement",
            contact="Reporting office",
            owner=stage.people[SECRETARY],
            next_on=stage.now.date(),
        )
    )
    stage.things.add("discrepancy", "open", one.id)


def _imports(stage: Stage) -> None:
    facts = {key: value for key, value in stage.made(SECRETARY).items() if key != "updated_at"}
    for place, state in enumerate((ImportState.READY, ImportState.DONE)):
        one = stage.keep(
            FundingImport(
                **facts,
                kind=ImportKind.FLOWS,
                layout="flows",
                file_name="flows.csv",
                file_hash=f"{place:064}",
                file_size=10,
                state=state,
                scope={"country": "XVA"},
                counts={},
                options={"countries": ["XVA"]},
                issues=UNKNOWN_PLACE,
            )
        )
        stage.things.add("import", str(state), one.id)


def _plan(stage: Stage) -> None:
    plan = stage.keep(
        SummaryPlan(
            **stage.made(SECRETARY),
            title="For the cabinet",
            weekdays=[1],
            at=time(9),
            zone="Africa/Juba",
            scope=[],
            channels=[stage.channels["weekly"]],
        )
    )
    stage.things.add("summary", "weekly", plan.id)
