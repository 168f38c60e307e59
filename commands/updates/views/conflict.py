"""Two people answered at once: both texts, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.kit.cards import Block, context, escape, mention, option, section, sections
from commands.kit.forms import field_block, modal, radio
from commands.kit.names.levels import level_note
from commands.kit.words import _, ngettext
from commands.updates.rules.answers import answer_text, differing
from commands.updates.rules.questions import Item
from commands.updates.views.answer_form import Filling, fits
from commands.updates.views.calls import Owed
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import item_label, who_answered
from storage.updates.returns import ReturnState

KEEP_MINE, TAKE_THEIRS, MERGE = "mine", "theirs", "merge"


def conflict_form(filling: Filling, *, own: bool = False) -> Block:
    """Shows both sets of answers where they differ. `filling.answers` are the reader's, `beside` the other's.

    `own`: the other version is the reader's too, from another window or another device.
    """
    owed = filling.owed
    blocks = [
        section(_what_happened(owed, own=own)),
        *level_note(owed.round.handling),
        *_differences(filling),
        _choice(),
    ]
    return modal(
        "updates:conflict",
        _("Two versions"),
        blocks,
        submit=_("Continue"),
        close=_("Decide later"),
        notes=ReturnNotes(owed.given.id, owed.given.version, proxy=int(filling.proxy)),
    )


def _what_happened(owed: Owed, *, own: bool) -> str:
    code, who = escape(owed.agency.code), who_answered(owed.given, owed.zone)
    if owed.given.state == ReturnState.NIL:
        text = _(
            "*{code}: “nothing to report” was said while you were writing,* {who}. Your text is kept as your draft; "
            "nothing is lost."
        )
    elif own:
        text = _(
            "*{code}: you submitted another version while this form was open,* in another window or on another "
            "device. It was sent {who}. This text is kept as your draft; nothing is lost."
        )
    else:
        text = _(
            "*{code}: somebody else submitted while you were writing.* The version that counts now was sent {who}. "
            "Your text is kept as your draft; nothing is lost."
        )
    return text.format(code=code, who=who)


def _differences(filling: Filling) -> list[Block]:
    found = differing(filling.items, filling.answers, filling.beside)
    blocks: list[Block] = []
    for shown, item in enumerate(found):
        drawn = _difference(item, filling.answers, filling.beside, filling.by)
        if blocks and not fits([*blocks, *drawn]):
            left = len(found) - shown
            text = ngettext(
                "{count} more answer differs; merging shows it.",
                "{count} more answers differ; merging shows them.",
                left,
            )
            return [*blocks, context(text.format(count=left))]
        blocks += drawn
    return blocks


def _difference(item: Item, mine: Mapping[str, Any], theirs: Mapping[str, Any], by: str) -> list[Block]:
    label = item_label(item)
    own = escape(answer_text(item.question, mine.get(item.key)))
    other = escape(answer_text(item.question, theirs.get(item.key)))
    return [
        *sections(f"*{escape(label)}*\n" + _("Yours: {answer}").format(answer=own)),
        *sections(_("{person} wrote: {answer}").format(person=mention(by), answer=other)),
    ]


def _choice() -> Block:
    options = [
        option(_("Keep mine as the new version"), KEEP_MINE, _("The other version stays in the history.")),
        option(_("Take theirs"), TAKE_THEIRS, _("My draft is discarded.")),
        option(_("Merge by editing"), MERGE, _("My text to edit, with theirs beside it.")),
    ]
    return field_block("choice", _("Which version do you keep?"), radio(options, initial=MERGE))
