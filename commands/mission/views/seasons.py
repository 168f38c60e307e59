"""Seasons of the mission's calendar: how they are shown, and the form that enters one."""

from __future__ import annotations

from commands.kit import forms
from commands.kit.cards import Block, actions, button, confirm, escape, section
from commands.kit.dates import Season
from commands.kit.times.rhythm import weekday_options
from commands.kit.words import _
from commands.mission.rules.seasons import DAYS, END, FIRST, LAST, NAME, NAME_LIMIT, START
from commands.mission.rules.setup import Settings
from commands.mission.views.words import hours, span, week


def season_row(season: Season, *, is_admin: bool) -> Block:
    """One season: its days, and the week and hours that hold then."""
    heading, name = span(season.first, season.last), escape(season.name)
    text = f"{heading}\n*{name}*: {week(sorted(season.days))}, {hours(season.start, season.end)}"
    if not is_admin:
        return section(text)
    sure = confirm(_("Remove?"), _("The usual week and hours hold then."), _("Remove"), _("Keep"), danger=True)
    label = _("Remove {name}").format(name=season.name)
    value = season.first.isoformat()
    return section(text, accessory=button(_("Remove"), "mission:season-remove", value, confirm=sure, label=label))


def season_form(settings: Settings) -> Block:
    """A season, filled with the usual week and hours."""
    chosen = [str(day) for day in settings.days]
    blocks = [
        section(_("Between two days, other hours or other working days hold. Working time counts by them everywhere.")),
        forms.field_block(NAME, _("Name"), forms.text_input(most=NAME_LIMIT, placeholder=_("Ramadan"))),
        forms.field_block(FIRST, _("First day"), forms.date_input()),
        forms.field_block(LAST, _("Last day"), forms.date_input()),
        forms.field_block(DAYS, _("Working days"), forms.checkboxes(weekday_options(), initial=chosen)),
        forms.field_block(START, _("The working day begins"), forms.time_input(initial=settings.start)),
        forms.field_block(END, _("The working day ends"), forms.time_input(initial=settings.end)),
        actions(button(_("Back to the calendar"), "mission:calendar"), block_id="back"),
    ]
    return forms.modal("mission:season", _("Add a season"), blocks, submit=_("Add"), close=_("Close"))
