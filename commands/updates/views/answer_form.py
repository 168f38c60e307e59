"""The form that is answered: prefilled, in as many steps as Slack's limits ask for, and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commands.kit.cards import Block, actions, button, context, escape, mention, option, section, sections, shorten
from commands.kit.dates import both_times
from commands.kit.forms import (
    Fields,
    checkboxes,
    field_block,
    modal,
    multi_select,
    number_input,
    radio,
    select,
    text_input,
)
from commands.kit.names.agencies import agency_name
from commands.kit.names.levels import level_note
from commands.kit.pages import left_text
from commands.kit.pressed import outdated
from commands.kit.words import _
from commands.updates.rules.answers import SHORT_TEXT_LIMIT, TEXT_LIMIT, Value, answer_text, differing, stored_number
from commands.updates.rules.questions import Item, Kind, Question
from commands.updates.views.calls import Owed
from commands.updates.views.notes import ReturnNotes
from commands.updates.views.words import item_label, period_text

TYPED = "updates:typed"
# The field, and the name under which a draft keeps it: no answer to a question is called so.
ON_BEHALF = "on_behalf_of"
# Slack takes 100 blocks and 250 KB in a view; a page stays well below both.
BLOCKS_PER_PAGE = 70
BYTES_PER_PAGE = 120_000
VISIBLE_CHOICES = 10
ON_BEHALF_LIMIT = 60
LEFT_BEHIND_SHOWN = 8
LEFT_BEHIND_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Filling:
    """A form being filled in: what is in it, the version it began from, and where the reader is.

    `notes` say where the texts in it come from. `beside` holds a colleague's answers to merge with, `by` whose they
    are. `proxy`: a coordinator answers for the agency. `left_behind` are earlier answers that fit no question any more.
    """

    owed: Owed
    items: Sequence[Item]
    answers: Mapping[str, Any]
    base: int
    start: int = 0
    notes: Sequence[str] = ()
    proxy: bool = False
    beside: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    left_behind: Sequence[tuple[Item, Value]] = ()


def answer_form(filling: Filling) -> Block:
    """One step of the form, beginning with the item `start`."""
    end = page_end(filling, filling.start)
    is_last = end >= len(filling.items)
    blocks = _intro(filling, end)
    for number in range(filling.start, end):
        blocks += _item_blocks(filling, number)
    if filling.proxy and is_last:
        blocks.append(on_behalf_field(filling.answers.get(ON_BEHALF) or filling.owed.given.on_behalf_of))
    if filling.start > 0:
        blocks.append(actions(button(_("Back"), "updates:back"), block_id="back"))
    return modal(
        "updates:answer",
        filling.owed.agency.code,
        blocks,
        submit=_("Submit") if is_last else _("Next"),
        close=_("Close"),
        notes=_notes(filling),
        tell_when_closed=True,
    )


def _notes(filling: Filling) -> ReturnNotes:
    return ReturnNotes(
        filling.owed.given.id, filling.base, filling.start, proxy=int(filling.proxy), merge=int(bool(filling.by))
    )


def page_end(filling: Filling, start: int) -> int:
    """The number after the last item that fits on a page beginning with `start`."""
    blocks: list[Block] = []
    for number in range(start, len(filling.items)):
        blocks += _item_blocks(filling, number)
        if number > start and not fits(blocks):
            return number
    return len(filling.items)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether a form has room for these blocks, and for what stands around them."""
    return len(blocks) <= BLOCKS_PER_PAGE and len(json.dumps(blocks)) <= BYTES_PER_PAGE


def page_before(filling: Filling, start: int) -> int:
    """Where the page before the one at `start` begins."""
    begins = 0
    while (end := page_end(filling, begins)) < start:
        begins = end
    return begins


def _intro(filling: Filling, end: int) -> list[Block]:
    owed = filling.owed
    about = f"*{escape(owed.round.title)}* · {escape(agency_name(owed.agency))}"
    due = _("Due {when}").format(when=both_times(owed.round.due_at, owed.zone))
    lines = [about, due, period_text(owed.round)]
    notes = list(filling.notes)
    if filling.start > 0 or end < len(filling.items):
        notes.append(
            _("Questions {first} to {last} of {count}").format(
                first=filling.start + 1, last=end, count=len(filling.items)
            )
        )
    if filling.proxy:
        notes.append(_("You answer by proxy: this is shown wherever the update is shown."))
    shown = [section("\n".join(line for line in lines if line)), *level_note(owed.round.handling)]
    shown += [context(*notes)] if notes else []
    return shown + _left_behind(filling.left_behind)


def _left_behind(answers: Sequence[tuple[Item, Value]]) -> list[Block]:
    """Earlier answers for which there is no field, to be read and copied."""
    if not answers:
        return []
    lines = [_("*Left out, because these questions are not asked this way any more:*")]
    for item, value in answers[:LEFT_BEHIND_SHOWN]:
        told = shorten(answer_text(item.question, value), LEFT_BEHIND_LENGTH)
        lines.append(f"• {escape(item_label(item))}: {escape(told)}")
    more = len(answers) - LEFT_BEHIND_SHOWN
    if more > 0:
        lines.append(left_text(more))
    return sections("\n".join(lines))


def _item_blocks(filling: Filling, number: int) -> list[Block]:
    item = filling.items[number]
    blocks: list[Block] = []
    theirs = filling.beside.get(item.key)
    if filling.by and theirs is not None and differing([item], filling.answers, filling.beside):
        told = escape(answer_text(item.question, theirs))
        blocks = sections(_("{person} wrote: {answer}").format(person=mention(filling.by), answer=told))
    return [*blocks, item_field(item, number, filling.answers.get(item.key))]


def item_field(item: Item, number: int, value: Any) -> Block:
    """The field of one item."""
    question = item.question
    label = item_label(item)
    hint = _("In {unit}").format(unit=question.unit) if question.unit else None
    element = _element(item, value)
    return field_block(field_name(number), label, element, hint=hint, optional=not question.required, acts=True)


def field_name(number: int) -> str:
    """The block of an item."""
    return f"a{number}"


def _element(item: Item, value: Any) -> Block:
    question = item.question
    text = str(value) if value is not None else None
    if question.kind is Kind.NUMBER:
        known = text if text is not None and stored_number(text) is not None else None
        element = number_input(initial=known, action=TYPED)
        return {**element, "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    if question.kind is Kind.YES_NO:
        return radio(
            [option(_("Yes"), "yes"), option(_("No"), "no")],
            initial=None if value is None else ("yes" if value is True else "no"),
            action=TYPED,
        )
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        return _choice_element(item, value)
    is_long = question.kind is Kind.LONG_TEXT
    most = TEXT_LIMIT if is_long else SHORT_TEXT_LIMIT
    return text_input(initial=text, long=is_long, most=most, action=TYPED, while_typing=True)


def _choice_element(item: Item, value: Any) -> Block:
    choices = item.question.choices
    options = [option(item.question.choice_words(choice), str(number)) for number, choice in enumerate(choices)]
    chosen = value if isinstance(value, list) else [value]
    initial = [str(number) for number, choice in enumerate(choices) if choice in chosen]
    few = len(choices) <= VISIBLE_CHOICES
    if item.question.kind is Kind.SEVERAL:
        draw = checkboxes if few else multi_select
        return draw(options, initial=initial, action=TYPED)
    first = initial[0] if initial else None
    return radio(options, initial=first, action=TYPED) if few else select(options, initial=first, action=TYPED)


def on_behalf_field(known: str | None = None) -> Block:
    """Who at the agency speaks through the coordinator."""
    return field_block(
        ON_BEHALF,
        _("Who at the agency gave you this update?"),
        text_input(initial=known, most=ON_BEHALF_LIMIT, action=TYPED, while_typing=True),
        hint=_("A function is enough, for example: head of sub-office, by telephone."),
        acts=True,
    )


def read_answers(items: Sequence[Item], fields: Fields) -> dict[str, Value | None]:
    """What the form holds, by answer name; an emptied field is None, a field of another step is not there."""
    answers = {
        item.key: _read(item, field_name(number), fields)
        for number, item in enumerate(items)
        if fields.has(field_name(number))
    }
    return {**answers, ON_BEHALF: fields.text(ON_BEHALF) or None} if fields.has(ON_BEHALF) else answers


def _read(item: Item, name: str, fields: Fields) -> Value | None:
    question = item.question
    if question.kind is Kind.YES_NO:
        chosen = fields.choice(name)
        return None if chosen is None else chosen == "yes"
    if question.kind is Kind.ONE:
        chosen = fields.choice(name)
        return None if chosen is None else _chosen(question, chosen)
    if question.kind is Kind.SEVERAL:
        return [_chosen(question, one) for one in fields.choices(name)] or None
    return fields.text(name) or None


def _chosen(question: Question, place: str) -> str:
    """The choice at a place, as the form numbers them. Raises Refused for a place that there is not."""
    if not place.isdecimal() or int(place) >= len(question.choices):
        raise outdated()
    return question.choices[int(place)]


def last_shown(items: Sequence[Item], fields: Fields) -> int:
    """The number after the last item this step of the form showed."""
    shown = [number for number in range(len(items)) if fields.has(field_name(number))]
    return max(shown, default=len(items) - 1) + 1
