"""How the audit record says what was done with escalations and duty: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    acts = _of_duty() | _of_escalations()
    return ActWords(acts, _things())


def _of_duty() -> dict[str, str]:
    return {
        "chain.usual": _("took the usual chain of escalation again"),
        "chain.step": _("added or changed a step of the chain of escalation"),
        "chain.moved": _("moved a step of the chain of escalation"),
        "chain.removed": _("removed a step of the chain of escalation"),
        "chain.end": _("changed how the chain of escalation ends"),
        "duty.hours": _("changed the duty hours"),
        "duty.officer": _("named an officer in charge of a post"),
        "duty.officer.removed": _("ended an officer’s charge of a post"),
        "duty.post": _("changed the holder of a post"),
        "duty.post.added": _("added a post"),
        "duty.shifts": _("entered duty shifts"),
        "duty.shift": _("entered a duty shift"),
        "duty.stand_in": _("entered a stand-in on duty"),
        "duty.hand_over": _("handed a duty shift over"),
        "duty.moved": _("moved duty with the mission’s clock"),
        "duty.removed": _("took a duty shift off the roster"),
        "email.entered": _("entered an e-mail address"),
        "email.removed": _("removed an e-mail address"),
    }


def _of_escalations() -> dict[str, str]:
    return {
        "escalation.raised": _("raised an escalation"),
        "escalation.queued": _("kept an escalation until duty hours"),
        "escalation.told": _("told people of an escalation"),
        "escalation.not_delivered": _("could not reach somebody with an escalation"),
        "escalation.acknowledged": _("acknowledged an escalation"),
        "escalation.taken_over": _("took an escalation over"),
        "escalation.still_on_it": _("is still on an escalation"),
        "escalation.asked_still": _("asked whether somebody is still on an escalation"),
        "escalation.reopened": _("opened an escalation again"),
        "escalation.asked": _("asked a question about an escalation"),
        "escalation.answered": _("answered a question about an escalation"),
        "escalation.paused": _("put an escalation on hold"),
        "escalation.resumed": _("ended the hold of an escalation"),
        "escalation.overdue": _("noted that an escalation is overdue"),
        "escalation.with_srsg": _("noted that an escalation is with the SRSG"),
        "escalation.severity": _("changed the severity of an escalation"),
        "escalation.joined": _("joined an escalation"),
        "escalation.own_line": _("reported an escalation to their own line"),
        "escalation.decided": _("decided an escalation"),
        "escalation.returned": _("returned an escalation"),
        "escalation.withdrawn": _("withdrew an escalation"),
        "escalation.merged": _("merged an escalation with another"),
        "escalation.settings": _("changed the settings of escalations"),
        "escalations.exported": _("took escalations out as files"),
    }


def _things() -> dict[str, str]:
    return {
        "chain": pgettext("on record", "chain of escalation"),
        "duty_turn": pgettext("on record", "duty shift"),
        "escalation": pgettext("on record", "escalation"),
        "post": pgettext("on record", "post"),
    }
