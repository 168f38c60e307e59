"""The room's part of App Home: where the plans stand, and what waits for the funding cell."""

from __future__ import annotations

from collections.abc import Sequence

from commands.funding.rules.rows import Picture
from commands.funding.views.picture import plan_line
from commands.funding.views.texts import safe
from commands.kit.cards import Block, actions, button, header, section
from commands.kit.words import _, ngettext

PLANS = 3
NAME = 300


def home_blocks(picture: Picture, due: int, unsettled: int, old: int, *, may_write: bool) -> list[Block]:
    """The largest plans in a line each; for writers the pledges that are due and the discrepancies that are open."""
    lines = [f"• {safe(plan_line(plan), NAME)}" for plan in picture.plans[:PLANS]]
    blocks: list[Block] = [header(_("Funding")), section("\n".join(lines))]
    waiting = _waiting(due, unsettled, old)
    if may_write and waiting:
        blocks.append(section(" ".join(waiting)))
    buttons = [button(_("Open the funding"), "funding:home")]
    if may_write:
        buttons += [
            button(_("Pledges"), "funding:pledges"),
            button(_("Discrepancies"), "funding:differences"),
            button(_("Own figures"), "funding:lines"),
        ]
    return [*blocks, actions(*buttons)]


def _waiting(due: int, unsettled: int, old: int) -> Sequence[str]:
    counted = [
        (due, ngettext("{count} pledge is due.", "{count} pledges are due.", due)),
        (unsettled, ngettext("{count} discrepancy is open.", "{count} discrepancies are open.", unsettled)),
        (old, ngettext("{count} figure is old.", "{count} figures are old.", old)),
    ]
    return [text.format(count=count) for count, text in counted if count]
