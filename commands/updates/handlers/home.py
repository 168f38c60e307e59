"""The room's part of App Home."""

from __future__ import annotations

from commands.kit.access import may
from commands.kit.cards import Block
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who
from commands.kit.work import Work
from commands.updates.handlers.access import ROUND
from commands.updates.handlers.mine import returns_for, with_repeats
from commands.updates.views.home import home_blocks
from storage.agencies import agencies_by_id
from storage.updates.returns import counts_of, latest_answers
from storage.updates.rounds import open_rounds


def draw_home(work: Work, who: Who) -> list[Block]:
    """What the person owes, what their agencies answered last, and for coordinators the running rounds."""
    agencies = agencies_by_id(work.session, work.mission.id, who.agencies, people=False)
    owed = with_repeats(work, [one for one in returns_for(work, agencies) if may(work, who, ROUND, one.round)])
    last = [
        (given, this, agencies[given.agency_id])
        for given, this in latest_answers(work.session, agencies)
        if may(work, who, ROUND, this)
    ]
    rounds = []
    if ADMIN_OR_COORDINATOR.is_met_by(who):
        running = open_rounds(work.session, work.mission.id)
        counts = counts_of(work.session, [this.id for this in running])
        rounds = [(this, counts.get(this.id, {})) for this in running if may(work, who, ROUND, this)]
    return home_blocks(owed, last, rounds, work.zone, work.now, leads=ADMIN_OR_COORDINATOR.is_met_by(who))
