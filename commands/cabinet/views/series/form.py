"""The form of a series or of a one-off meeting, step by step; every step can go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from commands.cabinet.rules import series_data as d
from commands.cabinet.rules.seats import ROLES_OFFERED, STANDING_ROLES
from commands.cabinet.views.notes import SeriesNotes
from commands.cabinet.views.words import hours_text, quorum_text
from commands.kit.cards import Block, option, section
from commands.kit.entry.step_pages import Page
from commands.kit.forms import (
    checkboxes,
    date_input,
    field_block,
    multi_external_select,
    number_input,
    person_select,
    radio,
    select,
    text_input,
    time_input,
)
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_options
from commands.kit.names.roles import role_name
from commands.kit.times.rhythm import weekday_options, weeks_options
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.cabinet.series import ChannelRule, QuorumRule, WhenFree

YES, NO = "yes", "no"
WEEKS_OFFERED = 8
LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240)
HOURS = (24, 48, 72, 96, 120, 168)
RECORD_HOURS = (12, 24, 48, 72, 120)
CALL_DAYS = (1, 2, 3, 4, 5, 7, 10)


@dataclass(frozen=True, slots=True)
class Entering:
    """A series being entered: which one (0 is new), everything entered, and what a step needs to show."""

    series: int
    entry: d.SeriesEntry
    agencies: Sequence[Agency]
    zone: str
    one_off: bool = False
    preview: Sequence[Block] = field(default=())


def series_page(entering: Entering, step: str) -> Page:
    """One step of the form."""
    pages: dict[str, Callable[[Entering], list[Block]]] = {
        "what": _what,
        "who": _who,
        "when": _one_off_when if entering.one_off else _when,
        "rules": _rules,
        "preview": lambda entering: list(entering.preview),
    }
    return Page(
        title=_title(entering),
        name=step_name(step),
        blocks=pages[step](entering),
        submit=_("Convene") if entering.one_off else _("Save"),
        notes=SeriesNotes(entering.series, step, one_off=entering.one_off),
    )


def _title(entering: Entering) -> str:
    if entering.one_off:
        return _("One-off meeting")
    return _("Edit series") if entering.series else _("New series")


def step_name(step: str) -> str:
    """A step's name."""
    return {
        "what": _("what it is"),
        "who": _("who sits in it"),
        "when": _("when it meets"),
        "rules": _("agenda, papers, quorum, channel"),
        "preview": _("look at it, then save"),
    }[step]


def _what(entering: Entering) -> list[Block]:
    entry = entering.entry
    levels = (Handling.UNCLASSIFIED, Handling.CONFIDENTIAL)
    choices = level_options(levels)
    title = text_input(initial=entry.title, most=d.TITLE_LIMIT, placeholder=_("Weekly cabinet"))
    place = text_input(initial=entry.place, most=200, placeholder=_("Conference room 1, or a link"))
    standing = text_input(initial=entry.standing, long=True, placeholder=_("Security situation"))
    hint = _("Strictly Confidential texts never enter Slack. Name the reference and who holds the text instead.")
    return [
        field_block(d.TITLE, _("Title"), title),
        field_block(d.PLACE, _("Place"), place, optional=True),
        field_block(
            d.STANDING_ITEMS,
            _("Items on every agenda"),
            standing,
            hint=_("One on each line, in order. They stand before what members propose."),
            optional=True,
        ),
        field_block(d.HANDLING, _("Classification"), radio(choices, initial=entry.handling), hint=hint),
    ]


def _who(entering: Entering) -> list[Block]:
    entry = entering.entry
    scope = [option(_("Every active agency"), YES), option(_("The agencies below"), NO)]
    by_id = {agency.id: agency for agency in entering.agencies}
    chosen = [agency_option(by_id[one]) for one in entry.agencies if one in by_id]
    agencies = multi_external_select("cabinet:agency", initial=chosen, placeholder=_("Code or name"))
    roles = [option(role_name(role), role.value) for role in ROLES_OFFERED if role not in STANDING_ROLES]
    standing = ", ".join(role_name(role) for role in STANDING_ROLES)
    return [
        field_block(d.ALL_AGENCIES, _("Agencies"), radio(scope, initial=YES if entry.all_agencies else NO)),
        field_block(
            d.AGENCIES,
            _("Agencies by name"),
            agencies,
            hint=_("An agency is represented by its head or an alternate."),
            optional=True,
        ),
        field_block(
            d.ROLES,
            pgettext("field", "Roles"),
            checkboxes(roles, initial=entry.roles),
            hint=_("Always members: {roles}.").format(roles=standing),
            optional=True,
        ),
        field_block(d.CHAIR, _("Chair"), person_select(initial=entry.chair)),
        field_block(d.SECRETARY, _("Secretary"), person_select(initial=entry.secretary)),
    ]


def _when(entering: Entering) -> list[Block]:
    entry = entering.entry
    often = [*weeks_options(WEEKS_OFFERED), option(_("only when it is convened"), "0")]
    free = [
        option(_("The next working day"), WhenFree.MOVE.value),
        option(_("Skip that meeting"), WhenFree.SKIP.value),
    ]
    chosen = [str(day) for day in entry.weekdays]
    return [
        section(_("Times are those of {zone}.").format(zone=entering.zone)),
        field_block(d.EVERY, _("How often"), select(often, initial=str(entry.every))),
        field_block(d.WEEKDAYS, _("On"), checkboxes(weekday_options(), initial=chosen), optional=True),
        field_block(d.FIRST, _("From"), date_input(initial=entry.first)),
        *_times(entering),
        field_block(d.WHEN_FREE, _("When that day is a holiday"), radio(free, initial=entry.when_free)),
    ]


def _one_off_when(entering: Entering) -> list[Block]:
    day = date_input(initial=entering.entry.first)
    zone = section(_("Times are those of {zone}.").format(zone=entering.zone))
    return [zone, field_block(d.FIRST, _("Day"), day), *_times(entering)]


def _times(entering: Entering) -> list[Block]:
    entry = entering.entry
    at = time_input(initial=entry.start)
    return [
        field_block(d.START, _("Begins at"), at),
        field_block(d.MINUTES, _("Length"), select(length_options(), initial=str(entry.minutes))),
    ]


def length_options() -> list[Block]:
    """How long a meeting may last."""
    return [option(_("{minutes} minutes").format(minutes=minutes), str(minutes)) for minutes in LENGTHS]


def _hours(choices: Sequence[int], chosen: int, text: str) -> Block:
    offered = sorted({*choices, chosen})
    return select([option(text.format(hours=hours_text(one)), str(one)) for one in offered], initial=str(chosen))


def _rules(entering: Entering) -> list[Block]:
    entry = entering.entry
    call = [
        option(ngettext("{count} working day before", "{count} working days before", n).format(count=n), str(n))
        for n in sorted({*CALL_DAYS, entry.call_days})
    ]
    papers = _hours(HOURS, entry.papers_hours, _("{hours} before"))
    record = _hours(RECORD_HOURS, entry.record_hours, _("{hours} after"))
    quorum = [option(_capital(quorum_text(rule, 2)), rule.value) for rule in QuorumRule if rule != QuorumRule.NUMBER]
    quorum.append(option(_("A number of agencies"), QuorumRule.NUMBER.value))
    number = str(entry.quorum_number) if entry.quorum_number else None
    blocks = [
        field_block(d.CALL_DAYS, _("Call for items"), select(call, initial=str(entry.call_days))),
        field_block(d.PAPERS, _("Agenda goes out with papers"), papers),
        field_block(d.RECORD, _("Record is due"), record),
        field_block(d.QUORUM, _("Quorum"), select(quorum, initial=entry.quorum)),
        field_block(
            d.QUORUM_NUMBER,
            _("Number of agencies, where the quorum is a number"),
            number_input(initial=number, decimals=False),
            optional=True,
        ),
        *_silence(entry),
    ]
    return blocks if entering.one_off else [*blocks, _channel_rule(entry)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _silence(entry: d.SeriesEntry) -> list[Block]:
    silence = _hours(HOURS, entry.silence_hours, "{hours}")
    working = [option(_("Count working hours only"), YES)]
    return [
        field_block(
            d.SILENCE,
            _("Time for absent agencies to object"),
            silence,
            hint=_("A decision that binds an agency that was absent stands when it has not objected by then."),
        ),
        field_block(
            d.SILENCE_WORKING,
            _("Hours"),
            checkboxes(working, initial=[YES] if entry.silence_working else []),
            optional=True,
        ),
    ]


def _channel_rule(entry: d.SeriesEntry) -> Block:
    rules = [
        option(_("One private channel for the series"), ChannelRule.SERIES.value),
        option(_("A private channel for every meeting"), ChannelRule.MEETING.value),
    ]
    return field_block(d.CHANNEL_RULE, _("Channel"), radio(rules, initial=entry.channel_rule))
