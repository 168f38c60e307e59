"""Drawing the room's part of App Home. Confidential talks are never part of it."""

from __future__ import annotations

from commands.funding.handlers.front import open_pledges, unsettled
from commands.funding.handlers.picture import read_picture
from commands.funding.handlers.reading import show_start
from commands.funding.handlers.staleness import old_figures
from commands.funding.rules.own.pledges import is_overdue
from commands.funding.rules.rights import READ, WRITE
from commands.funding.views.home import home_blocks
from commands.kit.cards import Block, Card, section
from commands.kit.permission import Who
from commands.kit.post import tell
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.subjects import Key


def send_picture(request: Request) -> Answer:
    """The picture in the person's own messages: neither Home nor a form can draw tables."""
    answer = show_start(request)
    assert answer.say is not None
    tell(request, request.who.user_id, answer.say, key=Key.of("funding", request.who.user_id, request.now))
    text = _("It is in our direct messages.")
    return Answer(say=Card(text, (section(text),)))


def draw_home(work: Work, who: Who) -> list[Block]:
    """Where the plans stand; nothing for people who do not read the funding, or before the first import."""
    if not READ.is_met_by(who):
        return []
    picture = read_picture(work)
    if not picture.plans:
        return []
    today = work.today
    due = sum(is_overdue(one.state, one.next_on, today) for one in open_pledges(work))
    return home_blocks(picture, due, len(unsettled(work)), len(old_figures(work)), may_write=WRITE.is_met_by(who))
