"""Lines, what waits, what was found and what is linked, as blocks of a message, a form or Home.

Gesture: point at.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, button, escape, header, moment, section, sections, shorten
from commands.kit.dates import when_text
from commands.kit.front.things import Line, Press, Wait
from commands.kit.pages import left_note
from commands.kit.words import _, pgettext
from storage.links.model import LinkVerb

TITLE_SHOWN = 200
WAITS_SHOWN = 8
LINKS_SHOWN = 10


class AtTheOtherEnd(Protocol):
    """The thing at the other end of a link (`commands.kit.front.links.Linked`)."""

    @property
    def verb(self) -> LinkVerb:
        """What the one is to the other."""

    @property
    def begins_here(self) -> bool:
        """Whether the link begins at the thing that is looked at."""

    @property
    def line(self) -> Line:
        """The other thing."""


def press_button(press: Press, label: str = "", *, place: int = 0) -> Block:
    """The button of a press; `place` tells it from the same verb elsewhere in the message."""
    action = f"{press.action}:{place}" if place else press.action
    return button(press.label, action, press.value, confirm=press.confirm, label=label or None)


def line_text(line: Line) -> str:
    """A thing in one line of mrkdwn: `*E-12* Convoy stopped · acknowledged`."""
    title = escape(shorten(" ".join(line.title.split()), TITLE_SHOWN))
    named = f"*{escape(line.number)}* {title}" if line.number else f"*{title}*"
    return f"{named} · {line.state}" if line.state else named


def line_blocks(lines: Sequence[Line], zone: ZoneInfo, *, begin: int = 1) -> list[Block]:
    """Things one under the other, each with the button that opens it."""
    return [_line_block(line, zone, begin + place) for place, line in enumerate(lines)]


def _line_block(line: Line, zone: ZoneInfo, place: int) -> Block:
    text = f"{line_text(line)}\n{_due(line.due, zone)}" if line.due else line_text(line)
    name = line.number or shorten(line.title, 60)
    label = _("Open {name}").format(name=name)
    return section(text, accessory=press_button(line.opens, label, place=place) if line.opens is not None else None)


def _due(due: datetime, zone: ZoneInfo) -> str:
    return pgettext("a thing", "due {when}").format(when=moment(due, when_text(due, zone)))


def wait_blocks(waits: Sequence[Wait], now: datetime, zone: ZoneInfo) -> list[Block]:
    """What waits for the reader, as much of it as Home holds, and how much more there is; nothing for nothing."""
    if not waits:
        return []
    shown = [_wait_block(place, wait, now, zone) for place, wait in enumerate(waits[:WAITS_SHOWN], 1)]
    return [header(_("Waits for you")), *shown, *left_note(waits, WAITS_SHOWN)]


def _wait_block(place: int, wait: Wait, now: datetime, zone: ZoneInfo) -> Block:
    text = wait.text
    if wait.due is not None:
        when = moment(wait.due, when_text(wait.due, zone))
        late = pgettext("a thing", "*overdue* since {when}").format(when=when)
        text = f"{text}\n{late if wait.due < now else _due(wait.due, zone)}"
    return section(text, accessory=press_button(wait.press, place=place))


def link_blocks(linked: Sequence[AtTheOtherEnd]) -> list[Block]:
    """What a thing is linked with, each in one line with what the one is to the other; nothing for nothing."""
    if not linked:
        return []
    lines = [f"• {_relation(one.verb, begins_here=one.begins_here)}: {line_text(one.line)}" for one in linked]
    return sections("\n".join(lines[:LINKS_SHOWN]))


def _relation(verb: LinkVerb, *, begins_here: bool) -> str:
    there, back = {
        LinkVerb.AROSE_FROM: (pgettext("link", "Arose from"), pgettext("link", "Gave rise to")),
        LinkVerb.SERVES: (pgettext("link", "Serves"), pgettext("link", "Is served by")),
        LinkVerb.ANSWERS: (pgettext("link", "Answers"), pgettext("link", "Is answered by")),
        LinkVerb.DOUBLES: (pgettext("link", "Doubles"), pgettext("link", "Is doubled by")),
        LinkVerb.REPLACES: (pgettext("link", "Replaces"), pgettext("link", "Is replaced by")),
        LinkVerb.ABOUT: (pgettext("link", "Is about"), pgettext("link", "Is the subject of")),
    }[verb]
    return there if begins_here else back
