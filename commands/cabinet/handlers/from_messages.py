"""Message shortcuts: what somebody wrote becomes an action, a decision or an item, with a link to where it stands."""

from __future__ import annotations

from commands.cabinet.handlers.access import ITEM, MEETING
from commands.cabinet.handlers.actions.entry import fresh_form
from commands.cabinet.handlers.agenda.proposal import open_with
from commands.cabinet.handlers.decisions.entry import open_decision
from commands.cabinet.handlers.meetings.items import ON_THE_TABLE
from commands.cabinet.handlers.meetings.meant import in_session
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.deciding import Outcome, after
from commands.cabinet.views.from_messages import ITEM as CHOSEN
from commands.cabinet.views.from_messages import TEXT, choose_item_form
from commands.cabinet.views.notes import LinkNotes
from commands.kit.access import find, readable, refuse_unless
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.cabinet.items import items_of_meeting


def make_action(request: Request) -> Answer:
    """The form of an action with the message's text."""
    text, link = _message(request)
    return Answer(form=fresh_form(request, text, link))


def propose_item(request: Request) -> Answer:
    """The form of an agenda item with the message's text."""
    text, link = _message(request)
    return open_with(request, text, link)


def make_decision(request: Request) -> Answer:
    """Ask which item of the meeting the message decides."""
    text, link = _message(request)
    meeting = in_session(request)
    if meeting is None:
        raise Refused(_("No meeting is in session here. Decisions belong to an item of a meeting."))
    refuse_unless(request, MEETING, meeting, Act.RECORD)
    table = readable(request, ITEM, items_of_meeting(request.session, meeting.id, ON_THE_TABLE))
    items = [item for item in table if after(item.state, Outcome.DECIDE)]
    if not items:
        raise Refused(_("Nothing on this agenda is open for a decision."))
    return Answer(form=choose_item_form(items, text, link))


def choose_item(request: Request) -> Answer:
    """The item is chosen: the form of the decision, with the message's text."""
    item = find(request, ITEM, request.fields.choice(CHOSEN))
    link = request.noted(LinkNotes).link
    answer = open_decision(request, item, text=request.fields.text(TEXT), link=link, came_from="message")
    return Answer(update=answer.update or answer.form)


def _message(request: Request) -> tuple[str, str]:
    if request.message is None or not request.message.text.strip():
        raise Refused(_("This message has no text to take over."))
    stamp = request.message.ts.replace(".", "")
    return request.message.text.strip(), f"https://slack.com/archives/{request.message.channel}/p{stamp}"
