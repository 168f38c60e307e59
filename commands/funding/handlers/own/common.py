"""What the verbs of own figures share: the local day, the choices of their forms, and writing down what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from commands.funding.rules.plan_keys import key_of
from commands.kit.work import Request, Work
from storage.agencies import Agency, all_agencies
from storage.funding.steps import FundingStep
from storage.funding.totals import plan_lines


class Followed(Protocol):
    """Something with a state that is looked at again."""

    id: int
    state: str
    next_on: date | None


def today_of(work: Work) -> date:
    """The day it is in the mission."""
    return work.now.astimezone(work.zone).date()


def agencies_of(work: Work) -> list[Agency]:
    """The agencies a figure can belong to."""
    return all_agencies(work.session, work.mission.id, active_only=True)


def plan_choices(work: Work) -> list[tuple[str, str]]:
    """Every plan with its key and how it is called."""
    lines = plan_lines(work.session, work.mission.id)
    return [(key_of(one), f"{one.name or one.code} ({one.country} {one.year or ''})") for one in lines if one.plan_key]


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new values of what differs, as they are kept."""
    return {name: [plain(before[name]), plain(after[name])] for name in after if before.get(name) != after[name]}


def plain(value: Any) -> Any:
    """A value as JSON keeps it: amounts and days as text, never as a binary number."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def add_step(
    request: Request,
    kind: str,
    row: Followed,
    before: str,
    *,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write down that something was entered, edited or moved; `before` is the state it had."""
    request.session.add(
        FundingStep(
            mission_id=request.mission.id,
            kind=kind,
            subject_id=row.id,
            at=request.now,
            by=request.who.user_id,
            before=before,
            after=row.state,
            note=note,
            next_on=row.next_on,
            changes=dict(changes or {}),
        )
    )
    request.session.flush()
