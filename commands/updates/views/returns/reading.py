"""What agencies wrote, to be read: one of them, or all that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, actions, button, context, divider, escape, pages, section, sections
from commands.kit.forms import modal
from commands.kit.names.agencies import agency_name
from commands.kit.names.levels import level_note
from commands.kit.pages import Page, left_text, page_of, turning
from commands.kit.pressed import value_of
from commands.kit.words import _
from commands.updates.rules.answers import Value, answer_text, clean
from commands.updates.rules.questions import items_for, questions_of
from commands.updates.views.words import item_label, state_line
from storage.agencies import Agency
from storage.updates.returns import Return
from storage.updates.rounds import Round

# A form takes 100 blocks and 250 KB; what stands around the texts needs some of both.
BLOCKS_PER_PAGE, TEXT_PER_PAGE = 80, 60_000


@dataclass(frozen=True, slots=True)
class Text:
    """One agency's update as its reader may read it. `is_newest`: nothing was written since."""

    round: Round
    given: Return
    agency: Agency
    answers: Mapping[str, Value]
    is_newest: bool = True


def text_form(this: Round, text: Text, number: int, zone: ZoneInfo) -> Block:
    """One agency's update."""
    page: Page[list[Block]] = page_of(_pages(text, zone), number, 1)
    blocks = [
        section(f"*{escape(this.title)}*"),
        *level_note(this.handling),
        *(one for part in page.items for one in part),
    ]
    blocks += turning(page, "updates:text", lambda turned: value_of(text.given.id, turned))
    back = button(_("View by agency"), "updates:each", str(this.id))
    return modal("updates:nothing", text.agency.code, [*blocks, actions(back)], close=_("Close"))


def new_form(this: Round, texts: Sequence[Text], zone: ZoneInfo) -> tuple[Block, int]:
    """The updates that are new to the reader, as many as fit, and how many these are."""
    blocks = [section(f"*{escape(this.title)}*"), *level_note(this.handling)]
    shown, used = 0, 0
    for text in texts:
        parts = _pages(text, zone)
        size = sum(len(part) for part in parts) + 1
        if shown and used + size > BLOCKS_PER_PAGE:
            break
        blocks += [divider(), *parts[0], *_goes_on(text, parts)]
        shown, used = shown + 1, used + size
    left = len(texts) - shown
    if not texts:
        blocks.append(section(_("Nothing is new since you looked.")))
    buttons = [button(_("View by agency"), "updates:each", str(this.id))]
    if left:
        blocks.append(context(left_text(left)))
        buttons.insert(0, button(_("Next"), "updates:new", str(this.id), style="primary"))
    return modal("updates:nothing", _("New updates"), [*blocks, actions(*buttons)], close=_("Close")), shown


def _goes_on(text: Text, parts: Sequence[Sequence[Block]]) -> list[Block]:
    if len(parts) == 1:
        return []
    label = _("Read on in the update of {agency}").format(agency=text.agency.code)
    return [actions(button(_("Read on"), "updates:text", value_of(text.given.id, 1), label=label))]


def _pages(text: Text, zone: ZoneInfo) -> list[list[Block]]:
    name = f"*{escape(text.agency.code)}* {escape(agency_name(text.agency))}"
    blocks: list[Block] = [section(f"{name}\n{state_line(text.given, zone)}")]
    if not text.is_newest:
        blocks.append(context(_("This is what a digest has shown. It was changed since.")))
    for item in items_for(questions_of(text.round.questions), text.given.sectors):
        value = clean(item, text.answers.get(item.key))
        if value is not None:
            blocks += sections(f"*{escape(item_label(item))}*\n{escape(answer_text(item.question, value))}")
    return pages(blocks, count=BLOCKS_PER_PAGE - 10, text=TEXT_PER_PAGE)
