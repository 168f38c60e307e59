"""The list of round plans, and the preview of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    Block,
    actions,
    button,
    channel_link,
    confirm,
    divider,
    escape,
    moment,
    section,
    sections,
)
from commands.kit.dates import WorkCalendar, clock_text, short_text, when_text
from commands.kit.forms import modal
from commands.kit.handling import Handling
from commands.kit.names.levels import level_name
from commands.kit.pages import Page, turning
from commands.kit.times.rhythm import weekdays_text, weeks_text
from commands.kit.words import _, ngettext
from commands.updates.rules.calendar import Occasion
from commands.updates.rules.ladder import moments, steps_of
from commands.updates.rules.questions import questions_of
from commands.updates.views.audience import selector_name
from commands.updates.views.building.questions import questions_text
from commands.updates.views.plan_form import reminder_text
from storage.agencies import Agency
from storage.base import Json
from storage.updates.rounds import PlanState, RoundPlan

PAGE = 10


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with when its next round is due; None when there is none in sight."""

    plan: RoundPlan
    next_due: datetime | None


def plans_form(page: Page[Planned], zone: ZoneInfo) -> Block:
    """Ten plans with what can be done about each."""
    blocks: list[Block] = []
    if not page.count:
        blocks.append(
            section(_("No round is planned yet. A plan asks the same agencies the same questions again and again."))
        )
    blocks.append(actions(button(_("New plan"), "updates:plan-new", style="primary")))
    for one in page.items:
        blocks += [divider(), section(_plan_text(one, zone)), actions(*_buttons(one.plan))]
    blocks += turning(page, "updates:schedule")
    return modal("updates:nothing", _("Schedule"), blocks, close=_("Close"))


def _plan_text(one: Planned, zone: ZoneInfo) -> str:
    plan = one.plan
    lines = [f"*{escape(plan.title)}*", cadence(plan)]
    if plan.state == PlanState.PAUSED:
        lines.append(_("*Paused.* No new rounds until somebody resumes it."))
    elif one.next_due is None:
        lines.append(_("No round is in sight: every day it names is free."))
    else:
        when = moment(one.next_due, when_text(one.next_due, zone))
        lines.append(_("Next round due {when}").format(when=when))
    return "\n".join(lines)


def cadence(plan: RoundPlan) -> str:
    """How often a plan asks, in words."""
    days, weeks = weekdays_text(plan.weekdays), weeks_text(plan.every_weeks)
    return _("{days} at {time}, {weeks}").format(days=days, time=clock_text(plan.due_time), weeks=weeks)


def _buttons(plan: RoundPlan) -> list[Block]:
    value = str(plan.id)
    edit = button(_("Edit"), "updates:plan-edit", value, label=_("Edit the plan {title}").format(title=plan.title))
    if plan.state == PlanState.PAUSED:
        return [edit, button(_("Resume"), "updates:plan-resume", value)]
    question = confirm(
        _("Pause this plan?"),
        _("No new rounds are opened. The one that is open goes on, and you can resume the plan at any time."),
        _("Pause"),
        _("Keep it running"),
    )
    return [edit, button(_("Pause"), "updates:plan-pause", value, confirm=question)]


def preview_blocks(
    plan: RoundPlan,
    asked: Sequence[Agency],
    agencies: Mapping[int, Agency],
    next_rounds: Sequence[Occasion],
    calendar: WorkCalendar,
) -> list[Block]:
    """A plan as it will work: the next rounds, who is asked and reminded, and what a focal point will see."""
    zone = calendar.zone
    return [
        section(f"*{escape(plan.title)}*\n{cadence(plan)}"),
        *sections(_("*Next rounds* ({zone})\n{rounds}").format(zone=zone.key, rounds=_rounds_text(next_rounds, zone))),
        *sections(_audience_text(plan, asked, agencies)),
        *sections(reminders_text(plan.ladder, next_rounds, calendar)),
        section(_digest_text(plan)),
        divider(),
        section(_("*What a focal point fills in*")),
        *sections(questions_text(questions_of(plan.questions))),
    ]


def _rounds_text(found: Sequence[Occasion], zone: ZoneInfo) -> str:
    if not found:
        return _("None in sight: every day it names is free.")
    line = _("• opens {opens}, due {due}, closes {closes}")
    return "\n".join(
        line.format(
            opens=short_text(one.opens, zone), due=short_text(one.due, zone), closes=short_text(one.closes, zone)
        )
        for one in found
    )


def _audience_text(plan: RoundPlan, asked: Sequence[Agency], agencies: Mapping[int, Agency]) -> str:
    names = ", ".join(selector_name(one, dict(agencies)) for one in plan.audience)
    count = ngettext("{count} agency", "{count} agencies", len(asked)).format(count=len(asked))
    codes = ", ".join(agency.code for agency in asked)
    return _("*Asked:* {names} ({count})\n{codes}").format(names=escape(names), count=count, codes=escape(codes))


def reminders_text(ladder: Sequence[Json], next_rounds: Sequence[Occasion], calendar: WorkCalendar) -> str:
    """Who is reminded when, by these steps; those that the next round has no time for say so."""
    steps = steps_of(ladder)
    if not steps:
        return _("*Reminders:* none")
    taken = set(range(len(steps)))
    if next_rounds:
        one = next_rounds[0]
        taken = set(moments(steps, opens=one.opens, due=one.due, closes=one.closes, calendar=calendar))
    outside = _(" (not sent: outside the time the round is open)")
    lines = [f"• {reminder_text(step)}{'' if number in taken else outside}" for number, step in enumerate(steps)]
    return _("*Reminders:*\n{steps}").format(steps="\n".join(lines))


def _digest_text(plan: RoundPlan) -> str:
    text = _("*Digest:* {channel}, {time}").format(
        channel=channel_link(plan.digest_channel), time=clock_text(plan.digest_time)
    )
    level = Handling(plan.handling)
    return text if level is Handling.UNCLASSIFIED else f"{text}\n*{level_name(level)}*"
