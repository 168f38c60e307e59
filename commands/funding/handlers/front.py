"""What the room gives to the front door: its own figures in one line, what an officer owes, what is found.

What is Confidential lives in one channel and is shown nowhere else, so none of it is here.
"""

from __future__ import annotations

from commands.funding.handlers.access import OWN_FIGURE, OWN_PLEDGE
from commands.funding.handlers.own.secrecy import pledges_here
from commands.funding.rules.own.pledges import is_overdue
from commands.funding.rules.rights import READ, WRITE
from commands.funding.views.front import difference_line, difference_wait, own_line, pledge_line, pledge_wait
from commands.kit.access import may
from commands.kit.front.things import Hit, Line, Wait
from commands.kit.permission import Who
from commands.kit.work import Work
from storage.funding.discrepancies import FundingDiscrepancy, discrepancies_of, get_discrepancy
from storage.funding.lines import get_line, lines_of
from storage.funding.pledges import FundingPledge, get_pledge
from storage.letters import fits
from storage.subjects import number


def read_pledge(work: Work, who: Who, identity: str) -> Line | None:
    """A pledge."""
    found = get_pledge(work.session, work.mission.id, number(identity))
    seen = found is not None and READ.is_met_by(who) and may(work, who, OWN_PLEDGE, found)
    return pledge_line(found, work.zone) if found is not None and seen else None


def read_figure(work: Work, who: Who, identity: str) -> Line | None:
    """A figure that the mission keeps itself."""
    found = get_line(work.session, work.mission.id, number(identity))
    seen = found is not None and READ.is_met_by(who) and may(work, who, OWN_FIGURE, found)
    return own_line(found, work.zone) if found is not None and seen else None


def read_difference(work: Work, who: Who, identity: str) -> Line | None:
    """A figure that differs from the public one."""
    found = get_discrepancy(work.session, work.mission.id, number(identity)) if READ.is_met_by(who) else None
    return difference_line(found, work.zone) if found is not None else None


def open_pledges(work: Work) -> list[FundingPledge]:
    """The open pledges that are no secret; read once in a unit of work."""
    return work.once("open pledges", lambda: pledges_here(work, None, open_only=True))


def unsettled(work: Work) -> list[FundingDiscrepancy]:
    """The differences that are not settled; read once in a unit of work."""
    return work.once("unsettled", lambda: discrepancies_of(work.session, work.mission.id, unsettled_only=True))


def pledges_waiting(work: Work, who: Who) -> list[Wait]:
    """The pledges that their owner wanted to look at by now."""
    if not WRITE.is_met_by(who):
        return []
    mine = [
        one for one in open_pledges(work) if one.owner == who.user_id and is_overdue(one.state, one.next_on, work.today)
    ]
    return [pledge_wait(one, work.zone) for one in mine if may(work, who, OWN_PLEDGE, one)]


def differences_waiting(work: Work, who: Who) -> list[Wait]:
    """The differences that their owner wanted to ask about by now."""
    if not WRITE.is_met_by(who):
        return []
    found = unsettled(work)
    today = work.today
    return [
        difference_wait(one, work.zone)
        for one in found
        if one.owner == who.user_id and one.next_on is not None and one.next_on <= today
    ]


def search_pledges(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The pledges whose donor and purpose say these words."""
    if not READ.is_met_by(who):
        return []
    found = [one for one in pledges_here(work, None) if fits(words, f"{one.donor} {one.purpose}")]
    newest = sorted(found, key=lambda one: one.updated_at, reverse=True)
    mine = [one for one in newest if may(work, who, OWN_PLEDGE, one)]
    return [Hit(pledge_line(one, work.zone), one.updated_at) for one in mine[:limit]]


def search_figures(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The mission's own figures whose title and donor say these words."""
    if not READ.is_met_by(who):
        return []
    found = [one for one in lines_of(work.session, work.mission.id) if fits(words, f"{one.title} {one.donor}")]
    newest = sorted(found, key=lambda one: one.updated_at, reverse=True)
    mine = [one for one in newest if may(work, who, OWN_FIGURE, one)]
    return [Hit(own_line(one, work.zone), one.updated_at) for one in mine[:limit]]
