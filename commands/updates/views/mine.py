"""What the people of an agency see when they ask what they owe."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Block, Card, actions, as_many_as_fit, context, divider, mention, section
from commands.kit.handling import Handling, highest
from commands.kit.pages import left_text
from commands.kit.words import _, ngettext
from commands.updates.views.calls import Owed, answer_buttons, headline, state_text
from commands.updates.views.words import level_of
from storage.updates.returns import STILL_OWED


def mine_card(found: Sequence[Owed], codes: Sequence[str]) -> Card:
    """Everything a person's agencies owe, then what they have answered and can still edit."""
    if not found:
        text = _("Nothing is asked of {agencies} at the moment. You are told here when a round opens.")
        return nothing_card(text.format(agencies=", ".join(codes)))
    owing = [one for one in found if one.given.state in STILL_OWED]
    in_order = sorted(found, key=lambda one: one.given.state not in STILL_OWED)
    shown = as_many_as_fit([[divider(), *owed_blocks(one)] for one in in_order])
    count = len(owing)
    text = ngettext("{count} update due from you", "{count} updates due from you", count).format(count=count)
    if not owing:
        text = _("No updates due.")
    return Card(text, (section(f"*{text}*"), *_with_the_rest(shown, len(found))), _highest(in_order[: len(shown)]))


def _with_the_rest(shown: Sequence[Sequence[Block]], count: int) -> list[Block]:
    """Groups of blocks, and how many more there are than these."""
    blocks = [block for group in shown for block in group]
    left = count - len(shown)
    return [*blocks, context(left_text(left))] if left else blocks


def _highest(shown: Sequence[Owed]) -> Handling:
    return highest(*(level_of(one.round) for one in shown))


def owed_blocks(owed: Owed) -> list[Block]:
    """One return with what can be done about it."""
    buttons = answer_buttons(owed)
    blocks: list[Block] = [section(f"{headline(owed)}\n{state_text(owed)}")]
    return [*blocks, actions(*buttons)] if buttons else blocks


def nothing_card(text: str) -> Card:
    """There is nothing to show, and why."""
    return Card(text, (section(text),))


def how_to_be_named(status: str, focal: str, admins: Sequence[str]) -> str:
    """What somebody reads who answers for no agency: who can change that. Arguments are commands and user ids."""
    text = _(
        "You do not answer for any agency, so nothing is asked of you. An admin can name you with {focal}. "
        "{status} shows the rounds of the mission."
    ).format(focal=focal, status=status)
    people = ", ".join(mention(user) for user in admins)
    return " ".join([text, _("Admins: {people}.").format(people=people)]) if people else text


def how_to_lead(submit: str, status: str, focal: str) -> str:
    """What a coordinator or an admin reads who answers for no agency. Arguments are commands."""
    return _(
        "You do not answer for any agency. {submit} enters an update for one, {status} shows where the rounds stand, "
        "and {focal} names who answers for an agency."
    ).format(submit=submit, status=status, focal=focal)


def choose_card(found: Sequence[Owed]) -> Card:
    """Several returns can be meant: one button for each."""
    text = _("Which update do you mean?")
    shown = as_many_as_fit([owed_blocks(one) for one in found])
    return Card(text, (section(text), *_with_the_rest(shown, len(found))), _highest(found[: len(shown)]))
