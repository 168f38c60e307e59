"""Why a message was not delivered, in words that people understand.

Gesture: put into words.
"""

from __future__ import annotations

from commands.kit.cards import escape, shorten
from commands.kit.handling import Verdict
from commands.kit.places import verdict_text
from commands.kit.words import _

REASON_LIMIT = 300


def reason_text(error: str) -> str:
    """Slack's error code in words where it is a common one; the code itself always stands with it."""
    code, _blank, detail = error.partition(" ")
    if code == "handling" and detail in set(Verdict):
        return verdict_text(Verdict(detail))
    known = {**_of_messages(), **_of_channels(), **_of_mail()}.get(code.rstrip(":"))
    shown = f"`{escape(shorten(error, REASON_LIMIT))}`" if error else "?"
    return f"{known} ({shown})" if known else shown


def _of_messages() -> dict[str, str]:
    return {
        "is_archived": _("the channel is archived"),
        "channel_not_found": _("I cannot see the channel, or it is gone"),
        "not_in_channel": _("I am not in the channel"),
        "cannot_look": _(
            "Slack did not say whether it arrived, and I cannot look because I am not in the channel. Invite me there, "
            "then send it again: I look first"
        ),
        "user_not_found": _("Slack does not know this person"),
        "user_disabled": _("this person has left"),
        "cannot_dm_bot": _("this is an app, not a person"),
        "restricted_action": _("the workspace's rules forbid it"),
        "restricted_action_read_only_channel": _("only some people may write in this channel"),
        "missing_scope": _("a permission is missing"),
        "handling": _("its level of classification does not allow it to go there"),
        "no_parent": _("the message it belongs to was not delivered"),
        "invalid_blocks": _("Slack did not accept its form; this is a mistake of mine"),
        "msg_too_long": _("it is too long for Slack; this is a mistake of mine"),
        "bug": _("a mistake of mine"),
    }


def _of_channels() -> dict[str, str]:
    return {
        "name_taken": _("too many channels have this name already"),
        "ura_max_channels": _("a guest of one channel cannot be in a second one"),
        "user_is_restricted": _("a guest cannot be there"),
        "cant_invite": _("they cannot be invited"),
        "no_external_invite_permission": _("people of another organisation must be invited by an admin"),
        "canvas_disabled_user_team": _("canvases are switched off"),
        "team_tier_cannot_create_channel_canvases": _("the workspace's plan has no canvases"),
    }


def _of_mail() -> dict[str, str]:
    return {
        "smtp_connection": _("the mail server could not be reached"),
        "smtp_tls": _("the mail server's certificate is not trusted"),
        "smtp_not_supported": _("the mail server cannot do what the settings ask, such as TLS or a login"),
        "smtp_535": _("the mail server does not accept our login"),
        "smtp_550": _("the mail server does not take messages for this address"),
        "mail_unknown": _("the line to the mail server broke before it answered; it may have arrived"),
        "mail_no_address": _("nobody entered an e-mail address for this person"),
        "mail_not_set_up": _("e-mail is not set up"),
    }
