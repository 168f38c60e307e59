"""Everything about one escalation on one page, with the buttons its reader may press."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from commands.escalations.rules.acts import Act
from commands.escalations.views.card import ROOM, body, headline, question_before
from commands.escalations.views.case import Case
from commands.escalations.views.clock import next_line, state_lines
from commands.escalations.views.history import history_blocks, missed_text
from commands.escalations.views.notes import EscalationNotes
from commands.escalations.views.words import name_of
from commands.kit.cards import Block, actions, button, context, divider, section, shorten
from commands.kit.forms import modal
from commands.kit.words import _, pgettext

HISTORY_SHOWN = 40
MISSED_SHOWN = 10


def detail_form(matter: Case, may: Collection[Act], links: Sequence[Block] = ()) -> Block:
    """The page. `may`: what its reader can do now; `links`: what it is linked with."""
    blocks: list[Block] = [section(headline(matter)), *body(matter), section("\n".join(state_lines(matter)))]
    following = next_line(matter)
    if following:
        blocks.append(context(following))
    buttons = [_button(matter, act, text) for act, text in _labels().items() if act in may]
    if buttons:
        blocks.append(actions(*buttons))
    blocks += [*links, divider(), section(_("*History*")), *history_blocks(matter, HISTORY_SHOWN)]
    missed = [missed_text(matter, one.step, one.place, one.reason) for one in matter.missed()[-MISSED_SHOWN:]]
    if missed:
        blocks.append(context(shorten("\n".join(missed), 3000)))
    return modal(
        f"{ROOM}:detail", name_of(matter.this), blocks, close=_("Close"), notes=EscalationNotes(matter.this.id)
    )


def _button(matter: Case, act: Act, text: str) -> Block:
    asked = matter.this.asked_still_at is not None
    first = act in (Act.ACKNOWLEDGE, Act.ANSWER) or (act is Act.STILL and asked)
    style = "primary" if first else "danger" if act is Act.WITHDRAW else None
    return button(text, f"{ROOM}:{act}", str(matter.this.id), style=style, confirm=question_before(act))


def _labels() -> dict[Act, str]:
    return {
        Act.ACKNOWLEDGE: _("Acknowledge"),
        Act.STILL: _("Still on it"),
        Act.ANSWER: _("Answer"),
        Act.DECIDE: _("Decide"),
        Act.ASK: _("Ask back"),
        Act.RETURN: _("Return"),
        Act.TAKE_OVER: _("Take over"),
        Act.WITH_SRSG: _("It is with the SRSG"),
        Act.PAUSE: _("Put on hold"),
        Act.RESUME: _("End the hold"),
        Act.SEVERITY: _("Change severity"),
        Act.MERGE: pgettext("escalation", "Merge into another"),
        Act.IMMEDIATE: _("This is immediate"),
        Act.OWN_LINE: _("I took it to my own line"),
        Act.WITHDRAW: _("Withdraw"),
    }
