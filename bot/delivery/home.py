"""App Home: what waits for a person, what they can do, then every room's card, within Slack's hundred blocks."""

from __future__ import annotations

from bot.rooms import House
from commands.kit.cards import BLOCKS_PER_VIEW, Block, actions, button, context, header, section
from commands.kit.front.shown import wait_blocks
from commands.kit.front.things import HOME
from commands.kit.permission import Who
from commands.kit.words import _
from commands.kit.work import Work


def _first(house: House, work: Work, who: Who) -> list[Block]:
    """What waits for the person, and what they can do in one row; nothing before the mission is set up."""
    if work.mission.set_up_at is None or not who.is_member:
        return []
    waits = wait_blocks(house.front.waiting(work, who), work.now, work.zone)
    doors = [button(_(door.label), door.action) for door in house.front.offered(who, HOME)]
    return [*waits, *([actions(*doors, block_id="doors")] if doors else [])]


def home_view(house: House, work: Work, who: Who) -> Block:
    """The Home of one person; what exceeds the limit is said, not hidden."""
    blocks = [*_first(house, work, who), *house.home(work, who)]
    if not blocks:
        blocks = [section(_("Nothing waits for you here."))]
    title = header(work.mission.name or _("Rapporteur"))
    help_line = context(
        _("Type {update} to answer for your agency, or {mission} for the mission's settings.").format(
            update=f"`{work.command('update')}`", mission=f"`{work.command('mission')}`"
        )
    )
    room = BLOCKS_PER_VIEW - 2
    if len(blocks) > room:
        blocks = [*blocks[: room - 1], context(_("There is more: use the commands to see all of it."))]
    return {"type": "home", "blocks": [title, *blocks, help_line]}
