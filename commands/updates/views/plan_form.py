"""The form of a round plan, step by step; every step can go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from commands.kit.cards import Block, option, section
from commands.kit.entry.step_pages import Page
from commands.kit.forms import Fields, checkboxes, date_input, field_block, radio, select, time_input
from commands.kit.handling import Handling
from commands.kit.times.rhythm import weekday_options, weeks_options
from commands.kit.words import _, ngettext
from commands.updates.rules import plan_data as d
from commands.updates.rules.drafting import AUDIENCE, CHANNEL, HANDLING, QUESTIONS, TITLE
from commands.updates.rules.ladder import Step
from commands.updates.views.building.builder import built_blocks
from commands.updates.views.fields import audience_field, channel_field, handling_field, questions_field, title_field
from commands.updates.views.notes import PlanNotes
from commands.updates.views.words import recipient_name
from storage.agencies import Agency
from storage.updates.rounds import GroupBy, OnHoliday, Period

TYPED = "updates:plan-typed"
YES = "yes"
DAYS_OFFERED = 10
WEEKS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Planning:
    """A plan being entered: which one (0 is new), everything entered, and what a step needs to show."""

    plan: int
    entry: d.PlanEntry
    agencies: Sequence[Agency]
    zone: str
    preview: Sequence[Block] = field(default=())


def plan_page(planning: Planning, step: str) -> Page:
    """One step of the form."""
    pages: dict[str, Callable[[Planning], list[Block]]] = {
        "what": _what,
        "who": _who,
        "when": _when,
        "chase": _chase,
        "digest": _digest,
        "preview": lambda planning: list(planning.preview),
    }
    return Page(
        title=_("Edit plan") if planning.plan else _("New plan"),
        name=step_name(step),
        blocks=pages[step](planning),
        submit=_("Save"),
        notes=PlanNotes(planning.plan, step),
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
    return [title_field(planning.entry, TYPED), questions_field(planning.entry, TYPED), *built_blocks(planning.entry)]


def _who(planning: Planning) -> list[Block]:
    return [audience_field(planning.entry, planning.agencies)]


def _when(planning: Planning) -> list[Block]:
    entry = planning.entry
    zone = _("Times are those of {zone}.").format(zone=planning.zone)
    days = [str(day) for day in entry.weekdays]
    return [
        section(zone),
        field_block(d.WEEKDAYS, _("Due on"), checkboxes(weekday_options(), initial=days)),
        field_block(d.DUE, _("Due at"), time_input(initial=entry.due)),
        field_block(d.EVERY, _("How often"), select(weeks_options(WEEKS_OFFERED), initial=str(entry.every))),
        field_block(d.FIRST, _("First day"), date_input(initial=entry.first)),
        field_block(d.ON_HOLIDAY, _("When that day is a holiday"), radio(_holiday(), initial=entry.on_holiday)),
        field_block(d.PERIOD, _("Period the update covers"), select(_periods(), initial=entry.period)),
        field_block(d.OPEN_DAYS, _("Opens"), select(_days_before(), initial=str(entry.open_days))),
        field_block(d.OPEN_TIME, _("Opens at"), time_input(initial=entry.open_time)),
        field_block(d.CLOSE_DAYS, _("Closes"), select(_days_after(), initial=str(entry.close_days))),
        field_block(d.CLOSE_TIME, _("Closes at"), time_input(initial=entry.close_time)),
    ]


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
    chosen = list(planning.entry.ladder)
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
            checkboxes(any_hour, initial=[YES] if planning.entry.any_hour else []),
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
    entry = planning.entry
    groups = [option(_("By sector"), GroupBy.SECTOR.value), option(_("By agency"), GroupBy.AGENCY.value)]
    return [
        channel_field(entry),
        field_block(d.DIGEST_DAYS, _("Digest is sent"), select(_days_after(), initial=str(entry.digest_days))),
        field_block(d.DIGEST_TIME, _("Digest is sent at"), time_input(initial=entry.digest_time)),
        field_block(d.GROUP_BY, _("Order"), radio(groups, initial=entry.group_by)),
        handling_field(entry),
    ]


def read_step(step: str, fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    """Everything entered, with what this step of the form holds."""
    readers: dict[str, Callable[[Fields, d.PlanEntry], d.PlanEntry]] = {
        "what": _read_what,
        "who": _read_who,
        "when": _read_when,
        "chase": _read_chase,
        "digest": _read_digest,
    }
    return readers[step](fields, entry) if step in readers else entry


def _read_what(fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    return replace(entry, title=fields.text(TITLE), questions=fields.text(QUESTIONS))


def _read_who(fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    return replace(entry, audience=tuple(fields.choices(AUDIENCE)))


def _read_when(fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    return replace(
        entry,
        weekdays=tuple(int(day) for day in fields.choices(d.WEEKDAYS)),
        every=int(fields.choice(d.EVERY) or entry.every),
        first=fields.day(d.FIRST) or entry.first,
        on_holiday=OnHoliday(fields.choice(d.ON_HOLIDAY) or entry.on_holiday),
        period=Period(fields.choice(d.PERIOD) or entry.period),
        due=fields.time_of_day(d.DUE) or entry.due,
        open_days=int(fields.choice(d.OPEN_DAYS) or entry.open_days),
        open_time=fields.time_of_day(d.OPEN_TIME) or entry.open_time,
        close_days=int(fields.choice(d.CLOSE_DAYS) or entry.close_days),
        close_time=fields.time_of_day(d.CLOSE_TIME) or entry.close_time,
    )


def _read_chase(fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    return replace(entry, ladder=tuple(fields.choices(d.LADDER)), any_hour=bool(fields.choices(d.ANY_HOUR)))


def _read_digest(fields: Fields, entry: d.PlanEntry) -> d.PlanEntry:
    return replace(
        entry,
        channel=fields.channel(CHANNEL),
        digest_days=int(fields.choice(d.DIGEST_DAYS) or entry.digest_days),
        digest_time=fields.time_of_day(d.DIGEST_TIME) or entry.digest_time,
        group_by=GroupBy(fields.choice(d.GROUP_BY) or entry.group_by),
        handling=Handling(fields.choice(HANDLING) or entry.handling),
    )
