"""A plan as it is entered step by step: plain values that survive being stored, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from commands.kit.handling import Handling
from commands.kit.pressed import choice_in, outdated, parts_of, value_of
from commands.kit.words import _
from commands.updates.rules.audience import ALL
from commands.updates.rules.drafting import (
    Asked,
    Facts,
    Mistakes,
    all_questions,
    check_audience,
    check_channel,
    check_questions,
    check_title,
    keep_ids,
)
from commands.updates.rules.ladder import DEFAULT_LADDER, Recipient, Step
from commands.updates.rules.questions import highest_id, questions_of
from storage.updates.rounds import GroupBy, OnHoliday, Period, RoundPlan

STEPS = ("what", "who", "when", "chase", "digest", "preview")
WEEKDAYS, EVERY, FIRST, ON_HOLIDAY, PERIOD = "weekdays", "every", "first", "on_holiday", "period"
DUE, OPEN_DAYS, OPEN_TIME, CLOSE_DAYS, CLOSE_TIME = "due", "open_days", "open_time", "close_days", "close_time"
LADDER, ANY_HOUR = "ladder", "any_hour"
DIGEST_DAYS, DIGEST_TIME, GROUP_BY = "digest_days", "digest_time", "group_by"

# What the form offers; each is also what most missions use.
LADDER_OFFERED = (
    Step(Recipient.FOCAL_POINT, days=-2),
    *DEFAULT_LADDER,
    Step(Recipient.ALTERNATES, days=1),
    Step(Recipient.HEAD, days=2),
)


def step_key(step: Step) -> str:
    """A step of the chase as a choice's value."""
    return value_of(step.to.value, step.days, step.minutes)


def step_of(key: str) -> Step:
    """The step behind a choice's value. Raises Refused for one that was never offered."""
    to, days, minutes = parts_of(key, 3)
    try:
        return Step(choice_in(Recipient, to), int(days), int(minutes))
    except ValueError:
        raise outdated() from None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry(Asked):
    """A plan as it is entered, with the defaults of the product; see `RoundPlan` for what the fields mean.

    Fields are called as the form and its stored draft call them. `ladder` holds the keys of steps.
    """

    weekdays: tuple[int, ...]
    every: int = 1
    first: date
    on_holiday: OnHoliday = OnHoliday.MOVE
    period: Period = Period.SINCE_LAST
    due: time = time(16)
    open_days: int = 2
    open_time: time = time(9)
    close_days: int = 2
    close_time: time = time(12)
    ladder: tuple[str, ...] = tuple(step_key(step) for step in DEFAULT_LADDER)
    any_hour: bool = False
    digest_days: int = 0
    digest_time: time = time(17)
    group_by: GroupBy = GroupBy.SECTOR


def fresh(today: date, channel: str | None) -> PlanEntry:
    """A new plan: every week on this day, everybody is asked."""
    return PlanEntry(audience=(ALL,), weekdays=(today.weekday(),), first=today, channel=channel)


def entry_of(plan: RoundPlan) -> PlanEntry:
    """A stored plan as the form shows it."""
    return PlanEntry(
        title=plan.title,
        built=tuple(plan.questions),
        used=highest_id(questions_of(plan.questions)),
        audience=tuple(plan.audience),
        weekdays=tuple(plan.weekdays),
        every=plan.every_weeks,
        first=plan.anchor,
        on_holiday=OnHoliday(plan.on_holiday),
        period=Period(plan.period),
        due=plan.due_time,
        open_days=plan.open_days,
        open_time=plan.open_time,
        close_days=plan.close_days,
        close_time=plan.close_time,
        ladder=tuple(step_key(Step.from_json(row)) for row in plan.ladder),
        any_hour=plan.at_any_hour,
        channel=plan.digest_channel,
        digest_days=plan.digest_days,
        digest_time=plan.digest_time,
        group_by=GroupBy(plan.group_by),
        handling=Handling(plan.handling),
        version=plan.version,
    )


def fill(plan: RoundPlan, entry: PlanEntry) -> None:
    """Put what was entered into a plan."""
    # What an older release kept of a form has its questions as lines alone.
    old = questions_of(plan.questions or [])
    questions = all_questions(entry) if entry.built else keep_ids(all_questions(entry), old)
    plan.title, plan.questions = entry.title, [question.as_json() for question in questions]
    plan.audience = list(entry.audience)
    plan.weekdays, plan.every_weeks, plan.anchor = sorted(entry.weekdays), entry.every, entry.first
    plan.on_holiday, plan.period, plan.group_by = entry.on_holiday, entry.period, entry.group_by
    plan.due_time = entry.due
    plan.open_days, plan.open_time = entry.open_days, entry.open_time
    plan.close_days, plan.close_time = entry.close_days, entry.close_time
    plan.digest_days, plan.digest_time = entry.digest_days, entry.digest_time
    steps = sorted((step_of(key) for key in entry.ladder), key=lambda step: step.order)
    plan.ladder = [step.as_json() for step in steps]
    plan.at_any_hour, plan.handling = entry.any_hour, entry.handling
    plan.digest_channel = entry.channel or ""


def check_when(entry: PlanEntry, facts: Facts) -> Mistakes:
    """At least one day, a first day that is not over, and opens before due before closes."""
    if not entry.weekdays:
        return {WEEKDAYS: _("Choose at least one day of the week.")}
    today = facts.now.astimezone(facts.calendar.zone).date()
    if not entry.version and entry.first < today:
        return {FIRST: _("This day has passed. Choose today or a later day.")}
    if (-entry.open_days, entry.open_time) >= (0, entry.due):
        return {OPEN_TIME: _("The round must open before it is due. Open it earlier, or on an earlier day.")}
    if (entry.close_days, entry.close_time) <= (0, entry.due):
        return {CLOSE_TIME: _("The round must close after it is due. Close it later, or on a later day.")}
    return {}


def check_digest(entry: PlanEntry, facts: Facts) -> Mistakes:
    """A channel that can be used, and a digest after the deadline."""
    mistakes = check_channel(entry, facts)
    if (entry.digest_days, entry.digest_time) < (0, entry.due):
        mistakes[DIGEST_TIME] = _("The digest comes after the deadline. Choose a later time, or a later day.")
    return mistakes


def check_step(entry: PlanEntry, facts: Facts, step: str) -> Mistakes:
    """Everything that is wrong with one step of the form, by field."""
    checks: dict[str, Callable[[], Mistakes]] = {
        "what": lambda: {**check_title(entry), **check_questions(entry)},
        "who": lambda: check_audience(entry, facts),
        "when": lambda: check_when(entry, facts),
        "digest": lambda: check_digest(entry, facts),
    }
    return checks[step]() if step in checks else {}
