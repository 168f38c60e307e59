"""What a person sees when their answer is in, or came too late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from commands.kit.cards import Block, Card, actions, button, context, escape, mention, section, sections
from commands.kit.dates import both_times
from commands.kit.forms import modal
from commands.kit.names.levels import level_note
from commands.kit.words import _
from commands.updates.rules.answers import answer_text
from commands.updates.rules.questions import Item
from commands.updates.views.answer_form import Filling, fits, on_behalf_field
from commands.updates.views.calls import Owed, answer_buttons, state_text
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import item_label, level_of, state_line


def _about(owed: Owed) -> str:
    return f"*{escape(owed.agency.code)}* · {escape(owed.round.title)}"


def received_form(owed: Owed) -> Block:
    """The update is in, for whoever has no message that says so."""
    lines = [_about(owed), state_line(owed.given, owed.zone)]
    if owed.is_open:
        lines.append(_("Can be changed until: {when}").format(when=both_times(owed.round.closes_at, owed.zone)))
    blocks = [section("\n".join(lines)), *level_note(owed.round.handling)]
    return modal("updates:nothing", _("Received"), blocks, close=_("Close"))


def closed_form(filling: Filling) -> Block:
    """The round closed while somebody was writing: their text, to be copied."""
    text = _(
        "The round closed {when}, while you were writing. Your text was not submitted. It is kept: your message about "
        "this round opens it again. Tell the coordinators what the cabinet should still know."
    )
    return _unsent(filling, _("Too late"), text)


def draft_form(filling: Filling) -> Block:
    """What somebody had typed and not submitted when the round closed."""
    text = _(
        "The round closed {when}. This is what you had typed; it was not submitted. Tell the coordinators what the "
        "cabinet should still know."
    )
    return _unsent(filling, _("Not submitted"), text)


def _unsent(filling: Filling, title: str, text: str) -> Block:
    owed = filling.owed
    about = text.format(when=both_times(owed.round.closed_at or owed.round.closes_at, owed.zone))
    blocks = [section(f"{_about(owed)}\n{about}"), *level_note(owed.round.handling)]
    end = filling.start
    while end < len(filling.items):
        drawn = _as_typed(filling.items[end], filling.answers)
        if end > filling.start and not fits([*blocks, *drawn]):
            break
        blocks += drawn
        end += 1
    left = end < len(filling.items)
    notes = ReturnNotes(owed.given.id, start=end)
    return modal("updates:unsent", title, blocks, submit=_("Next") if left else None, close=_("Close"), notes=notes)


def _as_typed(item: Item, answers: Mapping[str, Any]) -> list[Block]:
    if item.key not in answers:
        return []
    told = answer_text(item.question, answers[item.key])
    return sections(f"*{escape(item_label(item))}*\n{escape(told)}")


def owed_again_card(owed: Owed) -> Card:
    """“Nothing to report” was taken back."""
    text = _("{agency}: “nothing to report” is taken back in “{title}”.").format(
        agency=owed.agency.code, title=owed.round.title
    )
    buttons = answer_buttons(owed)
    return Card(text, (section(f"{escape(text)}\n{state_text(owed)}"), actions(*buttons)), level_of(owed.round))


def nil_form(owed: Owed) -> Block:
    """A coordinator says for an agency that it has nothing to report."""
    blocks = [
        section(_about(owed)),
        *level_note(owed.round.handling),
        context(_("You answer by proxy: this is shown wherever the update is shown.")),
        on_behalf_field(owed.given.on_behalf_of),
    ]
    return modal(
        "updates:nil",
        _("Nothing to report"),
        blocks,
        submit=_("Submit"),
        close=_("Cancel"),
        notes=ReturnNotes(owed.given.id),
    )


def nothing_owed_card(owed: Owed) -> Card:
    """Somebody wants to be reminded of what is answered already, or was waived."""
    text = _("{agency} owes nothing in “{title}” any more, so I will not remind you.").format(
        agency=owed.agency.code, title=owed.round.title
    )
    return Card(text, (section(f"{escape(text)}\n{state_line(owed.given, owed.zone)}"),), level_of(owed.round))


def earlier_card(owed: Owed, until: datetime) -> Card:
    """The reminder comes before the moment that was chosen, because the round closes first."""
    text = _("The round closes {closes}. I will remind you before that, {when}.").format(
        closes=both_times(owed.round.closes_at, owed.zone), when=both_times(until, owed.zone)
    )
    return Card(text, (section(text),))


def handed_form(owed: Owed, to: str) -> Block:
    """A colleague was asked instead."""
    text = _("{person} is asked now, and reminded from here on. You can still answer yourself.").format(
        person=mention(to)
    )
    return modal("updates:nothing", _("Handed over"), [section(f"{_about(owed)}\n{text}")], close=_("Close"))


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
