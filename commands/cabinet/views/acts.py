"""How the audit record says what was done with the cabinet: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    acts = (
        _of_actions_and_attendance() | _of_channels() | _of_decisions() | _of_items() | _of_meetings() | _of_minutes()
    )
    return ActWords(acts, _things())


def _of_actions_and_attendance() -> dict[str, str]:
    return {
        "action.begin": _("recorded an action"),
        "action.start": _("began an action"),
        "action.finish": _("reported an action done"),
        "action.verify": _("verified an action"),
        "action.return": _("returned an action"),
        "action.cancel": _("cancelled an action"),
        "action.hand-over": _("handed an action over"),
        "action.snooze": _("put the reminder of an action off"),
        "action.head": _("told a head of agency of an overdue action"),
        "attendance.set": _("recorded who attends"),
        "cabinet.exported": _("took decisions and actions out as files"),
        "cabinet.letterhead": _("changed the letterhead"),
    }


def _of_channels() -> dict[str, str]:
    return {
        "channel.again": _("had the work on a channel go on"),
        "channel.broken": _("could not finish a channel"),
        "channel.lost": _("lost a channel"),
        "channel.made": _("made a channel"),
        "channel.members": _("brought the members of a channel up to date"),
        "channel.ready": _("finished a channel"),
    }


def _of_decisions() -> dict[str, str]:
    return {
        "decision.record": _("recorded a decision"),
        "decision.reserve": _("entered a reservation"),
        "decision.silence": _("a decision is under the silence procedure"),
        "decision.stands": _("a decision is in force"),
        "decision.broken": _("the silence on a decision is broken"),
        "silence.agree": _("answered for an agency that it does not object"),
        "silence.object": _("objected for an agency"),
        "silence.more-time": _("asked for more time for an agency"),
        "silence.not-delivered": _("could not ask an agency"),
        "silence.stands": _("took an agency’s silence as no objection"),
    }


def _of_items() -> dict[str, str]:
    return {
        "item.changed": _("changed an item"),
        "item.proposed": _("put an item among the proposals"),
        "item.scheduled": _("put an item on the agenda"),
        "item.discussed": _("an item is discussed"),
        "item.decided": _("an item is decided upon"),
        "item.moved": _("moved an item on the agenda"),
        "item.deferred": _("deferred an item"),
        "item.withdrawn": _("withdrew an item"),
        "item.discuss": _("marked an item as discussed"),
        "item.decide": _("had an item decided upon"),
        "item.defer": _("deferred an item of a meeting in session"),
        "item.withdraw": _("withdrew an item of a meeting in session"),
    }


def _of_meetings() -> dict[str, str]:
    return {
        "meeting.begin": _("began a meeting"),
        "meeting.called": _("called for items"),
        "meeting.cancelled": _("cancelled a meeting"),
        "meeting.closed": _("closed a meeting whose minutes are issued"),
        "meeting.convened": _("convened a meeting"),
        "meeting.dropped": _("dropped a planned meeting"),
        "meeting.end": _("ended a meeting"),
        "meeting.moved": _("moved a meeting"),
        "meeting.papers": _("sent the agenda out"),
        "series.saved": _("saved a series"),
        "series.active": _("resumed a series"),
        "series.paused": _("paused a series"),
        "series.ended": _("ended a series"),
    }


def _of_minutes() -> dict[str, str]:
    return {
        "minutes.draft": _("began minutes"),
        "minutes.edit": _("wrote in minutes"),
        "minutes.circulate": _("circulated minutes"),
        "minutes.comment": _("commented on minutes"),
        "minutes.issue": _("issued minutes"),
        "minutes.correct": _("issued a corrigendum"),
        "minutes.exported": _("took minutes out as files"),
    }


def _things() -> dict[str, str]:
    return {
        "action": pgettext("on record", "action"),
        "binding": pgettext("on record", "agency’s answer to a decision"),
        "decision": pgettext("on record", "decision"),
        "item": pgettext("on record", "item"),
        "meeting": pgettext("on record", "meeting"),
        "minutes": pgettext("on record", "minutes"),
        "series": pgettext("on record", "series"),
        "setup": pgettext("on record", "work on a channel"),
    }
