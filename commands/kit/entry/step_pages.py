"""What a form in several steps holds, and how one of its steps looks; `commands.kit.entry.steps` moves between them.

Gesture: ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.cards import Block, actions, button, context, section
from commands.kit.forms import modal
from commands.kit.notes import Notes
from commands.kit.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a form holds; a room adds its fields. `version` is that of the row it began from, 0 for a new one."""

    version: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One step as it is shown: the form's title, the step's name, its fields, and the word on the button that saves.

    `notes` come back with every press and say what the form is about; `step` among them names the step.
    """

    title: str
    name: str
    blocks: Sequence[Block]
    submit: str
    notes: Notes


def step_view(
    verb: str, steps: Sequence[str], step: str, page: Page, note: str = "", *, tell_when_closed: bool = False
) -> Block:
    """A step of a form, with its number, a note where something is to be said, and Back where there is a way back."""
    number = steps.index(step)
    place = _("Step {number} of {count}: {name}").format(number=number + 1, count=len(steps), name=page.name)
    blocks = [context(place), *([section(note)] if note else []), *page.blocks]
    if number:
        blocks.append(actions(button(_("Back"), f"{verb}-back"), block_id="back"))
    submit = page.submit if step == steps[-1] else _("Next")
    return modal(
        verb,
        page.title,
        blocks,
        submit=submit,
        close=_("Close"),
        notes=page.notes,
        tell_when_closed=tell_when_closed,
    )
