"""The form of a round plan, step by step; every step can go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from commands.kit.cards import Block, actions, button, context, option, section
from commands.kit.forms import Fields, checkboxes, date_input, field_block, modal, radio, select, time_input
from commands.kit.rhythm import weekday_options, weeks_options
from commands.kit.words import _, ngettext
from commands.updates.rules import plan_data as d
from commands.updates.rules.drafting import CHANNEL, HANDLING, Data
from commands.updates.rules.ladder import Step
from commands.updates.views.fields import audience_field, channel_field, handling_field, questions_field, title_field
from commands.updates.views.words import recipient_name
from storage.agencies import Agency
from storage.updates.rounds import GroupBy, OnHoliday, Period

TYPED = "updates:plan-typed"
YES = "yes"
DAYS_OFFERED = 10
WEEKS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Planning:
    """A plan being entered: which one (0 is new), the step, everything entered, and what the step needs to show."""

    plan: int
    step: str
    data: Data
    agencies: Sequence[Agency]
    zone: str
    note: str = ""
    preview: Sequence[Block] = field(default=())


def plan_form(planning: Planning) -> Block:
    """One step of the form."""
    number = d.STEPS.index(planning.step)
    steps: dict[str, Callable[[Planning], list[Block]]] = {
        "what": _what,
        "who": _who,
        "when": _when,
        "chase": _chase,
        "digest": _digest,
        "preview": lambda planning: list(planning.preview),
    }
    place = _("Step {number} of {count}: {name}").format(
        number=number + 1, count=len(d.STEPS), name=step_name(planning.step)
    )
    blocks: list[Block] = [context(place)]
    if planning.note:
        blocks.append(section(planning.note))
    blocks += steps[planning.step](planning)
    if number:
        blocks.append(actions(button(_("Back"), "updates:plan-back"), block_id="back"))
    return modal(
        "updates:plan",
        _("Edit plan") if planning.plan else _("New plan"),
        blocks,
        submit=_("Save") if planning.step == "preview" else _("Next"),
        close=_("Close"),
        notes={"plan": planning.plan, "step": planning.step},
    )


def step_name(step: str) -> str:
    """A step's name."""
    return {
        "what": _("what is asked"),
        "who": _("who is asked"),
        "when": _("when"),
        "chase": _("reminders"),
        "digest": _("digest"),
        "preview": _("look at it, then save"),
    }[step]


def _what(planning: Planning) -> list[Block]:
    return [title_field(planning.data, TYPED), questions_field(planning.data, TYPED)]


def _who(planning: Planning) -> list[Block]:
    return [audience_field(planning.data, planning.agencies)]


def _when(planning: Planning) -> list[Block]:
    data = planning.data
    zone = _("Times are those of {zone}.").format(zone=planning.zone)
    days = [str(day) for day in data.get(d.WEEKDAYS, [])]
    return [
        section(zone),
        field_block(d.WEEKDAYS, _("Due on"), checkboxes(weekday_options(), initial=days)),
        field_block(d.DUE, _("Due at"), _time(data[d.DUE])),
        field_block(d.EVERY, _("How often"), select(weeks_options(WEEKS_OFFERED), initial=str(data[d.EVERY]))),
        field_block(d.FIRST, _("First day"), date_input(initial=date.fromisoformat(data[d.FIRST]))),
        field_block(d.ON_HOLIDAY, _("When that day is a holiday"), radio(_holiday(), initial=data[d.ON_HOLIDAY])),
        field_block(d.PERIOD, _("Period the update covers"), select(_periods(), initial=data[d.PERIOD])),
        field_block(d.OPEN_DAYS, _("Opens"), select(_days_before(), initial=str(data[d.OPEN_DAYS]))),
        field_block(d.OPEN_TIME, _("Opens at"), _time(data[d.OPEN_TIME])),
        field_block(d.CLOSE_DAYS, _("Closes"), select(_days_after(), initial=str(data[d.CLOSE_DAYS]))),
        field_block(d.CLOSE_TIME, _("Closes at"), _time(data[d.CLOSE_TIME])),
    ]


def _time(at: str) -> Block:
    return time_input(initial=time.fromisoformat(at))


def _holiday() -> list[Block]:
    return [
        option(_("The next working day"), OnHoliday.MOVE.value),
        option(_("Skip that round"), OnHoliday.SKIP.value),
    ]


def _periods() -> list[Block]:
    return [
        option(_("Since the last round"), Period.SINCE_LAST.value),
        option(_("The calendar week before"), Period.WEEK_BEFORE.value),
        option(_("The calendar month before"), Period.MONTH_BEFORE.value),
        option(_("No period"), Period.NONE.value),
    ]


def _days_before() -> list[Block]:
    days = [
        option(ngettext("{count} working day before", "{count} working days before", n).format(count=n), str(n))
        for n in range(1, DAYS_OFFERED + 1)
    ]
    return [option(_("On the same day"), "0"), *days]


def _days_after() -> list[Block]:
    days = [
        option(ngettext("{count} working day after", "{count} working days after", n).format(count=n), str(n))
        for n in range(1, DAYS_OFFERED + 1)
    ]
    return [option(_("On the same day"), "0"), *days]


def _chase(planning: Planning) -> list[Block]:
    chosen = list(planning.data[d.LADDER])
    offered = dict.fromkeys([*map(d.step_key, d.LADDER_OFFERED), *chosen])
    steps = sorted((d.step_of(key) for key in offered), key=lambda step: step.order)
    choices = [option(reminder_text(step), d.step_key(step)) for step in steps[:10]]
    hint = _("Whoever has answered is left alone. Agencies that stay silent are named in the digest.")
    any_hour = [option(_("Remind at any hour, also outside working hours"), YES)]
    return [
        field_block(d.LADDER, _("Reminders"), checkboxes(choices, initial=chosen), hint=hint, optional=True),
        field_block(
            d.ANY_HOUR,
            _("Hours"),
            checkboxes(any_hour, initial=[YES] if planning.data[d.ANY_HOUR] else []),
            optional=True,
        ),
    ]


def reminder_text(step: Step) -> str:
    """A step of the chase in words."""
    who = recipient_name(step.to)
    if step.days:
        days = abs(step.days)
        text = (
            ngettext("{count} working day before: {who}", "{count} working days before: {who}", days)
            if step.days < 0
            else ngettext("{count} working day after: {who}", "{count} working days after: {who}", days)
        )
        return text.format(count=days, who=who)
    hours = abs(step.minutes) // 60
    if not step.minutes:
        return _("at the deadline: {who}").format(who=who)
    text = (
        ngettext("{count} working hour before: {who}", "{count} working hours before: {who}", hours)
        if step.minutes < 0
        else ngettext("{count} working hour after: {who}", "{count} working hours after: {who}", hours)
    )
    return text.format(count=hours, who=who)


def _digest(planning: Planning) -> list[Block]:
    data = planning.data
    groups = [option(_("By sector"), GroupBy.SECTOR.value), option(_("By agency"), GroupBy.AGENCY.value)]
    return [
        channel_field(data),
        field_block(d.DIGEST_DAYS, _("Digest is sent"), select(_days_after(), initial=str(data[d.DIGEST_DAYS]))),
        field_block(d.DIGEST_TIME, _("Digest is sent at"), _time(data[d.DIGEST_TIME])),
        field_block(d.GROUP_BY, _("Order"), radio(groups, initial=data[d.GROUP_BY])),
        handling_field(data),
    ]


def read_step(step: str, fields: Fields, data: Data) -> dict[str, Any]:
    """Everything entered, with what this step of the form holds."""
    readers: dict[str, Callable[[], dict[str, Any]]] = {
        "what": lambda: {name: fields.text(name) for name in ("title", "questions")},
        "who": lambda: {"audience": fields.choices("audience")},
        "when": lambda: _read_when(fields, data),
        "chase": lambda: {d.LADDER: fields.choices(d.LADDER), d.ANY_HOUR: bool(fields.choices(d.ANY_HOUR))},
        "digest": lambda: _read_digest(fields, data),
    }
    return {**data, **(readers[step]() if step in readers else {})}


def _read_when(fields: Fields, data: Data) -> dict[str, Any]:
    return {
        d.WEEKDAYS: [int(day) for day in fields.choices(d.WEEKDAYS)],
        d.FIRST: (fields.day(d.FIRST) or date.fromisoformat(data[d.FIRST])).isoformat(),
        **{name: _clock(fields, name, data) for name in (d.DUE, d.OPEN_TIME, d.CLOSE_TIME)},
        **{name: fields.choice(name) or data[name] for name in (d.ON_HOLIDAY, d.PERIOD)},
        **{name: int(fields.choice(name) or data[name]) for name in (d.EVERY, d.OPEN_DAYS, d.CLOSE_DAYS)},
    }


def _read_digest(fields: Fields, data: Data) -> dict[str, Any]:
    return {
        CHANNEL: fields.channel(CHANNEL),
        d.DIGEST_DAYS: int(fields.choice(d.DIGEST_DAYS) or data[d.DIGEST_DAYS]),
        d.DIGEST_TIME: _clock(fields, d.DIGEST_TIME, data),
        **{name: fields.choice(name) or data[name] for name in (d.GROUP_BY, HANDLING)},
    }


def _clock(fields: Fields, name: str, data: Data) -> str:
    at = fields.time_of_day(name)
    return d.clock(at) if at is not None else str(data[name])
