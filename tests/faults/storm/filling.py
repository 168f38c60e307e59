"""Fills any form with something that fits each field, and unique words wherever words are asked for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox import elements
from bot.sandbox.driver import Form

Json = dict[str, Any]
Value = Callable[["Filling"], Any] | str | int | None
Hints = Mapping[str, Value]
"""What a field shall hold, by a pattern of its label: a value, or what makes one. None leaves it alone."""

LETTERS = "bcdfghjkmnpqrstvwxz"
TOKEN = re.compile(r"zq[a-z]{9}")
WORDS = ("road", "convoy", "clinic", "border", "river", "market", "school", "depot", "bridge", "camp")
KEPT_AS_IT_IS = 0.5
LEFT_EMPTY = 0.4
CLASSIFIED = "Classification"
CONFIDENTIAL, UNCLASSIFIED = "confidential", "unclassified"
SOMETIMES = 0.25


class Filling:
    """How one person fills forms during one act; `tokens` are the unique words they typed."""

    def __init__(self, chance: random.Random, now: float, people: list[str]) -> None:
        self.chance = chance
        self.now = datetime.fromtimestamp(now)  # dates a person types are about right, whatever their zone
        self.people = people
        self.tokens: list[str] = []
        self.level = ""
        """How it was classified, where the form asks."""

    def token(self) -> str:
        """A word that is nowhere else."""
        made = "zq" + "".join(self.chance.choice(LETTERS) for _letter in range(9))
        self.tokens.append(made)
        return made

    def words(self) -> str:
        """A few words with a token among them."""
        return f"{self.chance.choice(WORDS).capitalize()} {self.token()} {self.chance.choice(WORDS)}"

    def day(self, least: int = 1, most: int = 20) -> str:
        """A day from now, as a form holds it."""
        return (self.now + timedelta(days=self.chance.randint(least, most))).date().isoformat()

    def moment(self) -> int:
        """A moment in the next days, on the quarter of an hour."""
        return int((self.now + timedelta(hours=self.chance.randint(2, 90))).timestamp()) // 900 * 900


def fill(form: Form, how: Filling, hints: Hints) -> None:
    """Fill every field of the form that is open now; how it is classified first, because the form may change by it."""
    for block, element in [pair for pair in _inputs(form) if CLASSIFIED in _label(pair[0])]:
        level = CONFIDENTIAL if how.chance.random() < SOMETIMES else UNCLASSIFIED
        how.level = level
        form.put(block, element, level)
        form.refresh()
    for block, element in list(_inputs(form)):
        label = _label(block)
        if CLASSIFIED in label:
            continue
        hint = next((value for pattern, value in hints.items() if re.search(pattern, label, re.IGNORECASE)), _NO_HINT)
        if hint is _NO_HINT and _leave(form, block, element, how.chance):
            continue
        value = _value(form, block, element, how) if hint is _NO_HINT else hint(how) if callable(hint) else hint
        if value is not None:
            put(form, label, block, element, value)


def put(form: Form, label: str, block: Json, element: Json, value: Any) -> None:
    """Change one field; a text for a select is one of its options."""
    if isinstance(value, str) and element["type"] in _CHOICES:
        value = form.choice(label, value)
        value = [value] if element["type"].startswith("multi_") or element["type"] == "checkboxes" else value
    form.put(block, element, value)


_NO_HINT: Any = object()
_CHOICES = {
    "static_select", "multi_static_select", "external_select", "multi_external_select", "radio_buttons", "checkboxes",
    "users_select", "multi_users_select", "conversations_select", "channels_select",
}  # fmt: skip


def _inputs(form: Form) -> Iterator[tuple[Json, Json]]:
    for block, element in elements.walk(form.blocks):
        if elements.holds(element) and block["type"] == "input":
            yield block, element


def _label(block: Json) -> str:
    return str(block["label"]["text"])


def _leave(form: Form, block: Json, element: Json, chance: random.Random) -> bool:
    """Whether a person leaves a field as it is: often, when it holds something already or need not hold anything."""
    held = dict(form.view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {}))
    held.pop("type", None)
    filled = any(value not in (None, [], "") for value in held.values())
    return chance.random() < KEPT_AS_IT_IS if filled else bool(block.get("optional")) and chance.random() < LEFT_EMPTY


def _value(form: Form, block: Json, element: Json, how: Filling) -> Any:
    kind, chance = element["type"], how.chance
    plain: dict[str, Callable[[], Any]] = {
        "plain_text_input": lambda: _text(element, how),
        "rich_text_input": how.words,
        "number_input": lambda: str(chance.randint(1, 90)),
        "email_text_input": lambda: f"{how.token()}@mission.example",
        "url_text_input": lambda: f"https://mission.example/{how.token()}",
        "datepicker": how.day,
        "timepicker": lambda: f"{chance.randint(8, 16):02}:{chance.choice((0, 30)):02}",
        "datetimepicker": how.moment,
        "users_select": lambda: chance.choice(how.people),
        "multi_users_select": lambda: chance.sample(how.people, chance.randint(1, 3)),
    }
    if kind in plain:
        return plain[kind]()
    return _choice(form, block, element, how)


def _text(element: Json, how: Filling) -> str:
    most = int(element.get("max_length") or 3000)
    return how.words()[:most] if most > 30 else how.token()[:most]


def _choice(form: Form, block: Json, element: Json, how: Filling) -> Any:
    kind, chance = element["type"], how.chance
    if kind not in _CHOICES or kind in {"conversations_select", "channels_select"}:
        return None
    offered = form.options(_label(block))
    if not offered:
        return None
    wanted = [one if "external" in kind else one["value"] for one in chance.sample(offered, min(len(offered), 2))]
    several = kind.startswith("multi_") or kind == "checkboxes"
    return wanted[: chance.randint(1, 2)] if several else wanted[0]
