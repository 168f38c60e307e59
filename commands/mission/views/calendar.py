"""The mission's calendar: working week, hours and days off, with forms to change the days off."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import forms
from commands.kit.cards import Block, actions, button, confirm, context, divider, escape, section
from commands.kit.dates import Season
from commands.kit.pages import page_of, turning
from commands.kit.pressed import SLASH, value_of
from commands.kit.times.zones import zone_label
from commands.kit.words import _, current_language, ngettext
from commands.mission.rules.holidays import NAME_LIMIT, DaysOff, Outcome
from commands.mission.rules.setup import Settings
from commands.mission.views.notes import CalendarNotes
from commands.mission.views.seasons import season_row
from commands.mission.views.words import hours, span, week

PER_PAGE = 20
FILE = "file"


def calendar_view(
    settings: Settings,
    days: Sequence[DaysOff],
    *,
    number: int,
    past: int,
    is_admin: bool,
    notice: str = "",
    seasons: Sequence[Season] = (),
) -> Block:
    """The calendar from today on, 20 runs of days off a page. `past` counts days that are over and not shown.
    `seasons` are those that are not over.

    Page numbers count from 1 here, in the view's notes and in its buttons as well.
    """
    assert settings.start is not None
    assert settings.end is not None
    page = page_of(days, number - 1, PER_PAGE)
    zone = zone_label(settings.zone, current_language())
    blocks = [section(escape(notice))] if notice else []
    blocks.append(section(f"*{week(settings.days)}*, {hours(settings.start, settings.end)}\n{zone}"))
    if is_admin:
        blocks.append(actions(*_change_buttons()))
    blocks += [season_row(season, is_admin=is_admin) for season in seasons]
    blocks += [divider(), section(f"*{_('Days off')}*" if days else _("No days off are entered from today on."))]
    blocks += [_row(run, page.number + 1, is_admin=is_admin) for run in page.items]
    blocks += turning(page, "mission:calendar", lambda before: str(before + 1))
    if past:
        text = ngettext("{count} day off is over.", "{count} days off are over.", past)
        blocks.append(context(text.format(count=past)))
    return forms.modal(
        "mission:calendar", _("Calendar"), blocks, close=_("Close"), notes=CalendarNotes(page.number + 1)
    )


def _change_buttons() -> list[Block]:
    return [
        button(_("Add days off"), "mission:add"),
        button(_("Paste a list"), "mission:paste"),
        button(_("Add a season"), "mission:season"),
        button(_("Week and hours"), "mission:setup"),
    ]


def _row(run: DaysOff, page: int, *, is_admin: bool) -> Block:
    text = f"{span(run.first, run.last)}\n*{escape(run.name)}*"
    if not is_admin:
        return section(text)
    sure = confirm(
        _("Remove?"),
        _("{days}: the mission works then, and deadlines may fall there.").format(days=span(run.first, run.last)),
        _("Remove"),
        _("Keep"),
        danger=True,
    )
    value = value_of(run.first, run.last, page, by=SLASH)
    label = _("Remove {name}").format(name=run.name)
    return section(text, accessory=button(_("Remove"), "mission:remove", value, confirm=sure, label=label))


def add_form() -> Block:
    """A run of days off with its name."""
    blocks = [
        forms.field_block("first", _("First day"), forms.date_input()),
        forms.field_block(
            "last", _("Last day"), forms.date_input(), hint=_("Leave it empty for one day."), optional=True
        ),
        forms.field_block("name", _("Name"), forms.text_input(most=NAME_LIMIT, placeholder=_("Christmas Day"))),
        _back(),
    ]
    return forms.modal("mission:add", _("Add days off"), blocks, submit=_("Add"), close=_("Close"))


def paste_form() -> Block:
    """Many days off, one a line."""
    example = "2026-12-25 Christmas Day\n2026-12-31/2027-01-01 New Year"
    blocks = [
        section(_("One day or run of days a line: the date as year-month-day, then the name.")),
        section(f"```{example}```"),
        forms.field_block("lines", _("Days off"), forms.text_input(long=True), optional=True),
        forms.field_block(
            FILE,
            _("Or a calendar file"),
            forms.file_input(kinds=["ics"]),
            hint=_("Whole days are taken, those that come again every year for this year and two more."),
            optional=True,
        ),
        _back(),
    ]
    return forms.modal("mission:paste", _("Paste a list"), blocks, submit=_("Add all"), close=_("Close"))


def _back() -> Block:
    return actions(button(_("Back to the calendar"), "mission:calendar"), block_id="back")


def outcome_text(outcome: Outcome) -> str:
    """What adding days did."""
    added = ngettext("{count} day off added.", "{count} days off added.", outcome.added)
    parts = [added.format(count=outcome.added)]
    if outcome.renamed:
        parts.append(_("{count} got a new name.").format(count=outcome.renamed))
    if outcome.unchanged:
        parts.append(_("{count} stood there already.").format(count=outcome.unchanged))
    return " ".join(parts)


def not_taken_text(errors: str) -> str:
    """What of a calendar file was not taken."""
    return _("Not taken: {errors}").format(errors=errors)
