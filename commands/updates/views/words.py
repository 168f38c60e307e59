"""Words that several views of the room share."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import escape, mention, moment
from commands.kit.dates import day_text, when_text
from commands.kit.handling import Handling
from commands.kit.names.sectors import sector_name
from commands.kit.words import _, ngettext, pgettext
from commands.updates.rules.ladder import Recipient, steps_of
from commands.updates.rules.questions import Item
from commands.updates.rules.standings import Column, Timeliness
from storage.updates.notices import NoticeKind, ReturnNotice
from storage.updates.returns import SUSPENDED_REASON, Return, ReturnState, Standing
from storage.updates.rounds import Round


def why_called(this: Round, note: ReturnNotice, now: datetime) -> str:
    """One sentence that says why a person's message about a round rang; empty where it asked for the first time."""
    if note.kind == NoticeKind.NUDGE:
        return _("{person} asks for this update.").format(person=mention(note.handed_by or ""))
    if note.kind == NoticeKind.SNOOZE:
        return _("You asked to be reminded of this update now.")
    return why_reminded(this, note.occurrence, now) if note.kind == NoticeKind.CHASE else ""


def why_reminded(this: Round, step: int, now: datetime) -> str:
    """One sentence that says why a reminder reaches this person now; `step` counts in the round's ladder."""
    ladder = steps_of(this.ladder)
    if not 0 <= step < len(ladder):
        return ""
    if ladder[step].to is Recipient.HEAD:
        return _("As head of agency you are told that an update of your agency has not been received.")
    if ladder[step].to is Recipient.ALTERNATES:
        return _("This update has not been received. Please send it, or ask a colleague to.")
    if now < this.due_at:
        return _("A reminder: this update is due soon.")
    return _("A reminder: this update has not been received.")


def level_of(this: Round) -> Handling:
    """The level of everything that belongs to a round."""
    return Handling(this.handling)


def period_text(this: Round) -> str:
    """The period a round covers, both days included; empty when it covers none."""
    if this.period_start is None or this.period_end is None:
        return ""
    last = this.period_end.fromordinal(this.period_end.toordinal() - 1)
    return _("Period: {first} to {last}").format(first=day_text(this.period_start), last=day_text(last))


def column_name(column: Column) -> str:
    """A column of the board."""
    return {
        Column.IN: pgettext("updates", "Received on time"),
        Column.LATE: pgettext("updates", "Received late"),
        Column.NIL: _("Nothing to report"),
        Column.WAIVED: pgettext("agencies", "Waived"),
        Column.OWED: pgettext("updates", "Awaited"),
        Column.MISSED: pgettext("updates", "Not received"),
    }[column]


def timeliness_name(how: Timeliness) -> str:
    """How an agency met a round."""
    return {
        Timeliness.ON_TIME: pgettext("update", "on time"),
        Timeliness.LATE: pgettext("update", "late"),
        Timeliness.NIL: pgettext("update", "nothing to report"),
        Timeliness.MISSED: pgettext("update", "missed"),
        Timeliness.WAIVED: pgettext("update", "waived"),
        Timeliness.RUNNING: pgettext("update", "still running"),
    }[how]


def recipient_name(to: Recipient) -> str:
    """Whom a step of the chase reminds."""
    return {
        Recipient.FOCAL_POINT: _("focal point"),
        Recipient.ALTERNATES: _("alternates"),
        Recipient.HEAD: _("head of agency"),
    }[to]


def item_label(item: Item) -> str:
    """What is asked, with the sector it is asked for, as its reader calls it."""
    words = item.question.words
    return f"{words} ({sector_name(item.sector)})" if item.sector else words


def questions_count(count: int) -> str:
    """How many questions there are to answer."""
    return ngettext("{count} question", "{count} questions", count).format(count=count)


def who_answered(owed: Return | Standing, zone: ZoneInfo) -> str:
    """Who answered, for whom and when."""
    if owed.answered_by is None or owed.answered_at is None:
        return ""
    when = moment(owed.answered_at, when_text(owed.answered_at, zone))
    if owed.on_behalf_of:
        return _("by {person} for {agency_person} (by proxy), {when}").format(
            person=mention(owed.answered_by), agency_person=escape(owed.on_behalf_of), when=when
        )
    return _("by {person}, {when}").format(person=mention(owed.answered_by), when=when)


def state_line(owed: Return | Standing, zone: ZoneInfo) -> str:
    """Where a return stands, with who and when."""
    late = _(" (late)") if owed.is_late else ""
    if owed.state == ReturnState.SUBMITTED:
        return _("Submitted{late} {who}").format(late=late, who=who_answered(owed, zone))
    if owed.state == ReturnState.NIL:
        return _("Nothing to report{late}, said {who}").format(late=late, who=who_answered(owed, zone))
    if owed.state == ReturnState.WAIVED:
        return _("Waived by {person}: {reason}").format(
            person=mention(owed.waived_by or ""), reason=escape(waived_because(owed.waived_reason))
        )
    if owed.state == ReturnState.MISSED:
        return _("Not received before the round closed.")
    return _("A draft is kept, nothing is submitted yet.") if owed.state == ReturnState.DRAFT else _("Nothing yet.")


def waived_because(reason: str | None) -> str:
    """Why a return is waived, in words."""
    return _("the agency is suspended") if reason == SUSPENDED_REASON else reason or ""


def submitted_meanwhile(given: Return, zone: ZoneInfo) -> str:
    """What counts now is not what a draft was begun with."""
    if given.state == ReturnState.NIL:
        return _("“Nothing to report” was said meanwhile {who}. Submitting this replaces it.").format(
            who=who_answered(given, zone)
        )
    return _(
        "A version was submitted meanwhile {who}. Where you had written nothing it is filled in; where both of you "
        "wrote, it stands above your text."
    ).format(who=who_answered(given, zone))


def source_of_draft(saved_at: datetime, zone: ZoneInfo) -> str:
    """Where the texts of a form come from: the reader's own draft."""
    return _("From your draft of {when}.").format(when=moment(saved_at, when_text(saved_at, zone)))


def source_of_version(given: Return, zone: ZoneInfo) -> str:
    """Where the texts of a form come from: what the agency has submitted."""
    return _("This is what was submitted {who}. Sending it again makes a new version.").format(
        who=who_answered(given, zone)
    )
