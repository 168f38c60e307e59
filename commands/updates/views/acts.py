"""How the audit record says what was done with rounds and updates: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    acts = _of_rounds() | _of_returns()
    return ActWords(acts, _things())


def _of_rounds() -> dict[str, str]:
    return {
        "plan.saved": _("saved a plan of rounds"),
        "plan.paused": _("paused a plan of rounds"),
        "plan.resumed": _("resumed a plan of rounds"),
        "round.begin": _("planned a round"),
        "round.open": _("opened a round"),
        "round.close": _("closed a round"),
        "round.call_off": _("called a round off"),
        "round.called_off": _("called an open round off"),
        "round.reopened": _("opened a round again"),
        "round.moved": _("moved a round with the mission’s clock"),
        "round.digest": _("sent the digest of a round"),
        "round.addendum": _("sent an addendum to a digest"),
        "round.dropped": _("dropped a planned round"),
        "updates.exported": _("took updates out as files"),
    }


def _of_returns() -> dict[str, str]:
    return {
        "return.answers": _("sent an update"),
        "return.nil": _("said that there is nothing to report"),
        "return.same": _("said that nothing has changed"),
        "return.withdrawn": _("took an update back"),
        "return.waived": _("waived an update"),
        "return.owed_again": _("took back that an update was waived"),
        "return.handed_over": _("handed an update over"),
        "return.nudged": _("reminded an agency of its update"),
        "return.snoozed": _("put the reminder of an update off"),
        "return.took_theirs": _("left a colleague’s version of an update as it was"),
    }


def _things() -> dict[str, str]:
    return {
        "digest": pgettext("on record", "digest"),
        "plan": pgettext("on record", "plan of rounds"),
        "return": pgettext("on record", "update"),
        "round": pgettext("on record", "round"),
    }
