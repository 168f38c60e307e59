"""A plan as it is entered step by step: plain values that survive being stored, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from commands.kit.words import _
from commands.updates.rules.calendar import misordered
from commands.updates.rules.drafting import (
    AUDIENCE,
    CHANNEL,
    HANDLING,
    QUESTIONS,
    TITLE,
    Data,
    Facts,
    Mistakes,
    check_audience,
    check_channel,
    check_questions,
    check_title,
    keep_ids,
)
from commands.updates.rules.ladder import DEFAULT_LADDER, Step, To
from commands.updates.rules.questions import as_line, questions_of, read_lines
from storage.updates.rounds import GroupBy, OnHoliday, Period, RoundPlan

STEPS = ("what", "who", "when", "chase", "digest", "preview")
WEEKDAYS, EVERY, FIRST, ON_HOLIDAY, PERIOD = "weekdays", "every", "first", "on_holiday", "period"
DUE, OPEN_DAYS, OPEN_TIME, CLOSE_DAYS, CLOSE_TIME = "due", "open_days", "open_time", "close_days", "close_time"
LADDER, ANY_HOUR = "ladder", "any_hour"
DIGEST_DAYS, DIGEST_TIME, GROUP_BY = "digest_days", "digest_time", "group_by"

# What the form offers; each is also what most missions use.
LADDER_OFFERED = (
    Step(To.FOCAL_POINT, days=-2),
    *DEFAULT_LADDER,
    Step(To.ALTERNATES, days=1),
    Step(To.HEAD, days=2),
)


def step_key(step: Step) -> str:
    """A step of the chase as a choice's value."""
    return f"{step.to.value}:{step.days}:{step.minutes}"


def step_of(key: str) -> Step:
    """The step behind a choice's value."""
    to, days, minutes = key.split(":")
    return Step(To(to), int(days), int(minutes))


def fresh(today: date, channel: str) -> dict[str, Any]:
    """A new plan: every week, with the defaults of the product."""
    return {
        WEEKDAYS: [today.weekday()],
        EVERY: 1,
        FIRST: today.isoformat(),
        ON_HOLIDAY: OnHoliday.MOVE.value,
        PERIOD: Period.SINCE_LAST.value,
        DUE: "16:00",
        OPEN_DAYS: 2,
        OPEN_TIME: "09:00",
        CLOSE_DAYS: 2,
        CLOSE_TIME: "12:00",
        LADDER: [step_key(step) for step in DEFAULT_LADDER],
        ANY_HOUR: False,
        CHANNEL: channel,
        DIGEST_DAYS: 0,
        DIGEST_TIME: "17:00",
        GROUP_BY: GroupBy.SECTOR.value,
        HANDLING: "unclassified",
        AUDIENCE: ["all"],
    }


def data_of(plan: RoundPlan) -> dict[str, Any]:
    """A stored plan as the form shows it."""
    return {
        TITLE: plan.title,
        QUESTIONS: "\n".join(as_line(question) for question in questions_of(plan.questions)),
        AUDIENCE: list(plan.audience),
        WEEKDAYS: list(plan.weekdays),
        EVERY: plan.every_weeks,
        FIRST: plan.anchor.isoformat(),
        ON_HOLIDAY: plan.on_holiday,
        PERIOD: plan.period,
        DUE: clock(plan.due_time),
        OPEN_DAYS: plan.open_days,
        OPEN_TIME: clock(plan.open_time),
        CLOSE_DAYS: plan.close_days,
        CLOSE_TIME: clock(plan.close_time),
        LADDER: [step_key(Step.from_json(row)) for row in plan.ladder],
        ANY_HOUR: plan.at_any_hour,
        CHANNEL: plan.digest_channel,
        DIGEST_DAYS: plan.digest_days,
        DIGEST_TIME: clock(plan.digest_time),
        GROUP_BY: plan.group_by,
        HANDLING: plan.handling,
        "version": plan.version,
    }


def clock(at: time) -> str:
    """A time of day as it is stored while it is entered."""
    return at.strftime("%H:%M")


def fill(plan: RoundPlan, data: Data) -> None:
    """Put what was entered into a plan."""
    plan.title = data[TITLE]
    plan.questions = [
        question.as_json() for question in keep_ids(read_lines(data[QUESTIONS]), questions_of(plan.questions or []))
    ]
    plan.audience = list(data[AUDIENCE])
    plan.weekdays = sorted(data[WEEKDAYS])
    plan.every_weeks = int(data[EVERY])
    plan.anchor = date.fromisoformat(data[FIRST])
    plan.on_holiday, plan.period, plan.group_by = data[ON_HOLIDAY], data[PERIOD], data[GROUP_BY]
    plan.due_time = time.fromisoformat(data[DUE])
    plan.open_days, plan.open_time = int(data[OPEN_DAYS]), time.fromisoformat(data[OPEN_TIME])
    plan.close_days, plan.close_time = int(data[CLOSE_DAYS]), time.fromisoformat(data[CLOSE_TIME])
    plan.digest_days, plan.digest_time = int(data[DIGEST_DAYS]), time.fromisoformat(data[DIGEST_TIME])
    steps = sorted((step_of(key) for key in data[LADDER]), key=lambda step: step.order)
    plan.ladder = [step.as_json() for step in steps]
    plan.at_any_hour = bool(data[ANY_HOUR])
    plan.digest_channel, plan.handling = data[CHANNEL], data[HANDLING]


class Times:
    """The local times of what was entered, as the rule about their order wants them."""

    def __init__(self, data: Data) -> None:
        self.open_days, self.open_time = int(data[OPEN_DAYS]), time.fromisoformat(data[OPEN_TIME])
        self.due_time = time.fromisoformat(data[DUE])
        self.close_days, self.close_time = int(data[CLOSE_DAYS]), time.fromisoformat(data[CLOSE_TIME])
        self.digest_days, self.digest_time = int(data[DIGEST_DAYS]), time.fromisoformat(data[DIGEST_TIME])


def check_when(data: Data, facts: Facts) -> Mistakes:
    """At least one day, a first day that is not over, and opens before due before closes."""
    if not data.get(WEEKDAYS):
        return {WEEKDAYS: _("Choose at least one day of the week.")}
    today = facts.now.astimezone(facts.calendar.zone).date()
    if not data.get("version") and date.fromisoformat(data[FIRST]) < today:
        return {FIRST: _("This day has passed. Choose today or a later day.")}
    return _order(data, {"open_time": OPEN_TIME, "close_time": CLOSE_TIME})


def _order(data: Data, places: dict[str, str]) -> Mistakes:
    wrong = misordered(Times(data))
    texts = {
        "open_time": _("The round must open before it is due. Open it earlier, or on an earlier day."),
        "close_time": _("The round must close after it is due. Close it later, or on a later day."),
        "digest_time": _("The digest comes after the deadline. Choose a later time, or a later day."),
    }
    return {places[wrong]: texts[wrong]} if wrong in places else {}


def check_digest(data: Data, facts: Facts) -> Mistakes:
    """A channel that can be used, and a digest after the deadline."""
    return {**check_channel(data, facts), **_order(data, {"digest_time": DIGEST_TIME})}


def check_step(step: str, data: Data, facts: Facts) -> Mistakes:
    """Everything that is wrong with one step of the form, by field."""
    checks: dict[str, Callable[[], Mistakes]] = {
        "what": lambda: {**check_title(data), **check_questions(data)},
        "who": lambda: check_audience(data, facts),
        "when": lambda: check_when(data, facts),
        "digest": lambda: check_digest(data, facts),
    }
    return checks[step]() if step in checks else {}
