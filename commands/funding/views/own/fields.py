"""Fields that several forms of own figures share, and reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from commands.funding.rules.own import entry as e
from commands.kit.cards import Block, option, section
from commands.kit.forms import Fields, channel_select, date_input, field_block, person_select, radio, select, text_input
from commands.kit.handling import Handling
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.subjects import number

Data = Mapping[str, Any]
NONE = "-"
SHORT = 200


def money_fields(data: Data) -> list[Block]:
    """An amount in any currency, and how it becomes US dollars."""
    return [
        words(e.AMOUNT, _("Amount"), data, hint=_("As you write it: 1,250,000 or 1 250 000 or 1.25 million."), most=40),
        words(e.CURRENCY, _("Currency"), {e.CURRENCY: data.get(e.CURRENCY) or "USD"}, most=3),
        words(
            e.RATE,
            _("Exchange rate"),
            data,
            hint=_("How many of this currency for one US dollar. Empty for US dollars."),
            optional=True,
            most=30,
        ),
        day(e.RATE_DAY, _("Rate of"), data, optional=True),
        words(e.RATE_SOURCE, _("Source of the rate"), data, optional=True),
    ]


def words(
    name: str,
    label: str,
    data: Data,
    *,
    hint: str | None = None,
    optional: bool = False,
    most: int = SHORT,
    long: bool = False,
) -> Block:
    """A field for words, with what it held."""
    element = text_input(initial=data.get(name) or None, most=most, long=long)
    return field_block(name, label, element, hint=hint, optional=optional)


def day(name: str, label: str, data: Data, *, hint: str | None = None, optional: bool = False) -> Block:
    """A field for a day, with what it held."""
    return field_block(name, label, date_input(initial=data.get(name)), hint=hint, optional=optional)


def owner_field(data: Data) -> Block:
    """Who looks after it and is reminded."""
    return field_block(
        e.OWNER, _("Owner"), person_select(initial=data.get(e.OWNER)), hint=_("Looks after it, and is reminded.")
    )


def agency_field(data: Data, agencies: Sequence[Agency]) -> list[Block]:
    """The agency it belongs to, or none; no field where the mission has no agency."""
    if not agencies:
        return []
    choices = [option(pgettext("agency", "None"), NONE), *(option(one.code, str(one.id)) for one in agencies[:99])]
    chosen = str(data.get(e.AGENCY) or NONE)
    return [field_block(e.AGENCY, _("Agency"), select(choices, initial=chosen), optional=True)]


def handling_fields(data: Data, *, may_choose: bool) -> list[Block]:
    """Confidential or not, for people who are cleared; and for a Confidential one the channel it lives in.

    A talk that is Confidential never changes its channel: only releasing it is offered then.
    """
    if not may_choose:
        return []
    choices = [
        option(_("Unclassified"), Handling.UNCLASSIFIED.value),
        option(_("Confidential"), Handling.CONFIDENTIAL.value, _("stays in one private channel")),
    ]
    level = str(data.get(e.HANDLING) or Handling.UNCLASSIFIED.value)
    blocks = [field_block(e.HANDLING, _("Handling"), radio(choices, initial=level))]
    if data.get("version") and level == Handling.CONFIDENTIAL.value:
        return [*blocks, section(_("Choose Unclassified once it is announced. It will then count in totals."))]
    if data.get("version"):
        return []
    channel = channel_select(initial=data.get(e.CHANNEL))
    channel["filter"] = {"include": ["private"]}
    hint = _("Only for a Confidential one: a private channel whose members may all see it.")
    return [*blocks, field_block(e.CHANNEL, _("Private channel"), channel, hint=hint, optional=True)]


def read_words(fields: Fields, *names: str) -> dict[str, Any]:
    """What fields for words hold."""
    return {name: fields.text(name) for name in names}


def read_days(fields: Fields, *names: str) -> dict[str, date | None]:
    """What fields for days hold."""
    return {name: fields.day(name) for name in names}


def read_shared(fields: Fields) -> dict[str, Any]:
    """What the shared fields hold."""
    return {
        **read_words(fields, e.AMOUNT, e.CURRENCY, e.RATE, e.RATE_SOURCE),
        **read_days(fields, e.RATE_DAY),
        e.OWNER: fields.person(e.OWNER),
        e.AGENCY: number(fields.choice(e.AGENCY)) or None,
        e.HANDLING: fields.choice(e.HANDLING),
        e.CHANNEL: fields.channel(e.CHANNEL),
    }


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
