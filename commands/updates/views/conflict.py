"""Two people answered at once: both texts, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.kit.ask import field_block, modal, radio
from commands.kit.say import BLOCKS_PER_VIEW, Block, context, escape, mention, option, section, sections
from commands.kit.words import _, ngettext
from commands.updates.rules.answers import answer_text, differing
from commands.updates.rules.questions import Item
from commands.updates.views.answer_form import Filling
from commands.updates.views.words import item_label, who_answered

KEEP_MINE, TAKE_THEIRS, MERGE = "mine", "theirs", "merge"
ROOM_FOR_CHOICE = 4


def conflict_form(filling: Filling) -> Block:
    """Shows both sets of answers where they differ. `filling.answers` are the reader's, `beside` the other's."""
    owed = filling.owed
    intro = section(
        _(
            "*{code}: somebody else submitted while you were writing.* The version that counts now was sent {who}. "
            "Your text is kept as your draft; nothing is lost."
        ).format(code=escape(owed.agency.code), who=who_answered(owed.given, owed.zone))
    )
    blocks = [intro, *_differences(filling), _choice()]
    return modal(
        "updates:conflict",
        _("Two versions"),
        blocks,
        submit=_("Continue"),
        close=_("Decide later"),
        notes={"return": owed.given.id, "base": owed.given.version, "proxy": int(filling.proxy)},
    )


def _differences(filling: Filling) -> list[Block]:
    found = differing(filling.items, filling.answers, filling.beside)
    blocks: list[Block] = []
    for shown, item in enumerate(found):
        drawn = _difference(item, filling.answers, filling.beside, filling.by)
        if len(blocks) + len(drawn) > BLOCKS_PER_VIEW - ROOM_FOR_CHOICE:
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
        option(_("Take theirs"), TAKE_THEIRS, _("My draft is let go.")),
        option(_("Merge by editing"), MERGE, _("My text to edit, with theirs beside it.")),
    ]
    return field_block("choice", _("What shall count?"), radio(options, initial=MERGE))
