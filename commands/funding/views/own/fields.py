"""Fields that several forms of own figures share, and reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from commands.funding.rules.own import entry as e
from commands.kit.cards import Block, option, section, sections
from commands.kit.entry.choices import one_of
from commands.kit.forms import (
    Fields,
    channel_select,
    date_input,
    field_block,
    person_select,
    radio,
    text_input,
)
from commands.kit.handling import Handling
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.subjects import number

F = TypeVar("F", bound=e.FigureEntry)
NONE = "-"
SHORT = 200


def money_fields(entry: e.FigureEntry) -> list[Block]:
    """An amount in any currency, and how it becomes US dollars."""
    return [
        words(
            e.AMOUNT,
            _("Amount"),
            entry.amount,
            hint=_("As you write it: 1,250,000 or 1 250 000 or 1.25 million."),
            most=40,
        ),
        words(e.CURRENCY, _("Currency"), entry.currency or "USD", most=3),
        words(
            e.RATE,
            _("Exchange rate"),
            entry.rate,
            hint=_("How many of this currency for one US dollar. Empty for US dollars."),
            optional=True,
            most=30,
        ),
        day(e.RATE_DAY, _("Rate of"), entry.rate_day, optional=True),
        words(e.RATE_SOURCE, _("Source of the rate"), entry.rate_source, optional=True),
    ]


def words(
    name: str,
    label: str,
    held: str,
    *,
    hint: str | None = None,
    optional: bool = False,
    most: int = SHORT,
    long: bool = False,
) -> Block:
    """A field for words, with what it held."""
    element = text_input(initial=held or None, most=most, long=long)
    return field_block(name, label, element, hint=hint, optional=optional)


def day(name: str, label: str, held: date | None, *, hint: str | None = None, optional: bool = False) -> Block:
    """A field for a day, with what it held."""
    return field_block(name, label, date_input(initial=held), hint=hint, optional=optional)


def owner_field(owner: str | None) -> Block:
    """Who looks after it and is reminded."""
    return field_block(e.OWNER, _("Owner"), person_select(initial=owner), hint=_("Looks after it, and is reminded."))


def agency_field(entry: e.FigureEntry, agencies: Sequence[Agency]) -> list[Block]:
    """The agency it belongs to, or none; no field where the mission has no agency."""
    if not agencies:
        return []
    choices = [option(pgettext("agency", "None"), NONE), *(option(one.code, str(one.id)) for one in agencies)]
    chosen = str(entry.agency or NONE)
    return [field_block(e.AGENCY, _("Agency"), one_of(choices, "funding:agency", initial=chosen), optional=True)]


def handling_fields(entry: e.FigureEntry, *, may_choose: bool) -> list[Block]:
    """Confidential or not, for people who are cleared; and for a Confidential one the channel it lives in.

    A talk that is Confidential never changes its channel: only releasing it is offered then.
    """
    if not may_choose:
        return []
    choices = [
        option(_("Unclassified"), Handling.UNCLASSIFIED.value),
        option(_("Confidential"), Handling.CONFIDENTIAL.value, _("stays in one private channel")),
    ]
    level = entry.handling or Handling.UNCLASSIFIED
    blocks = [field_block(e.HANDLING, _("Handling"), radio(choices, initial=level.value))]
    if entry.version and level is Handling.CONFIDENTIAL:
        return [*blocks, section(_("Choose Unclassified once it is announced. It will then count in totals."))]
    if entry.version:
        return []
    channel = channel_select(initial=entry.channel)
    channel["filter"] = {"include": ["private"]}
    hint = _("Only for a Confidential one: a private channel whose members may all see it.")
    return [*blocks, field_block(e.CHANNEL, _("Private channel"), channel, hint=hint, optional=True)]


def read_shared(entry: F, fields: Fields) -> F:
    """The entry with what the shared fields hold."""
    level = fields.choice(e.HANDLING)
    return replace(
        entry,
        title=fields.text(e.TITLE),
        donor=fields.text(e.DONOR),
        source=fields.text(e.SOURCE),
        amount=fields.text(e.AMOUNT),
        currency=fields.text(e.CURRENCY),
        rate=fields.text(e.RATE),
        rate_day=fields.day(e.RATE_DAY),
        rate_source=fields.text(e.RATE_SOURCE),
        owner=fields.person(e.OWNER),
        agency=number(fields.choice(e.AGENCY)) or None,
        handling=Handling(level) if level else None,
        channel=fields.channel(e.CHANNEL),
    )


def warning(said: str) -> list[Block]:
    """What stands over a form that somebody else was faster with; nothing for nothing."""
    return sections(said) if said else []


def channels_select(*, initial: Sequence[str] = (), action: str = "input") -> Block:
    """Any number of public or private channels the person can see."""
    element: Block = {
        "type": "multi_conversations_select",
        "action_id": action,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial:
        element["initial_conversations"] = list(initial)
    return element
