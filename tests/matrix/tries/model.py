"""How a verb is tried: what is sent to it, and about which things.

Texts hold `{id}` where the thing's id belongs, and `{name}` where something else that the thing knows does. Somebody
can always send what no form and no message of theirs would send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.requests.incoming import ACTION, COMMAND, FORM, OPTIONS, SHORTCUT
from tests.matrix.things import NOBODYS


@dataclass(frozen=True, slots=True)
class Try:
    """One way to use a verb.

    `about` is the kind of thing it names, empty for none; only those whose name ends with one of `only` are tried.
    `line` tells several tries of one verb apart. `opened_by` is the try that opens the form which is sent.
    """

    kind: str
    about: str = ""
    value: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    query: str = ""
    place: str = ""
    line: str = ""
    only: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    opened_by: tuple[str, str, str] | None = None

    def filled(self, words: Mapping[str, object]) -> Try:
        """The same with these words where it holds places for them; an id that no row has for one that is missing."""
        known = _Nobodys(words)
        return replace(
            self,
            value=self.value.format_map(known),
            text=self.text.format_map(known),
            notes={name: _note(one, known) for name, one in self.notes.items()},
            fields={name: _note(one, known) for name, one in self.fields.items()},
        )


class _Nobodys(dict[str, object]):
    def __missing__(self, _name: str) -> int:
        return NOBODYS


def _note(one: Any, words: Mapping[str, object]) -> Any:
    """A value of a form: the word itself, a number where it is one."""
    return words[one[1:-1]] if isinstance(one, str) and one.startswith("{") and one.endswith("}") else one


def press(about: str = "", value: str = "", **more: Any) -> Try:
    """A button, or a line of a menu. It holds the id of what it is about, if nothing else is said."""
    return Try(ACTION, about, value or ("{id}" if about else ""), **more)


def menu(about: str, *words: str, value: str = "{{id}}:{word}", only: tuple[str, ...] = ()) -> tuple[Try, ...]:
    """Each line of a menu."""
    return tuple(press(about, value.format(word=word), line=word, only=only) for word in words)


def send(
    about: str = "", *, opens: str = "", value: str = "", notes: Mapping[str, Any] | None = None, **more: Any
) -> Try:
    """A form, filled as the one that the verb `opens` shows; without it, with `fields` alone."""
    opened = (ACTION, opens, value or ("{id}" if about else "")) if opens else None
    return Try(FORM, about, notes=notes or {}, opened_by=more.pop("opened_by", opened), **more)


def types(text: str = "", about: str = "", **more: Any) -> Try:
    """A command with what is typed behind its sub-command."""
    return Try(COMMAND, about, text=text, **more)


def looks(**more: Any) -> Try:
    """A select that asks for its choices."""
    return Try(OPTIONS, **more)


def picks(**more: Any) -> Try:
    """A shortcut."""
    return Try(SHORTCUT, **more)


# By kind of delivery and verb (`actions cabinet:agree`, `command /cabinet log`): every way in which it is tried.
Tries = Mapping[str, Try | tuple[Try, ...]]
