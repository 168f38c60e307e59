"""Making a summary and sending it: once for each slot, to every channel of its plan, the workbook in the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from commands.funding.handlers.files import workbook
from commands.funding.handlers.own.lines import own_summary
from commands.funding.handlers.own.secrecy import pledges_here
from commands.funding.handlers.picture import read_picture, rows_of_all
from commands.funding.handlers.staleness import old_figures
from commands.funding.rules.changes import compare, snapshot_of
from commands.funding.rules.own.pledges import is_overdue
from commands.funding.rules.plan_keys import scope_of
from commands.funding.rules.rows import Picture
from commands.funding.rules.sending import next_slots, slot_at
from commands.funding.rules.years import present_plans
from commands.funding.views.summary import Brief, summary_cards
from commands.kit.cards import Card
from commands.kit.files import File
from commands.kit.places import not_usable
from commands.kit.post import post, send_file_to_channel
from commands.kit.words import _
from commands.kit.work import Work
from storage.funding.changes import FlowChange, changes_between
from storage.funding.discrepancies import discrepancies_of
from storage.funding.flows import Figure
from storage.funding.summaries import (
    FundingSummary,
    SummaryPlan,
    SummaryState,
    get_summary_plan,
    last_summary,
    lock_summary_plan,
    summary_plans,
)
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer
from storage.upsert import insert_new

TIMER, SEND_NOW = "funding:summary", "funding:summary-now"


def set_next(work: Work, plan: SummaryPlan) -> None:
    """Set the timer of the next summary; none while the plan is held."""
    subject = Subject.of("summary", plan.id)
    cancel_timers(work.session, work.mission.id, subject, verb=TIMER)
    if plan.state != SummaryState.ACTIVE:
        return
    for slot in next_slots(plan, work.now):
        key = Key.of(TIMER, plan.id, slot, plan.version)
        set_timer(work.session, work.mission.id, key=key, verb=TIMER, subject=subject, due_at=slot)


def follow_clock(work: Work, _subject: Subject) -> None:
    """The rules of a zone have changed: a plan keeps its local time, so the next summary is set anew."""
    for plan in summary_plans(work.session, work.mission.id):
        plan.version += 1  # a timer that was set before is not taken for this one
        set_next(work, plan)


@dataclass(frozen=True, slots=True)
class ReadySummary:
    """A summary that is ready to be sent: what it says, its workbook, and the summary it is compared with (0: none)."""

    before: int
    brief: Brief
    cards: Sequence[Card]
    workbook: File


def prepare(work: Work, subject: Subject) -> ReadySummary | None:
    """Draw a plan's summary and make its workbook, from one look at the figures. None when the plan is gone."""
    plan = get_summary_plan(work.session, work.mission.id, subject.number())
    if plan is None:
        return None
    with work.speaking_to_everyone():
        before = last_summary(work.session, work.mission.id, plan.id)
        brief = brief_of(work, plan, before)
        name, content = workbook(work, plan.scope)
        comment = _("{title}: every figure, flow and own line.").format(title=plan.title)
        return ReadySummary(before.id if before else 0, brief, summary_cards(brief), File(name, content, comment))


def send_due(work: Work, subject: Subject, made: ReadySummary | None) -> None:
    """A timer: the hour of a summary has come. After a standstill it is sent once, late, and not for every slot."""
    plan = lock_summary_plan(work.session, work.mission.id, subject.number())
    if plan is None or plan.state != SummaryState.ACTIVE or made is None:
        return
    if _is_overtaken(work, plan, made, TIMER, subject):
        return
    send_summary(work, plan, made, slot_at(plan, work.now))
    set_next(work, plan)


def send_ordered(work: Work, subject: Subject, made: ReadySummary | None) -> None:
    """A timer: somebody pressed "send now"."""
    plan = lock_summary_plan(work.session, work.mission.id, subject.number())
    if plan is None or made is None or _is_overtaken(work, plan, made, SEND_NOW, subject):
        return
    send_summary(work, plan, made, work.now, by=subject.ids[1])


def _is_overtaken(work: Work, plan: SummaryPlan, made: ReadySummary, verb: str, subject: Subject) -> bool:
    """Whether another summary was sent since this one was drawn: it compares with the wrong one, and is drawn anew."""
    newest = last_summary(work.session, work.mission.id, plan.id)
    if (newest.id if newest else 0) == made.before:
        return False
    key = Key.of(verb, subject, "anew", newest.id if newest else 0)
    set_timer(work.session, work.mission.id, key=key, verb=verb, subject=subject, due_at=work.now)
    return True


def send_summary(work: Work, plan: SummaryPlan, made: ReadySummary, slot: datetime, *, by: str = "") -> bool:
    """Send a plan's summary for one slot. Returns False, and sends nothing, when that slot was sent already."""
    content = {"figures": snapshot_of(made.brief.picture), "changed": not made.brief.is_unchanged}
    values = {"mission_id": work.mission.id, "plan_id": plan.id, "slot": slot, "sent_at": work.now, "by": by}
    if not insert_new(work.session, FundingSummary, {**values, "content": content}):
        return False
    sent = last_summary(work.session, work.mission.id, plan.id)
    assert sent is not None
    for channel in plan.channels:
        _send(work, Subject.of("summary", sent.id, channel), channel, made.cards)
        send_file_to_channel(
            work,
            channel,
            made.workbook.name,
            made.workbook.content,
            made.workbook.comment,
            key=Key.of("summary", sent.id, channel, "file"),
            thread_of=Subject.of("summary", sent.id, channel),
        )
    work.record("funding.summary", ("summary_plan", plan.id), summary=sent.id, changed=content["changed"])
    return True


def _send(work: Work, subject: Subject, channel: str, cards: Sequence[Card]) -> None:
    for page, card in enumerate(cards):
        about = subject.part(page) if page else subject
        post(work, channel, card, key=Key.of(about), subject=about, thread_of=subject if page else None)


def brief_of(work: Work, plan: SummaryPlan, before: FundingSummary | None) -> Brief:
    """Everything a plan's summary says now; nothing Confidential."""
    picture = read_picture(work, plan.scope, since=before)
    today = work.today
    pledges = [one for one in pledges_here(work, None, open_only=True) if is_overdue(one.state, one.next_on, today)]
    return Brief(
        title=plan.title,
        picture=picture,
        changes=compare(_kept(before, picture, plan), snapshot_of(picture)) if before else (),
        flows=_moved_flows(work, plan, before),
        since=before.sent_at if before else None,
        rows=rows_of_all(picture.plans if plan.scope else present_plans(picture.plans, today.year)),
        old=old_figures(work),
        pledges=[one for one in pledges if not plan.scope or not one.plan_key or one.plan_key in plan.scope],
        discrepancies=discrepancies_of(work.session, work.mission.id, unsettled_only=True),
        own=own_summary(work),
        now=work.now,
        zone=work.zone,
    )


def _kept(before: FundingSummary, picture: Picture, plan: SummaryPlan) -> dict[str, object]:
    """The figures of the summary before, as far as the plan's present scope has them."""
    figures: dict[str, object] = before.content.get("figures", {})
    return figures if not plan.scope else {key: rows for key, rows in figures.items() if key in plan.scope}


def _moved_flows(work: Work, plan: SummaryPlan, before: FundingSummary | None) -> list[FlowChange]:
    """The flows that changed, each once; of one that moved between two plans of the scope both sides are counted."""
    if before is None:
        return []
    found: dict[int, FlowChange] = {}
    keys: list[str | None] = [*plan.scope] or [None]
    for key in keys:
        for one in changes_between(work.session, work.mission.id, before.sent_at, work.now, Figure(scope_of(key))):
            other = found.get(one.flow.id)
            found[one.flow.id] = replace(one, difference=one.difference + other.difference) if other else one
    return sorted(found.values(), key=lambda one: (-abs(one.difference), one.flow.fts_id))


def unusable(work: Work, channels: Sequence[str]) -> str | None:
    """What is wrong with the channels of a plan; None when all can be used."""
    return next((trouble for one in channels if (trouble := not_usable(work, one))), None)
