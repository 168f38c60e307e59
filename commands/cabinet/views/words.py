"""Words that several views of the room share."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import mention
from commands.kit.dates import clock_text
from commands.kit.handling import Handling, highest
from commands.kit.times.rhythm import weekdays_text, weeks_text
from commands.kit.words import _, ngettext, pgettext
from storage.cabinet.items import Item, ItemKind, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import QuorumRule, Series


def meeting_state(state: str) -> str:
    """Where a meeting stands."""
    return {
        MeetingState.PLANNED: pgettext("meeting", "planned"),
        MeetingState.CONVENED: pgettext("meeting", "convened"),
        MeetingState.IN_SESSION: pgettext("meeting", "in session"),
        MeetingState.HELD: pgettext("meeting", "held, record due"),
        MeetingState.CLOSED: pgettext("meeting", "closed"),
        MeetingState.CANCELLED: pgettext("meeting", "cancelled"),
    }[MeetingState(state)]


def meeting_name(meeting: Meeting, level: str) -> str:
    """What a meeting is called in a text of this level: no title stands where not everybody may read it."""
    if highest(Handling(level), Handling(meeting.handling)) != level:
        return _("a Confidential meeting")
    return meeting.title


def item_state(item: Item) -> str:
    """Where an item stands."""
    if item.merged_into_id is not None:
        return pgettext("agenda item", "merged into another item")
    return {
        ItemState.PROPOSED: pgettext("agenda item", "proposed"),
        ItemState.SCHEDULED: pgettext("agenda item", "on the agenda"),
        ItemState.DISCUSSED: pgettext("agenda item", "discussed"),
        ItemState.DECIDED: pgettext("agenda item", "decided upon"),
        ItemState.DEFERRED: pgettext("agenda item", "deferred"),
        ItemState.WITHDRAWN: pgettext("agenda item", "withdrawn from the agenda"),
    }[ItemState(item.state)]


def kind_name(kind: str) -> str:
    """Why an item stands on the agenda."""
    return {
        ItemKind.DECISION: _("for decision"),
        ItemKind.STANDING: _("standing item"),
        ItemKind.ARISING: _("matter arising"),
    }[ItemKind(kind)]


def minutes_text(minutes: int) -> str:
    """A length of time on an agenda: `10 min`."""
    return _("{minutes} min").format(minutes=minutes)


def hours_text(hours: int) -> str:
    """A number of hours."""
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def rhythm_text(series: Series) -> str:
    """How often a series meets: `every 2 weeks, Thursday 10:00`."""
    if not series.every_weeks:
        return _("when it is convened")
    return f"{weeks_text(series.every_weeks)}, {weekdays_text(series.weekdays)} {clock_text(series.start_time)}"


def quorum_text(rule: str, number: int) -> str:
    """A quorum in words."""
    return {
        QuorumRule.NONE: _("no quorum"),
        QuorumRule.HALF: _("half of the agencies"),
        QuorumRule.TWO_THIRDS: _("two thirds of the agencies"),
        QuorumRule.NUMBER: ngettext("{count} agency", "{count} agencies", number).format(count=number),
    }[QuorumRule(rule)]


def people_text(user_ids: Sequence[str], most: int = 30) -> str:
    """People by name, at most so many of them."""
    shown = ", ".join(mention(user) for user in user_ids[:most])
    left = len(user_ids) - most
    if left <= 0:
        return shown
    return _("{people} and {count} others").format(people=shown, count=left)
