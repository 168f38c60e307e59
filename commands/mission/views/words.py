"""Words that several views of the room share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from babel import Locale
from babel.dates import format_date

from commands.kit.dates import clock_text, weekday_text
from commands.kit.times.rhythm import weekdays_text
from commands.kit.words import _, current_language, current_locale
from commands.mission.rules.channels import ChannelProblem

BOT_NAME = "Rapporteur"
WEEK = range(7)


def week(days: Iterable[int]) -> str:
    """Working days as a list, or as a span where they follow each other."""
    chosen = list(days)
    run = _run(chosen)
    if len(chosen) == len(WEEK):
        return _("every day")
    if len(run) > 2:
        return _("{first} to {last}").format(first=weekday_text(run[0]), last=weekday_text(run[-1]))
    return weekdays_text(run or chosen)


def _run(days: list[int]) -> list[int]:
    """The days in the order of one unbroken run, as Sunday to Thursday is one; empty where they are not one run."""
    starts = [day for day in days if (day - 1) % 7 not in days]
    if len(starts) != 1:
        return []
    return [(starts[0] + number) % 7 for number in range(len(days))]


def hours(start: time, end: time) -> str:
    """Working hours."""
    return _("{start} to {end}").format(start=clock_text(start), end=clock_text(end))


def labelled(name: str, value: str) -> str:
    """A name in bold and what it stands for, spaced as the reader's language does."""
    return _("*{name}*: {value}").format(name=name, value=value)


def language_name(code: str) -> str:
    """A language in the reader's language."""
    return str(Locale.parse(code).get_display_name(current_language()) or code)


def setting_name(setting: str) -> str:
    """The two channels every mission has."""
    return {"cabinet": _("Cabinet channel"), "coordinators": _("Coordinator channel")}[setting]


def channel_advice(problem: ChannelProblem) -> str:
    """Why a channel cannot be used and what to do, in plain text."""
    return {
        ChannelProblem.NOT_READ: _("I have not seen this channel yet. I am asking Slack about it."),
        ChannelProblem.UNSEEN: _("I cannot see this private channel. Go there and type /invite @{bot}."),
        ChannelProblem.NOT_MEMBER: _("I am not in this private channel. Go there and type /invite @{bot}."),
        ChannelProblem.ARCHIVED: _("This channel is archived. Unarchive it, or choose another one."),
        ChannelProblem.SHARED: _("This channel is shared with another organisation. Choose one of the mission's own."),
        ChannelProblem.OTHER: _("Slack would not tell me about this channel. Try again, or choose another one."),
    }[problem].format(bot=BOT_NAME)


def span(first: date, last: date) -> str:
    """A run of days in the reader's language."""
    begin, end = (format_date(day, "EEEE d MMMM y", locale=current_locale()) for day in (first, last))
    return begin if first == last else f"{begin} – {end}"
