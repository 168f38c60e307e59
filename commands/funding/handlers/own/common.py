"""What the verbs of own figures share: the local day, the choices of their forms, and writing down what happened."""

from __future__ import annotations

from collections.abc import Callable

from commands.funding.rules.plan_keys import key_of
from commands.funding.views.own.history import newest_text
from commands.kit.cards import option
from commands.kit.entry.offers import offered
from commands.kit.entry.records import Change, Record
from commands.kit.work import Answer, Request, Work
from storage.agencies import Agency, all_agencies
from storage.funding.steps import FundingStep, steps_of
from storage.funding.totals import plan_lines


def agencies_of(work: Work) -> list[Agency]:
    """The agencies a figure can belong to."""
    return all_agencies(work.session, work.mission.id, active_only=True)


def plan_choices(work: Work) -> list[tuple[str, str]]:
    """Every plan with its key and how it is called."""
    lines = plan_lines(work.session, work.mission.id)
    return [(key_of(one), f"{one.name or one.code} ({one.country} {one.year or ''})") for one in lines if one.plan_key]


def offer_plans(request: Request) -> Answer:
    """Plans for what is typed, where the mission has more than a form holds."""
    return offered(request.query, (option(name, key) for key, name in plan_choices(request)))


def write_step(kind: str, request: Request, row: Record, change: Change) -> None:
    """Keep a change of a line, a pledge or a discrepancy as a step of it."""
    request.session.add(
        FundingStep(
            mission_id=request.mission.id,
            kind=kind,
            subject_id=row.id,
            at=request.now,
            by=request.who.user_id,
            before=change.before,
            after=change.after,
            note=change.note,
            next_on=getattr(row, "next_on", None),
            changes=change.values,
        )
    )
    request.session.flush()


def newest_steps(kind: str, state_name: Callable[[str], str], request: Request, row: Record, count: int) -> str:
    """The newest steps of a line, a pledge or a discrepancy in words."""
    return newest_text(steps_of(request.session, request.mission.id, kind, row.id)[:count], state_name)
