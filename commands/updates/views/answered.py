"""What a person sees when their answer is in, or came too late."""

from __future__ import annotations

from commands.kit.ask import modal
from commands.kit.dates import both_times
from commands.kit.say import Block, Card, actions, button, escape, section
from commands.kit.words import _
from commands.updates.views.asks import Owed, answer_buttons
from commands.updates.views.words import handling_note, level_of, state_line


def _about(owed: Owed) -> str:
    return f"*{escape(owed.agency.code)}* · {escape(owed.round.title)}"


def thanks_form(owed: Owed) -> Block:
    """The update is in."""
    lines = [_about(owed), state_line(owed.given, owed.zone)]
    if owed.is_open:
        lines.append(_("You can change it until {when}.").format(when=both_times(owed.round.closes_at, owed.zone)))
    blocks = [section("\n".join(lines)), *handling_note(owed.round)]
    return modal("updates:nothing", _("Thank you"), blocks, close=_("Close"))


def closed_form(owed: Owed) -> Block:
    """The round closed while somebody was writing."""
    text = _(
        "The round closed {when}, while you were writing. Your text is kept as your draft and was not submitted. "
        "Tell the coordinators what the cabinet should still know."
    ).format(when=both_times(owed.round.closed_at or owed.round.closes_at, owed.zone))
    return modal("updates:nothing", _("Too late"), [section(f"{_about(owed)}\n{text}")], close=_("Close"))


def nil_card(owed: Owed) -> Card:
    """Nothing to report was said, with the way back."""
    text = _("{agency} has nothing to report in “{title}”. Thank you.").format(
        agency=owed.agency.code, title=owed.round.title
    )
    buttons = answer_buttons(owed)
    blocks = (section(escape(text)), *([actions(*buttons)] if buttons else []))
    return Card(text, blocks, level_of(owed.round))


def repeated_card(owed: Owed) -> Card:
    """The last answers were submitted again."""
    text = _("{agency}: the last answers are submitted again in “{title}”. Thank you.").format(
        agency=owed.agency.code, title=owed.round.title
    )
    edit = button(_("Edit"), "updates:write", str(owed.given.id))
    return Card(text, (section(escape(text)), actions(edit)), level_of(owed.round))
