"""The room's part of App Home."""

from __future__ import annotations

from commands.escalations.handlers.viewers import reader_of, viewer_of
from commands.escalations.rules.access import may_know, may_read
from commands.escalations.views.home import home_blocks
from commands.escalations.views.listing import Entry
from commands.kit.cards import Block
from commands.kit.permission import Who
from commands.kit.work import Work
from storage.escalations.lists import Order, Scope, count_for, list_for

SHOWN = 5


def draw_home(work: Work, who: Who) -> list[Block]:
    """What is open of what the person may see, the one whose next step comes first at the top."""
    reader = reader_of(who)
    found = list_for(work.session, work.mission.id, reader, Scope.OPEN, Order.NEXT, limit=SHOWN)
    viewers = [(viewer_of(work, who, this), this) for this in found]
    entries = [Entry(this, may_read(viewer, this)) for viewer, this in viewers if may_know(viewer, this)]
    count = count_for(work.session, work.mission.id, reader, Scope.OPEN)
    return home_blocks(entries, count, work.now, work.zone)
