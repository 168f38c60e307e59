"""A series as it will work, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.cabinet.rules.seats import Seats
from commands.cabinet.views.words import hours_text, people_text, quorum_text, rhythm_text
from commands.kit.cards import Block, escape, mention, section, sections
from commands.kit.dates import both_times, short_text
from commands.kit.names.levels import level_name, level_note
from commands.kit.words import _, ngettext
from storage.agencies import Agency
from storage.cabinet.series import ChannelRule, Series


def preview_blocks(
    series: Series,
    starts: Sequence[datetime],
    seats: Seats,
    unrepresented: Sequence[Agency],
    zone: ZoneInfo,
    *,
    guests: Sequence[str] = (),
    outsiders: Sequence[str] = (),
) -> list[Block]:
    """Title, next meetings, who is invited, and the rules, in words.

    `guests` and `outsiders` are those of the invited who are guests of the workspace or come from another one.
    """
    when = [_one_off(series, starts, zone)] if series.is_one_off else [rhythm_text(series), _next(starts, zone)]
    head = "\n".join([f"*{escape(series.title)}*", *when])
    return [
        section(head),
        *level_note(series.handling),
        *sections("\n".join([_who(series, seats, unrepresented), *_not_of_the_mission(guests, outsiders)])),
        *sections(_rules(series)),
    ]


def _one_off(series: Series, starts: Sequence[datetime], zone: ZoneInfo) -> str:
    minutes = _("{minutes} minutes").format(minutes=series.minutes)
    return f"{both_times(starts[0], zone)}, {minutes}" if starts else minutes


def _next(starts: Sequence[datetime], zone: ZoneInfo) -> str:
    if not starts:
        return _("No meeting is in sight; convene one by hand.")
    days = " · ".join(short_text(start, zone) for start in starts)
    return _("Next: {days} ({zone})").format(days=days, zone=zone.key)


def _who(series: Series, seats: Seats, unrepresented: Sequence[Agency]) -> str:
    agencies = len(seats.agencies)
    lines = [
        _("*Chair:* {chair} · *Secretary:* {secretary}").format(
            chair=mention(series.chair), secretary=mention(series.secretary)
        ),
        ngettext("*{count} agency* sits in it.", "*{count} agencies* sit in it.", agencies).format(count=agencies),
        _("*Invited:* {people}").format(people=people_text(seats.people)),
    ]
    if unrepresented:
        codes = ", ".join(escape(agency.code) for agency in unrepresented)
        text = _("*Nobody can represent:* {agencies}. They have neither a head nor an alternate.")
        lines.append(text.format(agencies=codes))
    return "\n".join(lines)


def _not_of_the_mission(guests: Sequence[str], outsiders: Sequence[str]) -> list[str]:
    lines = []
    if guests:
        lines.append(_("*Guests among them:* {people}").format(people=people_text(guests)))
    if outsiders:
        lines.append(_("*From other organisations:* {people}").format(people=people_text(outsiders)))
    return lines


def _rules(series: Series) -> str:
    days = ngettext("{count} working day before", "{count} working days before", series.call_days)
    lines = [
        _("*Call for items:* {when}").format(when=days.format(count=series.call_days)),
        _("*Agenda with papers:* {hours} before").format(hours=hours_text(series.papers_hours)),
        _("*Record:* {hours} after").format(hours=hours_text(series.record_hours)),
        _("*Quorum:* {quorum}").format(quorum=quorum_text(series.quorum_rule, series.quorum_number)),
        _("*Time for absent agencies to object:* {hours}").format(hours=_silence(series)),
        _("*Classification:* {level}").format(level=level_name(series.handling)),
    ]
    if series.default_agenda:
        lines.append(_("*On every agenda:* {items}").format(items=escape("; ".join(series.default_agenda))))
    if not series.is_one_off:
        lines.append(
            _("One private channel serves the whole series.")
            if series.channel_rule == ChannelRule.SERIES
            else _("Every meeting gets a private channel of its own.")
        )
    return "\n".join(lines)


def _silence(series: Series) -> str:
    hours = hours_text(series.silence_hours)
    return _("{hours}, working hours only").format(hours=hours) if series.silence_working else hours
