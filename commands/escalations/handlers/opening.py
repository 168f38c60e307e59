"""One escalation on one page: from a button, or by its number."""

from __future__ import annotations

from commands.escalations.handlers.cards import gather
from commands.escalations.handlers.finding import READS_FIRST, find, find_by_number
from commands.escalations.handlers.viewers import viewer_of
from commands.escalations.rules.access import may_read
from commands.escalations.rules.acts import Act, may_do
from commands.escalations.views.detail import detail_form
from commands.kit.cards import Block
from commands.kit.front.links import linked
from commands.kit.front.shown import link_blocks
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.escalations.model import Escalation
from storage.subjects import Subject


def opened(request: Request, this: Escalation) -> Block:
    """The page, as this person may see it."""
    viewer = viewer_of(request, request.who, this)
    reads = may_read(viewer, this)
    may = [act for act in Act if may_do(act, this, viewer) and (reads or act not in READS_FIRST)]
    others = linked(request, request.who, Subject.of("escalation", this.id))
    return detail_form(gather(request, this, withheld=not reads, with_history=True), may, link_blocks(others))


def open_one(request: Request) -> Answer:
    """The page of the escalation whose button was pressed."""
    this, _viewer = find(request, request.value, to_change=False)
    return Answer(form=opened(request, this))


def show_number(request: Request) -> Answer:
    """The page of the escalation with this number."""
    if not request.text.strip():
        raise Refused(_("Say which one: {command} E-12.").format(command=f"`{request.command('escalate')} show`"))
    this, _viewer = find_by_number(request, request.text)
    return Answer(form=opened(request, this))
