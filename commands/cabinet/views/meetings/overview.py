"""Series and meetings as whoever keeps them sees them, and the forms that convene, move and cancel a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from commands.cabinet.views.notes import ConveneNotes, MeetingNotes
from commands.cabinet.views.notices import place_line
from commands.cabinet.views.words import meeting_state, rhythm_text
from commands.kit.cards import Block, actions, button, divider, escape, option, overflow, section, shorten
from commands.kit.dates import both_times
from commands.kit.forms import date_input, field_block, modal, text_input, time_input
from commands.kit.pages import page_of, turning
from commands.kit.pressed import value_of
from commands.kit.words import _, pgettext
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState
from storage.cabinet.series import Series, SeriesState

SERIES_SHOWN, MEETINGS_SHOWN = 15, 20
EDIT, PAUSE, RESUME, END, CONVENE = "edit", "pause", "resume", "end", "convene"
NOW, MOVE, CANCEL, AGENDA, CLOSE = "now", "move", "cancel", "agenda", "close"
DAY, TIME, PLACE, REASON = "day", "time", "place", "reason"
REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class KeptSeries:
    """Everything that one person keeps: `may_add` where they may also make new series.

    `pages` are the pages of the series and of the meetings that the reader has turned to.
    """

    series: Sequence[Series]
    meetings: Sequence[Meeting]
    zone: ZoneInfo
    may_add: bool
    note: str = ""
    pages: tuple[int, int] = (0, 0)


def meetings_form(kept: KeptSeries) -> Block:
    """The series with their rhythm, and the meetings that are not over, each with what can be done about it."""
    blocks: list[Block] = [section(kept.note)] if kept.note else []
    if kept.may_add:
        blocks.append(
            actions(
                button(_("New series"), "cabinet:series-new", style="primary"),
                button(_("One-off meeting"), "cabinet:series-new:one-off", "one-off"),
                block_id="new",
            )
        )
    if not kept.series and not kept.meetings:
        blocks.append(section(_("No cabinet meets yet. A series makes its meetings by itself; one can also be alone.")))
    listed = page_of(kept.series, kept.pages[0], SERIES_SHOWN)
    coming = page_of(kept.meetings, kept.pages[1], MEETINGS_SHOWN)
    for series in listed.items:
        blocks += [divider(), _series(series)]
    blocks += turning(listed, "cabinet:meetings", lambda number: value_of(number, coming.number))
    if kept.meetings:
        blocks += [divider(), section(_("*Meetings*"))]
    blocks += [_meeting(meeting, kept.zone) for meeting in coming.items]
    blocks += turning(coming, "cabinet:meetings", lambda number: value_of(listed.number, number))
    return modal("cabinet:noted", _("Series and meetings"), blocks, close=_("Close"))


def _series(series: Series) -> Block:
    lines = [f"*{escape(series.title)}*", rhythm_text(series)]
    if series.state == SeriesState.PAUSED:
        lines.append(_("*Paused.* No new meetings until somebody resumes it."))
    running = series.state == SeriesState.ACTIVE
    choices = [(CONVENE, _("Convene a meeting…")), (EDIT, _("Edit…"))]
    choices.append((PAUSE, _("Pause")) if running else (RESUME, _("Resume")))
    choices.append((END, _("End it…")))
    options = [option(text, value_of(series.id, verb)) for verb, text in choices]
    return section("\n".join(lines), accessory=overflow("cabinet:series-menu", options))


def _meeting(meeting: Meeting, zone: ZoneInfo) -> Block:
    lines = [f"*{escape(meeting.title)}* · {meeting_state(meeting.state)}", both_times(meeting.starts_at, zone)]
    place = place_line(meeting)
    choices = [(AGENDA, _("Agenda"))]
    if meeting.state == MeetingState.PLANNED:
        choices.insert(0, (NOW, _("Convene now")))
    if meeting.state in AHEAD:
        choices += [(MOVE, _("Move…")), (CANCEL, _("Cancel…"))]
    if meeting.state == MeetingState.HELD:
        choices.append((CLOSE, pgettext("meeting", "Close")))
    options = [option(text, value_of(meeting.id, verb)) for verb, text in choices]
    text = "\n".join([*lines, place] if place else lines)
    return section(text, accessory=overflow("cabinet:meeting-menu", options))


def convene_form(series: Series, day: date, at: time, zone: str, warning: str = "") -> Block:
    """Convene a meeting of a series on a day that its rhythm does not name."""
    return modal(
        "cabinet:convene",
        _("Convene"),
        [
            section(f"*{escape(series.title)}*"),
            *([section(warning)] if warning else []),
            *_when_fields(day, at, zone, series.place),
        ],
        submit=_("Convene anyway") if warning else _("Convene"),
        close=_("Close"),
        notes=ConveneNotes(series.id, day.isoformat() if warning else ""),
    )


def move_form(meeting: Meeting, day: date, at: time, zone: str, place: str, warning: str = "") -> Block:
    """Another day, time or place."""
    return modal(
        "cabinet:move",
        _("Move the meeting"),
        [
            section(f"*{escape(meeting.title)}*\n" + _("Everybody who was invited is told.")),
            *([section(warning)] if warning else []),
            *_when_fields(day, at, zone, place),
        ],
        submit=_("Move anyway") if warning else _("Move"),
        close=_("Close"),
        notes=MeetingNotes(meeting.id, day.isoformat() if warning else ""),
    )


def _when_fields(day: date, at: time, zone: str, place: str) -> list[Block]:
    return [
        field_block(DAY, _("Day"), date_input(initial=day)),
        field_block(TIME, _("Begins at"), time_input(initial=at), hint=_("Time of {zone}.").format(zone=zone)),
        field_block(PLACE, _("Place"), text_input(initial=place or None, most=200), optional=True),
    ]


def cancel_form(meeting: Meeting, zone: ZoneInfo) -> Block:
    """Why a meeting does not take place."""
    text = _("Its members are told. What was proposed for it waits for the next meeting.")
    about = f"*{escape(meeting.title)}*\n{both_times(meeting.starts_at, zone)}\n{text}"
    return modal(
        "cabinet:cancel-meeting",
        _("Cancel the meeting"),
        [section(about), field_block(REASON, _("Reason"), text_input(long=True, most=REASON_LIMIT))],
        submit=_("Cancel the meeting"),
        close=_("Back"),
        notes=MeetingNotes(meeting.id),
    )


def end_form(series: Series) -> Block:
    """The series makes no meeting any more."""
    text = _(
        "No further meeting is made, and those that were not convened yet are dropped. Its records stay. "
        "This cannot be undone; pausing can."
    )
    return modal(
        "cabinet:series-end",
        _("End the series"),
        [section(f"*{escape(shorten(series.title, 150))}*\n{text}")],
        submit=_("End it"),
        close=_("Back"),
        notes=ConveneNotes(series.id),
    )
