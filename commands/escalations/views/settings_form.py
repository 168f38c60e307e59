"""The settings of escalations: where the office reads them, and how long things may take."""

from __future__ import annotations

from collections.abc import Mapping

from commands.escalations.rules.lengths import write_length
from commands.escalations.rules.times import Times
from commands.escalations.views.words import severity_name
from commands.kit.cards import Block, Card, channel_link, context, section
from commands.kit.forms import channel_select, field_block, modal, text_input
from commands.kit.words import _
from storage.escalations.model import Severity

CHANNEL = "channel"
NAMES = ("ack", "decide", "stale")


def field_name(severity: str, name: str) -> str:
    """A field of the form."""
    return f"{severity}-{name}"


def settings_form(channel: str | None, times: Mapping[Severity, Times]) -> Block:
    """Channel and times, as they are now."""
    labels = {
        "ack": _("acknowledged within"),
        "decide": _("decided within"),
        "stale": _("“Are you still on it?” after"),
    }
    blocks: list[Block] = [
        field_block(
            CHANNEL,
            _("Channel of the SRSG office"),
            channel_select(initial=channel),
            hint=_("Private, with everybody in it cleared: otherwise Confidential texts are not shown there."),
        ),
        section(_("*Times.* Routine and urgent ones count duty hours, immediate ones every hour. Write `2 h 30 min`.")),
    ]
    for severity, found in times.items():
        for name in NAMES:
            initial = write_length(getattr(found, name))
            label = f"{severity_name(severity)}: {labels[name]}"
            blocks.append(field_block(field_name(severity, name), label, text_input(initial=initial, most=20)))
    blocks.append(context(_("What is due already stays due when it was; steps and questions follow the new times.")))
    return modal("escalations:settings", _("Escalations"), blocks, submit=_("Save"), close=_("Cancel"))


def saved_card(channel: str, warning: str | None) -> Card:
    """What was saved, and what stands in the way of Confidential texts there."""
    text = _("Saved. Escalations are read in {channel}.").format(channel=channel_link(channel))
    if warning:
        text += "\n" + _("Confidential ones are shown there without their text: {reason}").format(reason=warning)
    return Card(text, (section(text),))
