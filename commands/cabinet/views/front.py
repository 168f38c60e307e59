"""Decisions, actions, items and meetings in one line, and what waits, for the front door and for other rooms."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commands.cabinet.views.record_words import action_state_name, decision_state_name
from commands.cabinet.views.words import item_state, meeting_state
from commands.kit.cards import escape, shorten
from commands.kit.dates import local_moment
from commands.kit.front.things import Line, Press, Wait
from commands.kit.handling import Handling, highest
from commands.kit.words import _, ngettext
from storage.cabinet.actions import Action, ActionState
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes, MinutesState
from storage.subjects import Subject

WAIT_SHOWN = 120
LAST_MINUTE = time(23, 59)


def day_ends(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day of the mission, on which something is due."""
    return local_moment(day, LAST_MINUTE, zone)


def level_of(meeting: Meeting) -> Handling:
    """The higher of a meeting's level and its series'."""
    return highest(Handling(meeting.handling), Handling(meeting.series.handling))


def decision_line(decision: Decision) -> Line:
    """A decision."""
    return Line(
        Subject.of("decision", decision.id),
        decision.reference,
        decision.text,
        decision_state_name(decision.state),
        opens=Press(_("Open"), "cabinet:decision", str(decision.id)),
        handling=decision.handling,
    )


def action_line(action: Action, zone: ZoneInfo) -> Line:
    """An action; what is done or cancelled is due no more."""
    is_live = action.state in {ActionState.OPEN, ActionState.IN_PROGRESS}
    return Line(
        Subject.of("action", action.id),
        "",
        action.text,
        action_state_name(action.state),
        day_ends(action.due_on, zone) if is_live else None,
        Press(_("Open"), "cabinet:action", str(action.id)),
        action.handling,
    )


def item_line(item: Item) -> Line:
    """An item of an agenda; the button opens the agenda that it stands on."""
    opens = Press(_("Open the agenda"), "cabinet:agenda", str(item.meeting_id)) if item.meeting_id else None
    return Line(Subject.of("item", item.id), "", item.title, item_state(item), opens=opens, handling=item.handling)


def meeting_line(meeting: Meeting) -> Line:
    """A meeting."""
    return Line(
        Subject.of("meeting", meeting.id),
        "",
        meeting.title,
        meeting_state(meeting.state),
        meeting.starts_at,
        Press(_("Open the agenda"), "cabinet:agenda", str(meeting.id)),
        level_of(meeting),
    )


def action_wait(action: Action, zone: ZoneInfo) -> Wait:
    """An action that its owner has to do, or that somebody who leads has to verify."""
    subject, about = Subject.of("action", action.id), escape(shorten(" ".join(action.text.split()), WAIT_SHOWN))
    if action.state == ActionState.DONE:
        press = Press(_("Open"), "cabinet:action", str(action.id))
        return Wait(
            None,
            _("*An action is done and waits to be verified*: {text}").format(text=about),
            press,
            subject,
            action.handling,
        )
    press = Press(_("Done…"), "cabinet:finish", str(action.id))
    text = _("*Your action*: {text}").format(text=about)
    return Wait(day_ends(action.due_on, zone), text, press, subject, action.handling)


def silence_wait(binding: Binding, decision: Decision) -> Wait:
    """A decision that stands for an absent agency unless it says otherwise. It is read before it is answered."""
    about = escape(shorten(" ".join(decision.text.split()), WAIT_SHOWN))
    text = _("*Decision {reference} waits for your word*: {text}").format(reference=decision.reference, text=about)
    press = Press(_("Open"), "cabinet:decision", str(decision.id))
    return Wait(binding.due_at, text, press, Subject.of("decision", decision.id), decision.handling)


def proposals_wait(meeting: Meeting, count: int) -> Wait:
    """Items that a secretary has yet to put on the agenda."""
    many = ngettext(
        "*{count} item is proposed* for {meeting}", "*{count} items are proposed* for {meeting}", count
    ).format(count=count, meeting=escape(shorten(meeting.title, WAIT_SHOWN)))
    press = Press(_("Open the agenda"), "cabinet:agenda", str(meeting.id))
    return Wait(meeting.papers_at, many, press, Subject.of("meeting", meeting.id), level_of(meeting))


def minutes_wait(minutes: Minutes) -> Wait:
    """Minutes that their secretary has to circulate or issue, or that others may comment on."""
    meeting, title = minutes.meeting, escape(shorten(minutes.meeting.title, WAIT_SHOWN))
    press = Press(_("Open the minutes"), "cabinet:minutes", str(minutes.id))
    subject = Subject.of("minutes", minutes.id)
    is_draft = minutes.state == MinutesState.DRAFT
    text = _("*Minutes to review*: {meeting}") if is_draft else _("*Minutes to comment on*: {meeting}")
    due = meeting.record_at if is_draft else minutes.comments_by
    return Wait(due, text.format(meeting=title), press, subject, level_of(meeting))
