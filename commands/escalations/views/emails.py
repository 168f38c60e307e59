"""What e-mails say: that something waits and where to find it, never what it is."""

from __future__ import annotations

from commands.kit.words import _


def proof_text(mission: str) -> tuple[str, str]:
    """Subject and text of the e-mail that proves an address."""
    subject = _("Rapporteur reaches you here")
    text = _(
        "This address was entered in Rapporteur of {mission}.\n\n"
        "When Slack is down, or when a step of an escalation says so, an e-mail like this one tells you that an "
        "escalation waits for you. It never holds the text of an escalation.\n\n"
        "If this is not meant for you, tell an admin of the mission."
    )
    return subject, text.format(mission=mission)


def waiting_text(name: str, severity: str, mission: str, command: str) -> tuple[str, str]:
    """Subject and text of the e-mail about an escalation: its reference, and to open Slack.

    `command` is `/escalate` as it is spelled here.
    """
    subject = _("Escalation {name} waits for you ({severity})").format(name=name, severity=severity)
    text = _(
        "An escalation of {mission} waits for you: {name}, {severity}.\n\n"
        "Open Slack and look at the messages of Rapporteur, or type {command} list there.\n\n"
        "This e-mail holds no text of the escalation, and an answer to it is not read."
    )
    return subject, text.format(name=name, severity=severity, mission=mission, command=command)
