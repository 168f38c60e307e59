"""The card of an escalation: in the office channel, for whom it was brought to, for its raiser and those concerned."""

from __future__ import annotations

from enum import StrEnum

from commands.escalations.rules.acts import Act
from commands.escalations.views.case import Case
from commands.escalations.views.clock import next_line, state_lines
from commands.escalations.views.history import missed_text
from commands.escalations.views.words import asks_name, at_text, fitted, name_of, severity_name, state_name
from commands.kit.cards import (
    SECTION_LIMIT,
    Block,
    Card,
    actions,
    button,
    channel_link,
    confirm,
    context,
    escape,
    mention,
    option,
    overflow,
    section,
    shorten,
)
from commands.kit.handling import Handling
from commands.kit.names.levels import level_name
from commands.kit.pressed import value_of
from commands.kit.words import _, pgettext
from storage.escalations.model import Severity, State

SUMMARY_SHOWN = 2600
TRIED_SHOWN = 1600
MISSED_SHOWN = 3
ROOM = "escalations"
MORE = f"{ROOM}:more"


class CardReader(StrEnum):
    """Who reads a card: it decides the buttons."""

    OFFICE = "office"
    RAISER = "raiser"
    CONCERNED = "concerned"


def card(matter: Case, reader: CardReader, why: str = "") -> Card:
    """The card as it stands now. `why` says in one sentence why it reaches its reader."""
    head = "\n".join([*([why] if why else []), headline(matter)])
    blocks: list[Block] = [section(head), *body(matter)]
    blocks.append(section("\n".join(state_lines(matter))))
    small = [text for text in (next_line(matter), *_missed(matter), _resembles(matter, reader)) if text]
    if small:
        blocks.append(context(shorten("\n".join(small), SECTION_LIMIT)))
    buttons = _buttons(matter, reader)
    if buttons:
        blocks.append(actions(*buttons))
    return Card(plain_text(matter, why), tuple(blocks), matter.level)


def reminder_card(matter: Case, why: str) -> Card:
    """A later word to somebody who has the card already: why it comes, while that is news, and what to do."""
    if not why:
        text = _("This reminder is settled; the card above says how it stands.")
        return Card(text, (section(f"*{name_of(matter.this)}*  _{text}_"),), matter.level)
    blocks = [section(f"*{name_of(matter.this)}*  {why}"), actions(*_answers(matter))]
    return Card(plain_text(matter, why), tuple(blocks), matter.level)


def _answers(matter: Case) -> list[Block]:
    """The shortest way to answer a reminder."""
    if matter.reader == matter.this.raised_by:
        return [_button(_("Open"), "open", matter)]
    if _is_asked_still(matter):
        first = [_button(_("Still on it"), Act.STILL, matter, style="primary")]
    elif matter.this.state == State.RAISED:
        first = [_button(_("Acknowledge"), Act.ACKNOWLEDGE, matter, style="primary")]
    else:
        first = []
    return [*first, _button(_("Decide"), Act.DECIDE, matter), _button(_("Open"), "open", matter)]


def not_concerned_card(matter: Case) -> Card:
    """What stands with somebody whom it concerned and concerns no longer."""
    text = _("{name} does not concern you any more.").format(name=name_of(matter.this))
    return Card(text, (section(text),))


def headline(matter: Case) -> str:
    """Number, severity and what is asked."""
    this = matter.this
    parts = [f"*{name_of(this)}*", f"*{severity_name(this.severity)}*", asks_name(this.asks)]
    if this.handling != Handling.UNCLASSIFIED:
        parts.append(f"*{level_name(this.handling)}*")
    return " · ".join(parts)


def plain_text(matter: Case, why: str = "") -> str:
    """What a notification says."""
    this = matter.this
    what = "" if matter.withheld or matter.is_pointer else f" {fitted(this.summary, 120)}"
    state = state_name(this.state)
    text = f"{name_of(this)}, {severity_name(this.severity)}, {asks_name(this.asks)}: {state}.{what}"
    return f"{why} {text}" if why else text


def body(matter: Case) -> list[Block]:
    """What it is about; a withheld one says only that."""
    this = matter.this
    if matter.withheld:
        text = _("Its text is Confidential and is not shown here. Whoever is cleared can open it.")
        return [section(f"_{text}_"), context(_raised_line(matter))]
    blocks = [section(_pointer(matter) if matter.is_pointer else fitted(this.summary, SUMMARY_SHOWN))]
    if this.tried:
        tried = _("*Tried at the level below:* {text}").format(text=fitted(this.tried, TRIED_SHOWN))
        blocks.append(section(tried))
    blocks.append(context("\n".join([*_facts(matter), _raised_line(matter)])))
    return blocks


def _pointer(matter: Case) -> str:
    pointer = matter.this.pointer
    lines = [
        _("The text is held outside Slack."),
        _("*Reference:* {reference}").format(reference=escape(str(pointer.get("reference", "")))),
        _("*Held by:* {holder}").format(holder=escape(str(pointer.get("holder", "")))),
        _("*How to ask for it:* {how}").format(how=escape(str(pointer.get("how", "")))),
    ]
    return "\n".join(lines)


def _facts(matter: Case) -> list[str]:
    this = matter.this
    code = f" ({escape(this.place_code)})" if this.place_code else ""
    facts = []
    if this.place_name:
        facts.append(_("Place: {place}").format(place=escape(this.place_name) + code))
    if matter.codes:
        facts.append(_("Concerns: {agencies}").format(agencies=", ".join(escape(one) for one in matter.codes)))
    if this.needed_by:
        facts.append(_("Needed by {when}").format(when=at_text(this.needed_by, matter.zone)))
    if this.source.get("kind") == "message":
        facts.append(_("From a message in {channel}").format(channel=channel_link(str(this.source["channel"]))))
    return [" · ".join(facts)] if facts else []


def _raised_line(matter: Case) -> str:
    this = matter.this
    when = at_text(this.raised_at, matter.zone)
    return _("Raised by {person}, {when}").format(person=mention(this.raised_by), when=when)


def _missed(matter: Case) -> list[str]:
    if matter.this.state not in (State.QUEUED, State.RAISED):
        return []
    newest = matter.missed()[-MISSED_SHOWN:]
    return [missed_text(matter, one.step, one.place, one.reason) for one in newest]


def _resembles(matter: Case, reader: CardReader) -> str:
    if reader is not CardReader.OFFICE or not matter.resembles or not matter.this.is_open:
        return ""
    numbers = ", ".join(f"E-{number}" for number in matter.resembles)
    return _("Perhaps the same matter as {numbers}: “Merge” brings them together.").format(numbers=numbers)


def _buttons(matter: Case, reader: CardReader) -> list[Block]:
    this = matter.this
    if not this.is_open:
        return [_button(_("Open"), "open", matter)]
    # Nobody is the office of what they raised themselves, also where the chain names them.
    if reader is CardReader.OFFICE and matter.reader != this.raised_by:
        return _office_buttons(matter)
    buttons = [_button(_("Answer"), Act.ANSWER, matter, style="primary")] if this.question and matter.may_answer else []
    if reader is not CardReader.CONCERNED:
        buttons += _raiser_buttons(matter)
    return [*buttons, _button(_("Open"), "open", matter)]


def _button(text: str, verb: str, matter: Case, *, style: str | None = None, sure: Block | None = None) -> Block:
    return button(text, f"{ROOM}:{verb}", str(matter.this.id), style=style, confirm=sure)


def _office_buttons(matter: Case) -> list[Block]:
    this = matter.this
    held = this.state in (State.ACKNOWLEDGED, State.WAITING)
    buttons = []
    if not held:
        buttons.append(_button(_("Acknowledge"), Act.ACKNOWLEDGE, matter, style="primary"))
    if _is_asked_still(matter):
        buttons.append(_button(_("Still on it"), Act.STILL, matter, style="primary"))
    buttons.append(_button(_("Decide"), Act.DECIDE, matter))
    if not (this.question and this.state == State.WAITING):
        buttons.append(_button(_("Ask back"), Act.ASK, matter))
    buttons.append(_button(_("Return"), Act.RETURN, matter))
    if held and matter.reader != this.holder:
        buttons.append(_button(_("Take over"), Act.TAKE_OVER, matter))
    return [*buttons, _button(_("Open"), "open", matter), overflow(MORE, _more(matter, held=held))]


def _is_asked_still(matter: Case) -> bool:
    """Whether the holder is asked if they are still on it, and the holder may read this."""
    this = matter.this
    is_asked = this.asked_still_at is not None and this.state == State.ACKNOWLEDGED
    return is_asked and matter.reader in ("", this.holder)


def _more(matter: Case, *, held: bool) -> list[Block]:
    this = matter.this
    choices = [(Act.SEVERITY, _("Change severity")), (Act.MERGE, pgettext("escalation", "Merge into another"))]
    if this.with_srsg_at is None:
        choices.insert(0, (Act.WITH_SRSG, _("It is with the SRSG")))
    if held:
        hold = (Act.RESUME, _("End the hold")) if this.state == State.WAITING else (Act.PAUSE, _("Put on hold"))
        choices.insert(0, hold)
    return [option(text, value_of(act, this.id)) for act, text in choices]


def _raiser_buttons(matter: Case) -> list[Block]:
    buttons = []
    if matter.this.severity != Severity.IMMEDIATE:
        buttons.append(_button(_("This is immediate"), Act.IMMEDIATE, matter, sure=question_before(Act.IMMEDIATE)))
    return [*buttons, _button(_("Withdraw"), Act.WITHDRAW, matter, style="danger", sure=question_before(Act.WITHDRAW))]


def question_before(act: Act) -> Block | None:
    """What is asked before an act that wakes people or ends it."""
    if act is Act.IMMEDIATE:
        return confirm(
            _("This is immediate?"),
            _("Whoever is on duty is told at once, whatever the hour."),
            _("It is immediate"),
            _("No"),
        )
    if act is Act.WITHDRAW:
        return confirm(
            _("Withdraw it?"),
            _("The office is told that nothing needs to be done any more."),
            _("Withdraw"),
            _("Keep it"),
            danger=True,
        )
    return None
